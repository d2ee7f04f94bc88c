// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/client/support/talk.h"

using namespace parley;

class MarksTest : public QObject {
    Q_OBJECT
private slots:
    void claimsDeliveredAfterItsOwnCommit();
    void keepsOneMarkCommandInFlightAndTheNewestWins();
    void isDoneOnlyWhenTheConfirmedMarkReachesIt();
    void keepsWhatWasReadAcrossARestart();
    void sumsWhatThisUserIsSent();
    void leavesHiddenReadsOutOfTheSum();
    void countsOnlyItsOwnMarksInALargeGroup();
    void countsOnlyItsOwnMarksWithManyFormerMembers();
    void marksALargeGroupAtMostEveryFiveSeconds();
    void givesNoMarksBeforeARequestIsAccepted();
    void tellsDeliveredAndReadOfOwnMessages();
    void countsUnreadAsTheRuleSays();
    void neverReadsBeyondWhatItHolds();
};

namespace {

ChatLog largeLog()
{
    ChatLog log(chatNumber(1), Talk::anna(), {Talk::me()});
    log.setMembers(quint32(limits::marksMembers) + 1);
    return log;
}

} // namespace

void MarksTest::claimsDeliveredAfterItsOwnCommit()
{
    Talk talk;
    ChatLog log(chatNumber(1), Talk::anna(), {Talk::me()});
    talk.signIn({&log});
    log.post(Talk::anna(), QStringLiteral("one"));
    talk.power().failAfter(2);
    talk.inject(log.push(2, 2));
    QVERIFY(!talk.has<MarkUp>());
    talk.restart();
    talk.connect();
    talk.welcome();
    talk.inject(talk.syncFor({&log}));
    const auto page = talk.expect<Page>();
    QVERIFY(!talk.has<MarkUp>());
    talk.reply(log.page(Talk::me(), page));
    QCOMPARE(talk.expect<MarkUp>(), (MarkUp{log.chat(), 2, 0}));
}

void MarksTest::keepsOneMarkCommandInFlightAndTheNewestWins()
{
    Talk talk;
    ChatLog log(chatNumber(1), Talk::anna(), {Talk::me()});
    talk.signIn({&log});
    log.post(Talk::anna(), QStringLiteral("one"));
    talk.inject(log.push(2, 2));
    QCOMPARE(talk.expect<MarkUp>().delivered, 2);
    for (int i = 3; i < 7; ++i) {
        log.post(Talk::anna(), QString::number(i));
        talk.inject(log.push(i, i));
        QVERIFY(talk.core().markRead(log.chat(), i));
    }
    QVERIFY(!talk.has<MarkUp>());
    talk.reply(MarkReply{2, 0, 0});
    QCOMPARE(talk.expect<MarkUp>(), (MarkUp{log.chat(), 6, 6}));
    talk.reply(MarkReply{6, 6, 0});
    QVERIFY(talk.isSilent());
}

