// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/server/messages/conversation.h"

#include "shared/directchat.h"

using namespace parley;

namespace {

ServiceLimits asking(Asking where)
{
    ServiceLimits limits = Conversation::generousLimits();
    limits.asking = where;
    return limits;
}

/// Ana and Cy know each other from a group of two; nobody knows Bo.
class Neighbours : public Conversation {
public:
    explicit Neighbours(ServiceLimits limits = asking(Asking::Everywhere))
        : Conversation(limits)
    {
        const ChatId common = newGroupId(random);
        ana->send(common, createGroup(QStringLiteral("Two"), {cy->user()}));
        cy->send(common, operation(Kind::Accept));
    }
    MemberState stateIn(const ChatId &chat, const UserId &user)
    {
        const auto reader = memory.readers()->open();
        return (*(*reader)->member(chat, user))->row.state;
    }
    Role roleIn(const ChatId &chat, const UserId &user)
    {
        const auto reader = memory.readers()->open();
        return (*(*reader)->member(chat, user))->row.role;
    }
    Operation add(const UserId &user)
    {
        Operation add = operation(Kind::Add);
        add.user = user;
        return add;
    }

    Peer *ana = &attach(addUser(QStringLiteral("ana")));
    Peer *bo = &attach(addUser(QStringLiteral("bo")));
    Peer *cy = &attach(addUser(QStringLiteral("cy")));
};

} // namespace

/// Groups into which somebody is put by a stranger.
class TestInvitations : public QObject {
    Q_OBJECT

private slots:
    void asksWhoeverTheFounderDoesNotKnow();
    void asksWhoeverAnAdminAddsAndDoesNotKnow();
    void givesNothingOfOneselfBeforeAccepting();
    void isNoChatInCommonBeforeAccepting();
    void isTurnedDownByLeaving();
    void servesNothingMoreToWhoTurnedItDown();
    void isTakenBackByRemoving();
    void isNotAskedTwice();
    void isNotKnownThroughABlock();
    void givesAGroupWithoutOwnerToWhoAccepts();
    void countsAsOneRequestForAllOfAGroup();
    void asksNobodyWhereItIsSetSo_data();
    void asksNobodyWhereItIsSetSo();
};

void TestInvitations::asksWhoeverTheFounderDoesNotKnow()
{
    Neighbours world;
    const ChatId chat = world.group(*world.ana, {world.bo->user(), world.cy->user()});
    QCOMPARE(world.stateIn(chat, world.bo->user()), MemberState::Invited);
    QCOMPARE(world.stateIn(chat, world.cy->user()), MemberState::Member);
    const PageReply page = world.bo->open(chat);
    QCOMPARE(page.info->members, 3u);
    QCOMPARE(page.self->state, MemberState::Invited);
    QVERIFY(!world.bo->send(chat, world.operation(Kind::Accept)).error);
    QCOMPARE(world.stateIn(chat, world.bo->user()), MemberState::Member);
    QVERIFY(!world.bo->say(chat, "here I am").error);
    QCOMPARE(world.bo->open(chat).info->members, 3u);
}

void TestInvitations::asksWhoeverAnAdminAddsAndDoesNotKnow()
{
    Neighbours world;
    const ChatId chat = world.group(*world.ana, {});
    world.ana->say(chat, "before");
    const OperationResult added = world.ana->send(chat, world.add(world.bo->user()));
    QVERIFY(!world.ana->send(chat, world.add(world.cy->user())).error);
    QCOMPARE(world.stateIn(chat, world.bo->user()), MemberState::Invited);
    QCOMPARE(world.stateIn(chat, world.cy->user()), MemberState::Member);
    // It reads from the invitation on, before and after it accepts.
    QCOMPARE(world.bo->open(chat).self->since, *added.seq);
    QVERIFY(!world.bo->send(chat, world.operation(Kind::Accept)).error);
    QCOMPARE(world.bo->open(chat).self->since, *added.seq);
    QCOMPARE(world.bo->open(chat).self->role, Role::Member);
}

