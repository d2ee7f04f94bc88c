// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/gateway/pollconnection.h"

#include <QtTest/QTest>

using namespace parley;
using namespace Qt::StringLiterals;

namespace {

/// Everything around one poll session, without sockets or threads. Time is what it is told, from
/// the present on.
class Lobby : public GatewayWays {
public:
    Lobby()
        : limiter(config)
        , world{config, Epoch::fromArray({1}), limiter, random}
    {
        connection = std::make_unique<PollConnection>(
            world, *this, SessionRef{1, 7}, Visit::admit(limiter, u"192.0.2.1"_s), u"secret.1"_s);
        QObject::connect(connection.get(), &PollConnection::replied, connection.get(),
            [this](const PollReply &reply) { replies.push_back(reply); });
        QObject::connect(connection.get(), &PollConnection::ended, connection.get(),
            [this] { hasEnded = true; });
    }

    /// A request of this visitor; `ack` is what it has.
    void call(quint64 visitor, qint64 seq, qint64 ack, const std::vector<Command> &commands = {},
        bool closes = false)
    {
        PollCall call{PollCaller{1, visitor}, u"192.0.2.1"_s, {}};
        if (!isFirst)
            call.body.head.session = u"secret.1"_s;
        isFirst = false;
        call.body.head.seq = seq;
        call.body.head.ack = ack;
        call.body.head.close = closes;
        for (const Command &command : commands)
            call.body.frames.push_back(commandToJson(++lastRequest, command));
        connection->called(call, nowMs);
    }
    void pass(qint64 ms)
    {
        nowMs += ms;
        connection->tick(nowMs);
    }
    /// The oldest answer that was not looked at, to this visitor; nothing else there is.
    std::optional<PollBody<Polled>> answerTo(quint64 visitor)
    {
        QCoreApplication::processEvents();
        if (replies.empty() || replies.front().to.visitor != visitor)
            return std::nullopt;
        status = replies.front().status;
        auto body = decodePolled(replies.front().body);
        replies.erase(replies.begin());
        return body ? std::optional(*std::move(body)) : std::nullopt;
    }
    bool isSilent()
    {
        QCoreApplication::processEvents();
        return replies.empty();
    }
    void signIn()
    {
        Hello hello;
        hello.versions = {1};
        hello.auth.token = QByteArray(limits::tokenBytes, 't');
        call(1, 1, 0);
        answerTo(1);
        call(1, 1, 0, {hello});
        Session &session = connection->session();
        session.readFinished(
            ReadAnswer{reads.back().origin, TokenRead{TokenOwner{user, device}}}, nowMs);
        AttachReply reply;
        reply.user.id = user;
        reply.user.userName = u"ada"_s;
        reply.device = device;
        session.answered(InternalAnswer{queued.back().origin, {}, toCbor(reply)}, nowMs);
        const auto &said = std::get<ReadCatchUp>(reads.back().what);
        session.readFinished(ReadAnswer{reads.back().origin, CaughtUp{said.number, {}, {}}}, nowMs);
        answerTo(1);
    }

    SessionHost::Sent toService(Queued command) override
    {
        queued.push_back(std::move(command));
        return SessionHost::Sent::Accepted;
    }
    void toServiceSurely(Queued command) override { queued.push_back(std::move(command)); }
    SessionHost::Sent toReaders(ReadJob job) override
    {
        reads.push_back(std::move(job));
        return SessionHost::Sent::Accepted;
    }
    SessionHost::Sent toHashing(HashJob) override { return SessionHost::Sent::Accepted; }
    void toPresence(PresenceInput) override { }

    Config config;
    SystemRandom random;
    Limiter limiter;
    SessionWorld world;
    qint64 nowMs = steadyMs();
    UserId user = UserId::fromArray({2});
    DeviceId device = DeviceId::fromArray({3});
    RequestNumber lastRequest = 0;
    bool isFirst = true;
    std::vector<Queued> queued;
    std::vector<ReadJob> reads;
    std::vector<PollReply> replies;
    int status = 0;
    bool hasEnded = false;
    std::unique_ptr<PollConnection> connection;
};

} // namespace

/// What becomes of frames and requests when some are lost, late, doubled, or never come.
class tst_PollConnection : public QObject {
    Q_OBJECT

private slots:
    void answersTheFirstRequestAtOnce();
    void holdsARequestUntilThereIsSomethingToSay();
    void saysEverythingOfOneTurnInOneAnswer();
    void holdsForOneHeartbeat();
    void keepsWhatIsNotAcknowledged();
    void releasesTheOlderRequest();
    void takesEachFrameOnce();
    void takesNothingBeyondAGap();
    void ignoresWhatALateRequestAcknowledges();
    void refusesWhatWasNeverSent();
    void endsAtItsTimeWithoutARequest();
    void staysWhileARequestWaits();
    void lingersAfterItsEnd();
    void endsWithWhatTheClientSaidLast();
    void countsWhatIsNotAcknowledgedAsWaiting();
    void leavesAtOnceWhenTheServerStops();
};

