// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/client/support/talk.h"

using namespace parley;

class CatchingUpTest : public QObject {
    Q_OBJECT
private slots:
    void saysWhatItHasByLooking();
    void fitsItsHelloIntoWhatAnUnknownDeviceMaySend();
    void continuesListsOfMoreThanAThousandChats();
    void drawsTheListAfterOneAnswer();
    void asksForPagesUntilTheLastOne();
    void appliesOnlyTheNextEntry();
    void asksWhenAPushWasLost();
    void takesAPageThatIsHandedOverUnasked();
    void opensAChatThatItNeverSaw();
    void dropsTheRowsOfAnOpenedChatAlone();
    void discardsAnAnswerOfAnotherGeneration();
    void discardsAnOpeningBelowItsOwnSeq();
    void doesNotAskAStaleServerInABusyLoop();
    void finishesItsOutboxByAnOpening();
    void saysAgainWhatItHasAfterLagging();
    void countsAnUnknownKindAsAppliedAndShowsNothing();
    void opensAgainAfterAJoinThatItSleptThrough();
    void asksNothingMoreOfAChatThatItWasRemovedFrom();
    void endsTheSessionOnAnAnswerThatIsNone();
    void doesNotUseTheCacheOfAnotherUser();
};

void CatchingUpTest::saysWhatItHasByLooking()
{
    Talk talk;
    ChatLog log(chatNumber(1), Talk::me(), {Talk::anna()});
    log.post(Talk::anna(), QStringLiteral("one"));
    const Hello first = talk.connect();
    QVERIFY(!first.epoch && first.have.empty() && first.userRevision == 0);
    talk.signIn({&log});
    const Hello second = talk.connect();
    QCOMPARE(*second.epoch, Epoch::fromArray({1}));
    QCOMPARE(second.userRevision, 1);
    QCOMPARE(second.have.size(), size_t(1));
    QCOMPARE(second.have[0].seq, 2);
    QCOMPARE(second.have[0].generation, quint32(1));
    QCOMPARE(second.have[0].marks, 2); // delivered, confirmed
    talk.restart();
    QCOMPARE(talk.connect(), second);
}

void CatchingUpTest::fitsItsHelloIntoWhatAnUnknownDeviceMaySend()
{
    Talk talk;
    std::vector<std::unique_ptr<ChatLog>> logs;
    std::vector<ChatLog *> all;
    for (quint8 i = 0; i < 120; ++i) {
        logs.push_back(std::make_unique<ChatLog>(
            chatNumber(i), Talk::me(), std::vector<UserId>{Talk::anna()}));
        all.push_back(logs.back().get());
    }
    talk.signIn(all);
    const Hello hello = talk.connect();
    QVERIFY(hello.more);
    QVERIFY(encodeCommand(1, hello).size() <= limits::signInFrameBytes);
    QVERIFY(!talk.has<CatchUp>());
    talk.welcome();
    const auto rest = talk.expect<CatchUp>();
    QVERIFY(!rest.more);
    QCOMPARE(hello.have.size() + rest.have.size(), size_t(120));
}

