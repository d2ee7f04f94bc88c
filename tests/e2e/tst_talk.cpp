// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0

// Two people talk: real clients, the real server in this process, real sockets.
#include "tests/support/waiting.h"
#include "tests/support/world.h"

#include <QTest>

using namespace parley;
using namespace Qt::StringLiterals;

class TalkTest : public QObject {
    Q_OBJECT

private slots:
    void talksBothWays();
    void talksAcrossASerialisedQueue();
    void showsEveryDeliveryState();
    void composesOfflineAndSendsLater();
    void startsADirectChatOfflineAtBothEnds();
    void showsWhatOthersChange();
    void keepsADraftAndShowsTyping();
    void hidesReadsWhenReceiptsAreOff();
    void hearsOfProfilesAndPresence();

private:
    static void talk(World &world);
};

void TalkTest::talk(World &world)
{
    auto &ada = world.join(u"ada"_s);
    auto &bob = world.join(u"bob"_s);
    const auto chat = ada.startDirect(bob.id());
    ada.say(chat, u"Hello Bob"_s);
    // A stranger's first words are a request.
    PARLEY_WAIT(bob.said(chat, u"Hello Bob"_s));
    bob.client().accept(chat);
    bob.say(chat, u"Hello Ada"_s);
    PARLEY_WAIT(ada.said(chat, u"Hello Ada"_s));
    QCOMPARE(ada.texts(chat), bob.texts(chat));
    PARLEY_WAIT(ada.chat(chat)->unread == 1 && bob.chat(chat)->unread == 1);
    QCOMPARE(ada.chat(chat)->kind, ChatKind::Direct);
    QCOMPARE(ada.chat(chat)->other, std::optional(bob.id()));
    QVERIFY(ada.refusals().empty() && bob.refusals().empty());
    QCOMPARE(world.closeAndCompare(), QString());
}

void TalkTest::talksBothWays()
{
    World world;
    talk(world);
}

void TalkTest::talksAcrossASerialisedQueue()
{
    World world({}, Server::Crossing::AsBytes);
    talk(world);
}

void TalkTest::showsEveryDeliveryState()
{
    World world;
    auto &ada = world.join(u"ada"_s);
    auto &bob = world.join(u"bob"_s);
    const auto chat = ada.startGroup(u"states"_s, {bob.id()});
    PARLEY_WAIT(bob.knows(chat));
    bob.closeProgram();

    world.network(ada).setDoor(TcpProxy::Door::Closed);
    world.network(ada).cutAll();
    PARLEY_WAIT(!ada.isOnline());
    const auto id = ada.say(chat, u"one"_s);
    QCOMPARE(ada.delivery(chat, id), Delivery::Sending);
    world.network(ada).setDoor(TcpProxy::Door::Open);
    PARLEY_WAIT(ada.delivery(chat, id) == Delivery::Sent);
    bob.openProgram();
    PARLEY_WAIT(ada.delivery(chat, id) == Delivery::Delivered);
    PARLEY_WAIT(bob.said(chat, u"one"_s));
    bob.client().markRead(chat, bob.row(chat, id)->row.seq);
    PARLEY_WAIT(ada.delivery(chat, id) == Delivery::Read);
    PARLEY_WAIT(bob.chat(chat)->unread == 0);

    // Who was removed meanwhile hears that it failed, and may forget it.
    world.network(bob).setDoor(TcpProxy::Door::Closed);
    world.network(bob).cutAll();
    PARLEY_WAIT(!bob.isOnline());
    ada.client().removeMember(chat, bob.id());
    PARLEY_WAIT(ada.member(chat, bob.id())->state == MemberState::Removed);
    const auto late = bob.say(chat, u"too late"_s);
    world.network(bob).setDoor(TcpProxy::Door::Open);
    PARLEY_WAIT(bob.delivery(chat, late) == Delivery::Failed);
    QCOMPARE(bob.row(chat, late)->failure, std::optional(ErrorCode::Forbidden));
    QVERIFY(!ada.said(chat, u"too late"_s));
    bob.client().discard(chat, *bob.row(chat, late)->operation);
    PARLEY_WAIT(!bob.row(chat, late));
    QCOMPARE(world.closeAndCompare(), QString());
}

