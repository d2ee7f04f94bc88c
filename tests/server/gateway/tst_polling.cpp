// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/server/gateway/house.h"
#include "tests/server/gateway/pollpeer.h"

using namespace parley;
using namespace Qt::StringLiterals;

/// The real server in this process, and raw HTTP requests against it.
class tst_Polling : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_house.reset(); }
    void letsSomebodyWhoPollsTalkWithAWebSocket();
    void findsTheSessionFromAnyConnection();
    void repeatsALostAnswer();
    void takesALostRequestOnce();
    void asksForWhatIsMissing();
    void releasesTheOlderOfTwoRequests();
    void answersRequestsOfOneConnectionInTheirOrder();
    void answersWithNothingAfterAHeartbeat();
    void endsTheSessionThatNobodyPolls();
    void endsWhoDoesNotSignIn();
    void endsWhenTheClientLeaves();
    void tellsWhyASessionEnds();
    void endsOnAFrameThatIsNone();
    void lagsWhoDoesNotAcknowledge();
    void saysGoAwayAndCloses();

private:
    bool signIn(PollPeer &peer, const House::Person &person)
    {
        return peer.open() && peer.ask(Peer::hello(person.token)) && peer.next<Sync>();
    }
    qint64 connections() { return m_house->admin(u"status"_s).value(u"connections"_s).toInteger(); }

    std::unique_ptr<House> m_house;
};

void tst_Polling::init()
{
    m_house = std::make_unique<House>();
    QVERIFY(m_house->isInitialised);
}

void tst_Polling::letsSomebodyWhoPollsTalkWithAWebSocket()
{
    QVERIFY(!m_house->start(Server::Crossing::AsBytes));
    const House::Person ada = m_house->add(u"ada"_s);
    const House::Person bob = m_house->add(u"bob"_s);
    PollPeer adas(m_house->server->port());
    QVERIFY(adas.open());
    const auto welcome = adas.ask(Peer::hello(ada.token));
    QVERIFY(welcome);
    QCOMPARE(welcome->user->userName, u"ada"_s);
    QVERIFY(adas.next<Sync>());
    Peer bobs;
    QVERIFY(bobs.open(m_house->server->url()));
    QVERIFY(bobs.ask(Peer::hello(bob.token)));
    QVERIFY(bobs.next<Sync>());

    const Send create = m_house->directChat(ada.id, bob.id);
    QVERIFY(adas.ask(create));
    QVERIFY(bobs.next<UserStateChanged>());
    QVERIFY(bobs.ask(Page{create.chat, 0, 1}));
    QVERIFY(adas.ask(Page{create.chat, 0, 1}));
    Operation accept = m_house->operation(Kind::Accept);
    QVERIFY(bobs.ask(Send{create.chat, {accept}}));

    const auto sent = adas.ask(m_house->text(create.chat, "hello"));
    QVERIFY(sent);
    QVERIFY(sent->results.front().seq);
    std::optional<Pushed> pushed;
    do {
        pushed = bobs.next<Pushed>();
        QVERIFY(pushed);
    } while (pushed->entries.empty() || pushed->entries.back().kind != Kind::Message);
    QVERIFY(bobs.ask(m_house->text(create.chat, "and hello")));
    do {
        pushed = adas.next<Pushed>();
        QVERIFY(pushed);
    } while (!pushed->entries.back().row || pushed->entries.back().row->payload != "and hello");
    const auto history = adas.ask(History{create.chat, {}, 0, {}, 100, 1});
    QVERIFY(history);
    QCOMPARE(history->rows.back().payload, QByteArray("and hello"));
}

/// Two gateways take connections in turn: the session lives at one of them.
void tst_Polling::findsTheSessionFromAnyConnection()
{
    QVERIFY(!m_house->start());
    const House::Person ada = m_house->add(u"ada"_s);
    PollPeer adas(m_house->server->port());
    QVERIFY(adas.open());
    for (int i = 0; i < 6; ++i) {
        adas.http = std::make_unique<HttpSocket>(adas.port);
        if (i == 0)
            QVERIFY(adas.ask(Peer::hello(ada.token)));
        else
            QVERIFY(adas.ask(Devices{}));
    }
}

void tst_Polling::repeatsALostAnswer()
{
    QVERIFY(!m_house->start());
    const House::Person ada = m_house->add(u"ada"_s);
    PollPeer adas(m_house->server->port());
    QVERIFY(signIn(adas, ada));
    Operation create = m_house->operation(Kind::Create);
    create.text = u"group"_s;
    ChatId chat = directChatId(ada.id, UserId::fromArray({9}));
    auto bytes = chat.array();
    bytes[0] = quint8(bytes[0] & 0x7f);
    chat = ChatId::fromArray(bytes);
    const RequestNumber request = adas.say(Send{chat, {create}});
    const QByteArray same = adas.body();
    for (int i = 0; i < 3; ++i) {
        HttpSocket lost(m_house->server->port());
        lost.send(HttpSocket::post(same));
        QVERIFY(lost.response());
    }
    // What none of these three saw is said again, and it is one answer to one command.
    QVERIFY(adas.poll());
    while (!adas.answers.contains(request))
        QVERIFY(adas.poll());
    const auto reply = fromCbor<SendReply>(adas.answers.at(request));
    QVERIFY(reply);
    QVERIFY(!reply->results.front().duplicate);
    QVERIFY(!reply->results.front().error);
    QVERIFY(adas.ask(Devices{}));
}

