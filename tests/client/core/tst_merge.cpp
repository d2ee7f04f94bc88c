// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/core/merge.h"
#include "tests/client/support/talk.h"

#include <random>

using namespace parley;

/// The laws of merging, by way of everything that merges: entries, pages, history, openings.
class MergeTest : public QObject {
    Q_OBJECT
private slots:
    void theOrderOfVersionsDoesNotMatter();
    void watermarksOnlyGrowWhateverTheOrder();
    void anEqualRevisionChangesNothing();
    void aRowOutsideOfHeldPlacesIsKeptUnseen();
    void aRowIsNeverSetBackByAnOlderPage();
    void membersAndTitlesFollowTheSameRule();
};

namespace {

Row version(qint64 revision)
{
    Row row;
    row.id = messageNumber(77);
    row.seq = 1;
    row.revision = revision;
    row.sender = Talk::anna();
    row.contentType = ContentType::Text;
    row.payload = textPayload(QString::number(revision));
    return row;
}

} // namespace

void MergeTest::theOrderOfVersionsDoesNotMatter()
{
    std::mt19937 random(5);
    for (int world = 0; world < 30; ++world) {
        Talk talk;
        Dirty dirty;
        Outbox outbox(talk.cache(), dirty);
        ChatSync sync(talk.cache(), outbox, dirty, Talk::me());
        Chat chat;
        chat.record.id = chatNumber(1);
        std::vector<qint64> revisions{1, 4, 7, 9};
        for (int again = 0; again < 4; ++again)
            revisions.push_back(revisions[random() % 4]);
        std::shuffle(revisions.begin(), revisions.end(), random);
        talk.cache().begin();
        for (const qint64 revision : revisions)
            sync.applyHistory(chat, {1, 1, {version(revision)}, 0});
        QVERIFY(talk.cache().commit());
        QCOMPARE(*talk.cache().row(chat.id(), messageNumber(77)), version(9));
    }
}

void MergeTest::watermarksOnlyGrowWhateverTheOrder()
{
    std::vector<Mark> marks{{Talk::anna(), 3, 1}, {Talk::anna(), 2, 2}, {Talk::anna(), 5, 0}};
    std::ranges::sort(marks, {}, &Mark::delivered);
    do {
        Mark held{Talk::anna(), 0, 0};
        for (const Mark &mark : marks)
            raise(held, mark);
        for (const Mark &mark : marks)
            QVERIFY(!raise(held, mark));
        QCOMPARE(held, (Mark{Talk::anna(), 5, 2}));
    } while (std::ranges::next_permutation(marks, {}, &Mark::delivered).found);

    Mark readOnly{Talk::anna(), 0, 0};
    raise(readOnly, {Talk::anna(), 0, 4});
    QCOMPARE(readOnly.delivered, 4); // read implies delivered
}

void MergeTest::anEqualRevisionChangesNothing()
{
    const Row row = version(3);
    QVERIFY(!supersedes(row, &row));
    QVERIFY(supersedes(version(4), &row));
    QVERIFY(!supersedes(version(2), &row));
    QVERIFY(supersedes(row, static_cast<const Row *>(nullptr)));
}

void MergeTest::aRowOutsideOfHeldPlacesIsKeptUnseen()
{
    Talk talk;
    ChatLog log(chatNumber(1), Talk::anna(), {Talk::me()});
    const MessageId old = log.post(Talk::anna(), QStringLiteral("old"));
    for (int i = 0; i < 60; ++i)
        log.post(Talk::anna(), QStringLiteral("m%1").arg(i));
    talk.signIn({&log});
    QVERIFY(!talk.core().chat(log.chat())->held.contains(2));
    log.edit(Talk::anna(), old, QStringLiteral("old, edited"));
    talk.inject(log.push(log.head(), log.head()));
    QVERIFY(!talk.texts(log.chat()).contains(QStringLiteral("old, edited")));

    talk.core().wantHistory(log.chat(), 1, log.head());
    const auto asked = talk.expect<History>();
    HistoryReply stale = log.history(asked);
    for (Row &row : stale.rows) {
        if (row.id != old)
            continue;
        row.revision = 2; // read before the edit, answered after it
        row.payload = textPayload(QStringLiteral("old"));
    }
    talk.reply(stale);
    QVERIFY(talk.core().chat(log.chat())->held.covers(1, log.head()));
    QVERIFY(talk.texts(log.chat()).contains(QStringLiteral("old, edited")));
    QVERIFY(!talk.texts(log.chat()).contains(QStringLiteral("old")));
}

void MergeTest::aRowIsNeverSetBackByAnOlderPage()
{
    Talk talk;
    ChatLog log(chatNumber(1), Talk::anna(), {Talk::me()});
    const MessageId id = log.post(Talk::anna(), QStringLiteral("one"));
    talk.signIn({&log});
    const auto before = log.entries(2, 2);
    log.edit(Talk::anna(), id, QStringLiteral("two"));
    talk.inject(log.push(3, 3));
    talk.inject(Pushed{log.chat(), before, {}});
    QCOMPARE(talk.texts(log.chat()), QStringList{QStringLiteral("two")});
}

void MergeTest::membersAndTitlesFollowTheSameRule()
{
    Talk talk;
    ChatLog log(chatNumber(1), Talk::anna(), {Talk::me(), Talk::ben()});
    talk.signIn({&log});
    log.setMember({Talk::ben(), MemberState::Removed, Role::Member, 1, 0, false, false});
    talk.inject(log.push(log.head(), log.head()));
    ChatHead old = log.headFor(Talk::me());
    old.info->title = QStringLiteral("stale");
    old.info->revision = 0;
    talk.inject(Lagging{});
    talk.expect<CatchUp>();
    Sync sync = talk.syncFor({});
    sync.chats = {old};
    talk.inject(sync);
    QCOMPARE(talk.summary(log.chat()).title, QStringLiteral("A chat"));
    QCOMPARE(talk.core().chat(log.chat())->member(Talk::ben())->state, MemberState::Removed);
}

QTEST_GUILESS_MAIN(MergeTest)
#include "tst_merge.moc"
