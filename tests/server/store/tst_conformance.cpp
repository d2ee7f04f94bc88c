// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/store/touched.h"
#include "tests/server/store/conformance.h"

using namespace Qt::StringLiterals;
using namespace parley;

class TestConformance : public ConformanceTest {
    Q_OBJECT

    const UserId ana = testUser(1);
    const UserId ben = testUser(2);
    const UserId eva = testUser(3);

private slots:
    void keepsAChatAsItWasAppended()
    {
        ChatWriter chat = writer(1);
        chat.create(ChatKind::Group, {ana, ben}, u"Garden"_s);
        chat.post(ana, "one");
        QCOMPARE(driver().append(chat.take()), Outcome::Applied);
        QVERIFY(holds(testChat(1), chat));
        const MessageId second = chat.post(ben, "two");
        chat.react(second, ana, u"\U0001f331"_s);
        chat.setTitle(ana, u"Gardens"_s);
        chat.move(Kind::Add, ana, eva, MemberState::Member);
        chat.move(Kind::Leave, ben, ben, MemberState::Left);
        QCOMPARE(driver().append(chat.take()), Outcome::Applied);
        QVERIFY(holds(testChat(1), chat));
        m_engine->reopen();
        QVERIFY(holds(testChat(1), chat));
    }

    void keepsTheUsersOfADirectChat()
    {
        ChatWriter chat = writer(1);
        chat.create(ChatKind::Direct, {ana, ben});
        QCOMPARE(driver().append(chat.take()), Outcome::Applied);
        QCOMPARE(loadChat(testChat(1)).state->row.users, (std::vector{ana, ben}));
    }

    void keepsEveryFieldOfARow()
    {
        ChatWriter chat = writer(1);
        chat.create(ChatKind::Group, {ana, ben});
        Row row;
        row.sender = ana;
        row.editedAt = 5;
        row.replyTo = testMessage(testChat(1), 1);
        row.threadRoot = testMessage(testChat(1), 2);
        row.expires = qint64(1) << 50;
        row.contentType = ContentType::FirstEncrypted;
        row.payload = QByteArray("\0\xff payload", 10);
        row.user = ben;
        row.text = u"title"_s;
        row.role = Role::Admin;
        row.reactions = {{u"\U0001f44d"_s, {ben, ana}}, {u"!"_s, {eva}}};
        chat.put(row);
        row = Row();
        row.sender = ben;
        row.text = QString(u""_s);
        chat.put(row);
        QCOMPARE(driver().append(chat.take()), Outcome::Applied);
        QVERIFY(holds(testChat(1), chat));
    }

    void keepsALargePayloadWhole()
    {
        ChatWriter chat = writer(1);
        chat.create(ChatKind::Group, {ana});
        chat.post(ana, QByteArray(limits::payloadBytes, 'x'));
        QCOMPARE(driver().append(chat.take()), Outcome::Applied);
        QVERIFY(holds(testChat(1), chat));
    }

    void keepsAKindThatNobodyKnows()
    {
        ChatWriter chat = writer(1);
        chat.create(ChatKind::Group, {ana});
        chat.appendKind(static_cast<Kind>(4711), ana);
        QCOMPARE(driver().append(chat.take()), Outcome::Applied);
        QCOMPARE(loadChat(testChat(1)).entries.back().kind, static_cast<Kind>(4711));
    }

    void saysThatThereIsNoChat()
    {
        LoadRequest request;
        request.chat = testChat(1);
        request.wantState = true;
        request.rows = {testMessage(testChat(1), 1)};
        request.operations = request.rows;
        request.counts = {{ana, 0, 10}, {ben, 0, 10}};
        request.newestRows = 10;
        request.mineOf = ana;
        const Loaded loaded = driver().load(std::move(request));
        QVERIFY(!loaded.error && !loaded.state && !loaded.head);
        QVERIFY(loaded.rows.empty() && loaded.operations.empty() && loaded.newestRows.empty());
        QCOMPARE(loaded.counts, (std::vector<qint64>{0, 0}));
        const auto reader = m_engine->reader();
        QCOMPARE(reader->chat(testChat(1)).error().code, ErrorCode::NotFound);
        QCOMPARE(reader->head(testChat(1)).error().code, ErrorCode::NotFound);
        QVERIFY(!*reader->member(testChat(1), ana));
        QVERIFY(reader->entries(testChat(1), 1, 9)->empty());
    }