void CatchingUpTest::continuesListsOfMoreThanAThousandChats()
{
    Talk talk;
    talk.connect();
    talk.welcome();
    Sync sync = talk.syncFor({});
    SeededRandom random(5);
    for (int i = 0; i < 1'100; ++i)
        sync.state.push_back(talk.joined(random.id<ChatId>()));
    sync.userRevision = 1'100;
    talk.inject(sync);
    talk.forgetSent();
    talk.inject(Lagging{});
    const auto first = talk.expect<CatchUp>();
    QCOMPARE(qsizetype(first.have.size()), limits::haveItems);
    QVERIFY(first.more);
    const auto second = talk.expect<CatchUp>();
    QCOMPARE(second.have.size(), size_t(100));
    QVERIFY(!second.more);
}

void CatchingUpTest::drawsTheListAfterOneAnswer()
{
    Talk talk;
    ChatLog log(chatNumber(1), Talk::me(), {Talk::anna()});
    log.post(Talk::anna(), QStringLiteral("newest"));
    talk.connect();
    talk.welcome();
    const StateRow state = talk.joined(log.chat());
    Sync sync = talk.syncFor({&log});
    sync.state = {state};
    sync.chats[0].unread = 7;
    talk.inject(sync);
    const ChatSummary line = talk.summary(log.chat());
    QCOMPARE(line.title, QStringLiteral("A chat"));
    QCOMPARE(line.unread, 7);
    QCOMPARE(textOf(line.last->row), QStringLiteral("newest"));
    QVERIFY(talk.texts(log.chat()).isEmpty()); // not held yet
    QCOMPARE(talk.notices<notice::CaughtUp>().size(), size_t(1));
}

void CatchingUpTest::asksForPagesUntilTheLastOne()
{
    Talk talk;
    ChatLog log(chatNumber(1), Talk::me(), {Talk::anna()});
    talk.signIn({&log});
    talk.disconnect();
    for (int i = 0; i < 25; ++i)
        log.post(Talk::anna(), QString::number(i));
    talk.connect();
    talk.welcome();
    talk.inject(talk.syncFor({&log}));
    qint64 after = 1;
    for (int pages = 0; pages < 3; ++pages) {
        const auto page = talk.expect<Page>();
        QCOMPARE(page.after, after);
        QVERIFY(!talk.has<Page>());
        talk.reply(log.page(Talk::me(), page, 10));
        after += 10;
    }
    QVERIFY(!talk.has<Page>());
    QCOMPARE(talk.texts(log.chat()).size(), 25);
    QCOMPARE(talk.core().chat(log.chat())->seq(), 26);
}

void CatchingUpTest::appliesOnlyTheNextEntry()
{
    Talk talk;
    ChatLog log(chatNumber(1), Talk::me(), {Talk::anna()});
    log.post(Talk::anna(), QStringLiteral("one"));
    talk.signIn({&log});
    log.post(Talk::anna(), QStringLiteral("two"));
    log.post(Talk::anna(), QStringLiteral("three"));
    talk.inject(log.push(2, 3)); // one of them is known
    talk.inject(log.push(3, 3)); // all of it is known
    QCOMPARE(talk.texts(log.chat()), (QStringList{QStringLiteral("one"), QStringLiteral("two")}));
    QVERIFY(!talk.has<Page>());
    QCOMPARE(talk.core().chat(log.chat())->held.all(), (std::vector<Interval>{{1, 3}}));
}

void CatchingUpTest::asksWhenAPushWasLost()
{
    Talk talk;
    ChatLog log(chatNumber(1), Talk::me(), {Talk::anna()});
    talk.signIn({&log});
    log.post(Talk::anna(), QStringLiteral("lost"));
    log.post(Talk::anna(), QStringLiteral("pushed"));
    talk.inject(log.push(3, 3));
    QCOMPARE(talk.core().chat(log.chat())->seq(), 1);
    QVERIFY(talk.texts(log.chat()).isEmpty());
    QCOMPARE(talk.expect<Page>().after, 1);
    log.post(Talk::anna(), QStringLiteral("later"));
    talk.inject(log.push(4, 4));
    QVERIFY(!talk.has<Page>()); // it is being asked
    talk.reply(log.page(Talk::me(), {log.chat(), 1, 1}));
    QCOMPARE(talk.texts(log.chat()).size(), 3);
}

void CatchingUpTest::takesAPageThatIsHandedOverUnasked()
{
    Talk talk;
    ChatLog log(chatNumber(1), Talk::me(), {Talk::anna()});
    talk.signIn({&log});
    talk.disconnect();
    log.post(Talk::anna(), QStringLiteral("meanwhile"));
    talk.connect();
    talk.welcome();
    talk.inject(talk.syncFor({}));
    talk.inject(HandedOver{log.page(Talk::me(), {log.chat(), 1, 1})});
    QCOMPARE(talk.texts(log.chat()), QStringList{QStringLiteral("meanwhile")});
    PageReply old = log.page(Talk::me(), {log.chat(), 1, 1});
    old.head = 1;
    old.entries.clear();
    talk.inject(HandedOver{old});
    QVERIFY(!talk.has<Page>()); // only an old frame
}

void CatchingUpTest::opensAChatThatItNeverSaw()
{
    Talk talk;
    ChatLog log(chatNumber(1), Talk::anna(), {Talk::me()});
    for (int i = 0; i < 70; ++i)
        log.post(Talk::anna(), QString::number(i));
    talk.connect();
    talk.welcome();
    const StateRow state = talk.joined(log.chat());
    Sync sync = talk.syncFor({&log});
    sync.state = {state};
    talk.inject(sync);
    const auto page = talk.expect<Page>();
    QCOMPARE(page.after, 0);
    QCOMPARE(page.generation, quint32(0));
    talk.reply(log.page(Talk::me(), page));
    QCOMPARE(talk.texts(log.chat()).size(), 50);
    const TimelineWindow window = talk.newest(log.chat(), 100);
    QCOMPARE(window.holes, (std::vector<TimelineHole>{{1, 21}}));
    QCOMPARE(talk.summary(log.chat()).completeFrom, 22);
    QCOMPARE(talk.expect<MarkUp>().delivered, 71); // claimed up to head
}

void CatchingUpTest::dropsTheRowsOfAnOpenedChatAlone()
{
    Talk talk;
    ChatLog log(chatNumber(1), Talk::anna(), {Talk::me()});
    ChatLog other(chatNumber(2), Talk::anna(), {Talk::me()});
    log.post(Talk::anna(), QStringLiteral("before"));
    other.post(Talk::anna(), QStringLiteral("other"));
    talk.signIn({&log, &other});
    talk.disconnect();
    QVERIFY(talk.core().compose(log.chat(), talk.text(QStringLiteral("waits"))));
    QVERIFY(talk.core().setState(QStringLiteral("draft/") + log.chat().text(),
        toCbor(Draft{QStringLiteral("half a"), {}, {}})));
    for (int i = 0; i < 1'001; ++i)
        log.post(Talk::anna(), QString::number(i));
    talk.connect();
    talk.welcome();
    talk.inject(talk.syncFor({&log}));
    const auto page = talk.expect<Page>();
    const PageReply reply = log.page(Talk::me(), page);
    QVERIFY(reply.opened);
    talk.reply(reply);
    QVERIFY(!talk.texts(log.chat()).contains(QStringLiteral("before")));
    QCOMPARE(talk.texts(log.chat()).last(), QStringLiteral("waits"));
    QCOMPARE(talk.summary(log.chat()).draft, QStringLiteral("half a"));
    QCOMPARE(talk.texts(other.chat()), QStringList{QStringLiteral("other")});
    QCOMPARE(talk.core().chat(log.chat())->record.generation, quint32(2));
    QCOMPARE(talk.core().chat(other.chat())->record.generation, quint32(1));
    const Changes changes = talk.core().takeChanges();
    QVERIFY(std::ranges::any_of(changes.timelines,
        [&](const TimelineChange &change) { return change.chat == log.chat() && change.isReset; }));
}

void CatchingUpTest::discardsAnAnswerOfAnotherGeneration()
{
    Talk talk;
    ChatLog log(chatNumber(1), Talk::anna(), {Talk::me()});
    talk.signIn({&log});
    log.post(Talk::anna(), QStringLiteral("one"));
    log.post(Talk::anna(), QStringLiteral("two"));
    talk.inject(log.push(3, 3));
    const auto page = talk.expect<Page>();
    PageReply reply = log.page(Talk::me(), page);
    reply.generation = page.generation - 1;
    talk.reply(reply);
    QVERIFY(talk.texts(log.chat()).isEmpty());
    QCOMPARE(talk.expect<Page>().after, 1);
    talk.core().wantHistory(log.chat(), 1, 1);
    QVERIFY(!talk.has<History>()); // held
}

void CatchingUpTest::discardsAnOpeningBelowItsOwnSeq()
{
    Talk talk;
    ChatLog log(chatNumber(1), Talk::anna(), {Talk::me()});
    talk.signIn({&log});
    const PageReply old = log.opened(Talk::me(), 1);
    log.post(Talk::anna(), QStringLiteral("one"));
    log.post(Talk::anna(), QStringLiteral("two"));
    talk.inject(log.push(2, 2));
    log.post(Talk::anna(), QStringLiteral("three"));
    talk.inject(log.push(4, 4));
    talk.expect<Page>();
    talk.reply(old);
    QCOMPARE(talk.texts(log.chat()), QStringList{QStringLiteral("one")});
    QCOMPARE(talk.core().chat(log.chat())->record.generation, quint32(1));
    QCOMPARE(talk.expect<Page>().after, 2);
}

void CatchingUpTest::doesNotAskAStaleServerInABusyLoop()
{
    Talk talk;
    ChatLog log(chatNumber(1), Talk::anna(), {Talk::me()});
    talk.signIn({&log});
    const PageReply old = log.opened(Talk::me(), 1);
    log.post(Talk::anna(), QStringLiteral("one"));
    talk.inject(log.push(2, 2));
    log.post(Talk::anna(), QStringLiteral("two"));
    log.post(Talk::anna(), QStringLiteral("three"));
    talk.inject(log.push(4, 4));
    talk.expect<Page>();
    talk.reply(old);
    talk.expect<Page>();
    talk.reply(old);
    QVERIFY(!talk.has<Page>());
    talk.advance(250);
    talk.expect<Page>();
}

void CatchingUpTest::finishesItsOutboxByAnOpening()
{
    Talk talk;
    ChatLog log(chatNumber(1), Talk::me(), {Talk::anna()});
    talk.signIn({&log});
    QVERIFY(talk.core().compose(log.chat(), talk.text(QStringLiteral("arrived unheard"))));
    const auto send = talk.expect<Send>();
    (void)talk.accept(log, send, Talk::me());
    talk.disconnect();
    for (int i = 0; i < 1'100; ++i)
        log.post(Talk::anna(), QString::number(i));
    talk.connect();
    talk.welcome();
    talk.inject(talk.syncFor({&log}));
    const auto page = talk.expect<Page>();
    talk.reply(log.page(Talk::me(), page));
    QVERIFY(talk.core().outbox().isIdle());
    QVERIFY(!talk.texts(log.chat()).contains(QStringLiteral("arrived unheard")));
}

void CatchingUpTest::saysAgainWhatItHasAfterLagging()
{
    Talk talk;
    ChatLog log(chatNumber(1), Talk::anna(), {Talk::me()});
    talk.signIn({&log});
    log.post(Talk::anna(), QStringLiteral("dropped"));
    log.post(Talk::anna(), QStringLiteral("dropped too"));
    talk.inject(log.push(3, 3));
    const auto page = talk.expect<Page>();
    const RequestNumber asked = talk.lastRequest();
    talk.inject(Lagging{});
    QVERIFY(!talk.core().isLive());
    const auto catchUp = talk.expect<CatchUp>();
    QCOMPARE(catchUp.have.front().seq, 1);
    talk.reply(Accepted{});
    talk.inject(talk.syncFor({&log}));
    QVERIFY(talk.has<Page>());
    talk.answer(asked, log.page(Talk::me(), page)); // an answer from before does no harm
    talk.serve({&log});
    QCOMPARE(talk.texts(log.chat()).size(), 2);
    talk.advance(limits::answerMs - 1);
    QVERIFY(!talk.core().takeCloseWish());
}

void CatchingUpTest::countsAnUnknownKindAsAppliedAndShowsNothing()
{
    Talk talk;
    ChatLog log(chatNumber(1), Talk::anna(), {Talk::me()});
    talk.signIn({&log});
    log.appendUnknown(Talk::anna());
    log.post(Talk::anna(), QStringLiteral("after it"));
    talk.inject(log.push(2, 2));
    talk.inject(log.push(3, 3));
    QCOMPARE(talk.core().chat(log.chat())->seq(), 3);
    QCOMPARE(talk.newest(log.chat()).rows.size(), size_t(1));
}

void CatchingUpTest::opensAgainAfterAJoinThatItSleptThrough()
{
    Talk talk;
    ChatLog log(chatNumber(1), Talk::anna(), {Talk::me()});
    log.post(Talk::anna(), QStringLiteral("first life"));
    talk.signIn({&log});
    talk.disconnect();
    for (int i = 0; i < 5; ++i)
        log.post(Talk::anna(), QStringLiteral("not for us"));
    log.setMember({Talk::me(), MemberState::Member, Role::Member, 8, 0, false, false});
    log.since = 8;
    log.post(Talk::anna(), QStringLiteral("second life"));
    talk.connect();
    talk.welcome();
    Sync sync = talk.syncFor({&log});
    sync.state = {talk.joined(log.chat(), 8, 8)};
    sync.userRevision = 2;
    talk.inject(sync);
    const auto page = talk.expect<Page>();
    QCOMPARE(page.after, 2);
    const PageReply reply = log.page(Talk::me(), page);
    QVERIFY(reply.opened);
    talk.reply(reply);
    QCOMPARE(talk.texts(log.chat()), QStringList{QStringLiteral("second life")});
    QVERIFY(talk.newest(log.chat()).holes.empty()); // below since there are no holes to show
    QVERIFY(talk.newest(log.chat()).reachesStart);
}

void CatchingUpTest::asksNothingMoreOfAChatThatItWasRemovedFrom()
{
    Talk talk;
    ChatLog log(chatNumber(1), Talk::anna(), {Talk::me()});
    log.post(Talk::anna(), QStringLiteral("kept"));
    talk.signIn({&log});
    talk.inject(UserStateChanged{talk.joined(log.chat(), 3, std::nullopt)});
    const ChatSummary line = talk.summary(log.chat());
    QVERIFY(!line.canWrite);
    QCOMPARE(line.membership, MemberState::Removed);
    QCOMPARE(talk.texts(log.chat()), QStringList{QStringLiteral("kept")});
    QCOMPARE(talk.core().compose(log.chat(), talk.text(QStringLiteral("x"))).error().code,
        ErrorCode::Forbidden);
    QVERIFY(talk.core().have().empty());
    talk.core().wantHistory(log.chat(), 1, 5);
    QVERIFY(talk.core().markRead(log.chat(), 2));
    QVERIFY(talk.isSilent());
}

void CatchingUpTest::endsTheSessionOnAnAnswerThatIsNone()
{
    Talk talk;
    talk.connect();
    talk.core().received(Answer{talk.lastRequest(), QByteArrayLiteral("\xff")});
    QVERIFY(talk.core().takeCloseWish());
}

void CatchingUpTest::doesNotUseTheCacheOfAnotherUser()
{
    Talk talk;
    SeededRandom random(1);
    ClientCore other(talk.cache(), random, Talk::anna());
    QCOMPARE(other.load().error().code, ErrorCode::Conflict);
}

QTEST_GUILESS_MAIN(CatchingUpTest)
#include "tst_catchingup.moc"
