// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/directchat.h"
#include "tests/client/support/talk.h"

using namespace parley;

class ChatsTest : public QObject {
    Q_OBJECT
private slots:
    void startsADirectChatOffline();
    void startsADirectChatOnlyOnce();
    void startsAGroupOffline();
    void writesIntoAChatThatIsNotCreatedYet();
    void forgetsAChatWhoseCreationWasRefused();
    void changesMembersByOperations();
    void leavesByAnOperation();
    void blocksAndUnblocks();
    void tellsTheNewChatWhenItIsThere();
    void hidesAChatThatWasThereAlreadyUntilItsStateComes();
};

void ChatsTest::startsADirectChatOffline()
{
    Talk talk;
    const auto chat = talk.core().createDirect(Talk::anna());
    QVERIFY(chat);
    QCOMPARE(*chat, directChatId(Talk::me(), Talk::anna()));
    const ChatSummary line = talk.summary(*chat);
    QVERIFY(line.isPending && line.canWrite);
    QCOMPARE(line.kind, ChatKind::Direct);
    QCOMPARE(*line.other, Talk::anna());
    talk.restart();
    QVERIFY(talk.summary(*chat).isPending);
    talk.signIn({});
    const auto send = talk.expect<Send>();
    QCOMPARE(send.operations.front().kind, Kind::Create);
    QCOMPARE(*send.operations.front().user, Talk::anna());
    QVERIFY(!talk.core().createDirect(Talk::me()));
}

void ChatsTest::startsADirectChatOnlyOnce()
{
    Talk talk;
    const auto one = talk.core().createDirect(Talk::anna());
    const auto two = talk.core().createDirect(Talk::anna());
    QVERIFY(one && two);
    QCOMPARE(talk.core().outbox().items(*one).size(), size_t(1));
}

void ChatsTest::startsAGroupOffline()
{
    Talk talk;
    const auto chat =
        talk.core().createGroup(QStringLiteral("Walkers"), {Talk::anna(), Talk::ben()});
    QVERIFY(chat);
    const ChatSummary line = talk.summary(*chat);
    QCOMPARE(line.title, QStringLiteral("Walkers"));
    QCOMPARE(line.members, quint32(3));
    QCOMPARE(line.role, Role::Owner);
    QCOMPARE(talk.core().createGroup(QString(300, u'x'), {}).error().code, ErrorCode::TooLarge);
}

void ChatsTest::writesIntoAChatThatIsNotCreatedYet()
{
    Talk talk;
    const auto chat = talk.core().createGroup(QStringLiteral("Walkers"), {Talk::anna()});
    QVERIFY(talk.core().compose(*chat, talk.text(QStringLiteral("first"))));
    QCOMPARE(textOf(talk.summary(*chat).last->row), QStringLiteral("first"));
    talk.signIn({});
    const auto send = talk.expect<Send>();
    QCOMPARE(send.operations.size(), size_t(2));
    QCOMPARE(send.operations[0].kind, Kind::Create);
}

void ChatsTest::forgetsAChatWhoseCreationWasRefused()
{
    Talk talk;
    talk.signIn({});
    const auto chat = talk.core().createGroup(QStringLiteral("Walkers"), {Talk::anna()});
    const auto send = talk.expect<Send>();
    QVERIFY(talk.core().compose(*chat, talk.text(QStringLiteral("first"))));
    OperationResult refused;
    refused.id = send.operations[0].id;
    refused.error = ErrorCode::LimitReached;
    talk.reply(SendReply{{refused}});
    QVERIFY(talk.summary(*chat).hasFailed);
    (void)talk.core().takeChanges();
    QVERIFY(talk.core().discard(*chat, send.operations[0].id));
    QVERIFY(!talk.core().chat(*chat));
    QCOMPARE(talk.core().takeChanges().chatsGone, std::vector<ChatId>{*chat});
    talk.restart();
    QVERIFY(!talk.core().chat(*chat));
    QVERIFY(talk.core().outbox().isIdle());
}