void TestInvitations::givesNothingOfOneselfBeforeAccepting()
{
    Neighbours world;
    const ChatId chat = world.group(*world.ana, {world.bo->user()});
    const OperationResult said = world.ana->say(chat, "welcome");
    world.ana->open(chat);
    world.bo->open(chat);
    QVERIFY(world.ana->ask(Focus{chat}));
    world.ana->clear();
    QCOMPARE(world.bo->say(chat, "who?").error, std::optional(ErrorCode::Forbidden));
    QCOMPARE(world.bo->ask(MarkUp{chat, 2, 2}).error().code, ErrorCode::Forbidden);
    QCOMPARE(world.bo->ask(Typing{chat, true}).error().code, ErrorCode::Forbidden);
    Operation reaction = world.operation(Kind::React);
    reaction.target = said.id;
    reaction.text = QStringLiteral("👍");
    QCOMPARE(world.bo->send(chat, reaction).error, std::optional(ErrorCode::Forbidden));
    Operation role = world.operation(Kind::SetRole);
    role.user = world.bo->user();
    role.role = Role::Owner;
    QCOMPARE(world.ana->send(chat, role).error, std::optional(ErrorCode::Forbidden));
    world.ana->expectNothing();
}

void TestInvitations::isNoChatInCommonBeforeAccepting()
{
    Neighbours world;
    const ChatId chat = world.group(*world.ana, {world.bo->user()});
    const ChatId direct = world.direct(*world.ana, world.bo->user());
    QCOMPARE(world.stateIn(direct, world.bo->user()), MemberState::Invited);
    const auto reader = world.memory.readers()->open();
    QVERIFY((*reader)->known(world.ana->user(), {world.bo->user()})->empty());
    // But each sees who the other is.
    QCOMPARE((*reader)->servedWith(world.bo->user(), {world.ana->user()})->size(), size_t(1));
    QVERIFY(!world.bo->send(chat, world.operation(Kind::Accept)).error);
    QCOMPARE((*reader)->known(world.ana->user(), {world.bo->user()})->size(), size_t(1));
}

void TestInvitations::isTurnedDownByLeaving()
{
    Neighbours world;
    const ChatId chat = world.group(*world.ana, {world.bo->user()});
    world.bo->open(chat);
    QVERIFY(!world.bo->send(chat, world.operation(Kind::Leave)).error);
    QCOMPARE(world.stateIn(chat, world.bo->user()), MemberState::Left);
    QCOMPARE(world.ana->open(chat).info->members, 1u);
    QCOMPARE(world.bo->send(chat, world.operation(Kind::Accept)).error,
        std::optional(ErrorCode::Forbidden));
}

void TestInvitations::servesNothingMoreToWhoTurnedItDown()
{
    Neighbours world;
    const ChatId chat = world.group(*world.ana, {world.bo->user()});
    world.bo->open(chat);
    QVERIFY(!world.bo->send(chat, world.operation(Kind::Leave)).error);
    world.bo->clear();
    world.ana->say(chat, "gone?");
    world.bo->expectNothing();
    QCOMPARE(world.bo->ask(Page{chat, 1, 0}).error().code, ErrorCode::Forbidden);
    // Asked once more, it is asked.
    QVERIFY(!world.ana->send(chat, world.add(world.bo->user())).error);
    QCOMPARE(world.stateIn(chat, world.bo->user()), MemberState::Invited);
}

void TestInvitations::isTakenBackByRemoving()
{
    Neighbours world;
    const ChatId chat = world.group(*world.ana, {world.bo->user()});
    Operation remove = world.operation(Kind::Remove);
    remove.user = world.bo->user();
    QVERIFY(!world.ana->send(chat, remove).error);
    QCOMPARE(world.stateIn(chat, world.bo->user()), MemberState::Removed);
    QCOMPARE(world.bo->send(chat, world.operation(Kind::Accept)).error,
        std::optional(ErrorCode::Forbidden));
}

