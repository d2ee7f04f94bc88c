// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/store/visibility.h"
#include "tests/server/store/conformance.h"

using namespace Qt::StringLiterals;
using namespace parley;

class TestMarkConformance : public ConformanceTest {
    Q_OBJECT

    const UserId ana = testUser(1);
    const UserId ben = testUser(2);

    StoredMember member(const UserId &user)
    {
        return loadChat(testChat(1)).state->members.at(user);
    }
    UserHead head(const UserId &user, const ChatId &chat)
    {
        const auto heads = m_engine->reader()->heads(user);
        const auto found = std::find_if(
            heads->begin(), heads->end(), [&](const UserHead &one) { return one.chat == chat; });
        return found == heads->end() ? UserHead() : *found;
    }
    bool headsAgree(const ChatId &chat, const ChatAggregate &state)
    {
        return std::all_of(state.members.begin(), state.members.end(), [&](const auto &one) {
            const auto &[user, stored] = one;
            const UserHead found = head(user, chat);
            if (!isServed(stored))
                return found.chat.isNull();
            return found.head == state.head && found.since == stored.row.since
                && found.marks == visibleMarksSum(state, stored)
                && found.unread == state.unread(user) && found.lastTime == state.lastTime
                && found.state == stored.row.state;
        });
    }

private slots:
    void watermarksAreMaxima()
    {
        ChatWriter chat = writer(1);
        chat.create(ChatKind::Group, {ana, ben});
        for (int i = 0; i < 5; ++i)
            chat.post(ana);
        QCOMPARE(driver().append(chat.take()), Outcome::Applied);
        chat.mark(ben, 5, 3);
        const ChatAppend newer = chat.take();
        chat.mark(ben, 2, 2);
        const ChatAppend older = chat.take();
        for (const ChatAppend &append : {newer, older, newer, older})
            QCOMPARE(driver().append(append), Outcome::Applied);
        QCOMPARE(member(ben).delivered, 5);
        QCOMPARE(member(ben).read, 3);
        QCOMPARE(member(ben).readMessages, 2);
        QVERIFY(holds(testChat(1), chat));
    }

    void eachWatermarkGrowsByItself()
    {
        ChatWriter chat = writer(1);
        chat.create(ChatKind::Group, {ana, ben});
        chat.post(ana);
        chat.post(ana);
        chat.mark(ben, 3, 1);
        QCOMPARE(driver().append(chat.take()), Outcome::Applied);
        chat.mark(ben, 2, 2);
        QCOMPARE(driver().append(chat.take()), Outcome::Applied);
        QCOMPARE(member(ben).delivered, 3);
        QCOMPARE(member(ben).read, 2);
        QCOMPARE(member(ben).readMessages, 1);
    }

    void watermarksAloneAreWrittenThoughTheHeadMoved()
    {
        ChatWriter chat = writer(1);
        chat.create(ChatKind::Group, {ana, ben});
        chat.post(ana);
        QCOMPARE(driver().append(chat.take()), Outcome::Applied);
        ChatWriter late = chat;
        chat.post(ana);
        QCOMPARE(driver().append(chat.take()), Outcome::Applied);
        late.mark(ben, 2, 2);
        ChatAppend append = late.take();
        append.messages = 0; // only what an append with entries says counts
        append.time = 0;
        QCOMPARE(driver().append(append), Outcome::Applied);
        QCOMPARE(member(ben).read, 2);
        QCOMPARE(loadChat(testChat(1)).state->head, 3);
        QCOMPARE(loadChat(testChat(1)).state->messages, 2);
        QCOMPARE(loadChat(testChat(1)).state->lastTime, chat.state().lastTime);
    }

    void nothingOfAnAppendIsWrittenWhenTheHeadMoved()
    {
        ChatWriter chat = writer(1);
        chat.create(ChatKind::Group, {ana, ben});
        QCOMPARE(driver().append(chat.take()), Outcome::Applied);
        ChatWriter late = chat;
        chat.post(ana);
        QCOMPARE(driver().append(chat.take()), Outcome::Applied);
        late.post(ben);
        late.mark(ben, 1, 1);
        late.derive(ben, 1);
        QCOMPARE(driver().append(late.take()), Outcome::HeadMoved);
        QVERIFY(holds(testChat(1), chat));
        QVERIFY(m_engine->store().pendingDerived()->empty());
    }