void TalkTest::composesOfflineAndSendsLater()
{
    World world;
    auto &ada = world.join(u"ada"_s);
    auto &bob = world.join(u"bob"_s);
    const auto chat = ada.startGroup(u"offline"_s, {bob.id()});
    PARLEY_WAIT(bob.knows(chat));
    world.network(ada).setDoor(TcpProxy::Door::Closed);
    world.network(ada).cutAll();
    PARLEY_WAIT(!ada.isOnline());
    const auto first = ada.say(chat, u"first"_s);
    ada.say(chat, u"second, about the first"_s, first);
    // The program ends and starts before the network is back.
    ada.closeProgram();
    ada.openProgram();
    PARLEY_WAIT(ada.said(chat, u"second, about the first"_s));
    ada.say(chat, u"third"_s);
    bob.say(chat, u"meanwhile"_s);
    QCOMPARE(bob.texts(chat), QStringList{u"meanwhile"_s});
    world.network(ada).setDoor(TcpProxy::Door::Open);
    ada.client().retryNow();
    const QStringList all{u"meanwhile"_s, u"first"_s, u"second, about the first"_s, u"third"_s};
    PARLEY_WAIT(bob.texts(chat) == all);
    PARLEY_WAIT(ada.texts(chat) == all);
    const auto second = bob.said(chat, u"second, about the first"_s);
    QCOMPARE(second->row.replyTo, std::optional(first));
    QVERIFY(second->quoted);
    QCOMPARE(second->quoted->id, first);
    QCOMPARE(world.closeAndCompare(), QString());
}

void TalkTest::startsADirectChatOfflineAtBothEnds()
{
    World world;
    auto &ada = world.join(u"ada"_s);
    auto &bob = world.join(u"bob"_s);
    ada.startGroup(u"where they met"_s, {bob.id()});
    PARLEY_WAIT(bob.chats().size() == 1);
    for (auto *const person : {&ada, &bob}) {
        world.network(*person).setDoor(TcpProxy::Door::Closed);
        world.network(*person).cutAll();
        PARLEY_WAIT(!person->isOnline());
    }
    const auto chat = ada.startDirect(bob.id());
    QCOMPARE(bob.startDirect(ada.id()), chat);
    ada.say(chat, u"from ada"_s);
    bob.say(chat, u"from bob"_s);
    for (auto *const person : {&ada, &bob}) {
        world.network(*person).setDoor(TcpProxy::Door::Open);
        person->client().retryNow();
    }
    for (auto *const person : {&ada, &bob})
        PARLEY_WAIT(person->texts(chat).size() == 2 && !person->chat(chat)->isPending);
    PARLEY_WAIT(ada.texts(chat) == bob.texts(chat));
    QVERIFY(ada.refusals().empty() && bob.refusals().empty());
    QCOMPARE(world.closeAndCompare(), QString());
}

void TalkTest::showsWhatOthersChange()
{
    World world;
    auto &ada = world.join(u"ada"_s);
    auto &bob = world.join(u"bob"_s);
    auto &cy = world.join(u"cy"_s);
    const auto chat = ada.startGroup(u"changes"_s, {bob.id(), cy.id()});
    const auto id = ada.say(chat, u"tpyo"_s);
    const auto other = ada.say(chat, u"regretted"_s);
    PARLEY_WAIT(bob.said(chat, u"regretted"_s) && cy.said(chat, u"regretted"_s));
    const auto reply = bob.say(chat, u"what is a tpyo?"_s, id);
    ada.edit(chat, id, u"typo"_s);
    ada.client().deleteMessage(chat, other);
    bob.client().react(chat, id, u"👍"_s);
    cy.client().react(chat, id, u"👍"_s);
    cy.client().react(chat, id, u"🎉"_s);
    for (auto *const person : {&ada, &bob, &cy}) {
        PARLEY_WAIT(person->said(chat, u"typo"_s) && person->row(chat, other)->row.deleted);
        PARLEY_WAIT(person->row(chat, id)->row.reactions.size() == 2
            && person->row(chat, id)->row.reactions[0].users.size() == 2);
        QVERIFY(person->row(chat, id)->row.editedAt);
        QVERIFY(person->row(chat, other)->row.payload.isEmpty());
        PARLEY_WAIT(person->row(chat, reply));
        QCOMPARE(person->row(chat, reply)->row.replyTo, std::optional(id));
    }
    cy.client().unreact(chat, id, u"👍"_s);
    PARLEY_WAIT(bob.row(chat, id)->row.reactions[0].users == std::vector{bob.id()});
    // Only the author edits.
    bob.edit(chat, id, u"forged"_s);
    PARLEY_WAIT(bob.row(chat, id)->failure);
    QVERIFY(!ada.said(chat, u"forged"_s));
    bob.client().discard(chat, *bob.row(chat, id)->operation);
    PARLEY_WAIT(!bob.row(chat, id)->failure && bob.said(chat, u"typo"_s));
    QCOMPARE(world.closeAndCompare(), QString());
}

