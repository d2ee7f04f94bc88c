// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/server/gateway/talk.h"

#include <QtTest/QTest>

using namespace parley;
using namespace Qt::StringLiterals;

/// What a session does with commands: where each goes, what it refuses, when it closes.
class tst_Session : public QObject {
    Q_OBJECT

private slots:
    void refusesEveryCommandBeforeSignIn();
    void sendsEachCommandToItsPart();
    void answersEveryCommandOnce();
    void answersBusyWhenAQueueIsFull();
    void answersTheHeartbeatItself();
    void asksAReaderAboutADigestHash();
    void passesAWatchOnToPresence();
    void passesALastPageOnToTheService();
    void refusesWhatIsOverTheLimitsOfABatch();
    void refusesTheCommandPastTheUnansweredLimit();
    void closesWhoIgnoresTheUnansweredLimit();
    void limitsMessagesByUser();
    void closesWhoIsTenTimesOver();
    void limitsFindUser();
    void closesOnGarbage();
    void closesOnARequestWithoutNumber();
    void refusesUnknownCommandsAndGoesOn();
    void refusesBadBodiesAndGoesOn();
    void closesAfterSilence();
    void staysWhileHeartbeatsCome();
    void tellsTheOthersWhenItEnds();
    void endsWithTheReason();
};

namespace {

/// One of every command, in the order of the list.
std::vector<Command> allCommands()
{
    std::vector<Command> commands;
    Commands::forEach([&]<typename T>() { commands.emplace_back(T()); });
    return commands;
}

} // namespace

void tst_Session::refusesEveryCommandBeforeSignIn()
{
    for (const Command &command : allCommands()) {
        if (std::holds_alternative<Hello>(command))
            continue;
        Talk talk;
        const RequestNumber request = talk.inject(command);
        QCOMPARE(talk.expectRefusal(request), ErrorCode::NotSignedIn);
        QVERIFY(talk.queued.empty());
        QVERIFY(talk.reads.empty());
        QVERIFY(talk.presence.empty());
    }
}

void tst_Session::sendsEachCommandToItsPart()
{
    Talk talk;
    talk.signIn();
    for (const Command &command : allCommands()) {
        talk.queued.clear();
        talk.reads.clear();
        talk.written.clear();
        const RequestNumber request = talk.inject(command);
        QVERIFY(!talk.isClosed);
        const bool isForService =
            !talk.queued.empty() && talk.queued.back().origin.request == request;
        const bool isForReader = !talk.reads.empty() && talk.reads.back().origin.request == request;
        const bool isAnswered = !talk.written.empty();
        QCOMPARE(int(isForService) + int(isForReader) + int(isAnswered), 1);
        if (isForService || isForReader) {
            const Origin origin =
                isForService ? talk.queued.back().origin : talk.reads.back().origin;
            QCOMPARE(origin.user, talk.user);
            QCOMPARE(origin.device, talk.device);
            QCOMPARE(origin.session, (SessionRef{1, 7}));
        }
    }
}

void tst_Session::answersEveryCommandOnce()
{
    Talk talk;
    talk.signIn();
    const RequestNumber history = talk.inject(History());
    QVERIFY(talk.expectNothing());
    talk.session.readFinished(
        ReadAnswer{talk.reads.back().origin, BodyRead{toCbor(HistoryReply{3, 2, {}, 0})}},
        talk.nowMs);
    QCOMPARE(talk.expectReply<HistoryReply>(history)->low, 3);
    const RequestNumber members = talk.inject(Members());
    talk.session.readFinished(
        ReadAnswer{talk.reads.back().origin, Error(ErrorCode::Forbidden)}, talk.nowMs);
    QCOMPARE(talk.expectRefusal(members), ErrorCode::Forbidden);
    const RequestNumber mark = talk.inject(MarkUp());
    talk.session.delivered(encodeReply(mark, MarkReply{1, 1, 0}), Urgency::Answer, talk.nowMs);
    QCOMPARE(talk.expectReply<MarkReply>(mark)->read, 1);
    QVERIFY(talk.expectNothing());
}

void tst_Session::answersBusyWhenAQueueIsFull()
{
    Talk talk;
    talk.signIn();
    talk.serviceIsFull = true;
    QCOMPARE(talk.expectRefusal(talk.inject(MarkUp())), ErrorCode::Busy);
    talk.readersAreFull = true;
    QCOMPARE(talk.expectRefusal(talk.inject(History())), ErrorCode::Busy);
    QVERIFY(!talk.isClosed);
}

void tst_Session::answersTheHeartbeatItself()
{
    Talk talk;
    talk.signIn();
    const RequestNumber request = talk.inject(Alive{true, {}});
    QVERIFY(talk.expectReply<AliveReply>(request));
    QVERIFY(std::get<Lively>(talk.presence.back()).active);
}