    void refusesAnAppendToAHeadThatMoved()
    {
        ChatWriter chat = writer(1);
        chat.create(ChatKind::Group, {ana});
        QCOMPARE(driver().append(chat.take()), Outcome::Applied);
        const ChatWriter before = chat;
        ChatWriter other = chat;
        chat.post(ana, "mine");
        other.post(ana, "theirs");
        QCOMPARE(driver().append(chat.take()), Outcome::Applied);
        QCOMPARE(driver().append(other.take()), Outcome::HeadMoved);
        QVERIFY(holds(testChat(1), chat));
        ChatWriter again = writer(1);
        again.create(ChatKind::Group, {ben});
        QCOMPARE(driver().append(again.take()), Outcome::HeadMoved);
        QVERIFY(holds(testChat(1), chat));
    }

    void refusesAnAppendToAChatThatIsNotThere()
    {
        ChatWriter chat = writer(1);
        chat.create(ChatKind::Group, {ana});
        (void)chat.take();
        chat.post(ana);
        QCOMPARE(driver().append(chat.take()), Outcome::HeadMoved);
        QVERIFY(!loadChat(testChat(1)).state);
    }

    void refusesAnIdThatIsKnown()
    {
        ChatWriter chat = writer(1);
        chat.create(ChatKind::Group, {ana});
        chat.post(ana);
        const MessageId refused = chat.refuse(ben, ErrorCode::Forbidden);
        QCOMPARE(driver().append(chat.take()), Outcome::Applied);
        const ChatWriter before = chat;
        for (const MessageId &id : {before.rows().begin()->first, refused}) {
            ChatWriter next = before;
            next.post(ana);
            ChatAppend append = next.take();
            append.operations.front().id = id;
            QCOMPARE(driver().append(append), Outcome::HeadMoved);
        }
        QVERIFY(holds(testChat(1), before));
    }

    void knowsTheSameIdInAnotherChatAsAnother()
    {
        for (const int number : {1, 2}) {
            ChatWriter chat = writer(number);
            chat.create(ChatKind::Group, {ana});
            ChatAppend append = chat.take();
            append.entries.front().id = testMessage(testChat(9), 1);
            append.operations.front().id = testMessage(testChat(9), 1);
            QCOMPARE(driver().append(append), Outcome::Applied);
        }
    }

    void keepsARefusalWithoutAnEntry()
    {
        ChatWriter chat = writer(1);
        chat.create(ChatKind::Group, {ana});
        QCOMPARE(driver().append(chat.take()), Outcome::Applied);
        ChatWriter stale = chat;
        chat.refuse(ben, ErrorCode::Forbidden);
        chat.refuse(ana, ErrorCode::NoEffect);
        QCOMPARE(driver().append(chat.take()), Outcome::Applied);
        QVERIFY(holds(testChat(1), chat));
        chat.post(ana);
        QCOMPARE(driver().append(chat.take()), Outcome::Applied);
        stale.refuse(eva, ErrorCode::Forbidden); // compares the head like any other
        ChatAppend append = stale.take();
        append.operations.front().id = testMessage(testChat(1), 99);
        QCOMPARE(driver().append(append), Outcome::HeadMoved);
        QVERIFY(holds(testChat(1), chat));
    }

    void keepsARefusalInAChatThatIsNotThere()
    {
        ChatWriter chat = writer(1);
        const MessageId id = chat.refuse(ana, ErrorCode::Forbidden);
        QCOMPARE(driver().append(chat.take()), Outcome::Applied);
        LoadRequest request;
        request.chat = testChat(1);
        request.wantState = true;
        request.operations = {id};
        const Loaded loaded = driver().load(std::move(request));
        QVERIFY(!loaded.state);
        QCOMPARE(loaded.operations.size(), 1);
        QCOMPARE(loaded.operations[0].error, std::optional(ErrorCode::Forbidden));
        chat.create(ChatKind::Group, {ana});
        QCOMPARE(driver().append(chat.take()), Outcome::Applied);
        QVERIFY(holds(testChat(1), chat));
    }