void tst_Polling::takesALostRequestOnce()
{
    QVERIFY(!m_house->start());
    const House::Person ada = m_house->add(u"ada"_s);
    PollPeer adas(m_house->server->port());
    QVERIFY(signIn(adas, ada));
    adas.say(FindUser{u"nobody"_s});
    const QByteArray request = HttpSocket::post(adas.body());
    // Never arrives as a whole: nothing of it is taken.
    HttpSocket cut(m_house->server->port());
    cut.send(request.chopped(5));
    QVERIFY(QTest::qWaitFor([&] { return cut.socket().bytesToWrite() == 0; }));
    cut.abort();
    QVERIFY(adas.poll());
    QCOMPARE(adas.last.head.ack, adas.outgoing.last());
    QVERIFY(adas.ask(FindUser{u"nobody"_s}));
    QCOMPARE(adas.answers.size(), size_t(3));
}

void tst_Polling::asksForWhatIsMissing()
{
    QVERIFY(!m_house->start());
    const House::Person ada = m_house->add(u"ada"_s);
    PollPeer adas(m_house->server->port());
    QVERIFY(signIn(adas, ada));
    const qint64 before = adas.outgoing.last();
    Poll poll;
    poll.session = adas.session;
    poll.seq = before + 2;
    poll.ack = adas.arrived.last();
    adas.http->send(HttpSocket::post(encodePoll(poll, {commandToJson(99, Devices{})})));
    QVERIFY(adas.take(adas.http->response()));
    QCOMPARE(adas.last.head.ack, before);
    QVERIFY(adas.ask(Devices{}));
    QVERIFY(!adas.refusals.contains(99) && !adas.answers.contains(99));
}

void tst_Polling::releasesTheOlderOfTwoRequests()
{
    QVERIFY(!m_house->start());
    const House::Person ada = m_house->add(u"ada"_s);
    PollPeer adas(m_house->server->port());
    QVERIFY(signIn(adas, ada));
    QVERIFY(adas.ask(Devices{}));
    HttpSocket older(m_house->server->port());
    older.send(HttpSocket::post(adas.body()));
    HttpSocket newer(m_house->server->port());
    // Which of the two comes first is not ours to say: one is released, the other held.
    newer.send(HttpSocket::post(adas.body()));
    QVERIFY(QTest::qWaitFor([&] { return older.hasResponse() || newer.hasResponse(); }));
    HttpSocket &released = older.hasResponse() ? older : newer;
    HttpSocket &held = older.hasResponse() ? newer : older;
    const auto nothing = released.response();
    QVERIFY(nothing);
    QVERIFY(decodePolled(nothing->body)->frames.empty());
    QVERIFY(!held.hasResponse());
    const RequestNumber request = adas.say(Devices{});
    QVERIFY(adas.poll());
    QVERIFY(held.response());
    while (!adas.answers.contains(request))
        QVERIFY(adas.poll());
}

void tst_Polling::answersRequestsOfOneConnectionInTheirOrder()
{
    QVERIFY(!m_house->start());
    HttpSocket socket(m_house->server->port());
    const QByteArray open = HttpSocket::post(encodePoll({}, {}));
    socket.send(open + HttpSocket::post("nonsense") + open);
    const auto first = socket.response();
    QVERIFY(first);
    QCOMPARE(first->status, 200);
    QCOMPARE(socket.response()->status, 400);
    const auto third = socket.response();
    QVERIFY(third);
    QCOMPARE(third->status, 200);
    const QString name = decodePolled(first->body)->head.session;
    QVERIFY(name.size() >= 22);
    QVERIFY(decodePolled(third->body)->head.session != name);
}

void tst_Polling::answersWithNothingAfterAHeartbeat()
{
    m_house->config.times.heartbeatMs = 200;
    QVERIFY(!m_house->start());
    const House::Person ada = m_house->add(u"ada"_s);
    PollPeer adas(m_house->server->port());
    QVERIFY(signIn(adas, ada));
    // What follows the sign-in may come first.
    do
        QVERIFY(adas.poll());
    while (!adas.last.frames.empty());
    QVERIFY(!adas.isClosed);
}