void ChatsTest::changesMembersByOperations()
{
    Talk talk;
    ChatLog log(chatNumber(1), Talk::me(), {Talk::anna()});
    talk.signIn({&log});
    QVERIFY(talk.core().addMember(log.chat(), Talk::ben()));
    QCOMPARE(*talk.expect<Send>().operations[0].user, Talk::ben());
    talk.disconnect();
    QVERIFY(talk.core().setRole(log.chat(), Talk::anna(), Role::Admin));
    QVERIFY(talk.core().removeMember(log.chat(), Talk::ben()));
    QVERIFY(talk.core().setTitle(log.chat(), QStringLiteral("New")));
    QCOMPARE(talk.core().outbox().items(log.chat()).size(), size_t(4));
}

void ChatsTest::leavesByAnOperation()
{
    Talk talk;
    ChatLog log(chatNumber(1), Talk::anna(), {Talk::me()});
    talk.signIn({&log});
    QVERIFY(talk.core().changeOwnMembership(log.chat(), Kind::Leave));
    QCOMPARE(talk.expect<Send>().operations[0].kind, Kind::Leave);
    log.setMember({Talk::me(), MemberState::Left, Role::Member, 1, 0, false, false});
    talk.inject(log.push(2, 2));
    StateRow gone = talk.joined(log.chat());
    gone.value = toCbor(ChatState{2, std::nullopt, MemberState::Left});
    talk.inject(UserStateChanged{gone});
    QCOMPARE(talk.summary(log.chat()).membership, MemberState::Left);
    QVERIFY(!talk.summary(log.chat()).canWrite);
}

void ChatsTest::blocksAndUnblocks()
{
    Talk talk;
    ChatLog log(chatNumber(1), Talk::anna(), {Talk::me()});
    talk.signIn({&log});
    QVERIFY(talk.core().changeOwnMembership(log.chat(), Kind::Block));
    log.setMember({Talk::me(), MemberState::Member, Role::Member, 1, 0, false, true});
    talk.inject(log.push(2, 2));
    QVERIFY(talk.summary(log.chat()).isBlocking);
    QVERIFY(!talk.core().compose(log.chat(), talk.text(QStringLiteral("x"))));
    QVERIFY(talk.core().changeOwnMembership(log.chat(), Kind::Unblock));
}

void ChatsTest::tellsTheNewChatWhenItIsThere()
{
    Talk talk;
    talk.signIn({});
    const auto chat = talk.core().createDirect(Talk::anna());
    const auto send = talk.expect<Send>();
    ChatLog log(*chat, Talk::me(), {Talk::anna()});
    talk.reply(SendReply{{{send.operations[0].id, 1, 1, false, {}, {}}}});
    QVERIFY(talk.summary(*chat).isPending); // accepted, but its state is not here yet
    talk.inject(UserStateChanged{talk.joined(*chat)});
    QVERIFY(!talk.summary(*chat).isPending);
    talk.serve({&log});
    QVERIFY(talk.summary(*chat).canWrite);
    QCOMPARE(talk.core().chat(*chat)->seq(), 1);
}

void ChatsTest::hidesAChatThatWasThereAlreadyUntilItsStateComes()
{
    Talk talk;
    talk.signIn({});
    const auto chat = talk.core().createDirect(Talk::anna());
    const auto send = talk.expect<Send>();
    (void)talk.core().takeChanges();
    OperationResult known;
    known.id = send.operations[0].id;
    known.error = ErrorCode::NoEffect;
    talk.reply(SendReply{{known}});
    QCOMPARE(talk.core().takeChanges().chatsGone, std::vector<ChatId>{*chat});
    talk.inject(UserStateChanged{talk.joined(*chat)});
    QCOMPARE(talk.core().takeChanges().chats.front().id, *chat);
}

QTEST_GUILESS_MAIN(ChatsTest)
#include "tst_chats.moc"
