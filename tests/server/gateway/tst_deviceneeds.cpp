// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/gateway/catchingup.h"
#include "server/gateway/syncframes.h"
#include "tests/server/messages/conversation.h"

using namespace parley;
using namespace Qt::StringLiterals;

/// What a device is told that says what it has.
class tst_DeviceNeeds : public QObject {
    Q_OBJECT

private slots:
    void init();
    void tellsANewDeviceEverything();
    void handsOverWhatIsUpToDate();
    void tellsAChatThatIsBehind();
    void tellsAChatWhoseMarksMoved();
    void tellsOnlyNewUserState();
    void tellsNewestActivityFirst();
    void showsNothingOfAChatThatOneHasLeft();
    void saysRestoredForAnotherEpoch();
    void saysRestoredWhenADeviceHasMoreThanTheStore();
    void saysRestoredWhenTheUserStateIsAhead();
    void saysRestoredForForeignAndUnknownChatsAlike();
    void knowsWhatALeftChatHad();
    void packsItemsAtTheLimitOfAnAnswer();
    void packsBytesAtTheLimitOfAnAnswer();

private:
    ReadCatchUp having(std::vector<Have> have = {})
    {
        return ReadCatchUp{1, m_talk->memory.epoch(), 0, std::move(have)};
    }
    /// What a device has that holds all of the chat.
    Have all(const Peer &peer, const ChatId &chat)
    {
        const auto heads = m_reader->heads(peer.user());
        for (const UserHead &head : *heads) {
            if (head.chat == chat)
                return Have{chat, head.head, head.marks, 4};
        }
        return {};
    }
    CaughtUp told(const Peer &peer, const ReadCatchUp &said)
    {
        return *catchUp(*m_reader, peer.user(), said);
    }
    Sync first(const CaughtUp &result)
    {
        return std::get<Sync>(std::get<Event>(*decodeServerFrame(result.frames.front())));
    }

    std::unique_ptr<Conversation> m_talk;
    std::unique_ptr<StoreReader> m_reader;
    Peer *m_ada = nullptr;
    Peer *m_bob = nullptr;
    ChatId m_chat;
};

void tst_DeviceNeeds::init()
{
    m_talk = std::make_unique<Conversation>();
    m_reader = *m_talk->memory.readers()->open();
    m_ada = &m_talk->attach(m_talk->addUser(u"ada"_s));
    m_bob = &m_talk->attach(m_talk->addUser(u"bob"_s));
    m_chat = m_talk->direct(*m_ada, m_bob->user());
    m_bob->send(m_chat, m_talk->operation(Kind::Accept));
    m_ada->say(m_chat, "hello");
}

void tst_DeviceNeeds::tellsANewDeviceEverything()
{
    const CaughtUp result = told(*m_bob, ReadCatchUp{1, {}, 0, {}});
    QVERIFY(result.handOvers.empty());
    const Sync sync = first(result);
    QCOMPARE(sync.epoch, m_talk->memory.epoch());
    QVERIFY(!sync.restored);
    QCOMPARE(sync.chats.size(), size_t(1));
    QCOMPARE(sync.chats.front().last->payload, QByteArray("hello"));
    QCOMPARE(sync.chats.front().unread, 1);
    QCOMPARE(sync.chats.front().self->user, m_bob->user());
    QCOMPARE(sync.chats.front().marks.size(), size_t(2));
    QCOMPARE(sync.users.size(), size_t(1));
    QCOMPARE(sync.users.front().userName, u"ada"_s);
    QVERIFY(!sync.state.empty());
    QCOMPARE(sync.userRevision, m_reader->user(m_bob->user())->revision);
}

void tst_DeviceNeeds::handsOverWhatIsUpToDate()
{
    const CaughtUp result = told(*m_bob, having({all(*m_bob, m_chat)}));
    QVERIFY(first(result).chats.empty());
    QCOMPARE(result.handOvers.size(), size_t(1));
    QCOMPARE(result.handOvers.front(), (Page{m_chat, all(*m_bob, m_chat).seq, 4}));
}

void tst_DeviceNeeds::tellsAChatThatIsBehind()
{
    const Have had = all(*m_bob, m_chat);
    m_ada->say(m_chat, "more");
    const CaughtUp result = told(*m_bob, having({had}));
    QVERIFY(result.handOvers.empty());
    QCOMPARE(first(result).chats.front().head, had.seq + 1);
}

void tst_DeviceNeeds::tellsAChatWhoseMarksMoved()
{
    const Have had = all(*m_ada, m_chat);
    QVERIFY(m_bob->ask(MarkUp{m_chat, had.seq, had.seq}));
    const CaughtUp result = told(*m_ada, having({had}));
    QVERIFY(result.handOvers.empty());
    QCOMPARE(first(result).chats.size(), size_t(1));
}

