// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/admin/adminclient.h"
#include "server/server.h"
#include "shared/directchat.h"
#include "shared/uuid7.h"
#include "tests/server/gateway/peer.h"

#include <QtCore/QJsonArray>
#include <QtCore/QTemporaryDir>
#include <QtNetwork/QTcpSocket>

using namespace parley;
using namespace Qt::StringLiterals;

/// The real server in this process, and raw WebSockets against it.
class tst_Server : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void letsTwoPeopleTalk_data();
    void letsTwoPeopleTalk();
    void signsInByPasswordAndThenByToken();
    void makesAnAccountByInviteOnceAndAgainForTheSamePerson();
    void refusesWhoCannotProveWhoTheyAre();
    void saysWhichWaysToSignInThereAre();
    void handsOverWhatIsUpToDateAndSyncsWhatIsBehind();
    void endsTheSessionsOfADisabledUser();
    void endsTheOlderConnectionOfADevice();
    void tellsWatchersWhoIsThere();
    void closesWhoSaysNothing();
    void refusesTooManyPendingConnections();
    void answersPlainHttp();
    void refusesForeignOrigins();
    void closesOnBytesThatAreNoFrame();
    void saysGoAwayBeforeItStops();
    void keepsEverythingOverARestart();
    void refusesAFolderThatIsInUse();
    void refusesAFolderWithoutAStore();
    void refusesToInitialiseTwice();

private:
    struct Person {
        UserId id;
        QByteArray token;
    };
    void start(Server::Crossing crossing = Server::Crossing::AsValues);
    QJsonObject admin(const QJsonObject &question);
    Person add(const QString &name);
    QByteArray http(const QByteArray &request);
    Send text(const ChatId &chat, const QByteArray &words);
    Send directChat(const UserId &one, const UserId &other);

    std::unique_ptr<QTemporaryDir> m_folder;
    Config m_config;
    std::unique_ptr<Server> m_server;
    SystemRandom m_random;
    Uuid7 m_ids{m_random};
};

void tst_Server::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_config = Config();
    m_config.server.dataFolder = m_folder->path() + u"/data"_s;
    m_config.server.gatewayThreads = 2;
    m_config.listen.port = 0;
    m_config.accounts.passwordMemoryMib = 1;
    m_config.accounts.passwordOperations = 1;
    QVERIFY(Server::initialise(m_config));
}

void tst_Server::cleanup()
{
    m_server.reset();
    m_folder.reset();
}

void tst_Server::start(Server::Crossing crossing)
{
    auto server = Server::start(m_config, crossing);
    QVERIFY2(server, server ? "" : qPrintable(server.error().text));
    m_server = *std::move(server);
}

QJsonObject tst_Server::admin(const QJsonObject &question)
{
    auto client = AdminClient::connect(m_config.server.dataFolder);
    if (!client)
        return {};
    const auto answer = (*client)->ask(question);
    return answer ? *answer : QJsonObject();
}

tst_Server::Person tst_Server::add(const QString &name)
{
    const QJsonObject user = admin({{u"command"_s, u"user.add"_s}, {u"name"_s, name}});
    const QJsonObject token = admin({{u"command"_s, u"token.create"_s}, {u"name"_s, name}});
    const auto id = UserId::fromText(user.value(u"id"_s).toString().toLatin1());
    return {id.value_or(UserId()),
        QByteArray::fromBase64(
            token.value(u"token"_s).toString().toLatin1(), QByteArray::Base64UrlEncoding)};
}

QByteArray tst_Server::http(const QByteArray &request)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, m_server->port());
    socket.write(request);
    [[maybe_unused]] const bool closed = QTest::qWaitFor(
        [&] { return socket.state() == QAbstractSocket::UnconnectedState; }, 10'000);
    return socket.readAll();
}

Send tst_Server::text(const ChatId &chat, const QByteArray &words)
{
    Operation operation;
    operation.id = m_ids.next(QDateTime::currentMSecsSinceEpoch());
    operation.contentType = ContentType::Text;
    operation.payload = words;
    return Send{chat, {operation}};
}

Send tst_Server::directChat(const UserId &one, const UserId &other)
{
    Operation operation;
    operation.id = m_ids.next(QDateTime::currentMSecsSinceEpoch());
    operation.kind = Kind::Create;
    operation.user = other;
    return Send{directChatId(one, other), {operation}};
}

