// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/client/support/talk.h"

using namespace parley;

/// What a device asks for beyond catching up: history, members, people.
class FetchingTest : public QObject {
    Q_OBJECT
private slots:
    void fetchesHistoryFromTheNewestHoleDown();
    void fetchesHistoryByItselfWhenIdle();
    void asksForTheOtherMembersOfANewChat();
    void asksForUsersThatItDoesNotKnow();
};

void FetchingTest::fetchesHistoryFromTheNewestHoleDown()
{
    Talk talk;
    ChatLog log(chatNumber(1), Talk::anna(), {Talk::me()});
    for (int i = 0; i < 299; ++i)
        log.post(Talk::anna(), QString::number(i));
    talk.signIn({&log});
    talk.core().wantHistory(log.chat(), 1, 250);
    const auto asked = talk.expect<History>();
    QCOMPARE(*asked.before, 251);
    QCOMPARE(asked.limit, quint32(100));
    QCOMPARE(asked.generation, quint32(1));
    talk.core().wantHistory(log.chat(), 1, 250); // once is enough
    QVERIFY(!talk.has<History>());
    talk.reply(log.history(asked));
    QCOMPARE(talk.core().chat(log.chat())->held.all(), (std::vector<Interval>{{151, 300}}));
    const auto next = talk.expect<History>();
    QCOMPARE(*next.before, 151);
    HistoryReply foreign = log.history(next);
    foreign.generation = 9;
    talk.reply(foreign);
    QCOMPARE(talk.core().chat(log.chat())->held.all(), (std::vector<Interval>{{151, 300}}));
    talk.core().wantHistory(log.chat(), 1, 250);
    talk.expect<History>();
    talk.refuse(ErrorCode::Busy);
    QCOMPARE(talk.notices<notice::HistoryFailed>().size(), size_t(1));
}

void FetchingTest::fetchesHistoryByItselfWhenIdle()
{
    Talk talk;
    ChatLog log(chatNumber(1), Talk::anna(), {Talk::me()});
    for (int i = 0; i < 349; ++i)
        log.post(Talk::anna(), QString::number(i));
    talk.signIn({&log});
    talk.core().setBackfill(true);
    QVERIFY(talk.core().compose(log.chat(), talk.text(QStringLiteral("busy"))));
    talk.advance(100);
    QVERIFY(!talk.has<History>());
    const auto send = talk.expect<Send>();
    talk.reply(talk.accept(log, send, Talk::me()));
    for (int pages = 0; pages < 3; ++pages) {
        talk.advance(100);
        const auto history = talk.expect<History>();
        talk.reply(log.history(history));
    }
    talk.advance(1'000);
    QVERIFY(!talk.has<History>());
    QVERIFY(talk.core().chat(log.chat())->held.covers(1, 350));
    QCOMPARE(talk.summary(log.chat()).completeFrom, 1);
}

void FetchingTest::asksForTheOtherMembersOfANewChat()
{
    Talk talk;
    talk.signIn({});
    ChatLog log(chatNumber(1), Talk::anna(), {Talk::me(), Talk::ben()});
    talk.inject(log.push(1, 1));
    QCOMPARE(talk.expect<Members>().chat, log.chat());
}

void FetchingTest::asksForUsersThatItDoesNotKnow()
{
    Talk talk;
    ChatLog log(chatNumber(1), Talk::anna(), {Talk::me()});
    talk.signIn({&log});
    log.post(userNumber(9), QStringLiteral("hello"));
    talk.inject(log.push(2, 2));
    const auto users = talk.expect<Users>();
    QVERIFY(std::ranges::find(users.ids, userNumber(9)) != users.ids.end());
    talk.reply(UsersReply{
        {{userNumber(9), QStringLiteral("nine"), QStringLiteral("Nine"), {}, {}, {}, 3}}, {}});
    const Changes changes = talk.core().takeChanges();
    QVERIFY(std::ranges::any_of(
        changes.users, [](const UserRow &user) { return user.displayName == u"Nine"; }));
    log.post(userNumber(9), QStringLiteral("again"));
    talk.inject(log.push(3, 3));
    QVERIFY(!talk.has<Users>());
}

QTEST_GUILESS_MAIN(FetchingTest)
#include "tst_fetching.moc"
