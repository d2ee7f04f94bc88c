// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/server/messages/conversation.h"

#include "shared/directchat.h"

using namespace parley;

class TestMembers : public QObject {
    Q_OBJECT

private slots:
    void tellsEachMemberByTheirOwnState();
    void letsWhoJoinsReadFromTheJoin();
    void hidesTheRowOfAnEditBelowTheJoin();
    void stopsServingWhoWasRemoved();
    void givesTheOwnersPlaceToTheOldestAdmin();
    void givesTheOwnersPlaceToTheOldestMemberElse();
    void keepsOneOwner();
    void removesOnlyLowerRoles();
    void boundsAGroup();
    void beginsAsARequestBetweenStrangers();
    void needsNoRequestWithAChatInCommon();
    void acceptsByStartingTheSameChat();
    void blocksBothWaysAndTellsNobody();
    void repeatsPromisedWordToUsersAfterACrash();
    void repeatsPromisedWordToUsersThatCouldNotBeWritten();
    void repeatsPromisedWordAfterAnUnknownOutcome();
    void startsOverWhoWentAndCameInOneCommit();
    void aGroupUnderADirectChatsIdDoesNotPassForIt();
    void namesUnknownPeopleForbidden();
};

void TestMembers::tellsEachMemberByTheirOwnState()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &bo = world.attach(world.addUser(QStringLiteral("bo")));
    const ChatId chat = world.group(ana, {bo.user()});
    for (Peer *peer : {&ana, &bo}) {
        const auto told = peer->expect<UserStateChanged>();
        QCOMPARE(told.row.key, QStringLiteral("chat/") + chat.text());
        QCOMPARE(*fromCbor<ChatState>(*told.row.value), (ChatState{1, 1}));
        peer->expectNothing();
    }
    QVERIFY(!bo.send(chat, world.operation(Kind::Leave)).error);
    const auto left = bo.expect<UserStateChanged>();
    const auto gone = fromCbor<ChatState>(*left.row.value);
    QVERIFY(!gone->since);
    QCOMPARE(gone->gone, std::optional(MemberState::Left));
}

void TestMembers::letsWhoJoinsReadFromTheJoin()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &bo = world.attach(world.addUser(QStringLiteral("bo")));
    const ChatId chat = world.group(ana, {});
    ana.say(chat, "before");
    Operation add = world.operation(Kind::Add);
    add.user = bo.user();
    const auto joined = ana.send(chat, add);
    ana.say(chat, "after");
    const PageReply page = bo.open(chat);
    QVERIFY(page.opened);
    QCOMPARE(page.opened->low, *joined.seq);
    QCOMPARE(page.self->since, *joined.seq);
    for (const Row &row : page.opened->rows)
        QVERIFY(row.seq >= *joined.seq);
    QCOMPARE(page.unread, qint64(1));
    QVERIFY(!toCbor(page).contains("before"));
}

void TestMembers::hidesTheRowOfAnEditBelowTheJoin()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &bo = world.attach(world.addUser(QStringLiteral("bo")));
    const ChatId chat = world.group(ana, {});
    const auto old = ana.say(chat, "old");
    Operation add = world.operation(Kind::Add);
    add.user = bo.user();
    const auto joined = ana.send(chat, add);
    bo.open(chat);
    ana.open(chat);
    ana.clear();
    bo.clear();
    Operation edit = world.operation(Kind::Edit);
    edit.target = old.id;
    edit.contentType = ContentType::Text;
    edit.payload = "old, mended";
    QVERIFY(!ana.send(chat, edit).error);
    QVERIFY(ana.expect<Pushed>().entries.front().row);
    const Pushed seen = bo.expect<Pushed>();
    QVERIFY(!seen.entries.front().row);
    QCOMPARE(seen.entries.front().seq, *joined.seq + 1);
    // Replayed, it is hidden just the same.
    QVERIFY(!bo.open(chat, *joined.seq).entries.front().row);
}