void tst_PollConnection::answersTheFirstRequestAtOnce()
{
    Lobby lobby;
    lobby.call(1, 1, 0);
    const auto answer = lobby.answerTo(1);
    QVERIFY(answer);
    QCOMPARE(answer->head, (Polled{u"secret.1"_s, 1, 0, false}));
    QVERIFY(answer->frames.empty());
}

void tst_PollConnection::holdsARequestUntilThereIsSomethingToSay()
{
    Lobby lobby;
    lobby.signIn();
    lobby.call(2, 2, 1);
    QVERIFY(lobby.isSilent());
    lobby.connection->session().delivered(encodeEvent(GoAway{1}), Urgency::Push, lobby.nowMs);
    const auto answer = lobby.answerTo(2);
    QVERIFY(answer);
    QCOMPARE(answer->head.seq, 2);
    QCOMPARE(answer->head.ack, 1);
    QCOMPARE(answer->frames, std::vector<QByteArray>{eventToJson(GoAway{1})});
}

void tst_PollConnection::saysEverythingOfOneTurnInOneAnswer()
{
    Lobby lobby;
    lobby.signIn();
    lobby.call(2, 2, 1);
    for (quint32 i = 0; i < 5; ++i)
        lobby.connection->session().delivered(encodeEvent(GoAway{i}), Urgency::Push, lobby.nowMs);
    QCOMPARE(lobby.answerTo(2)->frames.size(), size_t(5));
    QVERIFY(lobby.isSilent());
}

void tst_PollConnection::holdsForOneHeartbeat()
{
    Lobby lobby;
    lobby.signIn();
    lobby.call(2, 2, 1);
    lobby.pass(lobby.config.times.heartbeatMs - 1);
    QVERIFY(lobby.isSilent());
    lobby.pass(1);
    QVERIFY(lobby.answerTo(2)->frames.empty());
}

void tst_PollConnection::keepsWhatIsNotAcknowledged()
{
    Lobby lobby;
    lobby.signIn();
    const std::vector<QByteArray> frames{eventToJson(GoAway{1}), eventToJson(GoAway{2})};
    for (quint32 i = 1; i <= 2; ++i)
        lobby.connection->session().delivered(encodeEvent(GoAway{i}), Urgency::Push, lobby.nowMs);
    for (quint64 visitor = 2; visitor < 5; ++visitor) {
        lobby.call(visitor, 2, 1);
        const auto answer = lobby.answerTo(visitor);
        QCOMPARE(answer->head.seq, 2);
        QCOMPARE(answer->frames, frames);
    }
    lobby.call(5, 2, 2);
    QCOMPARE(lobby.answerTo(5)->frames, std::vector<QByteArray>{frames[1]});
    lobby.call(6, 2, 3);
    QVERIFY(lobby.isSilent());
}

void tst_PollConnection::releasesTheOlderRequest()
{
    Lobby lobby;
    lobby.signIn();
    lobby.call(2, 2, 1);
    lobby.call(3, 2, 1);
    const auto released = lobby.answerTo(2);
    QVERIFY(released);
    QVERIFY(released->frames.empty());
    QVERIFY(!released->head.closed);
    QVERIFY(lobby.isSilent());
    lobby.connection->session().delivered(encodeEvent(GoAway{1}), Urgency::Push, lobby.nowMs);
    QCOMPARE(lobby.answerTo(3)->frames.size(), size_t(1));
}

void tst_PollConnection::takesEachFrameOnce()
{
    Lobby lobby;
    lobby.signIn();
    lobby.reads.clear();
    lobby.call(2, 2, 1, {Devices{}});
    QCOMPARE(lobby.reads.size(), size_t(1));
    --lobby.lastRequest;
    lobby.call(3, 2, 1, {Devices{}});
    QCOMPARE(lobby.reads.size(), size_t(1));
    QVERIFY(lobby.answerTo(2));
    --lobby.lastRequest;
    lobby.call(4, 2, 1, {Devices{}, Devices{}});
    QCOMPARE(lobby.reads.size(), size_t(2));
    QCOMPARE(lobby.answerTo(3)->head.ack, 3);
}

void tst_PollConnection::takesNothingBeyondAGap()
{
    Lobby lobby;
    lobby.signIn();
    lobby.reads.clear();
    lobby.call(2, 3, 1, {Devices{}});
    const auto answer = lobby.answerTo(2);
    QVERIFY(answer);
    QCOMPARE(answer->head.ack, 1);
    QVERIFY(lobby.reads.empty());
}

void tst_PollConnection::ignoresWhatALateRequestAcknowledges()
{
    Lobby lobby;
    lobby.signIn();
    for (quint32 i = 1; i <= 3; ++i)
        lobby.connection->session().delivered(encodeEvent(GoAway{i}), Urgency::Push, lobby.nowMs);
    lobby.call(2, 2, 3);
    QCOMPARE(lobby.answerTo(2)->head.seq, 4);
    // An older request that was under way all the time.
    lobby.call(3, 1, 0);
    QCOMPARE(lobby.answerTo(3)->head.seq, 4);
}