void TestInvitations::isNotAskedTwice()
{
    Neighbours world;
    const ChatId chat = world.group(*world.ana, {world.bo->user()});
    QCOMPARE(world.ana->send(chat, world.add(world.bo->user())).error,
        std::optional(ErrorCode::NoEffect));
    QCOMPARE(world.stateIn(chat, world.bo->user()), MemberState::Invited);
}

void TestInvitations::isNotKnownThroughABlock()
{
    Neighbours world;
    const ChatId direct = world.direct(*world.ana, world.bo->user());
    QVERIFY(!world.bo->send(direct, world.operation(Kind::Accept)).error);
    QVERIFY(!world.bo->send(direct, world.operation(Kind::Block)).error);
    const ChatId chat = world.group(*world.ana, {world.bo->user()});
    QCOMPARE(world.stateIn(chat, world.bo->user()), MemberState::Invited);
    QVERIFY(!world.bo->send(direct, world.operation(Kind::Unblock)).error);
    const ChatId later = world.group(*world.ana, {world.bo->user()});
    QCOMPARE(world.stateIn(later, world.bo->user()), MemberState::Member);
}

void TestInvitations::givesAGroupWithoutOwnerToWhoAccepts()
{
    Neighbours world;
    const ChatId chat = world.group(*world.ana, {world.bo->user()});
    QVERIFY(!world.ana->send(chat, world.operation(Kind::Leave)).error);
    QCOMPARE(world.roleIn(chat, world.bo->user()), Role::Member);
    QVERIFY(!world.bo->send(chat, world.operation(Kind::Accept)).error);
    QCOMPARE(world.roleIn(chat, world.bo->user()), Role::Owner);
}

void TestInvitations::countsAsOneRequestForAllOfAGroup()
{
    ServiceLimits limits = asking(Asking::Everywhere);
    limits.requestsPerHour = 3;
    Neighbours world(limits); // the first request
    std::vector<UserId> strangers{world.bo->user()};
    for (int i = 0; i < 10; ++i)
        strangers.push_back(world.addUser(QStringLiteral("u%1").arg(i)));
    const UserId last = world.addUser(QStringLiteral("last"));
    const ChatId chat = world.group(*world.ana, strangers);
    QVERIFY(!world.ana->send(chat, world.add(last)).error);
    const UserId tooMany = world.addUser(QStringLiteral("tooMany"));
    QCOMPARE(
        world.ana->send(chat, world.add(tooMany)).error, std::optional(ErrorCode::RateLimited));
    // Whom one knows is no request, and what was refused took nothing from the other quotas.
    QVERIFY(!world.ana->send(chat, world.add(world.cy->user())).error);
    QCOMPARE(world.stateIn(chat, world.cy->user()), MemberState::Member);
    world.now += 3'600'000;
    QVERIFY(!world.ana->send(chat, world.add(tooMany)).error);
}

void TestInvitations::asksNobodyWhereItIsSetSo_data()
{
    QTest::addColumn<int>("where");
    QTest::addColumn<bool>("inGroups");
    QTest::addColumn<bool>("inDirectChats");
    QTest::newRow("everywhere") << int(Asking::Everywhere) << true << true;
    QTest::newRow("in direct chats") << int(Asking::InDirectChats) << false << true;
    QTest::newRow("nowhere") << int(Asking::Nowhere) << false << false;
}

void TestInvitations::asksNobodyWhereItIsSetSo()
{
    QFETCH(int, where);
    QFETCH(bool, inGroups);
    QFETCH(bool, inDirectChats);
    Neighbours world(asking(static_cast<Asking>(where)));
    const ChatId direct = world.direct(*world.ana, world.bo->user());
    QCOMPARE(world.stateIn(direct, world.bo->user()) == MemberState::Invited, inDirectChats);
    const UserId dee = world.addUser(QStringLiteral("dee"));
    const ChatId chat = world.group(*world.ana, {dee});
    QCOMPARE(world.stateIn(chat, dee) == MemberState::Invited, inGroups);
}

QTEST_APPLESS_MAIN(TestInvitations)
#include "tst_invitations.moc"