void tst_Server::letsTwoPeopleTalk_data()
{
    QTest::addColumn<bool>("asBytes");
    QTest::newRow("values across the queue") << false;
    QTest::newRow("bytes across the queue") << true;
}

void tst_Server::letsTwoPeopleTalk()
{
    QFETCH(bool, asBytes);
    start(asBytes ? Server::Crossing::AsBytes : Server::Crossing::AsValues);
    const Person ada = add(u"ada"_s);
    const Person bob = add(u"bob"_s);
    Peer adas;
    Peer bobs;
    QVERIFY(adas.open(m_server->url()));
    QVERIFY(bobs.open(m_server->url()));
    const auto welcome = adas.ask(Peer::hello(ada.token));
    QVERIFY(welcome);
    QCOMPARE(welcome->user->userName, u"ada"_s);
    QVERIFY(adas.next<Sync>());
    QVERIFY(bobs.ask(Peer::hello(bob.token)));
    QVERIFY(bobs.next<Sync>());

    const Send create = directChat(ada.id, bob.id);
    const auto created = adas.ask(create);
    QVERIFY(created);
    QCOMPARE(created->results.front().error, std::nullopt);
    // The chat reaches the other one by the own state, then it is asked for and becomes live.
    QVERIFY(bobs.next<UserStateChanged>());
    const auto page = bobs.ask(Page{create.chat, 0, 1});
    QVERIFY(page);
    QVERIFY(page->opened);
    QVERIFY(adas.ask(Page{create.chat, 0, 1}));

    const auto sent = adas.ask(text(create.chat, "hello"));
    QVERIFY(sent);
    QVERIFY(sent->results.front().seq);
    std::optional<Pushed> pushed;
    do {
        pushed = bobs.next<Pushed>();
        QVERIFY(pushed);
    } while (pushed->entries.empty() || pushed->entries.back().kind != Kind::Message);
    QCOMPARE(pushed->entries.back().row->payload, QByteArray("hello"));

    const auto history = bobs.ask(History{create.chat, {}, 0, {}, 100, 1});
    QVERIFY(history);
    QCOMPARE(history->rows.back().payload, QByteArray("hello"));
    const auto members = bobs.ask(Members{create.chat, {}});
    QVERIFY(members);
    QCOMPARE(members->members.size(), size_t(2));
    QVERIFY(bobs.ask(Users{{ada.id}})->users.size() == 1);
    QVERIFY(bobs.ask(Devices{})->devices.front().current);
}

void tst_Server::signsInByPasswordAndThenByToken()
{
    start();
    admin({{u"command"_s, u"user.add"_s}, {u"name"_s, u"Ada"_s},
        {u"password"_s, u"a quiet afternoon"_s}});
    Peer first;
    QVERIFY(first.open(m_server->url()));
    Hello hello = Peer::hello({});
    hello.auth = Auth{{}, PasswordAuth{u"ADA"_s, u"a quiet afternoon"_s, u"laptop"_s}, {}};
    const auto welcome = first.ask(hello);
    QVERIFY(welcome);
    QCOMPARE(welcome->token->size(), limits::tokenBytes);

    Peer second;
    QVERIFY(second.open(m_server->url()));
    const auto again = second.ask(Peer::hello(*welcome->token));
    QVERIFY(again);
    QCOMPARE(*again->device, *welcome->device);
    QVERIFY(!again->token);
}

void tst_Server::makesAnAccountByInviteOnceAndAgainForTheSamePerson()
{
    start();
    const QString code = admin({{u"command"_s, u"invite.create"_s}}).value(u"code"_s).toString();
    Hello hello = Peer::hello({});
    hello.auth = Auth{{}, {},
        InviteAuth{code.toLower(), u"carl"_s, u"Carl C."_s, u"a quiet afternoon"_s, u"phone"_s}};
    const auto attempt = [&] {
        Peer peer;
        return peer.open(m_server->url()) ? peer.ask(hello) : Result<Welcome>(ErrorCode::Cancelled);
    };
    const auto first = attempt();
    QVERIFY(first);
    QCOMPARE(first->user->displayName, u"Carl C."_s);
    const auto second = attempt();
    QVERIFY(second);
    QCOMPARE(second->user->id, first->user->id);
    QVERIFY(*second->token != *first->token);

    hello.auth.invite->password = u"another afternoon"_s;
    QCOMPARE(attempt().error().code, ErrorCode::InvalidInvite);
    hello.auth.invite->userName = u"dora"_s;
    QCOMPARE(attempt().error().code, ErrorCode::InvalidInvite);
    hello.auth.invite->code = u"no such code"_s;
    QCOMPARE(attempt().error().code, ErrorCode::InvalidInvite);
}

