// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/client.h"

#include "client/network/certificatepin.h"
#include "shared/protocol/text.h"
#include "tests/client/network/peer.h"
#include "tests/client/support/log.h"
#include "tests/client/support/logind.h"

#include <QtCore/QDir>
#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>
#include <QtCore/QTemporaryDir>
#include <QtCore/QThread>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace parley;

/// The whole client below the screen, over a real socket, with a hand for a server.
class ClientTest : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void signsInAndComesOnline();
    void takesATokenThatWasMinted();
    void saysWhyASignInFailed();
    void givesUpASignIn();
    void isReadableWithoutAServer();
    void sendsAfterAReconnect();
    void triesAtOnceWhenThePersonWants();
    void isSignedOutWhenItsTokenIsRefused();
    void doesNotFightTheSameDeviceElsewhere();
    void comesBackAfterAServerThatGoesAway();
    void isTooOldForANewerServer();
    void looksAServerUpAndPinsItsCertificate();
    void wipesEverythingOnSignOut();
    void refusesASecondWindowOnOneProfile();
    void setsADamagedCacheAside();
    void worksOnAThreadOfItsOwn();
    void coalescesChanges();
    void comesBackAtOnceWhenTheMachineWakes();
    void wakesOnABusOfItsOwn();

private:
    ClientOptions options() const;
    std::unique_ptr<Client> makeClient();
    void welcome(const std::optional<QByteArray> &token = {});
    void comeOnline();
    /// Signs in by password and comes online with one chat of one message.
    void signIn(Client &client);
    ConnectionStatus status(Client &client, ConnectionState wanted);
    QStringList texts(Client &client);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Peer> m_peer;
    std::unique_ptr<ChatLog> m_log;
    std::optional<ConnectionStatus> m_status;
    const QByteArray m_token = QByteArray(32, 't');
};

void ClientTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_peer = std::make_unique<Peer>();
    m_log =
        std::make_unique<ChatLog>(chatNumber(1), userNumber(1), std::vector<UserId>{userNumber(2)});
    m_log->post(userNumber(2), QStringLiteral("hello"));
    m_status.reset();
}

void ClientTest::cleanup()
{
    m_peer.reset();
    m_folder.reset();
}

ClientOptions ClientTest::options() const
{
    ClientOptions options;
    options.dataFolder = m_folder->path();
    options.profile = QStringLiteral("me");
    options.tokenPlace = TokenPlace::File;
    options.isBackfilling = false;
    return options;
}

std::unique_ptr<Client> ClientTest::makeClient()
{
    auto client = std::make_unique<Client>(options());
    connect(client.get(), &Client::connectionChanged, this,
        [this](const ConnectionStatus &status) { m_status = status; });
    return client;
}

void ClientTest::welcome(const std::optional<QByteArray> &token)
{
    Welcome welcome;
    welcome.version = 1;
    welcome.serverName = QStringLiteral("Our chat");
    welcome.user =
        UserRow{userNumber(1), QStringLiteral("me"), QStringLiteral("Me"), {}, {}, {}, 1};
    welcome.device = *DeviceId::fromBytes(QByteArray(16, 'd'));
    welcome.token = token;
    welcome.epoch = Epoch::fromArray({1});
    welcome.time = 1'700'000'000'000;
    m_peer->answer(welcome);
}

void ClientTest::comeOnline()
{
    const auto hello = m_peer->expect<Hello>();
    QVERIFY(hello);
    QCOMPARE(hello->auth.token, std::optional(m_token));
    welcome();
    Sync sync;
    sync.epoch = Epoch::fromArray({1});
    if (hello->userRevision == 0) {
        sync.state = {{QStringLiteral("chat/") + m_log->chat().text(), toCbor(ChatState{1, 1}), 1}};
        sync.chats = {m_log->headFor(userNumber(1))};
    }
    sync.userRevision = 1;
    m_peer->send(sync);
    if (hello->userRevision != 0)
        return;
    const auto page = m_peer->expect<Page>();
    QVERIFY(page);
    m_peer->answer(m_log->page(userNumber(1), *page));
    QVERIFY(m_peer->expect<MarkUp>());
    m_peer->answer(MarkReply{2, 0, 1});
}

