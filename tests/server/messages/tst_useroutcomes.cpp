// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/server/messages/conversation.h"

#include "server/messages/desk.h"

using namespace parley;

namespace {

using Fault = FaultyStore::Fault;

/// One attempt of which nobody knows what became, in each way in which it may have ended.
const std::vector<std::pair<const char *, std::deque<Fault>>> uncertain{
    {"applied", {Fault::UnknownApplied}},
    {"lost", {Fault::UnknownLost}},
    {"lost, then applied", {Fault::UnknownLost, Fault::UnknownApplied}},
    {"moved, then applied", {Fault::HeadMoved, Fault::UnknownApplied}},
};

QByteArray drawn(Conversation &world)
{
    QByteArray bytes(32, '\0');
    world.random.fill(std::span(reinterpret_cast<quint8 *>(bytes.data()), 32));
    return bytes;
}

Origin originOf(quint64 session)
{
    Origin origin;
    origin.session = SessionRef{9, session};
    return origin;
}

} // namespace

/// What is written for a user, by a store of which one attempt's outcome is not known: what it did
/// is found, and all that follows from it follows.
class TestUserOutcomes : public QObject {
    Q_OBJECT

private slots:
    void answersASettingThatGotIn();
    void tellsEverybodyOfAPrivacyThatGotIn();
    void stillRefusesASettingThatSomebodyElseWrote();
    void tellsEverybodyOfAProfileThatGotIn();
    void createsAUserOnce();
    void signsInAtTheLimitOfDevices();
    void signsUpOnce();
    void takesANameAndAnInviteOnce();
    void makesAndRevokesAnInvite();
    void answersRetryWhenTheDirectoryCannotBeWritten();
    void givesUpWhenTheDirectoryAlwaysMoves();
    void comparesTheEpochThatWasRead();
    void doesNothingForASessionThatWasEndedMeanwhile();
};

void TestUserOutcomes::answersASettingThatGotIn()
{
    for (const auto &[name, faults] : uncertain) {
        Conversation world;
        Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
        Peer &phone = world.attach(ana.user());
        phone.clear();
        world.store.userFaults = faults;
        const auto reply = ana.ask(SetState{QStringLiteral("mute/x"), QByteArray("1"), 0});
        QVERIFY2(reply, name);
        QCOMPARE(phone.expect<UserStateChanged>().row, reply->row);
        phone.expectNothing();
        QVERIFY2(world.store.userFaults.empty(), name);
    }
}

void TestUserOutcomes::tellsEverybodyOfAPrivacyThatGotIn()
{
    for (const auto &[name, faults] : uncertain) {
        Conversation world;
        Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
        Peer &bo = world.attach(world.addUser(QStringLiteral("bo")));
        const ChatId chat = world.group(ana, {bo.user()});
        ana.open(chat);
        bo.open(chat);
        bo.clear();
        world.store.userFaults = faults;
        Privacy privacy;
        privacy.receiptsOff = true;
        QVERIFY2(ana.ask(SetState{QStringLiteral("privacy"), toCbor(privacy), 0}), name);
        QCOMPARE(world.changed.size(), size_t(1));
        QVERIFY(world.changed.front().privacy.receiptsOff);
        QCOMPARE(bo.expect<Pushed>().entries.front().kind, Kind::Receipts);
    }
}

void TestUserOutcomes::stillRefusesASettingThatSomebodyElseWrote()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    QVERIFY(ana.ask(SetState{QStringLiteral("mute/x"), QByteArray("1"), 0}));
    world.store.userFaults = {Fault::UnknownLost};
    QCOMPARE(ana.ask(SetState{QStringLiteral("mute/x"), QByteArray("2"), 0}).error().code,
        ErrorCode::Conflict);
}

void TestUserOutcomes::tellsEverybodyOfAProfileThatGotIn()
{
    for (const auto &[name, faults] : uncertain) {
        Conversation world;
        Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
        world.store.userFaults = faults;
        SetProfile set;
        set.displayName = QStringLiteral("Ana Lima");
        const auto row = ana.ask(set);
        QVERIFY2(row, name);
        QCOMPARE(row->displayName, QStringLiteral("Ana Lima"));
        QCOMPARE(world.changed.size(), size_t(1));
        QCOMPARE(world.changed.front().user, *row);
    }
}

void TestUserOutcomes::createsAUserOnce()
{
    for (const auto &[name, faults] : uncertain) {
        Conversation world;
        world.store.userFaults = faults;
        QVERIFY2(world.addUser(QStringLiteral("ana")) != UserId(), name);
        const auto reader = world.memory.readers()->open();
        QCOMPARE((*reader)->listUsers()->size(), size_t(1));
    }
}

void TestUserOutcomes::signsInAtTheLimitOfDevices()
{
    for (const auto &[name, faults] : uncertain) {
        ServiceLimits limits = Conversation::generousLimits();
        limits.announced.devices = 1;
        Conversation world(limits);
        const UserId ana = world.addUser(QStringLiteral("ana"));
        world.store.userFaults = faults;
        SignIn signIn{
            ana, world.random.id<DeviceId>(), QStringLiteral("d"), drawn(world), std::nullopt};
        const auto reply = world.askInternal(signIn, originOf(1));
        QVERIFY2(reply, name);
        QCOMPARE(reply->device, signIn.device);
        const auto reader = world.memory.readers()->open();
        QCOMPARE((*reader)->user(ana)->devices.size(), size_t(1));
        QCOMPARE(reply->userRevision, (*reader)->user(ana)->revision);
    }
}