void TestMembers::stopsServingWhoWasRemoved()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &bo = world.attach(world.addUser(QStringLiteral("bo")));
    const ChatId chat = world.group(ana, {bo.user()});
    bo.open(chat);
    bo.clear();
    Operation remove = world.operation(Kind::Remove);
    remove.user = bo.user();
    // In one batch: what follows the removal is not pushed either.
    QVERIFY(ana.ask(Send{chat, {remove, world.message("gone?")}}));
    QVERIFY(!fromCbor<ChatState>(*bo.expect<UserStateChanged>().row.value)->since);
    bo.expectNothing();
    ana.say(chat, "yes");
    bo.expectNothing();
    QCOMPARE(bo.ask(Page{chat, 1, 0}).error().code, ErrorCode::Forbidden);
}

void TestMembers::givesTheOwnersPlaceToTheOldestAdmin()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &bo = world.attach(world.addUser(QStringLiteral("bo")));
    Peer &cy = world.attach(world.addUser(QStringLiteral("cy")));
    const ChatId chat = world.group(ana, {bo.user()});
    Operation add = world.operation(Kind::Add);
    add.user = cy.user();
    QVERIFY(!ana.send(chat, add).error);
    Operation promote = world.operation(Kind::SetRole);
    promote.user = cy.user();
    promote.role = Role::Admin;
    QVERIFY(!ana.send(chat, promote).error);
    const Operation leave = world.operation(Kind::Leave);
    const auto left = ana.send(chat, leave);
    QVERIFY(!left.error);
    const PageReply page = cy.open(chat);
    QCOMPARE(page.self->role, Role::Owner);
    QCOMPARE(page.head, *left.seq + 1);
    QCOMPARE(bo.open(chat).self->role, Role::Member);
    // Both entries belong to one act: it is answered as one when it comes again.
    QCOMPARE(ana.send(chat, leave).seq, left.seq);
}

void TestMembers::givesTheOwnersPlaceToTheOldestMemberElse()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &bo = world.attach(world.addUser(QStringLiteral("bo")));
    Peer &cy = world.attach(world.addUser(QStringLiteral("cy")));
    const ChatId chat = world.group(ana, {});
    for (const UserId &user : {cy.user(), bo.user()}) {
        Operation add = world.operation(Kind::Add);
        add.user = user;
        QVERIFY(!ana.send(chat, add).error);
    }
    QVERIFY(!ana.send(chat, world.operation(Kind::Leave)).error);
    QCOMPARE(cy.open(chat).self->role, Role::Owner);
    QCOMPARE(bo.open(chat).self->role, Role::Member);
}

void TestMembers::keepsOneOwner()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &bo = world.attach(world.addUser(QStringLiteral("bo")));
    const ChatId chat = world.group(ana, {bo.user()});
    Operation give = world.operation(Kind::SetRole);
    give.user = bo.user();
    give.role = Role::Owner;
    QVERIFY(!ana.send(chat, give).error);
    QCOMPARE(ana.open(chat).self->role, Role::Admin);
    QCOMPARE(bo.open(chat).self->role, Role::Owner);
}

void TestMembers::removesOnlyLowerRoles()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &bo = world.attach(world.addUser(QStringLiteral("bo")));
    const UserId cy = world.addUser(QStringLiteral("cy"));
    const ChatId chat = world.group(ana, {bo.user(), cy});
    Operation remove = world.operation(Kind::Remove);
    remove.user = cy;
    QCOMPARE(bo.send(chat, remove).error, std::optional(ErrorCode::Forbidden));
    Operation promote = world.operation(Kind::SetRole);
    promote.user = bo.user();
    promote.role = Role::Admin;
    QVERIFY(!ana.send(chat, promote).error);
    remove.id = world.ids.next(world.now);
    remove.user = ana.user();
    QCOMPARE(bo.send(chat, remove).error, std::optional(ErrorCode::Forbidden));
    remove.id = world.ids.next(world.now);
    remove.user = cy;
    QVERIFY(!bo.send(chat, remove).error);
}

void TestMembers::boundsAGroup()
{
    ServiceLimits limits = Conversation::generousLimits();
    limits.announced.groupMembers = 3;
    Conversation world(limits);
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    std::vector<UserId> others;
    for (int i = 0; i < 3; ++i)
        others.push_back(world.addUser(QStringLiteral("u%1").arg(i)));
    QCOMPARE(ana.send(newGroupId(world.random), world.createGroup({}, others)).error,
        std::optional(ErrorCode::LimitReached));
    const ChatId chat = world.group(ana, {others[0]});
    Operation add = world.operation(Kind::Add);
    add.user = others[1];
    QVERIFY(!ana.send(chat, add).error);
    add = world.operation(Kind::Add);
    add.user = others[2];
    QCOMPARE(ana.send(chat, add).error, std::optional(ErrorCode::LimitReached));
}

