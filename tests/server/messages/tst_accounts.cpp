// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/server/messages/conversation.h"

#include "server/messages/sessions.h"

using namespace parley;

namespace {
struct Newcomer {
    QByteArray invite;
    SignUp signUp;
};

Newcomer invited(Conversation &world, const QString &name)
{
    CreateInvite create;
    create.codeHash = QByteArray(32, 'c');
    world.random.fill(std::span(reinterpret_cast<quint8 *>(create.codeHash.data()), 32));
    create.expires = world.now + 1000;
    if (!world.askInternal(create))
        QTest::qFail("no invite", __FILE__, __LINE__);
    SignUp signUp;
    signUp.inviteHash = create.codeHash;
    signUp.user = world.random.id<UserId>();
    signUp.userName = name;
    signUp.foldedName = name;
    signUp.displayName = name;
    signUp.passwordHash = "hash";
    signUp.device = world.random.id<DeviceId>();
    signUp.tokenHash = QByteArray(32, 'h');
    world.random.fill(std::span(reinterpret_cast<quint8 *>(signUp.tokenHash.data()), 32));
    return {create.codeHash, signUp};
}

Origin originOf(quint64 session)
{
    Origin origin;
    origin.session = SessionRef{9, session};
    return origin;
}
} // namespace

class TestAccounts : public QObject {
    Q_OBJECT

private slots:
    void signsUpOnceByAnInvite();
    void refusesAnInviteThatIsUnknownUsedExpiredOrRevoked();
    void goesOnAfterACrashBetweenItsSteps();
    void givesANameToOneUserOnly();
    void limitsDevices();
    void letsADeviceInAgainThoughThereAreEnough();
    void limitsSessionsApartFromDevices();
    void takesItsOwnPlaceAtTheLimitOfSessions();
    void makesNoDeviceForASessionThatLeft();
    void revokesADeviceAndItsSession();
    void refusesToRevokeWhatIsNotOnesOwn();
    void endsAllSessionsOfADisabledUser();
    void replacesTheOlderSessionOfADevice();
    void forgetsASessionThatLeftBeforeItCame();
    void forgetsItBesideManyOfAnotherGateway();
    void makesAnAdminByAnInviteForOne();
    void takesOneNameByAnInvite();
    void endsTheSessionsOfARevokedDeviceThoughNobodyKnewTheOutcome();
};

void TestAccounts::signsUpOnceByAnInvite()
{
    Conversation world;
    const Newcomer ana = invited(world, QStringLiteral("ana"));
    const auto reply = world.askInternal(ana.signUp, originOf(1));
    QVERIFY(reply);
    QCOMPARE(reply->user.userName, QStringLiteral("ana"));
    QCOMPARE(reply->device, ana.signUp.device);
    const auto reader = world.memory.readers()->open();
    const auto owner = (*reader)->tokenOwner(ana.signUp.tokenHash);
    QCOMPARE((*owner)->user, ana.signUp.user);
    SignUp other = ana.signUp;
    other.user = world.random.id<UserId>();
    other.foldedName = QStringLiteral("bo");
    QCOMPARE(world.askInternal(other).error().code, ErrorCode::InvalidInvite);
    // The same invite by the same user: from here on the password speaks.
    QCOMPARE(world.askInternal(ana.signUp).error().code, ErrorCode::InvalidInvite);
}

void TestAccounts::refusesAnInviteThatIsUnknownUsedExpiredOrRevoked()
{
    Conversation world;
    Newcomer late = invited(world, QStringLiteral("late"));
    world.now += 1000;
    QCOMPARE(world.askInternal(late.signUp).error().code, ErrorCode::InvalidInvite);
    Newcomer revoked = invited(world, QStringLiteral("revoked"));
    QVERIFY(world.askInternal(RevokeInvite{revoked.invite}));
    QCOMPARE(world.askInternal(revoked.signUp).error().code, ErrorCode::InvalidInvite);
    Newcomer unknown = invited(world, QStringLiteral("unknown"));
    unknown.signUp.inviteHash = QByteArray(32, 'u');
    QCOMPARE(world.askInternal(unknown.signUp).error().code, ErrorCode::InvalidInvite);
    QCOMPARE(
        world.askInternal(RevokeInvite{QByteArray(32, 'u')}).error().code, ErrorCode::NotFound);
}