void TestUserOutcomes::signsUpOnce()
{
    for (const auto &[name, faults] : uncertain) {
        Conversation world;
        CreateInvite invite;
        invite.codeHash = drawn(world);
        invite.expires = world.now + 1000;
        QVERIFY(world.askInternal(invite));
        SignUp signUp;
        signUp.inviteHash = invite.codeHash;
        signUp.user = world.random.id<UserId>();
        signUp.userName = signUp.foldedName = signUp.displayName = QStringLiteral("ana");
        signUp.passwordHash = "hash";
        signUp.device = world.random.id<DeviceId>();
        signUp.tokenHash = drawn(world);
        world.store.userFaults = faults;
        world.store.directoryFaults = faults;
        const auto reply = world.askInternal(signUp, originOf(1));
        QVERIFY2(reply, name);
        QCOMPARE(reply->user.userName, QStringLiteral("ana"));
        const auto reader = world.memory.readers()->open();
        QCOMPARE((*(*reader)->tokenOwner(signUp.tokenHash))->user, signUp.user);
        QVERIFY(world.store.directoryFaults.empty());
    }
}

void TestUserOutcomes::takesANameAndAnInviteOnce()
{
    for (const auto &[name, faults] : uncertain) {
        Conversation world;
        world.store.directoryFaults = faults;
        const UserId ana = world.addUser(QStringLiteral("ana"));
        QVERIFY2(ana != UserId(), name);
        const auto reader = world.memory.readers()->open();
        QCOMPARE(*(*reader)->userByName(QStringLiteral("ana")), std::optional(ana));
        CreateUser again;
        again.user = world.random.id<UserId>();
        again.userName = again.foldedName = QStringLiteral("ana");
        world.store.directoryFaults = faults;
        QCOMPARE(world.askInternal(again).error().code, ErrorCode::NameTaken);
    }
}

void TestUserOutcomes::makesAndRevokesAnInvite()
{
    for (const auto &[name, faults] : uncertain) {
        Conversation world;
        CreateInvite invite;
        invite.codeHash = drawn(world);
        invite.expires = world.now + 1000;
        world.store.directoryFaults = faults;
        QVERIFY2(world.askInternal(invite), name);
        world.store.directoryFaults = faults;
        QVERIFY2(world.askInternal(RevokeInvite{invite.codeHash}), name);
        const auto reader = world.memory.readers()->open();
        QVERIFY((*(*reader)->invite(invite.codeHash))->revoked);
    }
}

void TestUserOutcomes::answersRetryWhenTheDirectoryCannotBeWritten()
{
    Conversation world;
    CreateInvite invite;
    invite.codeHash = drawn(world);
    world.store.directoryFaults = {Fault::Unavailable};
    QCOMPARE(world.askInternal(invite).error().code, ErrorCode::Unavailable);
    const auto reader = world.memory.readers()->open();
    QVERIFY(!*(*reader)->invite(invite.codeHash));
    QVERIFY(world.askInternal(invite));
}

void TestUserOutcomes::givesUpWhenTheDirectoryAlwaysMoves()
{
    Conversation world;
    CreateInvite invite;
    invite.codeHash = drawn(world);
    world.store.directoryFaults = std::deque<Fault>(decisionAttempts + 1, Fault::HeadMoved);
    QCOMPARE(world.askInternal(invite).error().code, ErrorCode::Busy);
    QVERIFY(world.store.directoryFaults.empty());
}

void TestUserOutcomes::comparesTheEpochThatWasRead()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    const ChatId chat = world.group(ana, {});
    // What was decided by an older store than the one it is written to is decided again.
    world.store.staleEpochs = 1;
    QVERIFY(!ana.say(chat, "hello").error);
    world.store.staleEpochs = 1;
    QVERIFY(ana.ask(SetState{QStringLiteral("mute/x"), QByteArray("1"), 0}));
    QCOMPARE(world.store.staleEpochs, 0);
}

void TestUserOutcomes::doesNothingForASessionThatWasEndedMeanwhile()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &phone = world.attach(ana.user());
    const ChatId chat = world.group(ana, {});
    // All of one batch: the removal is decided when the second message is still in the line.
    Operation first = world.createGroup(QStringLiteral("another"), {});
    std::vector<Queued> batch;
    Origin own;
    own.session = ana.session();
    own.user = ana.user();
    own.device = ana.device();
    own.request = 100;
    batch.push_back(Queued{own, RevokeDevice{phone.device()}});
    Origin theirs = own;
    theirs.session = phone.session();
    theirs.device = phone.device();
    theirs.request = 1;
    batch.push_back(Queued{theirs, Send{chat, {first}}}); // decided by itself, without effect
    theirs.request = 2;
    batch.push_back(Queued{theirs, Send{chat, {world.message("too late")}}});
    theirs.request = 3;
    batch.push_back(Queued{theirs, SetState{QStringLiteral("mute/x"), QByteArray("1"), 0}});
    const auto reader = world.memory.readers()->open();
    const qint64 before = *(*reader)->head(chat);
    world.handle(std::move(batch));
    QCOMPARE(phone.closed, std::optional(CloseReason::Revoked));
    QCOMPARE(*(*reader)->head(chat), before);
    for (const RequestNumber request : {1u, 2u, 3u})
        QCOMPARE(phone.answersTo(request), size_t(1));
    QVERIFY(ana.ask(SetState{QStringLiteral("mute/x"), QByteArray("1"), 0}));
}

QTEST_APPLESS_MAIN(TestUserOutcomes)
#include "tst_useroutcomes.moc"