void tst_Server::refusesWhoCannotProveWhoTheyAre()
{
    start();
    admin({{u"command"_s, u"user.add"_s}, {u"name"_s, u"ada"_s},
        {u"password"_s, u"a quiet afternoon"_s}});
    const auto attempt = [&](const Auth &auth) {
        Peer peer;
        Hello hello = Peer::hello({});
        hello.auth = auth;
        if (!peer.open(m_server->url()))
            return ErrorCode::Cancelled;
        const auto answer = peer.ask(hello);
        return answer || !peer.isClosed() ? ErrorCode::Internal : answer.error().code;
    };
    QCOMPARE(attempt(Auth{QByteArray(32, 'x'), {}, {}}), ErrorCode::NotSignedIn);
    QCOMPARE(attempt(Auth{QByteArray("short"), {}, {}}), ErrorCode::NotSignedIn);
    QCOMPARE(
        attempt(Auth{{}, PasswordAuth{u"ada"_s, u"wrong"_s, {}}, {}}), ErrorCode::BadCredentials);
    QCOMPARE(attempt(Auth{{}, PasswordAuth{u"nobody"_s, u"wrong"_s, {}}, {}}),
        ErrorCode::BadCredentials);
    QCOMPARE(attempt(Auth{QByteArray(32, 'x'), PasswordAuth{u"ada"_s, u"wrong"_s, {}}, {}}),
        ErrorCode::Malformed);
}

void tst_Server::saysWhichWaysToSignInThereAre()
{
    start();
    Peer peer;
    QVERIFY(peer.open(m_server->url()));
    Hello hello;
    hello.versions = {1};
    const auto welcome = peer.ask(hello);
    QVERIFY(welcome);
    QVERIFY(!welcome->user);
    QCOMPARE(welcome->signIn, (std::vector<QString>{u"password"_s, u"invite"_s}));
    QVERIFY(peer.isClosed());
}

void tst_Server::handsOverWhatIsUpToDateAndSyncsWhatIsBehind()
{
    start();
    const Person ada = add(u"ada"_s);
    const Person bob = add(u"bob"_s);
    const Send create = directChat(ada.id, bob.id);
    Epoch epoch;
    PageReply page;
    qint64 revision = 0;
    {
        Peer peer;
        QVERIFY(peer.open(m_server->url()));
        const auto welcome = peer.ask(Peer::hello(ada.token));
        epoch = welcome->epoch;
        QVERIFY(peer.ask(create));
        QVERIFY(peer.ask(text(create.chat, "one")));
        const auto opened = peer.ask(Page{create.chat, 0, 7});
        QVERIFY(opened);
        page = *opened;
        revision = peer.next<UserStateChanged>()->row.revision;
    }
    qint64 marks = 0;
    for (const Mark &mark : page.marks)
        marks += mark.delivered + mark.read;
    Hello hello = Peer::hello(ada.token);
    hello.epoch = epoch;
    hello.userRevision = revision;
    hello.have = {Have{create.chat, page.head, marks, 7}};
    {
        Peer peer;
        QVERIFY(peer.open(m_server->url()));
        QVERIFY(peer.ask(hello));
        const auto sync = peer.next<Sync>();
        QVERIFY(sync);
        QVERIFY(sync->chats.empty());
        const auto live = peer.next<HandedOver>();
        QVERIFY(live);
        QCOMPARE(live->page.generation, 7u);
        QVERIFY(live->page.entries.empty());
        // What the other one writes now is pushed.
        QVERIFY(peer.ask(text(create.chat, "two")));
        QVERIFY(peer.next<Pushed>());
    }
    Peer peer;
    QVERIFY(peer.open(m_server->url()));
    QVERIFY(peer.ask(hello));
    const auto sync = peer.next<Sync>();
    QCOMPARE(sync->chats.size(), size_t(1));
    QCOMPARE(sync->chats.front().last->payload, QByteArray("two"));
    const auto missed = peer.ask(Page{create.chat, page.head, 7});
    QVERIFY(missed);
    QVERIFY(!missed->more);
    QCOMPARE(missed->entries.size(), size_t(1));

    // A device that knows more than the store: only a restored store explains it.
    hello.have.front().seq = page.head + 10;
    Peer later;
    QVERIFY(later.open(m_server->url()));
    QVERIFY(later.ask(hello));
    QVERIFY(later.next<Sync>()->restored);
}

