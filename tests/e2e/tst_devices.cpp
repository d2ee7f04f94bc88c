// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0

// One person, several devices.
#include "tests/support/waiting.h"
#include "tests/support/world.h"

#include <QTest>

using namespace parley;
using namespace Qt::StringLiterals;

class DevicesTest : public QObject {
    Q_OBJECT

private slots:
    void carriesEverythingToTheOtherDevice();
    void resolvesTwoDraftsOfOneChat();
    void closesARevokedDevice();
    void refusesADeviceThatWasRevokedMeanwhile();
    void signsInByPasswordAndByInvite();
};

void DevicesTest::carriesEverythingToTheOtherDevice()
{
    World world;
    auto &desk = world.join(u"ada"_s);
    auto &bob = world.join(u"bob"_s);
    const auto chat = desk.startGroup(u"devices"_s, {bob.id()});
    PARLEY_WAIT(bob.knows(chat));
    auto &phone = world.joinDevice(u"ada"_s, u"ada-phone"_s);
    QCOMPARE(phone.id(), desk.id());
    PARLEY_WAIT(phone.knows(chat));
    const auto fromDesk = desk.say(chat, u"from the desk"_s);
    PARLEY_WAIT(phone.said(chat, u"from the desk"_s));
    QVERIFY(phone.row(chat, fromDesk)->delivery >= Delivery::Sent);
    phone.say(chat, u"from the phone"_s);
    PARLEY_WAIT(desk.said(chat, u"from the phone"_s));
    const auto id = bob.say(chat, u"which of you?"_s);
    PARLEY_WAIT(desk.chat(chat)->unread == 1 && phone.chat(chat)->unread == 1);
    // What one device has read, the other has read.
    phone.client().markRead(chat, phone.row(chat, id)->row.seq);
    PARLEY_WAIT(desk.chat(chat)->unread == 0 && phone.chat(chat)->unread == 0);
    PARLEY_WAIT(desk.chat(chat)->readUpTo == phone.chat(chat)->readUpTo);
    desk.client().mute(chat, 0);
    desk.client().setDraft(chat, {u"half a sentence"_s, {}, {}});
    PARLEY_WAIT(phone.chat(chat)->isMuted && phone.chat(chat)->draft == u"half a sentence"_s);
    desk.client().markUnread(chat, true);
    PARLEY_WAIT(phone.chat(chat)->isMarkedUnread);
    QCOMPARE(world.closeAndCompare(), QString());
}

void DevicesTest::resolvesTwoDraftsOfOneChat()
{
    World world;
    auto &desk = world.join(u"ada"_s);
    auto &bob = world.join(u"bob"_s);
    const auto chat = desk.startGroup(u"drafts"_s, {bob.id()});
    auto &phone = world.joinDevice(u"ada"_s, u"ada-phone"_s);
    PARLEY_WAIT(phone.knows(chat));
    world.network(phone).setDoor(TcpProxy::Door::Closed);
    world.network(phone).cutAll();
    PARLEY_WAIT(!phone.isOnline());
    phone.client().setDraft(chat, {u"on the phone"_s, {}, {}});
    desk.client().setDraft(chat, {u"on the desk"_s, {}, {}});
    PARLEY_WAIT(phone.chat(chat)->draft == u"on the phone"_s);
    PARLEY_WAIT(desk.chat(chat)->draft == u"on the desk"_s);
    world.network(phone).setDoor(TcpProxy::Door::Open);
    phone.client().retryNow();
    PARLEY_WAIT(phone.isOnline() && desk.chat(chat)->draft == phone.chat(chat)->draft);
    QCOMPARE(world.closeAndCompare(), QString());
}