void TestAccounts::goesOnAfterACrashBetweenItsSteps()
{
    Conversation world;
    const Newcomer ana = invited(world, QStringLiteral("ana"));
    world.store.isHeld = true; // the directory's append is applied, its answer lost
    world.handle({Queued{originOf(1), ana.signUp}});
    world.store.isHeld = false;
    const auto reader = world.memory.readers()->open();
    QCOMPARE((*reader)->user(ana.signUp.user).error().code, ErrorCode::NotFound);
    world.restart();
    QVERIFY(world.askInternal(ana.signUp, originOf(2)));
}

void TestAccounts::givesANameToOneUserOnly()
{
    Conversation world;
    world.addUser(QStringLiteral("ana"));
    const Newcomer second = invited(world, QStringLiteral("ana"));
    QCOMPARE(world.askInternal(second.signUp).error().code, ErrorCode::NameTaken);
    // The invite is not used up by the refusal.
    SignUp other = second.signUp;
    other.foldedName = QStringLiteral("ana2");
    QVERIFY(world.askInternal(other, originOf(1)));
    CreateUser taken;
    taken.user = world.random.id<UserId>();
    taken.foldedName = QStringLiteral("ana2");
    QCOMPARE(world.askInternal(taken).error().code, ErrorCode::NameTaken);
}

void TestAccounts::limitsDevices()
{
    ServiceLimits limits = Conversation::generousLimits();
    limits.announced.devices = 2;
    Conversation world(limits);
    const UserId ana = world.addUser(QStringLiteral("ana"));
    for (quint64 i = 1; i <= 3; ++i) {
        SignIn signIn{ana, world.random.id<DeviceId>(), QStringLiteral("d"), QByteArray(32, 't'),
            std::nullopt};
        signIn.tokenHash[0] = static_cast<char>(i);
        const auto reply = world.askInternal(signIn, originOf(i));
        QCOMPARE(bool(reply), i <= 2);
        if (!reply)
            QCOMPARE(reply.error().code, ErrorCode::LimitReached);
    }
}