void tst_Polling::endsTheSessionThatNobodyPolls()
{
    m_house->config.times.heartbeatMs = 100;
    m_house->config.times.silenceMs = 300;
    QVERIFY(!m_house->start());
    const House::Person ada = m_house->add(u"ada"_s);
    PollPeer adas(m_house->server->port());
    QVERIFY(signIn(adas, ada));
    adas.http->abort();
    QVERIFY(QTest::qWaitFor([&] { return connections() == 0; }, 10'000));
    adas.http = std::make_unique<HttpSocket>(adas.port);
    QVERIFY(!adas.poll());
    QCOMPARE(adas.status, 404);
}

void tst_Polling::endsWhoDoesNotSignIn()
{
    m_house->config.times.signInMs = 300;
    QVERIFY(!m_house->start());
    PollPeer silent(m_house->server->port());
    QVERIFY(silent.open());
    QVERIFY(silent.poll());
    QCOMPARE(std::get<Closing>(silent.events.front()).reason, CloseReason::Silent);
    QVERIFY(silent.isClosed);
}

void tst_Polling::endsWhenTheClientLeaves()
{
    QVERIFY(!m_house->start());
    const House::Person ada = m_house->add(u"ada"_s);
    PollPeer adas(m_house->server->port());
    QVERIFY(signIn(adas, ada));
    adas.http->send(HttpSocket::post(adas.body(true)));
    QVERIFY(adas.take(adas.http->response()));
    QVERIFY(adas.isClosed);
    QVERIFY(!adas.poll());
    QCOMPARE(adas.status, 404);
}

void tst_Polling::tellsWhyASessionEnds()
{
    QVERIFY(!m_house->start());
    const House::Person ada = m_house->add(u"ada"_s);
    PollPeer first(m_house->server->port());
    QVERIFY(signIn(first, ada));
    Peer second;
    QVERIFY(second.open(m_house->server->url()));
    QVERIFY(second.ask(Peer::hello(ada.token)));
    QCOMPARE(first.next<Closing>()->reason, CloseReason::Replaced);
    QVERIFY(first.isClosed);
    // The answer may have been lost: for a while it is said again.
    PollPeer again(m_house->server->port());
    again.session = first.session;
    QVERIFY(again.poll());
    QVERIFY(again.isClosed);

    PollPeer stranger(m_house->server->port());
    QVERIFY(stranger.open());
    QCOMPARE(stranger.ask(Peer::hello(QByteArray(limits::tokenBytes, 'x'))).error().code,
        ErrorCode::NotSignedIn);
    QVERIFY(stranger.isClosed);
    PollPeer curious(m_house->server->port());
    QVERIFY(curious.open());
    Hello hello = Peer::hello({});
    hello.auth = {};
    const auto welcome = curious.ask(hello);
    QVERIFY(welcome && !welcome->user);
}

void tst_Polling::endsOnAFrameThatIsNone()
{
    QVERIFY(!m_house->start());
    PollPeer peer(m_house->server->port());
    QVERIFY(peer.open());
    peer.sayJson("{\"type\":\"devices\"}");
    QVERIFY(peer.poll());
    QCOMPARE(peer.next<Closing>()->reason, CloseReason::Malformed);
    QVERIFY(peer.isClosed);
}

void tst_Polling::lagsWhoDoesNotAcknowledge()
{
    m_house->config.limits.sendQueueBytes = 64 * 1024;
    m_house->config.limits.announced.messagesBurst = 1'000;
    QVERIFY(!m_house->start());
    const House::Person ada = m_house->add(u"ada"_s);
    const House::Person bob = m_house->add(u"bob"_s);
    PollPeer bobs(m_house->server->port());
    QVERIFY(signIn(bobs, bob));
    Peer adas;
    QVERIFY(adas.open(m_house->server->url()));
    QVERIFY(adas.ask(Peer::hello(ada.token)));
    const Send create = m_house->directChat(ada.id, bob.id);
    QVERIFY(adas.ask(create));
    QVERIFY(bobs.next<UserStateChanged>());
    QVERIFY(bobs.ask(Page{create.chat, 0, 1}));
    for (int i = 0; i < 10; ++i)
        QVERIFY(adas.ask(m_house->text(create.chat, QByteArray(20'000, 'x'))));
    // Some of it waits, the rest was dropped, and once it has taken what waits it is told so.
    QVERIFY(bobs.next<Lagging>());
    CatchUp catchUp;
    QVERIFY(bobs.ask(catchUp));
    const auto sync = bobs.next<Sync>();
    QVERIFY(sync);
    QVERIFY(!sync->chats.empty());
}

void tst_Polling::saysGoAwayAndCloses()
{
    QVERIFY(!m_house->start());
    const House::Person ada = m_house->add(u"ada"_s);
    PollPeer adas(m_house->server->port());
    QVERIFY(signIn(adas, ada));
    QVERIFY(adas.ask(Devices{}));
    adas.http->send(HttpSocket::post(adas.body()));
    QTest::qWait(50);
    m_house->server->stop();
    const auto answer = adas.http->response();
    QVERIFY(answer);
    if (answer->status == 200 && adas.take(answer))
        QVERIFY(adas.next<GoAway>() || adas.isClosed);
    QVERIFY(adas.http->isClosed());
}

QTEST_GUILESS_MAIN(tst_Polling)
#include "tst_polling.moc"
