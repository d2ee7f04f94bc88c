// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/server/gateway/house.h"
#include "tests/server/gateway/pollpeer.h"

using namespace parley;
using namespace Qt::StringLiterals;

/// Requests that the real server turns down, or waits for only so long.
class tst_PollingRefusals : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_house.reset(); }
    void refusesBadRequestsAndGoesOn();
    void refusesWhatIsNoRequest();
    void refusesForeignOrigins();
    void refusesTooManyPendingSessions();
    void refusesWhatAStrangerMayNotSay();
    void limitsRequestsByAddress();
    void closesSlowRequests();
    void waitsForABodyThatIsAnnounced();

private:
    bool signIn(PollPeer &peer, const House::Person &person)
    {
        return peer.open() && peer.ask(Peer::hello(person.token)) && peer.next<Sync>();
    }
    HttpSocket::Response answerTo(const QByteArray &bytes)
    {
        HttpSocket socket(m_house->server->port());
        socket.send(bytes);
        return socket.response().value_or(HttpSocket::Response());
    }
    qint64 connections() { return m_house->admin(u"status"_s).value(u"connections"_s).toInteger(); }

    std::unique_ptr<House> m_house;
};

void tst_PollingRefusals::init()
{
    m_house = std::make_unique<House>();
    QVERIFY(m_house->isInitialised);
}

void tst_PollingRefusals::refusesBadRequestsAndGoesOn()
{
    QVERIFY(!m_house->start());
    const House::Person ada = m_house->add(u"ada"_s);
    PollPeer adas(m_house->server->port());
    QVERIFY(signIn(adas, ada));
    for (const QByteArray &bad : {QByteArray("nonsense"), QByteArray("{}"), QByteArray("[]")}) {
        adas.http->send(HttpSocket::post(bad));
        QCOMPARE(adas.http->response()->status, 400);
    }
    // Frames that were never sent cannot have come.
    Poll poll;
    poll.session = adas.session;
    poll.seq = adas.outgoing.last() + 1;
    poll.ack = adas.arrived.last() + 1'000;
    adas.http->send(HttpSocket::post(encodePoll(poll, {})));
    QCOMPARE(adas.http->response()->status, 400);
    for (const char *name : {"nobody", "nobody.1", "nobody.99", "nobody.0", ""}) {
        poll.session = QString::fromLatin1(name);
        adas.http->send(HttpSocket::post(encodePoll(poll, {})));
        QCOMPARE(adas.http->response()->status, 404);
    }
    QVERIFY(adas.ask(Devices{}));
}