void tst_PollConnection::refusesWhatWasNeverSent()
{
    Lobby lobby;
    lobby.signIn();
    lobby.call(2, 2, 2);
    lobby.answerTo(2);
    QCOMPARE(lobby.status, 400);
    lobby.call(3, 2, -1);
    lobby.answerTo(3);
    QCOMPARE(lobby.status, 400);
    lobby.call(4, 2, 1);
    QVERIFY(lobby.isSilent());
    QVERIFY(!lobby.hasEnded);
}

void tst_PollConnection::endsAtItsTimeWithoutARequest()
{
    Lobby lobby;
    lobby.signIn();
    lobby.nowMs = steadyMs();
    lobby.call(2, 2, 1);
    lobby.call(3, 2, 1, {}, false);
    QVERIFY(lobby.answerTo(2));
    // The one that is left is answered, and nobody comes any more.
    lobby.connection->session().delivered(encodeEvent(GoAway{1}), Urgency::Push, lobby.nowMs);
    QVERIFY(lobby.answerTo(3));
    lobby.queued.clear();
    lobby.nowMs = steadyMs();
    lobby.pass(limits::pollExpiryMs - 1'000);
    QVERIFY(!lobby.hasEnded);
    lobby.pass(1'000);
    QVERIFY(lobby.hasEnded);
    QVERIFY(std::holds_alternative<Detach>(lobby.queued.back().command));
}

void tst_PollConnection::staysWhileARequestWaits()
{
    Lobby lobby;
    lobby.config.times.heartbeatMs = 10 * limits::pollExpiryMs;
    lobby.signIn();
    lobby.call(2, 2, 1);
    lobby.pass(limits::pollExpiryMs + 1'000);
    QVERIFY(!lobby.hasEnded);
    QVERIFY(lobby.isSilent());
}

void tst_PollConnection::lingersAfterItsEnd()
{
    Lobby lobby;
    lobby.signIn();
    lobby.connection->session().end(CloseReason::Revoked);
    for (quint64 visitor = 2; visitor < 4; ++visitor) {
        lobby.call(visitor, 2, 1);
        const auto answer = lobby.answerTo(visitor);
        QVERIFY(answer);
        QVERIFY(answer->head.closed);
        QCOMPARE(
            answer->frames, std::vector<QByteArray>{eventToJson(Closing{CloseReason::Revoked})});
    }
    // Commands after the end are taken by nobody.
    lobby.reads.clear();
    lobby.call(4, 2, 2, {Devices{}});
    QVERIFY(lobby.answerTo(4)->head.closed);
    QVERIFY(lobby.reads.empty());
    lobby.nowMs = steadyMs();
    lobby.pass(PollConnection::lingerMs - 1'000);
    QVERIFY(!lobby.hasEnded);
    lobby.pass(1'001);
    QVERIFY(lobby.hasEnded);
}

void tst_PollConnection::endsWithWhatTheClientSaidLast()
{
    Lobby lobby;
    lobby.signIn();
    lobby.reads.clear();
    lobby.call(2, 2, 1, {Devices{}}, true);
    QCOMPARE(lobby.reads.size(), size_t(1));
    QVERIFY(lobby.answerTo(2)->head.closed);
    QVERIFY(lobby.hasEnded);
}

void tst_PollConnection::countsWhatIsNotAcknowledgedAsWaiting()
{
    Lobby lobby;
    lobby.config.limits.sendQueueBytes = 1'000;
    lobby.connection = std::make_unique<PollConnection>(lobby.world, lobby, SessionRef{1, 8},
        Visit::admit(lobby.limiter, u"192.0.2.1"_s), u"secret.1"_s);
    QObject::connect(lobby.connection.get(), &PollConnection::replied, lobby.connection.get(),
        [&](const PollReply &reply) { lobby.replies.push_back(reply); });
    lobby.signIn();
    Session &session = lobby.connection->session();
    for (quint32 i = 0; i < 200; ++i)
        session.delivered(encodeEvent(GoAway{i}), Urgency::Push, lobby.nowMs);
    lobby.call(2, 2, 1);
    const auto some = lobby.answerTo(2);
    QVERIFY(!some->frames.empty());
    QVERIFY(some->frames.size() < 100);
    // Not before it has everything is it told that pushes were dropped.
    const qint64 last = some->head.seq + std::ssize(some->frames) - 1;
    lobby.call(3, 2, last);
    QCOMPARE(lobby.answerTo(3)->frames, std::vector<QByteArray>{eventToJson(Lagging{})});
}

void tst_PollConnection::leavesAtOnceWhenTheServerStops()
{
    Lobby lobby;
    lobby.signIn();
    lobby.call(2, 2, 1);
    lobby.connection->leave();
    QVERIFY(lobby.answerTo(2)->head.closed);
    QVERIFY(lobby.hasEnded);
}

QTEST_GUILESS_MAIN(tst_PollConnection)
#include "tst_pollconnection.moc"