    void memberImagesDoNotMoveWatermarks()
    {
        ChatWriter chat = writer(1);
        chat.create(ChatKind::Group, {ana, ben});
        chat.post(ana);
        chat.mark(ben, 2, 2);
        QCOMPARE(driver().append(chat.take()), Outcome::Applied);
        QVERIFY(holds(testChat(1), chat));
        chat.post(ben);
        ChatAppend append = chat.take();
        for (StoredMember &image : append.members) {
            image.delivered = 0;
            image.read = 90;
            image.readMessages = 90;
        }
        QCOMPARE(driver().append(append), Outcome::Applied);
        QVERIFY(holds(testChat(1), chat));
    }

    void aMarkOfWhoIsNoMemberIsNothing()
    {
        ChatWriter chat = writer(1);
        chat.create(ChatKind::Group, {ana});
        chat.mark(testUser(77), 1, 1);
        QCOMPARE(driver().append(chat.take()), Outcome::Applied);
        QVERIFY(holds(testChat(1), chat));
        ChatWriter missing = writer(2);
        missing.mark(ana, 1, 1);
        QCOMPARE(driver().append(missing.take()), Outcome::Applied);
        QVERIFY(!loadChat(testChat(2)).state);
    }

    void countsOthersMessagesBetweenTwoPlaces()
    {
        ChatWriter chat = writer(1);
        chat.create(ChatKind::Group, {ana, ben});
        const MessageId first = chat.post(ana);
        chat.post(ben);
        chat.edit(first, "e");
        chat.post(ana);
        chat.remove(first); // deleted ones count
        QCOMPARE(driver().append(chat.take()), Outcome::Applied);
        LoadRequest request;
        request.chat = testChat(1);
        for (qint64 after = 0; after <= chat.state().head; ++after) {
            for (qint64 upTo = 0; upTo <= chat.state().head + 1; ++upTo)
                request.counts.push_back({ben, after, upTo});
        }
        const auto asked = request.counts;
        const Loaded loaded = driver().load(std::move(request));
        for (size_t i = 0; i < asked.size(); ++i)
            QCOMPARE(loaded.counts[i], chat.countOthers(ben, asked[i].after, asked[i].upTo));
    }

    void unreadEqualsItsDefinition()
    {
        QRandomGenerator random(11);
        ChatWriter chat = writer(1);
        const std::vector<UserId> users{ana, ben, testUser(3)};
        chat.create(ChatKind::Group, users);
        for (int i = 0; i < 200; ++i) {
            const UserId &user = users[size_t(random.bounded(3))];
            if (random.bounded(2) == 0)
                chat.post(user);
            const auto upTo = random.bounded(int(chat.state().head)) + 1;
            chat.mark(user, upTo, upTo);
            QCOMPARE(driver().append(chat.take()), Outcome::Applied);
            const ChatAggregate state = *loadChat(testChat(1)).state;
            for (const UserId &one : users)
                QCOMPARE(state.unread(one),
                    chat.countOthers(one, state.members.at(one).read, state.head));
        }
        QVERIFY(headsAgree(testChat(1), chat.state()));
    }

    void headsSumWhatTheirUserIsSent()
    {
        ChatWriter chat = writer(1);
        std::vector<UserId> users;
        for (int i = 1; i <= 6; ++i)
            users.push_back(testUser(i));
        chat.create(ChatKind::Group, users);
        for (int i = 0; i < 20; ++i)
            chat.post(users[size_t(i) % 6]);
        for (int i = 0; i < 6; ++i)
            chat.mark(users[size_t(i)], 15 + i, 3 * i);
        chat.setReceiptsOff(users[2], true);
        chat.setReceiptsOff(users[4], true);
        chat.move(Kind::Leave, users[5], users[5], MemberState::Left);
        chat.move(Kind::Add, users[0], testUser(7), MemberState::Invited);
        QCOMPARE(driver().append(chat.take()), Outcome::Applied);
        QVERIFY(headsAgree(testChat(1), chat.state()));
        QCOMPARE(m_engine->reader()->heads(users[5])->size(), 0);
        QCOMPARE(head(testUser(7), testChat(1)).state, MemberState::Invited);
    }