    void knowsAnOperationAfterItsMessageWasDeleted()
    {
        ChatWriter chat = writer(1);
        chat.create(ChatKind::Group, {ana});
        const MessageId id = chat.post(ana, "secret");
        QCOMPARE(driver().append(chat.take()), Outcome::Applied);
        chat.remove(id);
        QCOMPARE(driver().append(chat.take()), Outcome::Applied);
        QVERIFY(holds(testChat(1), chat));
        const Loaded loaded = loadChat(testChat(1));
        QVERIFY(loaded.entries[1].row->deleted);
        QVERIFY(loaded.entries[1].row->payload.isEmpty());
        QCOMPARE(loaded.entries[1].row, loaded.entries[2].row);
    }

    void nobodyMayUseTheIdOfARowOfTheServers()
    {
        ChatWriter chat = writer(1);
        chat.create(ChatKind::Group, {ana});
        const MessageId id = chat.post(ana);
        ChatAppend append = chat.take();
        append.operations.pop_back(); // the row is the server's own
        QCOMPARE(driver().append(append), Outcome::Applied);
        LoadRequest request;
        request.chat = testChat(1);
        request.operations = {id};
        const Loaded loaded = driver().load(std::move(request));
        QCOMPARE(loaded.operations.size(), 1);
        QVERIFY(loaded.operations[0].content.isEmpty());
        QCOMPARE(loaded.operations[0].sender, ana);
        chat.post(ana);
        append = chat.take();
        append.operations.front().id = id;
        QCOMPARE(driver().append(append), Outcome::HeadMoved);
    }

    void readsEntriesRowsAndHeadByInterval()
    {
        ChatWriter chat = writer(1);
        chat.create(ChatKind::Group, {ana, ben});
        const MessageId first = chat.post(ana, "a");
        chat.post(ben, "b");
        chat.edit(first, "c");
        chat.post(ben, "d");
        chat.appendKind(static_cast<Kind>(99), ana);
        QCOMPARE(driver().append(chat.take()), Outcome::Applied);
        const auto reader = m_engine->reader();
        const std::vector<Entry> all = chat.entries();
        QCOMPARE(*reader->entries(testChat(1), 2, 4),
            std::vector<Entry>(all.begin() + 1, all.begin() + 4));
        QCOMPARE(*reader->entries(testChat(1), 4, 4), std::vector<Entry>{all[3]});
        QVERIFY(reader->entries(testChat(1), 4, 3)->empty());
        QCOMPARE(*reader->head(testChat(1)), 6);
        const auto rows = reader->rows(testChat(1), 2, 4);
        QCOMPARE(rows->size(), 2);
        QCOMPARE(rows->at(0).payload, QByteArray("c"));
        QCOMPARE((*reader->lastRow(testChat(1), 1))->seq, 5);
        QCOMPARE((*reader->lastRow(testChat(1), 5))->seq, 5);
        QVERIFY(!*reader->lastRow(testChat(1), 6));
        QCOMPARE(*reader->chat(testChat(1)), chat.state());
    }

    void givesTheNewestRowsOldestFirst()
    {
        ChatWriter chat = writer(1);
        chat.create(ChatKind::Group, {ana});
        for (int i = 0; i < 5; ++i)
            chat.post(ana, QByteArray::number(i));
        QCOMPARE(driver().append(chat.take()), Outcome::Applied);
        LoadRequest request;
        request.chat = testChat(1);
        request.newestRows = 2;
        const Loaded loaded = driver().load(std::move(request));
        QCOMPARE(loaded.newestRows.size(), 2);
        QCOMPARE(loaded.newestRows[0].payload, QByteArray("3"));
        QCOMPARE(loaded.newestRows[1].payload, QByteArray("4"));
    }

    void findsOnesOwnNewestEntriesWithinTheWindow()
    {
        ChatWriter chat = writer(1);
        chat.create(ChatKind::Group, {ana, ben});
        const MessageId oldest = chat.post(ben, "o");
        const MessageId within = chat.post(ben, "w");
        while (chat.state().head < ownEntriesWindow + 2)
            chat.post(ana, "x");
        QCOMPARE(driver().append(chat.take()), Outcome::Applied);
        LoadRequest request;
        request.chat = testChat(1);
        request.mineOf = ben;
        QCOMPARE(driver().load(request).mine, std::vector{within});
        request.mineOf = ana;
        QCOMPARE(qsizetype(driver().load(request).mine.size()), limits::arrayItems);
        QVERIFY(oldest != within);
    }