void MarksTest::isDoneOnlyWhenTheConfirmedMarkReachesIt()
{
    Talk talk;
    ChatLog log(chatNumber(1), Talk::anna(), {Talk::me()});
    talk.signIn({&log});
    log.post(Talk::anna(), QStringLiteral("one"));
    talk.inject(log.push(2, 2));
    talk.expect<MarkUp>();
    talk.reply(MarkReply{1, 0, 0}); // the server knew a lower head
    QVERIFY(!talk.has<MarkUp>());
    talk.advance(1'000);
    talk.expect<MarkUp>();
    talk.inject(Pushed{log.chat(), {}, {{Talk::me(), 2, 0}}});
    talk.reply(MarkReply{1, 0, 0});
    talk.advance(1'000);
    QVERIFY(!talk.has<MarkUp>()); // a push confirmed it
}

void MarksTest::keepsWhatWasReadAcrossARestart()
{
    Talk talk;
    ChatLog log(chatNumber(1), Talk::anna(), {Talk::me()});
    log.post(Talk::anna(), QStringLiteral("one"));
    talk.signIn({&log});
    talk.disconnect();
    QVERIFY(talk.core().markRead(log.chat(), 2));
    talk.restart();
    QCOMPARE(talk.summary(log.chat()).readUpTo, 2);
    QCOMPARE(talk.core().have().front().marks, 2); // only what is confirmed
    talk.connect();
    talk.welcome();
    talk.inject(talk.syncFor({}));
    QCOMPARE(talk.expect<MarkUp>().read, 2);
}

void MarksTest::sumsWhatThisUserIsSent()
{
    Talk talk;
    ChatLog log(chatNumber(1), Talk::anna(), {Talk::me(), Talk::ben()});
    talk.signIn({&log});
    talk.inject(Pushed{log.chat(), {}, {{Talk::anna(), 9, 4}, {Talk::ben(), 3, 0}}});
    // Former members stay in the sum.
    log.setMember({Talk::ben(), MemberState::Left, Role::Member, 1, 0, false, false});
    talk.inject(log.push(2, 2));
    talk.serve({&log});
    QCOMPARE(talk.core().have().front().marks, 9 + 4 + 3 + 2);
    talk.restart();
    QCOMPARE(talk.core().have().front().marks, 9 + 4 + 3 + 2);
}

void MarksTest::leavesHiddenReadsOutOfTheSum()
{
    Talk talk;
    ChatLog log(chatNumber(1), Talk::anna(), {Talk::me(), Talk::ben()});
    talk.signIn({&log});
    talk.inject(
        Pushed{log.chat(), {}, {{Talk::anna(), 9, 4}, {Talk::ben(), 3, 3}, {Talk::me(), 2, 2}}});
    QCOMPARE(talk.core().have().front().marks, 13 + 6 + 4);
    QCOMPARE(talk.summary(log.chat()).othersReadUpTo, 4);
    log.receiptsOff(Talk::anna());
    talk.inject(log.push(2, 2));
    QCOMPARE(talk.core().have().front().marks, 9 + 6 + 4);
    QCOMPARE(talk.summary(log.chat()).othersReadUpTo, 3);
    log.receiptsOff(Talk::me());
    talk.inject(log.push(3, 3));
    QCOMPARE(talk.core().have().front().marks, 9 + 3 + 4); // the own one's stays
    QCOMPARE(talk.summary(log.chat()).othersReadUpTo, 0);
}

void MarksTest::countsOnlyItsOwnMarksInALargeGroup()
{
    Talk talk;
    ChatLog log = largeLog();
    talk.signIn({&log});
    talk.inject(Pushed{log.chat(), {}, {{Talk::anna(), 9, 4}, {Talk::me(), 1, 1}}});
    QCOMPARE(talk.core().have().front().marks, 2);
    QCOMPARE(talk.summary(log.chat()).deliveredUpTo, 0); // own ticks end at sent
    QCOMPARE(talk.summary(log.chat()).othersReadUpTo, 0);
}

void MarksTest::countsOnlyItsOwnMarksWithManyFormerMembers()
{
    for (const bool isOneTooMany : {false, true}) {
        Talk talk;
        ChatLog log(chatNumber(1), Talk::anna(), {Talk::me()});
        const int others = int(limits::marksPeople) - (isOneTooMany ? 1 : 2);
        for (int i = 0; i < others; ++i) {
            std::array<quint8, 16> bytes{};
            bytes[0] = 0xf0;
            bytes[1] = quint8(i / 256);
            bytes[2] = quint8(i % 256);
            log.setMember(
                {UserId::fromArray(bytes), MemberState::Left, Role::Member, 1, 0, false, false});
        }
        talk.signIn({&log});
        const qint64 before = talk.core().have().front().marks;
        talk.inject(Pushed{log.chat(), {}, {{Talk::anna(), 9, 4}}});
        QCOMPARE(talk.core().have().front().marks - before, isOneTooMany ? 0 : 13);
    }
}

void MarksTest::marksALargeGroupAtMostEveryFiveSeconds()
{
    Talk talk;
    ChatLog log = largeLog();
    talk.signIn({&log});
    log.post(Talk::anna(), QStringLiteral("one"));
    talk.inject(log.push(2, 2));
    talk.serve({&log});
    talk.forgetSent();
    talk.advance(limits::largeGroupMarkMs);
    talk.serve({&log});
    log.post(Talk::anna(), QStringLiteral("two"));
    talk.inject(log.push(3, 3));
    QVERIFY(!talk.has<MarkUp>());
    talk.advance(limits::largeGroupMarkMs - 1);
    QVERIFY(!talk.has<MarkUp>());
    talk.advance(1);
    QCOMPARE(talk.expect<MarkUp>().delivered, 3);
}

void MarksTest::givesNoMarksBeforeARequestIsAccepted()
{
    Talk talk;
    ChatLog log(chatNumber(1), Talk::anna(), {Talk::me()});
    log.setMember({Talk::me(), MemberState::Invited, Role::Member, 1, 0, false, false});
    talk.signIn({&log});
    QVERIFY(talk.isSilent());
    QVERIFY(!talk.summary(log.chat()).canWrite);
    log.setMember({Talk::me(), MemberState::Member, Role::Member, 1, 0, false, false});
    talk.inject(log.push(3, 3));
    QCOMPARE(talk.expect<MarkUp>().delivered, 3);
    QVERIFY(talk.summary(log.chat()).canWrite);
}

void MarksTest::tellsDeliveredAndReadOfOwnMessages()
{
    Talk talk;
    ChatLog log(chatNumber(1), Talk::anna(), {Talk::me(), Talk::ben()});
    const MessageId id = log.post(Talk::me(), QStringLiteral("mine"));
    talk.signIn({&log});
    const auto delivery = [&] { return talk.newest(log.chat()).rows.front().delivery; };
    QCOMPARE(delivery(), Delivery::Sent);
    talk.inject(Pushed{log.chat(), {}, {{Talk::anna(), 2, 0}}});
    QCOMPARE(delivery(), Delivery::Delivered);
    QCOMPARE(deliveryOf(2, talk.summary(log.chat())), Delivery::Delivered);
    talk.inject(Pushed{log.chat(), {}, {{Talk::ben(), 2, 2}}});
    QCOMPARE(delivery(), Delivery::Read);
    const auto details = talk.core().screen().delivery(*talk.core().chat(log.chat()), id);
    QCOMPARE(details.members.size(), size_t(2));
    QVERIFY(details.members[0].isDelivered && !details.members[0].isRead);
    QVERIFY(details.members[1].isRead);
}

void MarksTest::countsUnreadAsTheRuleSays()
{
    Talk talk;
    ChatLog log(chatNumber(1), Talk::anna(), {Talk::me()});
    const MessageId first = log.post(Talk::anna(), QStringLiteral("one"));
    log.post(Talk::me(), QStringLiteral("own ones never count"));
    log.post(Talk::anna(), QStringLiteral("two"));
    talk.signIn({&log});
    QCOMPARE(talk.summary(log.chat()).unread, 2);
    log.remove(Talk::anna(), first);
    talk.inject(log.push(5, 5));
    QCOMPARE(talk.summary(log.chat()).unread, 2); // deleted ones count
    QVERIFY(talk.core().markRead(log.chat(), 2));
    QCOMPARE(talk.summary(log.chat()).unread, 1); // at once, not when it is confirmed
    QVERIFY(talk.core().compose(log.chat(), talk.text(QStringLiteral("an answer"))));
    QCOMPARE(talk.summary(log.chat()).unread, 1); // sending never moves read
    QVERIFY(talk.core().markRead(log.chat(), 1)); // never back
    QCOMPARE(talk.summary(log.chat()).readUpTo, 2);
}

void MarksTest::neverReadsBeyondWhatItHolds()
{
    Talk talk;
    ChatLog log(chatNumber(1), Talk::anna(), {Talk::me()});
    talk.signIn({&log});
    QVERIFY(talk.core().markRead(log.chat(), 1'000));
    QCOMPARE(talk.expect<MarkUp>().read, 1);
}

QTEST_GUILESS_MAIN(MarksTest)
#include "tst_marks.moc"
