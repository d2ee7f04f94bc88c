// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/account/tokenstore.h"

#include "shared/product.h"

#include <QtCore/QFile>
#include <QtCore/QLoggingCategory>
#include <qt6keychain/keychain.h>

using namespace Qt::StringLiterals;

namespace parley {

Q_LOGGING_CATEGORY(accountLog, "parley.account")

namespace {

QString service()
{
    return QString::fromLatin1(productName).toLower();
}

/// Runs a job and calls `done(job)` when it ends. When it takes long, `done(nullptr)` comes before:
/// a person may still be typing the keychain's password, and what comes of it late is used too.
/// Returns the timer of that, which ends with the job.
template <typename KeychainJob, typename Done>
QTimer *run(QObject *context, KeychainJob *job, const QString &key, Done done)
{
    job->setKey(key);
    job->setInsecureFallback(false);
    job->setAutoDelete(false);
    auto *timer = new QTimer(context);
    timer->setSingleShot(true);
    QObject::connect(
        timer, &QTimer::timeout, context, [done] { done(static_cast<KeychainJob *>(nullptr)); });
    QObject::connect(job, &QKeychain::Job::finished, context, [timer, job, done] {
        timer->stop();
        timer->deleteLater();
        job->deleteLater();
        done(job);
    });
    timer->start(TokenStore::keychainMs);
    job->start();
    return timer;
}

/// `ended` is nothing when the keychain takes too long.
Result<QByteArray> tokenOf(const QKeychain::ReadPasswordJob *ended)
{
    if (!ended)
        return Error(ErrorCode::Unavailable, u"The keychain does not answer"_s);
    // Locked, cancelled, without a service: none of it says that there is no token.
    const auto error = ended->error();
    if (error != QKeychain::NoError && error != QKeychain::EntryNotFound)
        return Error(ErrorCode::Unavailable, ended->errorString());
    if (error == QKeychain::EntryNotFound || ended->binaryData().isEmpty())
        return Error(ErrorCode::NotFound, u"The keychain holds no token"_s);
    return ended->binaryData();
}

} // namespace

TokenStore::TokenStore(const Profile &profile, QObject *parent)
    : QObject(parent)
    , m_profile(profile)
{
}

QString TokenStore::filePath() const
{
    return m_profile.file(u"token"_s);
}

void TokenStore::load(TokenPlace place)
{
    switch (place) {
    case TokenPlace::Keychain:
        readKeychain();
        break;
    case TokenPlace::File:
        readFile();
        break;
    case TokenPlace::Memory:
        emit loaded(Error(ErrorCode::NotFound, u"The token was kept nowhere"_s));
        break;
    }
}

void TokenStore::readKeychain()
{
    if (m_keychainRead) {
        // A keychain answers one question after the other, and its window may be open.
        m_keychainRead->start();
        return;
    }
    auto *job = new QKeychain::ReadPasswordJob(service());
    m_keychainRead = run(
        this, job, m_profile.folder(), [this, write = m_writes](QKeychain::ReadPasswordJob *ended) {
            // What was there before the last write is of no use any more.
            if (write != m_writes)
                return;
            if (ended)
                m_keychainRead = nullptr;
            emit loaded(tokenOf(ended));
        });
}

/// A read that is under way is forgotten.
void TokenStore::beginWrite()
{
    ++m_writes;
    m_keychainRead = nullptr;
}

void TokenStore::save(const QByteArray &token, TokenPlace wanted)
{
    beginWrite();
    m_waiting = token;
    switch (wanted) {
    case TokenPlace::Keychain:
        saveToKeychain();
        break;
    case TokenPlace::File:
        writeFile();
        break;
    case TokenPlace::Memory:
        m_waiting.clear();
        emit saved(TokenPlace::Memory);
        break;
    }
}

void TokenStore::saveToKeychain()
{
    auto *job = new QKeychain::WritePasswordJob(service());
    job->setBinaryData(m_waiting);
    run(this, job, m_profile.folder(), [this](QKeychain::WritePasswordJob *ended) {
        if (ended && ended->error() == QKeychain::NoError) {
            m_waiting.clear();
            QFile::remove(filePath());
            emit saved(TokenPlace::Keychain);
            return;
        }
        qCInfo(accountLog, "no keychain: %s",
            ended ? qPrintable(ended->errorString()) : "it does not answer");
        emit consentNeeded(filePath());
    });
}

void TokenStore::consent(bool allowed)
{
    if (m_waiting.isEmpty())
        return;
    if (allowed) {
        writeFile();
        return;
    }
    m_waiting.clear();
    emit saved(TokenPlace::Memory);
}

void TokenStore::writeFile()
{
    const auto written = writePrivately(filePath(), std::exchange(m_waiting, {}).toBase64());
    if (written)
        emit saved(TokenPlace::File);
    else
        emit failed(written.error().text);
}

void TokenStore::readFile()
{
    QFile file(filePath());
    if (!file.open(QIODevice::ReadOnly)) {
        emit loaded(Error(ErrorCode::NotFound, file.errorString()));
        return;
    }
    const auto decoded = QByteArray::fromBase64Encoding(
        file.readAll(), QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
    if (decoded && !(*decoded).isEmpty())
        emit loaded(*decoded);
    else
        emit loaded(Error(ErrorCode::NotFound, u"%1 holds no token"_s.arg(filePath())));
}

void TokenStore::remove()
{
    beginWrite();
    QFile::remove(filePath());
    auto *job = new QKeychain::DeletePasswordJob(service());
    run(this, job, m_profile.folder(), [this](QKeychain::DeletePasswordJob *) { emit removed(); });
}

} // namespace parley