void tst_DeviceNeeds::tellsOnlyNewUserState()
{
    const qint64 revision = m_reader->user(m_bob->user())->revision;
    ReadCatchUp said = having();
    said.userRevision = revision;
    QVERIFY(first(told(*m_bob, said)).state.empty());
    QCOMPARE(first(told(*m_bob, said)).userRevision, revision);
    QVERIFY(m_bob->ask(SetState{u"folder/work"_s, QByteArray("x"), 0}));
    const Sync sync = first(told(*m_bob, said));
    QCOMPARE(sync.state.size(), size_t(1));
    QCOMPARE(sync.userRevision, revision + 1);
}

void tst_DeviceNeeds::tellsNewestActivityFirst()
{
    m_talk->now += 1000;
    const ChatId group = m_talk->group(*m_ada, {m_bob->user()});
    QCOMPARE(first(told(*m_ada, having())).chats.front().chat, group);
    m_talk->now += 1000;
    m_ada->say(m_chat, "newer");
    QCOMPARE(first(told(*m_ada, having())).chats.front().chat, m_chat);
}

void tst_DeviceNeeds::showsNothingOfAChatThatOneHasLeft()
{
    const ChatId group = m_talk->group(*m_ada, {m_bob->user()});
    QVERIFY(!m_bob->send(group, m_talk->operation(Kind::Leave)).error);
    for (const ChatHead &chat : first(told(*m_bob, having())).chats)
        QVERIFY(chat.chat != group);
}

void tst_DeviceNeeds::saysRestoredForAnotherEpoch()
{
    ReadCatchUp said = having();
    said.epoch = m_talk->random.id<Epoch>();
    const CaughtUp result = told(*m_bob, said);
    QCOMPARE(result.frames.size(), size_t(1));
    QVERIFY(first(result).restored);
    QCOMPARE(first(result).epoch, m_talk->memory.epoch());
    QVERIFY(result.handOvers.empty());
}

void tst_DeviceNeeds::saysRestoredWhenADeviceHasMoreThanTheStore()
{
    Have had = all(*m_bob, m_chat);
    QVERIFY(!first(told(*m_bob, having({had}))).restored);
    had.seq += 1;
    QVERIFY(first(told(*m_bob, having({had}))).restored);
}

void tst_DeviceNeeds::saysRestoredWhenTheUserStateIsAhead()
{
    ReadCatchUp said = having();
    said.userRevision = m_reader->user(m_bob->user())->revision + 1;
    QVERIFY(first(told(*m_bob, said)).restored);
}

void tst_DeviceNeeds::saysRestoredForForeignAndUnknownChatsAlike()
{
    Peer &eve = m_talk->attach(m_talk->addUser(u"eve"_s));
    const auto foreign = told(eve, having({Have{m_chat, 1, 0, 0}})).frames;
    const auto unknown = told(eve, having({Have{m_talk->random.id<ChatId>(), 1, 0, 0}})).frames;
    QCOMPARE(foreign, unknown);
    QVERIFY(!first(told(eve, having({Have{m_chat, 0, 0, 0}}))).restored);
}

void tst_DeviceNeeds::knowsWhatALeftChatHad()
{
    const ChatId group = m_talk->group(*m_ada, {m_bob->user()});
    const Have had = all(*m_bob, group);
    QVERIFY(!m_bob->send(group, m_talk->operation(Kind::Leave)).error);
    QVERIFY(!first(told(*m_bob, having({had}))).restored);
}

void tst_DeviceNeeds::packsItemsAtTheLimitOfAnAnswer()
{
    SyncFrames frames(Epoch(), 0);
    for (qint64 i = 1; i <= limits::answerItems; ++i)
        frames.add(StateRow{QString::number(i), {}, i});
    QCOMPARE(SyncFrames(frames).take(0).size(), size_t(1));
    frames.add(StateRow{u"x"_s, {}, limits::answerItems + 1});
    const auto packed = frames.take(limits::answerItems + 1);
    QCOMPARE(packed.size(), size_t(2));
    const auto sync = [&](size_t i) {
        return std::get<Sync>(std::get<Event>(*decodeServerFrame(packed[i])));
    };
    QVERIFY(sync(0).more);
    QCOMPARE(sync(0).userRevision, limits::answerItems);
    QVERIFY(!sync(1).more);
    QCOMPARE(sync(1).userRevision, limits::answerItems + 1);
}

void tst_DeviceNeeds::packsBytesAtTheLimitOfAnAnswer()
{
    SyncFrames frames(Epoch(), 0);
    for (qint64 i = 1; i <= 20; ++i)
        frames.add(StateRow{QString::number(i), QByteArray(limits::stateValueBytes, 'x'), i});
    const auto packed = frames.take(20);
    QCOMPARE(packed.size(), size_t(3));
    for (const QByteArray &frame : packed)
        QVERIFY(frame.size() <= limits::answerBytes + 1024);
}

QTEST_GUILESS_MAIN(tst_DeviceNeeds)
#include "tst_deviceneeds.moc"
