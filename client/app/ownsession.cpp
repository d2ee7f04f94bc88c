// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/app/ownsession.h"

#include "client/app/hue.h"
#include "client/app/knownusers.h"
#include "client/app/pictures.h"

#include <QtCore/QPromise>
#include <QtCore/QThreadPool>

namespace parley {

namespace {

constexpr qint64 minuteMs = 60'000;

OwnSession::Link linkOf(ConnectionState state)
{
    switch (state) {
    case ConnectionState::Online:
        return OwnSession::Online;
    case ConnectionState::Connecting:
        return OwnSession::Connecting;
    case ConnectionState::Offline:
        return OwnSession::Offline;
    case ConnectionState::Unreachable:
        return OwnSession::Unreachable;
    case ConnectionState::UpgradeRequired:
        return OwnSession::UpgradeRequired;
    case ConnectionState::KeychainSilent:
        return OwnSession::KeychainSilent;
    case ConnectionState::SignedOut:
        return OwnSession::SignedOutByServer;
    }
    return OwnSession::Connecting;
}

QFuture<Result<QByteArray>> makePicture(const QString &file)
{
    auto promise = std::make_shared<QPromise<Result<QByteArray>>>();
    promise->start();
    auto future = promise->future();
    QThreadPool::globalInstance()->start([promise, file] {
        promise->addResult(makeProfilePicture(file));
        promise->finish();
    });
    return future;
}

} // namespace

OwnSession::OwnSession(ScreenWorld &world, QObject *parent)
    : QObject(parent)
    , m_world(world)
{
    connect(&world.users, &KnownUsers::changed, this, [this](const QSet<UserId> &users) {
        if (m_account && users.contains(m_account->user))
            emit profileChanged();
    });
    connect(&world.client, &Client::answered, this,
        [this](quint64 ticket, const std::optional<ErrorCode> &refusal) {
            if (ticket != m_profileTicket || ticket == 0)
                return;
            m_profileTicket = 0;
            emit savingProfileChanged();
            if (refusal)
                emit profileRefused(static_cast<int>(*refusal));
            else
                emit profileSaved();
        });
}

QString OwnSession::serverName() const
{
    return m_account ? m_account->serverName : QString();
}

QString OwnSession::serverAddress() const
{
    return m_account ? m_account->address : QString();
}

QString OwnSession::userId() const
{
    return m_account ? m_account->user.text() : QString();
}

QString OwnSession::userName() const
{
    return m_account ? m_account->userName : QString();
}

QString OwnSession::displayName() const
{
    if (!m_account)
        return {};
    return m_world.users.find(m_account->user) ? m_world.users.name(m_account->user)
                                               : m_account->userName;
}

QString OwnSession::avatarKey() const
{
    return m_account ? m_world.users.line(m_account->user).avatarKey : QString();
}

QString OwnSession::status() const
{
    const auto *row = m_account ? m_world.users.find(m_account->user) : nullptr;
    const bool isOver =
        row && row->statusUntil.value_or(0) > 0 && *row->statusUntil < m_world.nowMs();
    return row && !isOver ? row->status : QString();
}

int OwnSession::hue() const
{
    return m_account ? hueOf(m_account->user) : 0;
}

void OwnSession::tryAgain()
{
    m_world.client.retryNow();
}

void OwnSession::setDisplayName(const QString &name)
{
    SetProfile profile;
    profile.displayName = name.trimmed();
    save(profile);
}

void OwnSession::setStatus(const QString &status, int minutes)
{
    SetProfile profile;
    profile.status = status.trimmed();
    profile.statusUntil = minutes > 0 ? m_world.nowMs() + minutes * minuteMs : 0;
    save(profile);
}

void OwnSession::setPicture(const QUrl &fileUrl)
{
    makePicture(fileUrl.toLocalFile()).then(this, [this](const Result<QByteArray> &picture) {
        if (!picture) {
            emit pictureUnusable();
            return;
        }
        SetProfile profile;
        profile.picture = *picture;
        save(profile);
    });
}

void OwnSession::removePicture()
{
    SetProfile profile;
    profile.picture = QByteArray();
    save(profile);
}

void OwnSession::save(const SetProfile &profile)
{
    m_profileTicket = m_world.tickets.next();
    m_world.client.setProfile(m_profileTicket, profile);
    emit savingProfileChanged();
}

void OwnSession::setAccount(const std::optional<Account> &account)
{
    m_account = account;
    emit accountChanged();
    emit profileChanged();
}

void OwnSession::setConnection(const ConnectionStatus &status)
{
    const auto link = linkOf(status.state);
    if (link == m_link)
        return;
    m_link = link;
    emit linkChanged();
}

} // namespace parley