    void aboveTheLimitHeadsSumTheOwnMarksAlone()
    {
        ChatWriter chat = writer(1);
        std::vector<UserId> users;
        for (int i = 1; i <= int(limits::marksMembers); ++i)
            users.push_back(testUser(i));
        chat.create(ChatKind::Group, users);
        chat.post(ana);
        for (size_t i = 0; i < users.size(); ++i)
            chat.mark(users[i], 2, 1 + qint64(i % 2));
        QCOMPARE(driver().append(chat.take()), Outcome::Applied);
        QVERIFY(headsAgree(testChat(1), chat.state()));
        const qint64 together = head(ana, testChat(1)).marks;
        chat.move(Kind::Add, ana, testUser(500), MemberState::Member);
        QCOMPARE(driver().append(chat.take()), Outcome::Applied);
        QVERIFY(headsAgree(testChat(1), chat.state()));
        QVERIFY(head(ana, testChat(1)).marks < together);
    }

    void withManyFormerMembersHeadsSumTheOwnMarksAlone()
    {
        ChatWriter chat = writer(1);
        chat.create(ChatKind::Group, {ana, ben});
        chat.post(ana);
        const auto passThrough = [&](int number) {
            chat.move(Kind::Add, ana, testUser(number), MemberState::Member);
            chat.mark(testUser(number), 2, 2);
            chat.move(Kind::Leave, testUser(number), testUser(number), MemberState::Left);
        };
        for (int number = 3; number <= int(limits::marksPeople); ++number)
            passThrough(number);
        QCOMPARE(driver().append(chat.take()), Outcome::Applied);
        QCOMPARE(chat.state().members.size(), size_t(limits::marksPeople));
        QVERIFY(headsAgree(testChat(1), chat.state()));
        const qint64 together = head(ana, testChat(1)).marks;
        passThrough(int(limits::marksPeople) + 1);
        QCOMPARE(driver().append(chat.take()), Outcome::Applied);
        QVERIFY(headsAgree(testChat(1), chat.state()));
        QVERIFY(head(ana, testChat(1)).marks < together);
    }

    void headsComeByNewestActivity()
    {
        for (const int number : {1, 2, 3}) {
            ChatWriter chat = writer(number);
            chat.create(ChatKind::Group, {ana});
            ChatAppend append = chat.take();
            append.time = number == 2 ? 3000 : 1000 + number;
            QCOMPARE(driver().append(append), Outcome::Applied);
        }
        const auto heads = m_engine->reader()->heads(ana);
        QCOMPARE(heads->size(), 3);
        QCOMPARE(heads->at(0).chat, testChat(2));
        QCOMPARE(heads->at(1).chat, testChat(3));
        QCOMPARE(heads->at(2).chat, testChat(1));
        QVERIFY(m_engine->reader()->heads(ben)->empty());
    }

    void pagesMembersByTheirIds()
    {
        ChatWriter chat = writer(1);
        std::vector<UserId> users;
        for (int i = 1; i <= 10; ++i)
            users.push_back(testUser(i));
        chat.create(ChatKind::Group, users);
        QCOMPARE(driver().append(chat.take()), Outcome::Applied);
        const auto reader = m_engine->reader();
        std::vector<StoredMember> all;
        std::optional<UserId> after;
        while (true) {
            const auto page = reader->members(testChat(1), after, 3);
            if (page->empty())
                break;
            QVERIFY(page->size() <= 3);
            all.insert(all.end(), page->begin(), page->end());
            after = page->back().row.user;
        }
        QCOMPARE(all.size(), 10);
        QVERIFY(std::is_sorted(all.begin(), all.end(),
            [](const auto &a, const auto &b) { return a.row.user < b.row.user; }));
        QCOMPARE(**reader->member(testChat(1), ana), chat.state().members.at(ana));
        QVERIFY(!*reader->member(testChat(1), testUser(99)));
    }
};

QTEST_GUILESS_MAIN(TestMarkConformance)
#include "tst_markconformance.moc"