void tst_Server::endsTheSessionsOfADisabledUser()
{
    start();
    const Person ada = add(u"ada"_s);
    Peer peer;
    QVERIFY(peer.open(m_server->url()));
    QVERIFY(peer.ask(Peer::hello(ada.token)));
    admin({{u"command"_s, u"user.disable"_s}, {u"name"_s, u"ada"_s}});
    QCOMPARE(peer.next<Closing>()->reason, CloseReason::Revoked);
    QVERIFY(peer.isClosed());
    Peer again;
    QVERIFY(again.open(m_server->url()));
    QCOMPARE(again.ask(Peer::hello(ada.token)).error().code, ErrorCode::NotSignedIn);
}

void tst_Server::endsTheOlderConnectionOfADevice()
{
    start();
    const Person ada = add(u"ada"_s);
    Peer older;
    Peer newer;
    QVERIFY(older.open(m_server->url()));
    QVERIFY(newer.open(m_server->url()));
    QVERIFY(older.ask(Peer::hello(ada.token)));
    QVERIFY(newer.ask(Peer::hello(ada.token)));
    QCOMPARE(older.next<Closing>()->reason, CloseReason::Replaced);
    QVERIFY(older.isClosed());
    QVERIFY(newer.ask(Alive{true, {}}));
}

void tst_Server::tellsWatchersWhoIsThere()
{
    start();
    const Person ada = add(u"ada"_s);
    const Person bob = add(u"bob"_s);
    Peer adas;
    QVERIFY(adas.open(m_server->url()));
    QVERIFY(adas.ask(Peer::hello(ada.token)));
    const Send create = directChat(ada.id, bob.id);
    QVERIFY(adas.ask(create));
    Peer bobs;
    QVERIFY(bobs.open(m_server->url()));
    QVERIFY(bobs.ask(Peer::hello(bob.token)));
    // A request says nothing about the two until it is accepted.
    auto watched = adas.ask(Watch{{bob.id}});
    QVERIFY(watched);
    QCOMPARE(watched->presence.front().state, PresenceState::Offline);
    Operation accept;
    accept.id = m_ids.next(QDateTime::currentMSecsSinceEpoch());
    accept.kind = Kind::Accept;
    QVERIFY(!bobs.ask(Send{create.chat, {accept}})->results.front().error);
    watched = adas.ask(Watch{{bob.id}});
    QVERIFY(watched);
    QCOMPARE(watched->users.front().userName, u"bob"_s);
    QCOMPARE(watched->presence.front().state, PresenceState::Online);
    QVERIFY(bobs.ask(Alive{false, {}}));
    QCOMPARE(adas.next<PresenceChanged>()->users.front().state, PresenceState::Away);
    QVERIFY(bobs.ask(SetProfile{u"Bobby"_s, {}, {}, {}}));
    QCOMPARE(adas.next<ProfileChanged>()->user.displayName, u"Bobby"_s);
}

void tst_Server::closesWhoSaysNothing()
{
    m_config.times.signInMs = 200;
    start();
    Peer peer;
    QVERIFY(peer.open(m_server->url()));
    QVERIFY(peer.isClosed());
    QTcpSocket silent;
    silent.connectToHost(QHostAddress::LocalHost, m_server->port());
    QTRY_COMPARE(silent.state(), QAbstractSocket::ConnectedState);
    QTRY_COMPARE(silent.state(), QAbstractSocket::UnconnectedState);
}

void tst_Server::refusesTooManyPendingConnections()
{
    m_config.limits.pendingPerAddress = 2;
    start();
    Peer first;
    Peer second;
    QVERIFY(first.open(m_server->url()));
    QVERIFY(second.open(m_server->url()));
    QTcpSocket third;
    third.connectToHost(QHostAddress::LocalHost, m_server->port());
    QTRY_COMPARE(third.state(), QAbstractSocket::UnconnectedState);
    // Whoever has signed in waits no more, and makes room.
    const Person ada = add(u"ada"_s);
    QVERIFY(first.ask(Peer::hello(ada.token)));
    Peer fourth;
    QVERIFY(fourth.open(m_server->url()));
}

