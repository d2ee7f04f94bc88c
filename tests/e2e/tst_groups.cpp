// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0

// The life of groups and requests, as several people see it.
#include "tests/support/waiting.h"
#include "tests/support/world.h"

#include <QTest>

using namespace parley;
using namespace Qt::StringLiterals;

class GroupsTest : public QObject {
    Q_OBJECT

private slots:
    void livesAGroupsLife();
    void passesTheOwnershipOn();
    void hidesWhatWasBeforeOneJoined();
    void asksBeforeAStrangerIsHeard();
    void asksBeforeAGroupOfStrangers();
    void refusesWhoIsBlocked();

private:
    static bool isMember(const Person &seenBy, const ChatId &chat, const UserId &user, Role role);
};

bool GroupsTest::isMember(const Person &seenBy, const ChatId &chat, const UserId &user, Role role)
{
    const auto member = seenBy.member(chat, user);
    return member && member->state == MemberState::Member && member->role == role;
}

void GroupsTest::livesAGroupsLife()
{
    World world;
    auto &ada = world.join(u"ada"_s);
    auto &bob = world.join(u"bob"_s);
    auto &cy = world.join(u"cy"_s);
    const auto chat = ada.startGroup(u"Plans"_s, {bob.id()});
    ada.say(chat, u"first"_s);
    PARLEY_WAIT(bob.said(chat, u"first"_s));
    QCOMPARE(bob.chat(chat)->title, u"Plans"_s);
    PARLEY_WAIT(isMember(bob, chat, ada.id(), Role::Owner));

    ada.client().setTitle(chat, u"Better plans"_s);
    PARLEY_WAIT(bob.chat(chat)->title == u"Better plans"_s);
    // A member may neither rename nor add.
    bob.client().setTitle(chat, u"Bob's plans"_s);
    bob.client().addMember(chat, cy.id());
    PARLEY_WAIT(bob.refusals().size() == 2);
    QCOMPARE(bob.refusals()[0], ErrorCode::Forbidden);

    ada.client().setRole(chat, bob.id(), Role::Admin);
    PARLEY_WAIT(bob.chat(chat)->role == Role::Admin && isMember(ada, chat, bob.id(), Role::Admin));
    bob.client().addMember(chat, cy.id());
    PARLEY_WAIT(cy.knows(chat) && isMember(ada, chat, cy.id(), Role::Member));
    cy.say(chat, u"hello all"_s);
    PARLEY_WAIT(ada.said(chat, u"hello all"_s) && bob.said(chat, u"hello all"_s));
    QCOMPARE(cy.chat(chat)->members, 3U);

    bob.client().removeMember(chat, cy.id());
    PARLEY_WAIT(cy.chat(chat)->membership == MemberState::Removed && !cy.chat(chat)->canWrite);
    ada.say(chat, u"without cy"_s);
    PARLEY_WAIT(bob.said(chat, u"without cy"_s));
    PARLEY_WAIT(ada.chat(chat)->members == 2);
    // Whoever is gone keeps what was there, and is served nothing more.
    QVERIFY(cy.said(chat, u"hello all"_s));
    QVERIFY(!cy.said(chat, u"without cy"_s));

    bob.client().leave(chat);
    PARLEY_WAIT(bob.chat(chat)->membership == MemberState::Left && !bob.chat(chat)->canWrite);
    PARLEY_WAIT(ada.chat(chat)->members == 1);
    QCOMPARE(world.closeAndCompare(), QString());
}

void GroupsTest::passesTheOwnershipOn()
{
    World world;
    auto &ada = world.join(u"ada"_s);
    auto &bob = world.join(u"bob"_s);
    auto &cy = world.join(u"cy"_s);
    const auto chat = ada.startGroup(u"heirs"_s, {bob.id(), cy.id()});
    PARLEY_WAIT(bob.knows(chat) && cy.knows(chat));
    ada.client().setRole(chat, cy.id(), Role::Admin);
    PARLEY_WAIT(cy.chat(chat)->role == Role::Admin);
    ada.client().leave(chat);
    PARLEY_WAIT(cy.chat(chat)->role == Role::Owner && isMember(bob, chat, cy.id(), Role::Owner));
    PARLEY_WAIT(ada.chat(chat)->membership == MemberState::Left && !ada.chat(chat)->canWrite);
    QCOMPARE(world.closeAndCompare(), QString());
}

