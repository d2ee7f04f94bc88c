// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/server/messages/conversation.h"

#include "shared/directchat.h"

using namespace parley;

class TestBeginnings : public QObject {
    Q_OBJECT

private slots:
    void meetsInOneDirectChatWhoeverStarts();
    void refusesADirectChatWithOneselfOrAWrongId();
    void reportsWhoIsAway();
    void sendsTypingToWhoLooksAtTheChat();
    void limitsNewChats();
    void givesBackWhatNothingCameOf();
    void refusesMoreMembersThanAnHourAllows();
};

void TestBeginnings::meetsInOneDirectChatWhoeverStarts()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &bo = world.attach(world.addUser(QStringLiteral("bo")));
    world.group(ana, {bo.user()});
    const ChatId chat = directChatId(ana.user(), bo.user());
    QVERIFY(!ana.send(chat, world.createDirect(bo.user())).error);
    QCOMPARE(
        bo.send(chat, world.createDirect(ana.user())).error, std::optional(ErrorCode::NoEffect));
    QVERIFY(!ana.say(chat, "hi").error);
    QVERIFY(!bo.say(chat, "hi back").error);
    QCOMPARE(bo.open(chat).head, qint64(3));
    QCOMPARE(bo.open(chat).info->kind, ChatKind::Direct);
}

void TestBeginnings::refusesADirectChatWithOneselfOrAWrongId()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    const UserId bo = world.addUser(QStringLiteral("bo"));
    QCOMPARE(ana.send(directChatId(ana.user(), ana.user()), world.createDirect(ana.user())).error,
        std::optional(ErrorCode::Malformed));
    QCOMPARE(ana.send(newGroupId(world.random), world.createDirect(bo)).error,
        std::optional(ErrorCode::Malformed));
    const UserId nobody = world.random.id<UserId>();
    QCOMPARE(ana.send(directChatId(ana.user(), nobody), world.createDirect(nobody)).error,
        std::optional(ErrorCode::Forbidden));
}

void TestBeginnings::reportsWhoIsAway()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    const UserId bo = world.addUser(QStringLiteral("bo"));
    const ChatId chat = world.group(ana, {bo});
    world.missed.clear();
    Operation message = world.message("come back");
    message.wake = {bo};
    QVERIFY(!ana.send(chat, message).error);
    QCOMPARE(world.missed.size(), size_t(1));
    QCOMPARE(world.missed.front().users, std::vector{bo});
    QCOMPARE(world.missed.front().mentioned, std::vector{bo});
    world.attach(bo);
    world.missed.clear();
    ana.say(chat, "there you are");
    QVERIFY(world.missed.empty());
}

void TestBeginnings::sendsTypingToWhoLooksAtTheChat()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &bo = world.attach(world.addUser(QStringLiteral("bo")));
    Peer &boPhone = world.attach(bo.user());
    const ChatId chat = world.group(ana, {bo.user()});
    for (Peer *peer : {&ana, &bo, &boPhone})
        peer->open(chat);
    QVERIFY(bo.ask(Focus{chat}));
    for (Peer *peer : {&ana, &bo, &boPhone})
        peer->clear();
    QVERIFY(ana.ask(Typing{chat, true}));
    const auto typing = bo.expect<TypingChanged>();
    QCOMPARE(typing.user, ana.user());
    QVERIFY(typing.on);
    boPhone.expectNothing();
    ana.expectNothing();
    // At most one every four seconds, but the end is told at once.
    QVERIFY(ana.ask(Typing{chat, true}));
    bo.expectNothing();
    QVERIFY(ana.ask(Typing{chat, false}));
    QVERIFY(!bo.expect<TypingChanged>().on);
    // An end brings the next beginning no closer, and what did not begin does not end.
    for (int i = 0; i < 10; ++i) {
        QVERIFY(ana.ask(Typing{chat, true}));
        QVERIFY(ana.ask(Typing{chat, false}));
    }
    bo.expectNothing();
    world.now += limits::typingEveryMs - 1;
    QVERIFY(ana.ask(Typing{chat, true}));
    bo.expectNothing();
    world.now += 1;
    QVERIFY(ana.ask(Typing{chat, true}));
    QVERIFY(bo.expect<TypingChanged>().on);
    QVERIFY(bo.ask(Focus{}));
    world.now += limits::typingEveryMs;
    QVERIFY(ana.ask(Typing{chat, true}));
    bo.expectNothing();
}

void TestBeginnings::limitsNewChats()
{
    ServiceLimits limits = Conversation::generousLimits();
    limits.announced.chatsPerHour = 2;
    limits.requestsPerHour = 1;
    Conversation world(limits);
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    for (int i = 0; i < 3; ++i) {
        const auto result =
            ana.send(newGroupId(world.random), world.createGroup(QStringLiteral("g"), {}));
        QCOMPARE(result.error.has_value(), i == 2);
    }
    const UserId bo = world.addUser(QStringLiteral("bo"));
    const UserId cy = world.addUser(QStringLiteral("cy"));
    QVERIFY(!ana.send(directChatId(ana.user(), bo), world.createDirect(bo)).error);
    QCOMPARE(ana.send(directChatId(ana.user(), cy), world.createDirect(cy)).error,
        std::optional(ErrorCode::RateLimited));
}

void TestBeginnings::givesBackWhatNothingCameOf()
{
    ServiceLimits limits = Conversation::generousLimits();
    limits.announced.chatsPerHour = 1;
    Conversation world(limits);
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    const ChatId chat = newGroupId(world.random);
    const Operation create = world.createGroup(QStringLiteral("g"), {});
    for (int i = 0; i < 3; ++i) {
        world.store.faults = {FaultyStore::Fault::Unavailable};
        QCOMPARE(ana.send(chat, create).error, std::optional(ErrorCode::Unavailable));
    }
    world.store.faults = {FaultyStore::Fault::UnknownLost, FaultyStore::Fault::HeadMoved};
    QVERIFY(!ana.send(chat, create).error);
    QCOMPARE(ana.send(newGroupId(world.random), world.createGroup({}, {})).error,
        std::optional(ErrorCode::RateLimited));
}

void TestBeginnings::refusesMoreMembersThanAnHourAllows()
{
    ServiceLimits limits = Conversation::generousLimits();
    limits.announced.addedMembersPerHour = 2;
    limits.announced.chatsPerHour = 1;
    Conversation world(limits);
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    std::vector<UserId> others;
    for (int i = 0; i < 3; ++i)
        others.push_back(world.addUser(QStringLiteral("u%1").arg(i)));
    QCOMPARE(ana.send(newGroupId(world.random), world.createGroup({}, others)).error,
        std::optional(ErrorCode::LimitReached));
    others.pop_back();
    QVERIFY(!ana.send(newGroupId(world.random), world.createGroup({}, others)).error);
}

QTEST_APPLESS_MAIN(TestBeginnings)
#include "tst_beginnings.moc"