void tst_PollingRefusals::refusesWhatIsNoRequest()
{
    QVERIFY(!m_house->start());
    const QByteArray post = "POST /v1/poll HTTP/1.1\r\nContent-Type: application/json\r\n";
    QCOMPARE(answerTo("GET /v1/poll HTTP/1.1\r\n\r\n").status, 405);
    QCOMPARE(answerTo(post + "\r\n").status, 411);
    QCOMPARE(answerTo(post + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n").status, 411);
    QCOMPARE(answerTo("POST /v1/poll HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}").status, 415);
    QCOMPARE(answerTo(post + "A: " + QByteArray(10'000, 'x')).status, 431);
    // It hears why, though it goes on writing.
    const QByteArray huge(limits::clientFrameBytes + limits::pollEnvelopeBytes + 1, 'x');
    HttpSocket socket(m_house->server->port());
    socket.send(HttpSocket::post(huge));
    QCOMPARE(socket.response()->status, 413);
    QVERIFY(socket.isClosed());
    QVERIFY(QTest::qWaitFor([&] { return connections() == 0; }, 10'000));
}

void tst_PollingRefusals::refusesForeignOrigins()
{
    m_house->config.listen.origins = QStringList{u"https://chat.example"_s};
    QVERIFY(!m_house->start());
    const QByteArray body = encodePoll({}, {});
    QCOMPARE(answerTo(HttpSocket::post(body, "Origin: https://evil.example\r\n")).status, 403);
    QCOMPARE(answerTo(HttpSocket::post(body, "Origin: https://chat.example\r\n")).status, 200);
}

void tst_PollingRefusals::refusesTooManyPendingSessions()
{
    m_house->config.limits.pendingPerAddress = 3;
    QVERIFY(!m_house->start());
    const House::Person ada = m_house->add(u"ada"_s);
    // Each session counts, and the connection that opens it.
    PollPeer first(m_house->server->port());
    QVERIFY(first.open());
    first.session.reset();
    QVERIFY(first.open());
    const QString second = *first.session;
    first.session.reset();
    QVERIFY(!first.open());
    QCOMPARE(first.status, 503);
    // Whoever has signed in waits no more, and makes room.
    first.session = second;
    QVERIFY(first.ask(Peer::hello(ada.token)));
    PollPeer other(m_house->server->port());
    QVERIFY(other.open());
}

void tst_PollingRefusals::refusesWhatAStrangerMayNotSay()
{
    QVERIFY(!m_house->start());
    PollPeer peer(m_house->server->port());
    QVERIFY(peer.open());
    QCOMPARE(peer.ask(Devices{}).error().code, ErrorCode::NotSignedIn);
    Hello hello = Peer::hello({});
    hello.auth = Auth{{}, PasswordAuth{u"ada"_s, u"a quiet afternoon"_s, u"x"_s}, {}};
    hello.app = QString(100, u'x');
    hello.features = std::vector<QString>(64, QString(100, u'f'));
    QCOMPARE(peer.ask(hello).error().code, ErrorCode::TooLarge);
    QVERIFY(peer.isClosed);
}

void tst_PollingRefusals::limitsRequestsByAddress()
{
    m_house->config.limits.addressBurst = 3;
    m_house->config.limits.addressPerSecond = 1;
    QVERIFY(!m_house->start());
    HttpSocket socket(m_house->server->port());
    const QByteArray bad = HttpSocket::post("x");
    for (int i = 0; i < 3; ++i) {
        socket.send(bad);
        QCOMPARE(socket.response()->status, 400);
    }
    socket.send(bad);
    const auto refused = socket.response();
    QCOMPARE(refused->status, 429);
    QVERIFY(refused->head.contains("\r\nRetry-After: "));
    // Whoever goes on regardless is closed.
    int requests = 0;
    while (socket.socket().state() == QAbstractSocket::ConnectedState && ++requests < 100) {
        socket.send(bad);
        if (!socket.response())
            break;
        QTest::qWait(1);
    }
    QVERIFY(requests < 100);
    QVERIFY(socket.isClosed());
}

void tst_PollingRefusals::closesSlowRequests()
{
    m_house->config.times.signInMs = 300;
    QVERIFY(!m_house->start());
    HttpSocket head(m_house->server->port());
    head.send("POST /v1/poll HTTP/1.1\r\nConte");
    QVERIFY(head.isClosed());
    HttpSocket body(m_house->server->port());
    body.send(HttpSocket::post(encodePoll({}, {})).chopped(1));
    QCOMPARE(body.response()->status, 408);
    QVERIFY(body.isClosed());
    HttpSocket idle(m_house->server->port());
    idle.send(HttpSocket::post(encodePoll({}, {})));
    QVERIFY(idle.response());
    QVERIFY(idle.isClosed());
}

void tst_PollingRefusals::waitsForABodyThatIsAnnounced()
{
    QVERIFY(!m_house->start());
    HttpSocket socket(m_house->server->port());
    const QByteArray body = encodePoll({}, {});
    socket.send(HttpSocket::post(body, "Expect: 100-continue\r\n").chopped(body.size()));
    QCOMPARE(socket.response()->status, 100);
    socket.send(body);
    QCOMPARE(socket.response()->status, 200);
}

QTEST_GUILESS_MAIN(tst_PollingRefusals)
#include "tst_pollingrefusals.moc"
