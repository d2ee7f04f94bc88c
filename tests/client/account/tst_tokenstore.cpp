// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/account/tokenstore.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace parley;

/// Run twice: without a session bus by the outer process, and again by itself inside a private
/// session with an unlocked gnome-keyring.
class TokenStoreTest : public QObject {
    Q_OBJECT
private slots:
    void init();
    void keepsATokenInTheKeychain();
    void asksBeforeItKeepsATokenInAFile();
    void keepsATokenInAFileWithConsent();
    void keepsNothingWithoutConsent();
    void readsWhatAFileHolds();
    void findsNothingWhereNothingWasKept();
    void doesNotTakeASilentKeychainForAnEmptyOne();
    void asksTheKeychainOnceAtATime();
    void passesInsideASessionWithAKeyring();

private:
    static bool hasKeyring() { return qEnvironmentVariableIsSet("PARLEY_TEST_KEYRING"); }
    Result<QByteArray> load(TokenPlace place);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<TokenStore> m_store;
    const QByteArray m_token = QByteArray::fromHex("00ff10") + QByteArray(29, 't');
};

void TokenStoreTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    const auto profile = Profile::at(m_folder->path(), QStringLiteral("anna"));
    QVERIFY(profile && profile->make());
    m_store = std::make_unique<TokenStore>(*profile);
}

