// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/server/messages/conversation.h"

#include "server/messages/desk.h"

using namespace parley;

/// What a store may answer, and what the service makes of it: nothing is answered or pushed before
/// it is applied, and never a guess.
class TestOutcomes : public QObject {
    Q_OBJECT

private slots:
    void answersNothingBeforeItIsApplied();
    void answersRetryWhenTheStoreCannotWrite();
    void answersRetryWhenTheStoreCannotRead();
    void readsBackAnUnknownOutcomeThatWasApplied();
    void decidesAgainWhenAnUnknownOutcomeWasLost();
    void decidesAgainWhenTheHeadMoved();
    void noticesAnotherOwner();
    void givesUpWhenTheHeadAlwaysMoves();
    void writesABatchAsOne();
    void answersMarksAgainAfterAFault();
    void answersEachCommandOnceWhenAReadFailsAfterAMessage();
    void goesOnWithWhatWaitsBehindAFailedRead();
    void goesOnWithAUsersCommandsBehindAFailedRead();
    void givesUpAPageWhenTheChatAlwaysMoves();
    void keepsWarmChatsWhenItForgetsIdleOnes();
};

void TestOutcomes::answersNothingBeforeItIsApplied()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    const ChatId chat = world.group(ana, {});
    ana.open(chat);
    ana.clear();
    world.store.isHeld = true;
    const Operation message = world.message("wait");
    const RequestNumber request = ana.inject(Send{chat, {message}});
    ana.expectNothing();
    QCOMPARE(ana.answersTo(request), size_t(0));
    // What comes meanwhile waits its turn and is not answered from what is not durable.
    const RequestNumber again = ana.inject(Send{chat, {message}});
    ana.expectNothing();
    QCOMPARE(ana.answersTo(again), size_t(0));
    world.store.isHeld = false;
    world.store.release();
    QCOMPARE(ana.answersTo(request), size_t(1));
    QCOMPARE(ana.answersTo(again), size_t(1));
    QCOMPARE(ana.expect<Pushed>().entries.size(), size_t(1));
    ana.expectNothing();
}

void TestOutcomes::answersRetryWhenTheStoreCannotWrite()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    const ChatId chat = world.group(ana, {});
    ana.open(chat);
    ana.clear();
    world.store.faults = {FaultyStore::Fault::Unavailable};
    const Operation message = world.message("later");
    const auto refused = ana.ask(Send{chat, {message}});
    QCOMPARE(refused.error().code, ErrorCode::Unavailable);
    QCOMPARE(refused.error().errorClass(), ErrorClass::Retry);
    ana.expectNothing();
    const auto again = ana.send(chat, message);
    QVERIFY(!again.error);
    QVERIFY(!again.duplicate);
    ana.expect<Pushed>();
}

void TestOutcomes::answersRetryWhenTheStoreCannotRead()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    const ChatId chat = world.group(ana, {});
    world.store.loadsFail = true;
    QCOMPARE(ana.ask(Send{chat, {world.message("x")}}).error().code, ErrorCode::Unavailable);
    QCOMPARE(ana.ask(Page{chat, 1, 0}).error().code, ErrorCode::Unavailable);
    QCOMPARE(ana.ask(MarkUp{chat, 1, 1}).error().code, ErrorCode::Unavailable);
    QCOMPARE(ana.ask(SetState{QStringLiteral("mute/x"), QByteArray("1"), 0}).error().code,
        ErrorCode::Unavailable);
    world.store.loadsFail = false;
    QVERIFY(!ana.say(chat, "back").error);
}

void TestOutcomes::readsBackAnUnknownOutcomeThatWasApplied()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    const ChatId chat = world.group(ana, {});
    world.store.faults = {FaultyStore::Fault::UnknownApplied};
    const auto result = ana.say(chat, "once");
    QCOMPARE(result.seq, std::optional<qint64>(2));
    QVERIFY(result.duplicate);
    QCOMPARE(ana.open(chat).head, qint64(2));
}

void TestOutcomes::decidesAgainWhenAnUnknownOutcomeWasLost()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    const ChatId chat = world.group(ana, {});
    world.store.faults = {FaultyStore::Fault::UnknownLost};
    const auto result = ana.say(chat, "once");
    QCOMPARE(result.seq, std::optional<qint64>(2));
    QVERIFY(!result.duplicate);
    QCOMPARE(ana.open(chat).head, qint64(2));
}

void TestOutcomes::decidesAgainWhenTheHeadMoved()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    const ChatId chat = world.group(ana, {});
    world.store.faults = {FaultyStore::Fault::HeadMoved, FaultyStore::Fault::HeadMoved};
    QCOMPARE(ana.say(chat, "third time").seq, std::optional<qint64>(2));
}

void TestOutcomes::noticesAnotherOwner()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &bo = world.attach(world.addUser(QStringLiteral("bo")));
    const ChatId chat = world.group(ana, {bo.user()});
    ana.open(chat);
    // Somebody else owns the chat for a while, and removes bo.
    {
        class Nowhere : public ServiceOutlet {
            void deliver(std::vector<ServiceOutput>) override { }
        } nowhere;
        MemoryStore &memory = world.memory;
        FaultyStore other(memory);
        MessageService second(other, nowhere, Conversation::generousLimits());
        Origin origin;
        origin.session = SessionRef{2, 1};
        origin.user = ana.user();
        Operation remove = world.operation(Kind::Remove);
        remove.user = bo.user();
        second.handle({Queued{origin, Send{chat, {remove}}}}, world.now);
    }
    world.store.takeBack();
    // The first owner still remembers bo as a member: it must look before it answers.
    QCOMPARE(bo.say(chat, "I am in").error, std::optional(ErrorCode::Forbidden));
    QCOMPARE(bo.ask(Page{chat, 1, 0}).error().code, ErrorCode::Forbidden);
    QCOMPARE(ana.open(chat, 1).head, qint64(2));
}