void GroupsTest::hidesWhatWasBeforeOneJoined()
{
    World world;
    auto &ada = world.join(u"ada"_s);
    auto &bob = world.join(u"bob"_s);
    auto &cy = world.join(u"cy"_s);
    const auto chat = ada.startGroup(u"secrets"_s, {bob.id()});
    const auto secret = ada.say(chat, u"before"_s);
    PARLEY_WAIT(bob.said(chat, u"before"_s));
    ada.client().addMember(chat, cy.id());
    PARLEY_WAIT(cy.knows(chat));
    ada.say(chat, u"after"_s);
    // A change of what lies before is an entry that cy gets without its row.
    ada.edit(chat, secret, u"before, edited"_s);
    bob.say(chat, u"last"_s);
    PARLEY_WAIT(cy.said(chat, u"last"_s));
    QVERIFY(!cy.row(chat, secret));
    QVERIFY(cy.said(chat, u"after"_s));
    QVERIFY(cy.chat(chat)->readableFrom > 1);
    PARLEY_WAIT(bob.said(chat, u"before, edited"_s));
    QCOMPARE(world.closeAndCompare(), QString());
}

void GroupsTest::asksBeforeAStrangerIsHeard()
{
    World world;
    auto &ada = world.join(u"ada"_s);
    auto &bob = world.join(u"bob"_s);
    const auto chat = ada.startDirect(bob.id());
    const auto id = ada.say(chat, u"you do not know me"_s);
    PARLEY_WAIT(bob.said(chat, u"you do not know me"_s));
    QCOMPARE(bob.chat(chat)->membership, MemberState::Invited);
    // Until it is accepted, no marks tell the stranger anything.
    bob.client().markRead(chat, bob.chat(chat)->head);
    ada.say(chat, u"are you there?"_s);
    PARLEY_WAIT(bob.said(chat, u"are you there?"_s));
    QCOMPARE(ada.delivery(chat, id), Delivery::Sent);
    bob.client().accept(chat);
    PARLEY_WAIT(bob.chat(chat)->membership == MemberState::Member);
    bob.client().markRead(chat, bob.chat(chat)->head);
    PARLEY_WAIT(ada.delivery(chat, id) == Delivery::Read);
    bob.say(chat, u"now I do"_s);
    PARLEY_WAIT(ada.said(chat, u"now I do"_s));
    QCOMPARE(world.closeAndCompare(), QString());
}

void GroupsTest::asksBeforeAGroupOfStrangers()
{
    World world([](Config &config) { config.accounts.asking = u"everywhere"_s; });
    auto &ada = world.join(u"ada"_s);
    auto &bob = world.join(u"bob"_s);
    auto &cy = world.join(u"cy"_s);
    const auto chat = ada.startGroup(u"Strangers"_s, {bob.id(), cy.id()});
    ada.say(chat, u"welcome"_s);
    PARLEY_WAIT(bob.said(chat, u"welcome"_s) && cy.said(chat, u"welcome"_s));
    QCOMPARE(bob.chat(chat)->membership, MemberState::Invited);
    QVERIFY(!bob.chat(chat)->canWrite);
    bob.client().accept(chat);
    PARLEY_WAIT(bob.chat(chat)->membership == MemberState::Member && bob.chat(chat)->canWrite);
    PARLEY_WAIT(isMember(ada, chat, bob.id(), Role::Member));
    bob.say(chat, u"here I am"_s);
    PARLEY_WAIT(ada.said(chat, u"here I am"_s));
    // The other one would rather not.
    cy.client().leave(chat);
    PARLEY_WAIT(cy.chat(chat)->membership == MemberState::Left);
    PARLEY_WAIT(ada.chat(chat)->members == 2);
    // From now on the two know each other.
    const auto direct = bob.startDirect(ada.id());
    bob.say(direct, u"hello"_s);
    PARLEY_WAIT(ada.said(direct, u"hello"_s));
    QCOMPARE(ada.chat(direct)->membership, MemberState::Member);
    QCOMPARE(world.closeAndCompare(), QString());
}

void GroupsTest::refusesWhoIsBlocked()
{
    World world;
    auto &ada = world.join(u"ada"_s);
    auto &bob = world.join(u"bob"_s);
    const auto chat = ada.startDirect(bob.id());
    ada.say(chat, u"buy my things"_s);
    PARLEY_WAIT(bob.said(chat, u"buy my things"_s));
    bob.client().block(chat);
    PARLEY_WAIT(bob.chat(chat)->isBlocking);
    const auto id = ada.say(chat, u"buy them now"_s);
    PARLEY_WAIT(ada.delivery(chat, id) == Delivery::Failed);
    QVERIFY(!bob.said(chat, u"buy them now"_s));
    bob.client().unblock(chat);
    PARLEY_WAIT(!bob.chat(chat)->isBlocking);
    // A rejected one that the person retries is a new operation.
    ada.client().retry(chat, *ada.row(chat, id)->operation);
    PARLEY_WAIT(bob.said(chat, u"buy them now"_s));
    QVERIFY(bob.said(chat, u"buy them now"_s)->row.id != id);
    PARLEY_WAIT(!ada.chat(chat)->hasFailed);
    QCOMPARE(world.closeAndCompare(), QString());
}

QTEST_GUILESS_MAIN(GroupsTest)
#include "tst_groups.moc"