Result<QByteArray> TokenStoreTest::load(TokenPlace place)
{
    std::optional<Result<QByteArray>> answer;
    const auto connection = connect(m_store.get(), &TokenStore::loaded, this,
        [&answer](const Result<QByteArray> &token) { answer.emplace(token); });
    m_store->load(place);
    (void)QTest::qWaitFor([&answer] { return answer.has_value(); }, TokenStore::keychainMs + 1'000);
    disconnect(connection);
    return answer.value_or(Error(ErrorCode::Internal, QStringLiteral("no answer")));
}

void TokenStoreTest::keepsATokenInTheKeychain()
{
    if (!hasKeyring())
        QSKIP("no keyring here: see passesInsideASessionWithAKeyring");
    QSignalSpy saved(m_store.get(), &TokenStore::saved);
    m_store->save(m_token);
    QTRY_COMPARE_WITH_TIMEOUT(saved.size(), 1, TokenStore::keychainMs);
    QCOMPARE(saved[0][0].value<TokenPlace>(), TokenPlace::Keychain);
    QVERIFY(!QFile::exists(m_store->filePath()));
    QCOMPARE(*load(TokenPlace::Keychain), m_token);
    QSignalSpy removed(m_store.get(), &TokenStore::removed);
    m_store->remove();
    QTRY_COMPARE_WITH_TIMEOUT(removed.size(), 1, TokenStore::keychainMs);
    QCOMPARE(load(TokenPlace::Keychain).error().code, ErrorCode::NotFound);
}

void TokenStoreTest::asksBeforeItKeepsATokenInAFile()
{
    if (hasKeyring())
        QSKIP("there is a keyring");
    QSignalSpy asked(m_store.get(), &TokenStore::consentNeeded);
    m_store->save(m_token);
    QTRY_COMPARE_WITH_TIMEOUT(asked.size(), 1, TokenStore::keychainMs + 1'000);
    QCOMPARE(asked[0][0].toString(), m_store->filePath());
    QVERIFY(!QFile::exists(m_store->filePath()));
}

void TokenStoreTest::keepsATokenInAFileWithConsent()
{
    if (hasKeyring())
        QSKIP("there is a keyring");
    QSignalSpy asked(m_store.get(), &TokenStore::consentNeeded);
    QSignalSpy saved(m_store.get(), &TokenStore::saved);
    m_store->save(m_token);
    QTRY_COMPARE_WITH_TIMEOUT(asked.size(), 1, TokenStore::keychainMs + 1'000);
    m_store->consent(true);
    QCOMPARE(saved[0][0].value<TokenPlace>(), TokenPlace::File);
    QCOMPARE(QFile::permissions(m_store->filePath())
            & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
        QFile::Permissions());
    QCOMPARE(*load(TokenPlace::File), m_token);
}

void TokenStoreTest::keepsNothingWithoutConsent()
{
    if (hasKeyring())
        QSKIP("there is a keyring");
    QSignalSpy asked(m_store.get(), &TokenStore::consentNeeded);
    QSignalSpy saved(m_store.get(), &TokenStore::saved);
    m_store->save(m_token);
    QTRY_COMPARE_WITH_TIMEOUT(asked.size(), 1, TokenStore::keychainMs + 1'000);
    m_store->consent(false);
    QCOMPARE(saved[0][0].value<TokenPlace>(), TokenPlace::Memory);
    QVERIFY(!QFile::exists(m_store->filePath()));
    m_store->consent(true); // too late: it is forgotten
    QVERIFY(!QFile::exists(m_store->filePath()));
}

void TokenStoreTest::readsWhatAFileHolds()
{
    QSignalSpy saved(m_store.get(), &TokenStore::saved);
    m_store->save(m_token, TokenPlace::File);
    QCOMPARE(saved.size(), 1);
    QCOMPARE(*load(TokenPlace::File), m_token);
    QFile file(m_store->filePath());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("$not base64$");
    file.close();
    QCOMPARE(load(TokenPlace::File).error().code, ErrorCode::NotFound);
    QVERIFY(QFile::remove(m_store->filePath()));
    QCOMPARE(load(TokenPlace::File).error().code, ErrorCode::NotFound);
}

void TokenStoreTest::findsNothingWhereNothingWasKept()
{
    QCOMPARE(load(TokenPlace::File).error().code, ErrorCode::NotFound);
    QCOMPARE(load(TokenPlace::Memory).error().code, ErrorCode::NotFound);
}

void TokenStoreTest::doesNotTakeASilentKeychainForAnEmptyOne()
{
    if (hasKeyring())
        QSKIP("there is a keyring");
    QCOMPARE(load(TokenPlace::Keychain).error().code, ErrorCode::Unavailable);
}

void TokenStoreTest::asksTheKeychainOnceAtATime()
{
    QSignalSpy loaded(m_store.get(), &TokenStore::loaded);
    m_store->load(TokenPlace::Keychain);
    m_store->load(TokenPlace::Keychain);
    QTRY_COMPARE_WITH_TIMEOUT(loaded.size(), 1, TokenStore::keychainMs + 1'000);
    // A second question would have been asked before this one, and answered before it.
    (void)load(TokenPlace::Keychain);
    QCOMPARE(loaded.size(), 2);
}

void TokenStoreTest::passesInsideASessionWithAKeyring()
{
    if (hasKeyring())
        QSKIP("this is inside of it");
    const QString session = QStandardPaths::findExecutable(QStringLiteral("dbus-run-session"));
    const QString keyring = QStandardPaths::findExecutable(QStringLiteral("gnome-keyring-daemon"));
    if (session.isEmpty() || keyring.isEmpty())
        QSKIP("dbus-run-session or gnome-keyring-daemon is not installed");
    const QTemporaryDir home;
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("PARLEY_TEST_KEYRING"), QStringLiteral("1"));
    environment.insert(QStringLiteral("HOME"), home.path());
    environment.insert(QStringLiteral("XDG_DATA_HOME"), home.path() + QStringLiteral("/data"));
    environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), home.path());
    environment.remove(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"));
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    const QString script = QStringLiteral("printf 'pw' | \"$1\" --unlock --components=secrets "
                                          ">/dev/null && exec \"$2\" keepsATokenInTheKeychain");
    process.start(session,
        {QStringLiteral("--"), QStringLiteral("sh"), QStringLiteral("-c"), script,
            QStringLiteral("sh"), keyring, QCoreApplication::applicationFilePath()});
    QVERIFY(process.waitForFinished(60'000));
    const QByteArray said = process.readAll();
    QVERIFY2(process.exitCode() == 0 && said.contains("PASS   : TokenStoreTest::keepsATokenInThe"),
        said.constData());
}

int main(int argc, char **argv)
{
    // The outer run must not find whatever session the tests are run in.
    if (!qEnvironmentVariableIsSet("PARLEY_TEST_KEYRING"))
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
    QCoreApplication app(argc, argv);
    TokenStoreTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_tokenstore.moc"