void TalkTest::keepsADraftAndShowsTyping()
{
    World world;
    auto &ada = world.join(u"ada"_s);
    auto &bob = world.join(u"bob"_s);
    const auto chat = ada.startGroup(u"drafts"_s, {bob.id()});
    PARLEY_WAIT(bob.knows(chat));
    bob.client().focusChat(chat);
    bob.client().setActive(true);
    ada.client().focusChat(chat);
    ada.client().setDraft(chat, {u"not yet"_s, {}, {}});
    PARLEY_WAIT(ada.chat(chat)->draft == u"not yet"_s);
    ada.closeProgram();
    ada.openProgram();
    PARLEY_WAIT(ada.knows(chat) && ada.chat(chat)->draft == u"not yet"_s);
    PARLEY_WAIT(ada.isOnline());
    ada.client().setTyping(chat, true);
    PARLEY_WAIT(bob.isTyping(chat, ada.id()));
    ada.client().setTyping(chat, false);
    PARLEY_WAIT(!bob.isTyping(chat, ada.id()));
    QCOMPARE(world.closeAndCompare(), QString());
}

void TalkTest::hidesReadsWhenReceiptsAreOff()
{
    World world;
    auto &ada = world.join(u"ada"_s);
    auto &bob = world.join(u"bob"_s);
    const auto chat = ada.startGroup(u"receipts"_s, {bob.id()});
    PARLEY_WAIT(bob.knows(chat));
    Privacy privacy;
    privacy.receiptsOff = true;
    bob.client().setPrivacy(privacy);
    PARLEY_WAIT(ada.member(chat, bob.id()) && ada.member(chat, bob.id())->receiptsOff);
    const auto id = ada.say(chat, u"seen?"_s);
    PARLEY_WAIT(bob.said(chat, u"seen?"_s));
    bob.client().markRead(chat, bob.row(chat, id)->row.seq);
    PARLEY_WAIT(bob.chat(chat)->unread == 0);
    PARLEY_WAIT(ada.delivery(chat, id) == Delivery::Delivered);
    // And does not see those of others.
    const auto answer = bob.say(chat, u"perhaps"_s);
    PARLEY_WAIT(ada.said(chat, u"perhaps"_s));
    ada.client().markRead(chat, ada.row(chat, answer)->row.seq);
    PARLEY_WAIT(ada.chat(chat)->unread == 0);
    ada.say(chat, u"after the mark"_s);
    PARLEY_WAIT(bob.said(chat, u"after the mark"_s));
    QCOMPARE(bob.delivery(chat, answer), Delivery::Delivered);
    QCOMPARE(ada.delivery(chat, id), Delivery::Delivered);
    // The files hold nothing of it either: the comparison looks.
    QCOMPARE(world.closeAndCompare(), QString());
}

void TalkTest::hearsOfProfilesAndPresence()
{
    World world;
    auto &ada = world.join(u"ada"_s);
    auto &bob = world.join(u"bob"_s);
    const auto chat = ada.startGroup(u"presence"_s, {bob.id()});
    PARLEY_WAIT(bob.knows(chat));
    ada.client().watchUsers({bob.id()});
    bob.client().setActive(true);
    PARLEY_WAIT(ada.presence(bob.id()) == PresenceState::Online);
    SetProfile profile;
    profile.displayName = u"Bob the Builder"_s;
    const auto ticket = bob.nextTicket();
    bob.client().setProfile(ticket, profile);
    PARLEY_WAIT(bob.outcome(ticket));
    QVERIFY(!*bob.outcome(ticket));
    PARLEY_WAIT(ada.user(bob.id()) && ada.user(bob.id())->displayName == u"Bob the Builder"_s);
    ada.client().findUser(ada.nextTicket(), u"BOB"_s);
    PARLEY_WAIT(ada.found());
    QCOMPARE(ada.found()->id, bob.id());
    QCOMPARE(world.closeAndCompare(), QString());
}

QTEST_GUILESS_MAIN(TalkTest)
#include "tst_talk.moc"