void TestMembers::beginsAsARequestBetweenStrangers()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &bo = world.attach(world.addUser(QStringLiteral("bo")));
    const ChatId chat = world.direct(ana, bo.user());
    ana.open(chat);
    QVERIFY(!ana.say(chat, "do you know me?").error);
    Operation picture = world.message("picture");
    picture.contentType = ContentType::Media;
    QCOMPARE(ana.send(chat, picture).error, std::optional(ErrorCode::Forbidden));
    // Nor by the back door.
    Operation edit = world.operation(Kind::Edit);
    edit.target = ana.say(chat, "only text").id;
    edit.contentType = ContentType::Media;
    edit.payload = "picture";
    QCOMPARE(ana.send(chat, edit).error, std::optional(ErrorCode::Forbidden));
    const PageReply request = bo.open(chat);
    QCOMPARE(request.self->state, MemberState::Invited);
    QCOMPARE(bo.say(chat, "not yet").error, std::optional(ErrorCode::Forbidden));
    QCOMPARE(bo.ask(MarkUp{chat, 2, 2}).error().code, ErrorCode::Forbidden);
    QCOMPARE(bo.ask(Typing{chat, true}).error().code, ErrorCode::Forbidden);
    QVERIFY(!bo.send(chat, world.operation(Kind::Accept)).error);
    QVERIFY(!bo.say(chat, "now I do").error);
    QVERIFY(bo.ask(MarkUp{chat, 2, 2}));
    QCOMPARE(
        bo.send(chat, world.operation(Kind::Accept)).error, std::optional(ErrorCode::NoEffect));
}

void TestMembers::needsNoRequestWithAChatInCommon()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &bo = world.attach(world.addUser(QStringLiteral("bo")));
    world.group(ana, {bo.user()});
    const ChatId chat = world.direct(ana, bo.user());
    QCOMPARE(bo.open(chat).self->state, MemberState::Member);
}

void TestMembers::acceptsByStartingTheSameChat()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &bo = world.attach(world.addUser(QStringLiteral("bo")));
    const ChatId chat = world.direct(ana, bo.user());
    QVERIFY(!bo.send(chat, world.createDirect(ana.user())).error);
    QCOMPARE(bo.open(chat).self->state, MemberState::Member);
}

void TestMembers::blocksBothWaysAndTellsNobody()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &bo = world.attach(world.addUser(QStringLiteral("bo")));
    const ChatId chat = world.direct(ana, bo.user());
    QVERIFY(!bo.send(chat, world.operation(Kind::Accept)).error);
    ana.open(chat);
    bo.open(chat);
    ana.clear();
    bo.clear();
    QVERIFY(!bo.send(chat, world.operation(Kind::Block)).error);
    const Entry own = bo.expect<Pushed>().entries.front();
    QCOMPARE(own.kind, Kind::Block);
    QVERIFY(own.member->blocking);
    const Entry seen = ana.expect<Pushed>().entries.front();
    QVERIFY(seen.kind != Kind::Block);
    QVERIFY(!seen.member || !seen.member->blocking);
    QCOMPARE(ana.say(chat, "hello?").error, std::optional(ErrorCode::Forbidden));
    QCOMPARE(bo.say(chat, "no").error, std::optional(ErrorCode::Forbidden));
    QVERIFY(bo.open(chat).self->blocking);
    const PageReply page = ana.open(chat);
    for (const MemberRow &member : page.opened->members)
        QVERIFY(!member.blocking);
    QVERIFY(!bo.send(chat, world.operation(Kind::Unblock)).error);
    QVERIFY(!ana.say(chat, "thanks").error);
    const ChatId group = world.group(ana, {bo.user()});
    QCOMPARE(
        bo.send(group, world.operation(Kind::Block)).error, std::optional(ErrorCode::Forbidden));
}

