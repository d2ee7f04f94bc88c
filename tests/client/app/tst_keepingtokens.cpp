// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/account/accountfile.h"
#include "client/app/knownusers.h"
#include "client/app/ownsession.h"
#include "client/app/pictures.h"
#include "client/client.h"
#include "client/timeline/preparer.h"
#include "tests/support/waiting.h"
#include "tests/support/world.h"

#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtTest/QTest>

#include <algorithm>

using namespace parley;

namespace {

QString password()
{
    return QStringLiteral("correct horse battery");
}

} // namespace

/// Where tokens go, and what is known when one does not come back: on the real server, by a client
/// that would use the keychain if there were one.
class TestKeepingTokens : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void keepsAPassedTokenInAFileAndSaysWhere();
    void asksWhereTheTokenOfASignInGoes();
    void isSignedOutWhereNothingWasKept();
    void asksASilentKeychainAgain();
    void signsInAgainWhileTheKeychainIsSilent();
    void comesBackWithoutAnyPlaceWhereTheTokenIsKept();
    void tellsPagesThatTheKeychainIsSilent();
    void theProgramSaysOnceWhereAPassedTokenIs();

private:
    ClientOptions options() const;
    QString tokenFile() const;
    /// Opens the profile, or what was left of it by the client before.
    void open();
    bool isIn(ConnectionState state) const { return !m_states.empty() && m_states.back() == state; }
    bool has(ConnectionState state) const
    {
        return std::find(m_states.begin(), m_states.end(), state) != m_states.end();
    }
    void signInByToken();
    /// Returns when it is asked where the token goes.
    void signUp(const QString &name);
    /// As if the token were in the keychain.
    void pointToTheKeychain();

    std::unique_ptr<World> m_world;
    std::unique_ptr<Client> m_client;
    std::vector<ConnectionState> m_states;
    QStringList m_files;
    QString m_askedFor;
};

void TestKeepingTokens::init()
{
    m_world = std::make_unique<World>();
    m_world->addUser(QStringLiteral("ann"));
    open();
}

void TestKeepingTokens::cleanup()
{
    m_client.reset();
    m_world.reset();
}

ClientOptions TestKeepingTokens::options() const
{
    auto options = programOf(m_world->path(QStringLiteral("desk")), QStringLiteral("me"));
    options.tokenPlace = TokenPlace::Keychain;
    return options;
}

QString TestKeepingTokens::tokenFile() const
{
    return profileFolder(options()) + QStringLiteral("/token");
}

void TestKeepingTokens::open()
{
    m_client.reset();
    m_states.clear();
    m_files.clear();
    m_askedFor.clear();
    m_client = std::make_unique<Client>(options());
    connect(m_client.get(), &Client::connectionChanged, this,
        [this](const ConnectionStatus &status) { m_states.push_back(status.state); });
    connect(m_client.get(), &Client::tokenInFile, this,
        [this](const QString &path) { m_files.append(path); });
    connect(m_client.get(), &Client::tokenConsentNeeded, this,
        [this](const QString &path) { m_askedFor = path; });
    m_client->open();
}

void TestKeepingTokens::signInByToken()
{
    m_client->signInWithToken(m_world->server().url(), m_world->mintToken(QStringLiteral("ann")));
    PARLEY_WAIT(isIn(ConnectionState::Online));
}

void TestKeepingTokens::signUp(const QString &name)
{
    const auto invite = m_world->ask({{QStringLiteral("command"), QStringLiteral("invite.create")}})
                            .value(QStringLiteral("code"))
                            .toString();
    m_client->signUp({m_world->server().url(), invite, name, name, password(), {}});
    PARLEY_WAIT(!m_askedFor.isEmpty() && isIn(ConnectionState::Online));
}

void TestKeepingTokens::pointToTheKeychain()
{
    m_client.reset();
    const auto profile = Profile::at(options().dataFolder, options().profile);
    const AccountFile file(*profile);
    auto account = file.load();
    QVERIFY(account);
    account->tokenPlace = TokenPlace::Keychain;
    QVERIFY(file.save(*account));
}

void TestKeepingTokens::keepsAPassedTokenInAFileAndSaysWhere()
{
    signInByToken();
    QCOMPARE(m_files, QStringList{tokenFile()});
    QCOMPARE(m_askedFor, QString());
    QVERIFY(QFile::exists(tokenFile()));
    open();
    PARLEY_WAIT(isIn(ConnectionState::Online));
    QCOMPARE(m_files, QStringList());
}