ConnectionStatus ClientTest::status(Client &, ConnectionState wanted)
{
    (void)QTest::qWaitFor([&] { return m_status && m_status->state == wanted; }, 20'000);
    return m_status.value_or(ConnectionStatus{});
}

void ClientTest::signIn(Client &client)
{
    QSignalSpy finished(&client, &Client::signInFinished);
    client.open();
    client.signIn({m_peer->url(), QStringLiteral("me"), QStringLiteral("secret word"), {}});
    const auto hello = m_peer->expect<Hello>();
    QVERIFY(hello && hello->auth.password);
    welcome(m_token);
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(finished[0][0].value<SignInResult>().problem, ConnectProblem::None);
    comeOnline();
    QCOMPARE(status(client, ConnectionState::Online).state, ConnectionState::Online);
}

QStringList ClientTest::texts(Client &client)
{
    QSignalSpy ready(&client, &Client::windowReady);
    WindowRequest request;
    request.chat = m_log->chat();
    client.requestWindow(1, request);
    if (ready.empty())
        ready.wait();
    QStringList result;
    for (const TimelineRow &row : ready[0][1].value<TimelineWindow>().rows) {
        const auto body = fromCbor<TextBody>(row.row.payload);
        result += body ? body->text : QString();
    }
    return result;
}

void ClientTest::signsInAndComesOnline()
{
    const auto client = makeClient();
    QSignalSpy accounts(client.get(), &Client::accountChanged);
    signIn(*client);
    const auto account = accounts[0][0].value<std::optional<Account>>();
    QCOMPARE(account->userName, QStringLiteral("me"));
    QCOMPARE(account->address, m_peer->url());
    QTRY_COMPARE(texts(*client), QStringList{QStringLiteral("hello")});
    QCOMPARE(m_peer->connections(), 2); // the sign-in, and the session
}

void ClientTest::takesATokenThatWasMinted()
{
    const auto client = makeClient();
    client->open();
    client->signInWithToken(m_peer->url(), m_token);
    QVERIFY(m_peer->expect<Hello>());
    welcome();
    comeOnline();
    QCOMPARE(status(*client, ConnectionState::Online).state, ConnectionState::Online);
    QSignalSpy finished(client.get(), &Client::signInFinished);
    client->signInWithToken(m_peer->url(), QByteArray(32, 'x')); // there is an account already
    QCOMPARE(finished.size(), 1);
    QCOMPARE(m_peer->connections(), 2);
}

void ClientTest::saysWhyASignInFailed()
{
    const auto client = makeClient();
    client->open();
    QSignalSpy finished(client.get(), &Client::signInFinished);
    client->signIn({m_peer->url(), QStringLiteral("me"), QStringLiteral("wrong word"), {}});
    QVERIFY(m_peer->expect<Hello>());
    m_peer->refuse(ErrorCode::BadCredentials);
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(*finished[0][0].value<SignInResult>().refusal, ErrorCode::BadCredentials);
    client->signIn({QStringLiteral("http://chat.example"), {}, {}, {}});
    QCOMPARE(finished[1][0].value<SignInResult>().problem, ConnectProblem::NotEncrypted);
    client->signUp({m_peer->url(), QStringLiteral("code"), QStringLiteral("me"),
        QStringLiteral("Me"), QStringLiteral("secret word"), {}});
    QCOMPARE(m_peer->expect<Hello>()->auth.invite->code, QStringLiteral("code"));
    m_peer->refuse(ErrorCode::InvalidInvite);
    QTRY_COMPARE(finished.size(), 3);
    QCOMPARE(*finished[2][0].value<SignInResult>().refusal, ErrorCode::InvalidInvite);
}

void ClientTest::givesUpASignIn()
{
    const auto client = makeClient();
    client->open();
    QSignalSpy finished(client.get(), &Client::signInFinished);
    client->signIn({m_peer->url(), QStringLiteral("me"), QStringLiteral("secret word"), {}});
    QVERIFY(m_peer->expect<Hello>());
    client->cancelSignIn();
    QCOMPARE(*finished[0][0].value<SignInResult>().refusal, ErrorCode::Cancelled);
    welcome(m_token);
    QTest::qWait(50);
    QCOMPARE(finished.size(), 1);
}

void ClientTest::isReadableWithoutAServer()
{
    {
        const auto client = makeClient();
        signIn(*client);
        QTRY_COMPARE(texts(*client).size(), 1);
        client->close();
    }
    m_peer->stop();
    const auto client = makeClient();
    QSignalSpy opened(client.get(), &Client::opened);
    client->open();
    QCOMPARE(opened.size(), 1);
    QCOMPARE(opened[0][0].value<std::optional<Account>>()->userName, QStringLiteral("me"));
    QCOMPARE(texts(*client), QStringList{QStringLiteral("hello")});
    const auto offline = status(*client, ConnectionState::Unreachable);
    QCOMPARE(offline.problem, ConnectProblem::Unreachable);
    QVERIFY(m_peer->start());
    comeOnline();
    QCOMPARE(status(*client, ConnectionState::Online).state, ConnectionState::Online);
}

void ClientTest::sendsAfterAReconnect()
{
    const auto client = makeClient();
    signIn(*client);
    m_peer->stop();
    status(*client, ConnectionState::Unreachable);
    NewMessage message;
    message.payload = textPayload(QStringLiteral("written offline"));
    client->sendMessage(m_log->chat(), message);
    QCOMPARE(texts(*client).last(), QStringLiteral("written offline"));
    QVERIFY(m_peer->start());
    comeOnline();
    const auto send = m_peer->expect<Send>();
    QVERIFY(send);
    QCOMPARE(send->operations.front().payload, message.payload);
}

void ClientTest::triesAtOnceWhenThePersonWants()
{
    const auto client = makeClient();
    signIn(*client);
    m_peer->stop();
    for (int i = 0; i < 5; ++i) { // so often that the next wait is long
        status(*client, ConnectionState::Unreachable);
        client->retryNow();
        QTest::qWait(20);
    }
    QVERIFY(m_peer->start());
    client->setActive(true);
    QTRY_COMPARE_WITH_TIMEOUT(m_peer->connections(), 3, 2'000);
}

void ClientTest::isSignedOutWhenItsTokenIsRefused()
{
    const auto client = makeClient();
    signIn(*client);
    m_peer->send(Closing{CloseReason::Revoked});
    const auto ended = status(*client, ConnectionState::SignedOut);
    QCOMPARE(ended.problem, ConnectProblem::Refused);
    QCOMPARE(*ended.refusal, ErrorCode::NotSignedIn);
    QVERIFY(texts(*client).contains(QStringLiteral("hello"))); // still readable
    QTest::qWait(100);
    QCOMPARE(m_peer->connections(), 2);
}

void ClientTest::doesNotFightTheSameDeviceElsewhere()
{
    const auto client = makeClient();
    signIn(*client);
    m_peer->send(Closing{CloseReason::Replaced});
    QCOMPARE(status(*client, ConnectionState::Unreachable).problem, ConnectProblem::Replaced);
    QTest::qWait(600);
    QCOMPARE(m_peer->connections(), 2);
    client->retryNow();
    QTRY_COMPARE(m_peer->connections(), 3);
}

void ClientTest::comesBackAfterAServerThatGoesAway()
{
    const auto client = makeClient();
    signIn(*client);
    m_peer->send(GoAway{50});
    m_peer->cut();
    comeOnline();
    QCOMPARE(status(*client, ConnectionState::Online).state, ConnectionState::Online);
}

void ClientTest::isTooOldForANewerServer()
{
    const auto client = makeClient();
    signIn(*client);
    m_peer->cut();
    QVERIFY(m_peer->expect<Hello>());
    m_peer->refuse(ErrorCode::UpgradeRequired);
    QCOMPARE(status(*client, ConnectionState::UpgradeRequired).problem, ConnectProblem::TooOld);
}

void ClientTest::looksAServerUpAndPinsItsCertificate()
{
    const auto certificate = TestCertificate::make(QStringLiteral("127.0.0.1"));
    const auto other = TestCertificate::make(QStringLiteral("127.0.0.1"));
    if (!certificate || !other)
        QSKIP("the openssl program is not installed");
    m_peer = std::make_unique<Peer>(certificate);
    const auto client = makeClient();
    client->open();
    QSignalSpy found(client.get(), &Client::lookedUp);
    client->lookUp(m_peer->url());
    QTRY_COMPARE_WITH_TIMEOUT(found.size(), 1, 20'000);
    auto look = found[0][0].value<LookUp>();
    QCOMPARE(look.problem, ConnectProblem::CertificateUnknown);
    QCOMPARE(look.fingerprint, fingerprintOf(certificate->certificate));
    QVERIFY(!look.issuer.isEmpty() && look.validToMs > look.validFromMs);

    client->trustCertificate(m_peer->url(), look.fingerprint);
    client->trustCertificate(m_peer->url(), fingerprintOf(other->certificate)); // never replaced
    client->lookUp(m_peer->url());
    QVERIFY(m_peer->expect<Hello>());
    Welcome welcome;
    welcome.serverName = QStringLiteral("Our chat");
    welcome.signIn = {QStringLiteral("password"), QStringLiteral("invite")};
    m_peer->answer(welcome);
    QTRY_COMPARE(found.size(), 2);
    look = found[1][0].value<LookUp>();
    QCOMPARE(look.problem, ConnectProblem::None);
    QVERIFY(look.canSignIn && look.canSignUp);

    const QString url = m_peer->url();
    m_peer->stop();
    client->lookUp(QStringLiteral("nobody.invalid"));
    QTRY_COMPARE_WITH_TIMEOUT(found.size(), 3, 20'000);
    QCOMPARE(found[2][0].value<LookUp>().problem, ConnectProblem::ServerNotFound);
}

void ClientTest::wipesEverythingOnSignOut()
{
    const auto client = makeClient();
    signIn(*client);
    QSignalSpy accounts(client.get(), &Client::accountChanged);
    client->signOut();
    QCOMPARE(m_peer->expect<RevokeDevice>()->device, *DeviceId::fromBytes(QByteArray(16, 'd')));
    m_peer->answer(Accepted{});
    QTRY_COMPARE(accounts.size(), 1);
    QVERIFY(!accounts[0][0].value<std::optional<Account>>());
    QVERIFY(texts(*client).isEmpty());
    const QDir folder(profileFolder(options()));
    QVERIFY(!folder.exists(QStringLiteral("account.json")));
    QVERIFY(!folder.exists(QStringLiteral("token")));
    QCOMPARE(m_status->state, ConnectionState::SignedOut);
}

void ClientTest::refusesASecondWindowOnOneProfile()
{
    const auto first = makeClient();
    first->open();
    Client second(options());
    QSignalSpy failed(&second, &Client::openFailed);
    second.open();
    QCOMPARE(failed.size(), 1);
    QVERIFY(failed[0][0].toString().contains(QStringLiteral("another --profile")));
}

void ClientTest::setsADamagedCacheAside()
{
    const QDir folder(profileFolder(options()));
    QVERIFY(folder.mkpath(QStringLiteral(".")));
    QFile file(folder.filePath(QStringLiteral("cache.sqlite")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(9'000, 'x'));
    file.close();
    const auto client = makeClient();
    QSignalSpy damaged(client.get(), &Client::cacheDamaged);
    QSignalSpy failed(client.get(), &Client::openFailed);
    QSignalSpy opened(client.get(), &Client::opened);
    client->open();
    QCOMPARE(damaged.size(), 1);
    QCOMPARE(failed.size(), 1);
    client->setCacheAside();
    QCOMPARE(opened.size(), 1);
}

void ClientTest::worksOnAThreadOfItsOwn()
{
    QThread thread;
    Client client(options());
    client.moveToThread(&thread);
    thread.start();
    Qt::HANDLE toldOn = nullptr;
    QSignalSpy finished(&client, &Client::signInFinished);
    connect(&client, &Client::opened, this,
        [&](const std::optional<Account> &) { toldOn = QThread::currentThreadId(); });
    connect(&client, &Client::connectionChanged, this,
        [this](const ConnectionStatus &status) { m_status = status; });
    client.open();
    client.signIn({m_peer->url(), QStringLiteral("me"), QStringLiteral("secret word"), {}});
    QVERIFY(m_peer->expect<Hello>());
    welcome(m_token);
    comeOnline();
    QCOMPARE(status(client, ConnectionState::Online).state, ConnectionState::Online);
    QCOMPARE(toldOn, QThread::currentThreadId()); // as values, on the screen's thread
    QSignalSpy closed(&client, &Client::closed);
    client.close();
    QTRY_COMPARE(closed.size(), 1);
    thread.quit();
    QVERIFY(thread.wait());
}

void ClientTest::coalescesChanges()
{
    const auto client = makeClient();
    signIn(*client);
    QTest::qWait(50);
    QSignalSpy changed(client.get(), &Client::changed);
    const qint64 first = m_log->head() + 1;
    for (int i = 0; i < 40; ++i) {
        m_log->post(userNumber(2), QString::number(i));
        m_peer->send(m_log->push(first + i, first + i));
    }
    QTRY_COMPARE(texts(*client).size(), 41);
    QVERIFY(changed.size() < 40);
}

/// Inside a private bus that plays the system's: see the next one.
void ClientTest::comesBackAtOnceWhenTheMachineWakes()
{
    if (!qEnvironmentVariableIsSet("PARLEY_TEST_BUS"))
        QSKIP("no bus here: see wakesOnABusOfItsOwn");
    const auto client = makeClient();
    signIn(*client);
    Logind logind;
    logind.wake();
    QTRY_COMPARE_WITH_TIMEOUT(m_peer->connections(), 3, 2'000); // the old one may be dead
    comeOnline();
    m_peer->stop();
    for (int i = 0; i < 6; ++i) { // so often that the next wait is long
        status(*client, ConnectionState::Unreachable);
        client->retryNow();
        QTest::qWait(20);
    }
    QVERIFY(m_peer->start());
    logind.wake();
    QTRY_COMPARE_WITH_TIMEOUT(m_peer->connections(), 4, 2'000);
}

void ClientTest::wakesOnABusOfItsOwn()
{
    if (qEnvironmentVariableIsSet("PARLEY_TEST_BUS"))
        QSKIP("this is on it");
    const QString session = QStandardPaths::findExecutable(QStringLiteral("dbus-run-session"));
    if (session.isEmpty())
        QSKIP("dbus-run-session is not installed");
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    const QString script =
        QStringLiteral("PARLEY_TEST_BUS=1 DBUS_SYSTEM_BUS_ADDRESS=$DBUS_SESSION_BUS_ADDRESS "
                       "exec \"$1\" comesBackAtOnceWhenTheMachineWakes");
    process.start(session,
        {QStringLiteral("--"), QStringLiteral("sh"), QStringLiteral("-c"), script,
            QStringLiteral("sh"), QCoreApplication::applicationFilePath()});
    QVERIFY(process.waitForFinished(120'000));
    const QByteArray said = process.readAll();
    QVERIFY2(process.exitCode() == 0 && said.contains("PASS   : ClientTest::comesBackAtOnce"),
        said.constData());
}

QTEST_GUILESS_MAIN(ClientTest)
#include "tst_client.moc"