void TestMembers::repeatsPromisedWordToUsersAfterACrash()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &bo = world.attach(world.addUser(QStringLiteral("bo")));
    const UserId boId = bo.user();
    // Only the chat's own append gets through; then the program dies.
    world.store.isHeld = true;
    ana.inject(Send{newGroupId(world.random), {world.createGroup({}, {boId})}});
    world.store.isHeld = false;
    const auto pending = world.memory.pendingDerived();
    QVERIFY(pending);
    QCOMPARE(pending->size(), size_t(2));
    world.restart();
    QVERIFY(world.memory.pendingDerived()->empty());
    Peer &back = world.attach(boId);
    const auto reader = world.memory.readers()->open();
    const auto rows = (*reader)->stateAfter(boId, 0, 100);
    QVERIFY(std::any_of(rows->begin(), rows->end(),
        [](const StateRow &row) { return row.key.startsWith(QLatin1String("chat/")); }));
    Q_UNUSED(back)
}

void TestMembers::repeatsPromisedWordToUsersThatCouldNotBeWritten()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &bo = world.attach(world.addUser(QStringLiteral("bo")));
    const ChatId chat = world.group(ana, {});
    Operation add = world.operation(Kind::Add);
    add.user = bo.user();
    world.store.userFaults = {FaultyStore::Fault::Unavailable};
    QVERIFY(!ana.send(chat, add).error);
    bo.expectNothing();
    world.now += 60'000;
    world.handle({});
    QCOMPARE(bo.expect<UserStateChanged>().row.key, QStringLiteral("chat/") + chat.text());
    QVERIFY(world.memory.pendingDerived()->empty());
}

void TestMembers::repeatsPromisedWordAfterAnUnknownOutcome()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &bo = world.attach(world.addUser(QStringLiteral("bo")));
    const ChatId chat = world.group(ana, {});
    Operation add = world.operation(Kind::Add);
    add.user = bo.user();
    world.store.faults = {FaultyStore::Fault::UnknownApplied};
    QVERIFY(!ana.send(chat, add).error);
    world.now += 60'000;
    world.handle({});
    QCOMPARE(bo.expect<UserStateChanged>().row.key, QStringLiteral("chat/") + chat.text());
    QVERIFY(world.memory.pendingDerived()->empty());
}

void TestMembers::startsOverWhoWentAndCameInOneCommit()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &bo = world.attach(world.addUser(QStringLiteral("bo")));
    const ChatId chat = world.group(ana, {bo.user()});
    bo.open(chat);
    bo.clear();
    Operation remove = world.operation(Kind::Remove);
    remove.user = bo.user();
    Operation add = world.operation(Kind::Add);
    add.user = bo.user();
    QVERIFY(ana.ask(Send{chat, {remove, world.message("between"), add}}));
    QVERIFY(!fromCbor<ChatState>(*bo.expect<UserStateChanged>().row.value)->since);
    QCOMPARE(fromCbor<ChatState>(*bo.expect<UserStateChanged>().row.value)->since,
        std::optional<qint64>(4));
    bo.expectNothing();
    QVERIFY(bo.open(chat, 1).opened);
}

void TestMembers::aGroupUnderADirectChatsIdDoesNotPassForIt()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &bo = world.attach(world.addUser(QStringLiteral("bo")));
    Peer &cy = world.attach(world.addUser(QStringLiteral("cy")));
    const ChatId chat = directChatId(ana.user(), bo.user());
    QCOMPARE(cy.send(chat, world.createGroup(QStringLiteral("bo"), {ana.user(), bo.user()})).error,
        std::optional(ErrorCode::Malformed));
    QVERIFY(!ana.send(chat, world.createDirect(bo.user())).error);
}

void TestMembers::namesUnknownPeopleForbidden()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    const UserId nobody = world.random.id<UserId>();
    QCOMPARE(ana.send(newGroupId(world.random), world.createGroup({}, {nobody})).error,
        std::optional(ErrorCode::Forbidden));
    const ChatId chat = world.group(ana, {});
    Operation add = world.operation(Kind::Add);
    add.user = nobody;
    QCOMPARE(ana.send(chat, add).error, std::optional(ErrorCode::Forbidden));
    const UserId bo = world.addUser(QStringLiteral("bo"));
    QVERIFY(world.askInternal(DisableUser{bo, true}));
    add = world.operation(Kind::Add);
    add.user = bo;
    QCOMPARE(ana.send(chat, add).error, std::optional(ErrorCode::Forbidden));
}

QTEST_APPLESS_MAIN(TestMembers)
#include "tst_members.moc"