void DevicesTest::closesARevokedDevice()
{
    World world;
    auto &desk = world.join(u"ada"_s);
    auto &bob = world.join(u"bob"_s);
    const auto chat = desk.startGroup(u"lost phone"_s, {bob.id()});
    auto &phone = world.joinDevice(u"ada"_s, u"ada-phone"_s);
    PARLEY_WAIT(phone.knows(chat));
    desk.client().requestDevices(desk.nextTicket());
    PARLEY_WAIT(desk.devices().size() == 2);
    const auto ticket = desk.nextTicket();
    desk.client().revokeDevice(ticket, phone.account()->device);
    PARLEY_WAIT(desk.outcome(ticket));
    QVERIFY(!*desk.outcome(ticket));
    // Live sockets close within a second, and the token opens no other.
    PARLEY_WAIT(phone.status().state == ConnectionState::SignedOut);
    QTRY_COMPARE_WITH_TIMEOUT(world.network(phone).connections(), 0, 1000);
    bob.say(chat, u"who has it now?"_s);
    PARLEY_WAIT(desk.said(chat, u"who has it now?"_s));
    QVERIFY(!phone.said(chat, u"who has it now?"_s));
    phone.closeProgram();
    phone.openProgram();
    PARLEY_WAIT(phone.isOpen());
    phone.client().retryNow();
    PARLEY_WAIT(phone.status().refusal == ErrorCode::NotSignedIn);
    QVERIFY(!phone.said(chat, u"who has it now?"_s));
}

void DevicesTest::refusesADeviceThatWasRevokedMeanwhile()
{
    World world;
    auto &desk = world.join(u"ada"_s);
    auto &bob = world.join(u"bob"_s);
    const auto chat = desk.startGroup(u"lost phone"_s, {bob.id()});
    auto &phone = world.joinDevice(u"ada"_s, u"ada-phone"_s);
    PARLEY_WAIT(phone.knows(chat));
    const auto device = phone.account()->device;
    world.network(phone).setDoor(TcpProxy::Door::Closed);
    world.network(phone).cutAll();
    PARLEY_WAIT(!phone.isOnline());
    phone.say(chat, u"written by a thief"_s);
    const auto ticket = desk.nextTicket();
    desk.client().revokeDevice(ticket, device);
    PARLEY_WAIT(desk.outcome(ticket));
    world.network(phone).setDoor(TcpProxy::Door::Open);
    phone.client().retryNow();
    PARLEY_WAIT(phone.status().state == ConnectionState::SignedOut);
    QCOMPARE(phone.status().refusal, std::optional(ErrorCode::NotSignedIn));
    bob.say(chat, u"nothing came"_s);
    PARLEY_WAIT(desk.said(chat, u"nothing came"_s));
    QCOMPARE(desk.texts(chat), QStringList{u"nothing came"_s});
    // What was written is kept: sign in again, and it goes.
    QVERIFY(phone.said(chat, u"written by a thief"_s));
}

void DevicesTest::signsInByPasswordAndByInvite()
{
    World world;
    const auto invite = world.ask({{u"command"_s, u"invite.create"_s}})[u"code"_s].toString();
    auto &ada = world.join(u"ada"_s);
    auto &visitor = world.visit(u"visitor"_s);
    SignUpRequest request{world.network(visitor).url(), invite, u"newcomer"_s, u"New Comer"_s,
        u"a long enough password"_s, u"laptop"_s};
    visitor.client().signUp(request);
    PARLEY_WAIT(visitor.isOnline());
    QCOMPARE(visitor.account()->userName, u"newcomer"_s);
    auto &again = world.visit(u"again"_s);
    again.client().signIn(
        {world.network(again).url(), u"Newcomer"_s, u"a long enough password"_s, u"phone"_s});
    PARLEY_WAIT(again.isOnline());
    QCOMPARE(again.id(), visitor.id());
    auto &guest = world.visit(u"guest"_s);
    guest.client().signIn(
        {world.network(guest).url(), u"newcomer"_s, u"a wrong one, truly"_s, u"phone"_s});
    PARLEY_WAIT(guest.signInResult());
    QCOMPARE(guest.signInResult()->refusal, std::optional(ErrorCode::BadCredentials));
    // An invite holds once.
    request.userName = u"second"_s;
    request.address = world.network(guest).url();
    guest.client().signUp(request);
    PARLEY_WAIT(guest.signInResult()->refusal == ErrorCode::InvalidInvite);
    const auto chat = ada.startDirect(visitor.id());
    ada.say(chat, u"welcome"_s);
    PARLEY_WAIT(visitor.said(chat, u"welcome"_s) && again.said(chat, u"welcome"_s));
}

QTEST_GUILESS_MAIN(DevicesTest)
#include "tst_devices.moc"