void tst_Server::answersPlainHttp()
{
    start();
    QVERIFY(http("GET /health HTTP/1.1\r\nHost: x\r\n\r\n").endsWith("\r\n\r\nok\n"));
    QVERIFY(http("GET / HTTP/1.1\r\nHost: x\r\n\r\n").contains("a Parley server"));
    QVERIFY(http("GET /etc/passwd HTTP/1.1\r\n\r\n").startsWith("HTTP/1.1 404 "));
    QVERIFY(http("POST / HTTP/1.1\r\n\r\n").startsWith("HTTP/1.1 405 "));
    QVERIFY(http("nonsense\r\n\r\n").startsWith("HTTP/1.1 400 "));
    QVERIFY(http("GET / HTTP/1.1\r\nx: " + QByteArray(10'000, 'x')).startsWith("HTTP/1.1 431 "));
}

void tst_Server::refusesForeignOrigins()
{
    m_config.listen.origins = QStringList{u"https://chat.example"_s};
    start();
    const QByteArray upgrade =
        "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    QVERIFY(http(upgrade + "Origin: https://evil.example\r\n\r\n").startsWith("HTTP/1.1 403 "));
    QTcpSocket allowed;
    allowed.connectToHost(QHostAddress::LocalHost, m_server->port());
    allowed.write(upgrade + "Origin: https://chat.example\r\n\r\n");
    QTRY_VERIFY(allowed.peek(12) == "HTTP/1.1 101");
}

void tst_Server::closesOnBytesThatAreNoFrame()
{
    start();
    Peer bytes;
    QVERIFY(bytes.open(m_server->url()));
    bytes.sayBytes("nonsense");
    QCOMPARE(bytes.next<Closing>()->reason, CloseReason::Malformed);
    QVERIFY(bytes.isClosed());
    Peer words;
    QVERIFY(words.open(m_server->url()));
    words.sayText(u"{}"_s);
    QVERIFY(words.isClosed());
    Peer much;
    QVERIFY(much.open(m_server->url()));
    much.sayBytes(QByteArray(limits::clientFrameBytes + 1, 'x'));
    QVERIFY(much.isClosed());
}

void tst_Server::saysGoAwayBeforeItStops()
{
    start();
    const Person ada = add(u"ada"_s);
    Peer peer;
    QVERIFY(peer.open(m_server->url()));
    QVERIFY(peer.ask(Peer::hello(ada.token)));
    m_server->stop();
    QCOMPARE(peer.next<GoAway>()->windowMs, quint32(m_config.times.goAwayMs));
    QVERIFY(peer.isClosed());
}

void tst_Server::keepsEverythingOverARestart()
{
    start();
    const Person ada = add(u"ada"_s);
    const Person bob = add(u"bob"_s);
    const Send create = directChat(ada.id, bob.id);
    {
        Peer peer;
        QVERIFY(peer.open(m_server->url()));
        QVERIFY(peer.ask(Peer::hello(ada.token)));
        QVERIFY(peer.ask(create));
        QVERIFY(peer.ask(text(create.chat, "kept")));
    }
    m_server.reset();
    start();
    Peer peer;
    QVERIFY(peer.open(m_server->url()));
    QVERIFY(peer.ask(Peer::hello(ada.token)));
    const auto sync = peer.next<Sync>();
    QCOMPARE(sync->chats.front().last->payload, QByteArray("kept"));
    QCOMPARE(sync->users.front().userName, u"bob"_s);
}

void tst_Server::refusesAFolderThatIsInUse()
{
    start();
    QCOMPARE(Server::start(m_config).error().code, ErrorCode::Busy);
}

void tst_Server::refusesAFolderWithoutAStore()
{
    m_config.server.dataFolder = m_folder->path() + u"/elsewhere"_s;
    QCOMPARE(Server::start(m_config).error().code, ErrorCode::NotFound);
}

void tst_Server::refusesToInitialiseTwice()
{
    QCOMPARE(Server::initialise(m_config).error().code, ErrorCode::LimitReached);
}

QTEST_GUILESS_MAIN(tst_Server)
#include "tst_server.moc"