    void appendsOfABatchAreIndependent()
    {
        ChatWriter one = writer(1);
        one.create(ChatKind::Group, {ana});
        ChatWriter two = writer(2);
        two.create(ChatKind::Group, {ben});
        ChatAppend wrong = two.take();
        wrong.expectedHead = 5;
        wrong.chat = testChat(3);
        two = writer(2);
        two.create(ChatKind::Group, {ben});
        std::vector<Append> batch{one.take(), wrong, two.take()};
        one.post(ana); // the same chat again: it meets what the first one left
        batch.push_back(one.take());
        QCOMPARE(driver().appendAll(batch),
            (std::vector{
                Outcome::Applied, Outcome::HeadMoved, Outcome::Applied, Outcome::Applied}));
        QVERIFY(holds(testChat(1), one));
        QVERIFY(holds(testChat(2), two));
        QVERIFY(!loadChat(testChat(3)).state);
    }

    void anEmptyBatchIsAnswered() { QVERIFY(driver().appendAll({}).empty()); }

    void keepsDerivedWritesUntilTheyAreDone()
    {
        ChatWriter chat = writer(1);
        chat.create(ChatKind::Group, {ana, ben});
        chat.derive(ana, 1);
        chat.derive(ben, 1);
        QCOMPARE(driver().append(chat.take()), Outcome::Applied);
        chat.move(Kind::Remove, ana, ben, MemberState::Removed);
        chat.derive(ben, std::nullopt);
        QCOMPARE(driver().append(chat.take()), Outcome::Applied);
        m_engine->reopen();
        QCOMPARE(m_engine->store().pendingDerived()->size(), 3);
        const Derived newest{testChat(1), ben, ChatState{2, std::nullopt}};
        QCOMPARE(
            driver().append(DerivedDone{newest, epoch()}), Outcome::Applied); // the older one too
        m_engine->reopen();
        QCOMPARE(*m_engine->store().pendingDerived(),
            (std::vector{Derived{testChat(1), ana, ChatState{1, 1}}}));
        QCOMPARE(driver().append(DerivedDone{newest, epoch()}), Outcome::Applied);
    }

    void aRestoredBackupHasANewEpoch()
    {
        ChatWriter chat = writer(1);
        chat.create(ChatKind::Group, {ana});
        QCOMPARE(driver().append(chat.take()), Outcome::Applied);
        const ChatWriter atBackup = chat;
        m_engine->takeBackup();
        chat.post(ana, "lost");
        QCOMPARE(driver().append(chat.take()), Outcome::Applied);
        const Epoch before = epoch();
        m_engine->reopen();
        QCOMPARE(epoch(), before);
        m_engine->restore();
        const Epoch after = epoch();
        QVERIFY(after != before);
        QVERIFY(holds(testChat(1), atBackup));
        QCOMPARE(m_engine->reader()->epoch(), after);
        chat.post(ana);
        QCOMPARE(driver().append(chat.take()), Outcome::HeadMoved);
        ChatWriter same = atBackup; // the head fits, the epoch does not
        same.post(ana);
        QCOMPARE(driver().append(same.take()), Outcome::HeadMoved);
        same = atBackup;
        same.mark(ana, 1, 1);
        QCOMPARE(driver().append(same.take()), Outcome::HeadMoved);
        m_engine->reopen();
        QCOMPARE(epoch(), after); // drawn once
        QVERIFY(holds(testChat(1), atBackup));
    }

    void countsWhatItHolds()
    {
        ChatWriter chat = writer(1);
        chat.create(ChatKind::Group, {ana});
        chat.post(ana);
        ChatWriter refused = writer(2);
        refused.refuse(ana, ErrorCode::Forbidden);
        driver().appendAll({chat.take(), refused.take()});
        m_engine->reopen();
        const auto counts = m_engine->reader()->counts();
        QCOMPARE(counts->chats, 1);
        QCOMPARE(counts->entries, 2);
        QCOMPARE(counts->users, 0);
    }
};

QTEST_GUILESS_MAIN(TestConformance)
#include "tst_conformance.moc"