void TestAccounts::letsADeviceInAgainThoughThereAreEnough()
{
    ServiceLimits limits = Conversation::generousLimits();
    limits.announced.devices = 1;
    Conversation world(limits);
    const UserId ana = world.addUser(QStringLiteral("ana"));
    SignIn signIn{
        ana, world.random.id<DeviceId>(), QStringLiteral("d"), QByteArray(32, 't'), std::nullopt};
    QVERIFY(world.askInternal(signIn, originOf(1)));
    const Attach before{ana, signIn.device, signIn.tokenHash};
    signIn.tokenHash = QByteArray(32, 'u');
    world.now += 60'000;
    QVERIFY(world.askInternal(signIn, originOf(2)));
    // Whose old token was looked up before it was replaced comes too late.
    QCOMPARE(world.askInternal(before, originOf(3)).error().code, ErrorCode::NotSignedIn);
    QVERIFY(world.askInternal(Attach{ana, signIn.device, signIn.tokenHash}, originOf(4)));
    const auto reader = world.memory.readers()->open();
    QVERIFY(*(*reader)->tokenOwner(QByteArray(32, 'u')));
    QVERIFY(!*(*reader)->tokenOwner(QByteArray(32, 't')));
    const auto devices = (*reader)->user(ana)->devices;
    QCOMPARE(devices.size(), size_t(1));
    QCOMPARE(devices[0].row.created, world.now - 60'000);
}

void TestAccounts::limitsSessionsApartFromDevices()
{
    ServiceLimits limits = Conversation::generousLimits();
    QVERIFY(limits.announced.sessions < limits.announced.devices);
    limits.announced.sessions = 2;
    Conversation world(limits);
    const UserId ana = world.addUser(QStringLiteral("ana"));
    MintToken third{ana, world.random.id<DeviceId>(), QStringLiteral("third"), QByteArray(32, 't')};
    QVERIFY(world.askInternal(third));
    world.attach(ana);
    Peer &second = world.attach(ana);
    const auto refused = world.askInternal(Attach{ana, third.device, third.tokenHash}, originOf(1));
    QCOMPARE(refused.error().code, ErrorCode::RateLimited);
    QVERIFY(refused.error().retryAfterMs.value_or(0) > 0);
    QVERIFY(!second.closed);
    // A password is refused before a device is made for it.
    SignIn signIn{
        ana, world.random.id<DeviceId>(), QStringLiteral("d"), QByteArray(32, 's'), std::nullopt};
    QCOMPARE(world.askInternal(signIn, originOf(2)).error().code, ErrorCode::RateLimited);
    const auto reader = world.memory.readers()->open();
    QCOMPARE((*reader)->user(ana)->devices.size(), size_t(3));
    // Another user's sessions do not count, and who leaves makes room.
    world.attach(world.addUser(QStringLiteral("bo")));
    world.detach(second);
    QVERIFY(world.askInternal(Attach{ana, third.device, third.tokenHash}, originOf(3)));
}

void TestAccounts::takesItsOwnPlaceAtTheLimitOfSessions()
{
    ServiceLimits limits = Conversation::generousLimits();
    limits.announced.sessions = 2;
    Conversation world(limits);
    Peer &first = world.attach(world.addUser(QStringLiteral("ana")));
    world.attach(first.user());
    world.attachAgain(first);
    QCOMPARE(first.closed, std::optional(CloseReason::Replaced));
}

void TestAccounts::makesNoDeviceForASessionThatLeft()
{
    Conversation world;
    const UserId ana = world.addUser(QStringLiteral("ana"));
    SignIn signIn{
        ana, world.random.id<DeviceId>(), QStringLiteral("d"), QByteArray(32, 's'), std::nullopt};
    Origin gone = originOf(5);
    world.handle({Queued{gone, Detach{}}});
    QCOMPARE(world.askInternal(signIn, gone).error().code, ErrorCode::NotSignedIn);
    const auto reader = world.memory.readers()->open();
    QVERIFY((*reader)->user(ana)->devices.empty());
    // An invite is not used up either.
    const Newcomer bo = invited(world, QStringLiteral("bo"));
    gone = originOf(6);
    world.handle({Queued{gone, Detach{}}});
    QCOMPARE(world.askInternal(bo.signUp, gone).error().code, ErrorCode::NotSignedIn);
    QVERIFY(!(*(*reader)->invite(bo.invite))->usedBy);
    QVERIFY(world.askInternal(bo.signUp, originOf(7)));
}

void TestAccounts::revokesADeviceAndItsSession()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &phone = world.attach(ana.user());
    const ChatId chat = world.group(ana, {});
    phone.open(chat);
    phone.clear();
    QVERIFY(ana.ask(RevokeDevice{phone.device()}));
    QCOMPARE(phone.closed, std::optional(CloseReason::Revoked));
    phone.clear();
    ana.say(chat, "not for the stolen phone");
    phone.expectNothing();
    QCOMPARE(
        phone.ask(Send{chat, {world.message("still here")}}).error().code, ErrorCode::NotSignedIn);
    Origin origin = originOf(77);
    QCOMPARE(world.askInternal(phone.attachment(), origin).error().code, ErrorCode::NotSignedIn);
    // Signing out oneself is answered, then closed.
    QVERIFY(ana.ask(RevokeDevice{ana.device()}));
    QCOMPARE(ana.closed, std::optional(CloseReason::Revoked));
}

void TestAccounts::refusesToRevokeWhatIsNotOnesOwn()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &bo = world.attach(world.addUser(QStringLiteral("bo")));
    QCOMPARE(bo.ask(RevokeDevice{ana.device()}).error().code, ErrorCode::Forbidden);
    QVERIFY(!ana.closed);
}