void TestOutcomes::givesUpWhenTheHeadAlwaysMoves()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    const ChatId chat = world.group(ana, {});
    world.store.faults.assign(100, FaultyStore::Fault::HeadMoved);
    const auto refused = ana.ask(Send{chat, {world.message("x")}});
    QCOMPARE(refused.error().errorClass(), ErrorClass::Retry);
    world.store.faults.clear();
    QVERIFY(!ana.say(chat, "x").error);
}

void TestOutcomes::writesABatchAsOne()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    std::vector<ChatId> chats;
    for (int i = 0; i < 10; ++i)
        chats.push_back(world.group(ana, {}));
    std::vector<Queued> batch;
    Origin origin;
    origin.session = ana.session();
    origin.user = ana.user();
    origin.request = 500;
    for (int round = 0; round < 3; ++round) {
        for (const ChatId &chat : chats) {
            ++origin.request;
            batch.push_back(Queued{origin, Send{chat, {world.message("x")}}});
        }
    }
    const int before = world.store.batches;
    const int appendsBefore = world.store.appends;
    world.handle(std::move(batch));
    QCOMPARE(world.store.batches, before + 1);
    QCOMPARE(world.store.appends, appendsBefore + 10);
}

void TestOutcomes::answersMarksAgainAfterAFault()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &bo = world.attach(world.addUser(QStringLiteral("bo")));
    const ChatId chat = world.group(ana, {});
    ana.say(chat, "x");
    world.store.faults = {FaultyStore::Fault::UnknownLost};
    QCOMPARE(*ana.ask(MarkUp{chat, 2, 2}), (MarkReply{2, 2, 0}));
    world.store.faults = {FaultyStore::Fault::HeadMoved};
    // A refused mark beside a repeated message is refused once.
    Origin origin;
    origin.session = bo.session();
    origin.user = bo.user();
    origin.request = 900;
    QCOMPARE(bo.ask(MarkUp{chat, 1, 1}).error().code, ErrorCode::Forbidden);
}

void TestOutcomes::answersEachCommandOnceWhenAReadFailsAfterAMessage()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    const ChatId chat = world.group(ana, {});
    QVERIFY(!ana.say(chat, "done").error);
    world.store.loadsFail = true;
    // The page is refused, not the message that was answered already.
    QCOMPARE(ana.ask(Page{chat, 1, 0}).error().code, ErrorCode::Unavailable);
}

void TestOutcomes::goesOnWithWhatWaitsBehindAFailedRead()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    const ChatId chat = world.group(ana, {});
    Operation add = world.operation(Kind::Add);
    add.user = world.addUser(QStringLiteral("bo"));
    world.store.isHeld = true;
    ana.inject(Send{chat, {world.message("first")}});
    ana.inject(Send{chat, {add}}); // decided by itself, so that the next one waits behind it
    ana.inject(Send{chat, {world.message("last")}});
    world.store.isHeld = false;
    world.store.failingLoads = 1;
    world.store.release();
    const auto reader = world.memory.readers()->open();
    QCOMPARE(*(*reader)->head(chat), qint64(3));
    QCOMPARE((*(*reader)->lastRow(chat, 1))->payload, QByteArray("last"));
}

void TestOutcomes::goesOnWithAUsersCommandsBehindAFailedRead()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    world.store.isHeld = true;
    for (const char *key : {"draft/1", "draft/2", "draft/3"})
        ana.inject(SetState{QString::fromLatin1(key), QByteArray("text"), 0});
    world.store.isHeld = false;
    world.store.failingLoads = 1;
    world.store.release();
    const auto reader = world.memory.readers()->open();
    const auto rows = (*reader)->stateAfter(ana.user(), 0, 100);
    QVERIFY(rows);
    const auto holds = [&](const char *key) {
        return std::any_of(rows->begin(), rows->end(),
            [&](const StateRow &row) { return row.key == QLatin1String(key); });
    };
    QVERIFY(holds("draft/1"));
    QVERIFY(!holds("draft/2"));
    QVERIFY(holds("draft/3"));
}

void TestOutcomes::givesUpAPageWhenTheChatAlwaysMoves()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    const ChatId chat = world.group(ana, {});
    world.store.staleEpochs = 100;
    QCOMPARE(ana.ask(Page{chat, 0, 0}).error().code, ErrorCode::Busy);
    QCOMPARE(world.store.staleEpochs, 100 - 1 - decisionAttempts);
    world.store.staleEpochs = 0;
    QCOMPARE(ana.open(chat).head, qint64(1));
}

void TestOutcomes::keepsWarmChatsWhenItForgetsIdleOnes()
{
    ServiceLimits limits = Conversation::generousLimits();
    limits.cachedChats = 20;
    Conversation world(limits);
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    std::vector<ChatId> chats;
    for (int i = 0; i < 21; ++i)
        chats.push_back(world.group(ana, {}));
    world.store.stateLoads = 0;
    for (const ChatId &chat : chats)
        QVERIFY(!ana.say(chat, "still there").error);
    // One more than fits lets a tenth go, and not all.
    QVERIFY(world.store.stateLoads >= 3);
    QVERIFY(world.store.stateLoads < 10);
}

QTEST_APPLESS_MAIN(TestOutcomes)
#include "tst_outcomes.moc"