void tst_Session::asksAReaderAboutADigestHash()
{
    Talk talk;
    talk.signIn();
    const RequestNumber request = talk.inject(Alive{false, QByteArray(32, 'd')});
    QVERIFY(talk.expectNothing());
    talk.session.readFinished(
        ReadAnswer{talk.reads.back().origin, BodyRead{toCbor(AliveReply{true})}}, talk.nowMs);
    QVERIFY(talk.expectReply<AliveReply>(request)->differs);
}

void tst_Session::passesAWatchOnToPresence()
{
    Talk talk;
    talk.signIn();
    const RequestNumber request = talk.inject(Watch());
    talk.session.readFinished(ReadAnswer{talk.reads.back().origin, WatchRead{}}, talk.nowMs);
    QCOMPARE(std::get<Watching>(talk.presence.back()).origin.request, request);
}

void tst_Session::passesALastPageOnToTheService()
{
    Talk talk;
    talk.signIn();
    const Page page{ChatId::fromArray({9}), 4, 2};
    const RequestNumber request = talk.inject(page);
    talk.session.readFinished(
        ReadAnswer{talk.reads.back().origin, PageForService{page}}, talk.nowMs);
    QCOMPARE(*talk.lastQueued<Page>(), page);
    QCOMPARE(talk.queued.back().origin.request, request);
}

void tst_Session::refusesWhatIsOverTheLimitsOfABatch()
{
    Config config;
    config.limits.announced.batchBytes = 100;
    config.limits.announced.payloadBytes = 60;
    config.limits.announced.batchOperations = 3;
    Talk talk(config);
    talk.signIn();
    const auto send = [&](std::vector<qsizetype> sizes) {
        Send command;
        for (const qsizetype size : sizes) {
            command.operations.emplace_back();
            command.operations.back().payload = QByteArray(size, 'x');
        }
        return talk.inject(command);
    };
    send({60, 40});
    QVERIFY(talk.lastQueued<Send>());
    QCOMPARE(talk.expectRefusal(send({60, 41})), ErrorCode::TooLarge);
    QCOMPARE(talk.expectRefusal(send({61})), ErrorCode::TooLarge);
    send({1, 1, 1});
    QVERIFY(talk.expectNothing());
    QCOMPARE(talk.expectRefusal(send({1, 1, 1, 1})), ErrorCode::TooLarge);
}

void tst_Session::refusesTheCommandPastTheUnansweredLimit()
{
    Talk talk;
    talk.signIn();
    for (int i = 0; i < limits::unansweredCommands; ++i)
        talk.inject(MarkUp());
    QVERIFY(talk.expectNothing());
    QCOMPARE(talk.expectRefusal(talk.inject(MarkUp())), ErrorCode::RateLimited);
    QVERIFY(talk.lastRefusal.retryAfterMs > 0);
    talk.session.delivered(encodeReply(1, MarkReply()), Urgency::Answer, talk.nowMs);
    talk.written.clear();
    talk.inject(MarkUp());
    QVERIFY(talk.expectNothing());
    // A chat that is handed over is no answer to anything.
    talk.session.delivered(encodeEvent(HandedOver()), Urgency::Answer, talk.nowMs);
    QVERIFY(talk.expectEvent<HandedOver>());
    QCOMPARE(talk.expectRefusal(talk.inject(MarkUp())), ErrorCode::RateLimited);
}

void tst_Session::closesWhoIgnoresTheUnansweredLimit()
{
    Talk talk;
    talk.signIn();
    for (int i = 0; i < 11 * limits::unansweredCommands; ++i)
        talk.inject(MarkUp());
    QVERIFY(!talk.isClosed);
    talk.inject(MarkUp());
    QVERIFY(talk.isClosed);
}

void tst_Session::limitsMessagesByUser()
{
    Config config;
    config.limits.announced.messagesBurst = 40;
    config.limits.announced.messagesPerSecond = 10;
    Talk talk(config);
    talk.signIn();
    const auto send = [&](size_t operations) {
        Send command;
        command.operations.resize(operations);
        return talk.inject(command);
    };
    send(32);
    send(8);
    QVERIFY(talk.expectNothing());
    QCOMPARE(talk.expectRefusal(send(1)), ErrorCode::RateLimited);
    QCOMPARE(*talk.lastRefusal.retryAfterMs, 100);
    talk.nowMs += 99;
    QCOMPARE(talk.expectRefusal(send(1)), ErrorCode::RateLimited);
    talk.nowMs += 1;
    send(1);
    QVERIFY(talk.expectNothing());
    QVERIFY(talk.lastQueued<Send>());
}