void TestKeepingTokens::asksWhereTheTokenOfASignInGoes()
{
    // In a run in which a token was passed before: that says nothing about this one.
    signInByToken();
    m_client->signOut();
    PARLEY_WAIT(isIn(ConnectionState::SignedOut));
    signUp(QStringLiteral("bob"));
    QCOMPARE(m_askedFor, tokenFile());
    QCOMPARE(m_files.size(), 1);
    QVERIFY(!QFile::exists(tokenFile()));
    m_client->allowTokenFile(true);
    QCOMPARE(m_files.size(), 2);
    QVERIFY(QFile::exists(tokenFile()));
    open();
    PARLEY_WAIT(isIn(ConnectionState::Online));
}

void TestKeepingTokens::isSignedOutWhereNothingWasKept()
{
    signUp(QStringLiteral("bob"));
    m_client->allowTokenFile(false);
    QVERIFY(!QFile::exists(tokenFile()));
    open();
    PARLEY_WAIT(isIn(ConnectionState::SignedOut));
    QVERIFY(!has(ConnectionState::KeychainSilent));
}

void TestKeepingTokens::asksASilentKeychainAgain()
{
    signInByToken();
    pointToTheKeychain();
    open();
    PARLEY_WAIT(isIn(ConnectionState::KeychainSilent));
    QVERIFY(!has(ConnectionState::SignedOut));
    m_states.clear();
    m_client->retryNow();
    QVERIFY(has(ConnectionState::Connecting));
    PARLEY_WAIT(isIn(ConnectionState::KeychainSilent));
}

void TestKeepingTokens::signsInAgainWhileTheKeychainIsSilent()
{
    signUp(QStringLiteral("bob"));
    pointToTheKeychain();
    open();
    PARLEY_WAIT(isIn(ConnectionState::KeychainSilent));
    m_client->signIn({m_world->server().url(), QStringLiteral("bob"), password(), {}});
    PARLEY_WAIT(isIn(ConnectionState::Online));
}

void TestKeepingTokens::comesBackWithoutAnyPlaceWhereTheTokenIsKept()
{
    const auto token = m_world->mintToken(QStringLiteral("ann"));
    m_client->signInWithToken(m_world->server().url(), token);
    PARLEY_WAIT(isIn(ConnectionState::Online));
    QVERIFY(QFile::remove(tokenFile()));
    m_states.clear();
    // The same device elsewhere: only the person can want this one back.
    auto elsewhere = options();
    elsewhere.profile = QStringLiteral("elsewhere");
    Client other(elsewhere);
    bool isElsewhere = false;
    connect(&other, &Client::connectionChanged, this, [&](const ConnectionStatus &status) {
        isElsewhere = status.state == ConnectionState::Online;
    });
    other.open();
    other.signInWithToken(m_world->server().url(), token);
    PARLEY_WAIT(isElsewhere && isIn(ConnectionState::Unreachable));
    m_client->retryNow();
    PARLEY_WAIT(isIn(ConnectionState::Online));
    QVERIFY(!has(ConnectionState::SignedOut));
}

void TestKeepingTokens::tellsPagesThatTheKeychainIsSilent()
{
    Preparer preparer(*m_client);
    Pictures pictures;
    Tickets tickets;
    KnownUsers users(*m_client, pictures);
    ScreenWorld screen{*m_client, preparer, users, tickets, [] { return qint64(0); }};
    OwnSession session(screen);
    session.setConnection({ConnectionState::KeychainSilent, ConnectProblem::None, {}, 0});
    QCOMPARE(session.link(), OwnSession::KeychainSilent);
}

void TestKeepingTokens::theProgramSaysOnceWhereAPassedTokenIs()
{
    QFile passed(m_world->path(QStringLiteral("passed")));
    QVERIFY(passed.open(QIODevice::WriteOnly));
    passed.write(m_world->mintToken(QStringLiteral("ann")).toBase64(QByteArray::Base64UrlEncoding));
    passed.close();
    const auto folder = m_world->path(QStringLiteral("program"));
    QProcess program;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    environment.insert(QStringLiteral("QT_QUICK_BACKEND"), QStringLiteral("software"));
    program.setProcessEnvironment(environment);
    program.start(QStringLiteral(PARLEY_PROGRAM),
        {QStringLiteral("--data"), folder, QStringLiteral("--server"), m_world->server().url(),
            QStringLiteral("--token-file"), passed.fileName()});
    const auto sentence = QByteArrayLiteral("The token is kept in ");
    QByteArray said;
    PARLEY_WAIT((said += program.readAllStandardError()).contains(sentence));
    program.terminate();
    QVERIFY(program.waitForFinished(patienceMs));
    said += program.readAllStandardError();
    QCOMPARE(said.count(sentence), 1);
    const auto kept = folder + QStringLiteral("/profiles/default/token");
    QVERIFY2(said.contains(sentence + kept.toUtf8()), said.constData());
    QVERIFY(QFile::exists(kept));
}

int main(int argc, char **argv)
{
    // Whatever keychain there is belongs to whoever runs the tests.
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
    QCoreApplication application(argc, argv);
    TestKeepingTokens test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_keepingtokens.moc"