void TestAccounts::endsAllSessionsOfADisabledUser()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    QVERIFY(world.askInternal(DisableUser{ana.user(), true}));
    QCOMPARE(ana.closed, std::optional(CloseReason::Revoked));
    QCOMPARE(world.askInternal(ana.attachment(), originOf(5)).error().code, ErrorCode::NotSignedIn);
    QVERIFY(world.askInternal(DisableUser{ana.user(), false}));
    QVERIFY(world.askInternal(ana.attachment(), originOf(6)));
    QCOMPARE(world.askInternal(DisableUser{world.random.id<UserId>(), true}).error().code,
        ErrorCode::NotFound);
}

void TestAccounts::replacesTheOlderSessionOfADevice()
{
    Conversation world;
    Peer &first = world.attach(world.addUser(QStringLiteral("ana")));
    const ChatId chat = world.group(first, {});
    first.open(chat);
    first.clear();
    Peer &second = world.attachAgain(first);
    QCOMPARE(first.closed, std::optional(CloseReason::Replaced));
    second.say(chat, "here now");
    first.expectNothing();
}

void TestAccounts::forgetsASessionThatLeftBeforeItCame()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    const ChatId chat = world.group(ana, {});
    Origin origin = originOf(50);
    origin.user = ana.user();
    world.handle({Queued{origin, ana.attachment()}, Queued{origin, Detach{}}});
    // The device's real session was not replaced by one that had gone already.
    ana.open(chat);
    ana.clear();
    QVERIFY(!ana.say(chat, "x").error);
    ana.expect<Pushed>();
}

void TestAccounts::forgetsItBesideManyOfAnotherGateway()
{
    Sessions sessions;
    for (quint64 i = 1; i <= 10'000; ++i)
        sessions.detach(SessionRef{2, i});
    const SessionRef left{1, 7};
    sessions.detach(left);
    Conversation world;
    sessions.attach(left, world.random.id<UserId>(), world.random.id<DeviceId>());
    QVERIFY(!sessions.find(left));
}

void TestAccounts::makesAnAdminByAnInviteForOne()
{
    Conversation world;
    Newcomer first = invited(world, QStringLiteral("first"));
    CreateInvite create;
    create.codeHash = QByteArray(32, 'a');
    create.expires = world.now + 1000;
    create.admin = true;
    QVERIFY(world.askInternal(create));
    QVERIFY(!world.askInternal(first.signUp, originOf(1))->admin);
    Newcomer second = invited(world, QStringLiteral("second"));
    second.signUp.inviteHash = create.codeHash;
    QVERIFY(world.askInternal(second.signUp, originOf(2))->admin);
    const auto reader = world.memory.readers()->open();
    QVERIFY((*reader)->user(second.signUp.user)->admin);
    // Nobody makes oneself one.
    Newcomer third = invited(world, QStringLiteral("third"));
    third.signUp.admin = true;
    QVERIFY(!world.askInternal(third.signUp, originOf(3))->admin);
}

void TestAccounts::takesOneNameByAnInvite()
{
    Conversation world;
    const Newcomer ana = invited(world, QStringLiteral("ana"));
    QVERIFY(world.askInternal(ana.signUp, originOf(1)));
    SignUp again = ana.signUp;
    again.foldedName = QStringLiteral("another");
    QCOMPARE(world.askInternal(again, originOf(2)).error().code, ErrorCode::InvalidInvite);
    const auto reader = world.memory.readers()->open();
    QVERIFY(!*(*reader)->userByName(QStringLiteral("another")));
}

void TestAccounts::endsTheSessionsOfARevokedDeviceThoughNobodyKnewTheOutcome()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &phone = world.attach(ana.user());
    world.store.userFaults = {FaultyStore::Fault::UnknownApplied};
    QVERIFY(ana.ask(RevokeDevice{phone.device()}));
    QCOMPARE(phone.closed, std::optional(CloseReason::Revoked));
}

QTEST_APPLESS_MAIN(TestAccounts)
#include "tst_accounts.moc"