void tst_Session::closesWhoIsTenTimesOver()
{
    Config config;
    config.limits.announced.messagesBurst = 32;
    config.limits.announced.messagesPerSecond = 1;
    config.limits.announced.unansweredCommands = 1000;
    Talk talk(config);
    talk.signIn();
    Send command;
    command.operations.resize(32);
    talk.inject(command);
    for (int i = 0; i < 10; ++i)
        QCOMPARE(talk.expectRefusal(talk.inject(command)), ErrorCode::RateLimited);
    QVERIFY(!talk.isClosed);
    command.operations.resize(1);
    const RequestNumber request = talk.inject(command);
    QCOMPARE(talk.expectRefusal(request), ErrorCode::RateLimited);
    QCOMPARE(talk.expectEvent<Closing>()->reason, CloseReason::TooMany);
    QVERIFY(talk.isClosed);
}

void tst_Session::limitsFindUser()
{
    Config config;
    config.limits.findsBurst = 2;
    config.limits.findsPerMinute = 1;
    Talk talk(config);
    talk.signIn();
    talk.inject(FindUser{u"bob"_s});
    talk.inject(FindUser{u"bob"_s});
    QCOMPARE(talk.expectRefusal(talk.inject(FindUser{u"bob"_s})), ErrorCode::RateLimited);
    QCOMPARE(*talk.lastRefusal.retryAfterMs, 60'000);
}

void tst_Session::closesOnGarbage()
{
    Talk talk;
    talk.signIn();
    talk.session.received("nonsense", talk.nowMs);
    QCOMPARE(talk.expectEvent<Closing>()->reason, CloseReason::Malformed);
    QVERIFY(talk.isClosed);
    talk.inject(Alive());
    QVERIFY(talk.expectNothing());
}

void tst_Session::closesOnARequestWithoutNumber()
{
    Talk talk;
    talk.signIn();
    talk.session.received(encodeCommand(0, Alive()), talk.nowMs);
    QCOMPARE(talk.expectEvent<Closing>()->reason, CloseReason::Malformed);
}

void tst_Session::refusesUnknownCommandsAndGoesOn()
{
    Talk talk;
    talk.signIn();
    CborWriter frame;
    frame.startMap(3);
    frame.key("type");
    frame.write(u"teleport"_s);
    frame.key("request");
    frame.write(quint32(77));
    frame.key("body");
    frame.write(Accepted());
    talk.session.received(frame.take(), talk.nowMs);
    QCOMPARE(talk.expectRefusal(77), ErrorCode::Unsupported);
    QVERIFY(talk.expectReply<AliveReply>(talk.inject(Alive())));
}

void tst_Session::refusesBadBodiesAndGoesOn()
{
    Talk talk;
    talk.signIn();
    FindUser find;
    find.userName = QString(limits::nameBytes + 1, u'x');
    QCOMPARE(talk.expectRefusal(talk.inject(find)), ErrorCode::TooLarge);
    QVERIFY(talk.reads.empty());
    QVERIFY(!talk.isClosed);
}

void tst_Session::closesAfterSilence()
{
    Talk talk;
    talk.signIn();
    talk.pass(limits::silenceMs - 1);
    QVERIFY(!talk.isClosed);
    talk.pass(1);
    QCOMPARE(talk.expectEvent<Closing>()->reason, CloseReason::Silent);
    QVERIFY(talk.isClosed);
}

void tst_Session::staysWhileHeartbeatsCome()
{
    Talk talk;
    talk.signIn();
    for (int i = 0; i < 100; ++i) {
        talk.pass(limits::heartbeatMs);
        talk.inject(Alive());
    }
    QVERIFY(!talk.isClosed);
}

void tst_Session::tellsTheOthersWhenItEnds()
{
    Talk talk;
    talk.signIn();
    talk.session.disconnected();
    QVERIFY(!talk.lastQueued<Detach>()->keepAttached);
    QVERIFY(std::holds_alternative<Departed>(talk.presence.back()));
    talk.session.disconnected();
    QCOMPARE(talk.queued.size(), size_t(1));
}

void tst_Session::endsWithTheReason()
{
    Talk talk;
    talk.signIn();
    talk.session.end(CloseReason::Revoked);
    QCOMPARE(talk.expectEvent<Closing>()->reason, CloseReason::Revoked);
    QVERIFY(talk.isClosed);
    talk.session.delivered(encodeEvent(Pushed()), Urgency::Push, talk.nowMs);
    talk.session.goAway(1000);
    QVERIFY(talk.expectNothing());
}

QTEST_GUILESS_MAIN(tst_Session)
#include "tst_session.moc"
