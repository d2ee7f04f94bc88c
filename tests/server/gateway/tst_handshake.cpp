// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/accounts/secrets.h"
#include "tests/server/gateway/talk.h"

#include <QtTest/QTest>

using namespace parley;
using namespace Qt::StringLiterals;

/// From `hello` to the first live chat, and every way in which that is refused.
class tst_Handshake : public QObject {
    Q_OBJECT

private slots:
    void asksForAnUpgrade();
    void greetsWhoOnlyAsks();
    void refusesALongHelloWithoutAToken();
    void closesWhoDoesNotSayHello();
    void signsInByToken();
    void refusesUnknownAndDisabledTokens();
    void signsInByPassword();
    void signsInAgainAsTheDeviceItWas();
    void checksADummyForUnknownUsers();
    void answersWrongPasswordsAndUnknownUsersTheSame();
    void refusesADisabledUser();
    void storesANewHashWhenTheCostChanged();
    void answersBusyWhenThePoolIsFull();
    void slowsDownGuessing();
    void refusesBadNamesAndPasswordsOfInvites_data();
    void refusesBadNamesAndPasswordsOfInvites();
    void signsUpByInvite();
    void refusesInvites_data();
    void refusesInvites();
    void goesOnWithASignUpThatEndedBetweenItsSteps();
    void detachesWhenTheConnectionEndsWhileAttaching();
    void gathersALongListOverSeveralFrames();
    void boundsWhatComesWhileSigningIn();
    void holdsPushesUntilTheComparisonIsThere();
    void dropsAnOlderComparison();
    void handsOverUpToDateChats();
    void handsOverTheRestWhenTheQueueHasRoom();
    void closesWhenTheComparisonFails();

private:
    static Hello hello(const Auth &auth)
    {
        Hello hello;
        hello.versions = {1};
        hello.auth = auth;
        return hello;
    }
    static Auth password(const QString &name, const QString &password)
    {
        return Auth{{}, PasswordAuth{name, password, u"laptop"_s}, {}};
    }
    static Auth invite(const QString &name, const QString &password)
    {
        return Auth{{}, {}, InviteAuth{u"CODE"_s, name, u"Ada"_s, password, u"phone"_s}};
    }
    static UserAggregate ada()
    {
        UserAggregate user;
        user.profile.id = UserId::fromArray({2});
        user.profile.userName = u"ada"_s;
        user.passwordHash = "hash";
        return user;
    }
    static InviteState openInvite(qint64 expires)
    {
        InviteState invite;
        invite.expires = expires;
        return invite;
    }
};

void tst_Handshake::asksForAnUpgrade()
{
    Talk talk;
    Hello old = hello({});
    old.versions = {0, 99};
    QCOMPARE(talk.expectRefusal(talk.inject(old)), ErrorCode::UpgradeRequired);
    QVERIFY(talk.isClosed);
}

void tst_Handshake::greetsWhoOnlyAsks()
{
    Talk talk;
    const auto welcome = talk.expectReply<Welcome>(talk.inject(hello({})));
    QVERIFY(welcome);
    QVERIFY(!welcome->user);
    QVERIFY(!welcome->token);
    QCOMPARE(welcome->epoch, talk.world.epoch);
    QVERIFY(talk.isClosed);
    QVERIFY(talk.queued.empty());
}

void tst_Handshake::refusesALongHelloWithoutAToken()
{
    Hello longOne = hello(password(u"ada"_s, u"a quiet afternoon"_s));
    longOne.have.resize(200);
    Talk talk;
    QCOMPARE(talk.expectRefusal(talk.inject(longOne)), ErrorCode::TooLarge);
    QVERIFY(talk.isClosed);
    Talk holder;
    longOne.auth = Auth{QByteArray(limits::tokenBytes, 't'), {}, {}};
    holder.inject(longOne);
    QCOMPARE(holder.reads.size(), size_t(1));
}

void tst_Handshake::closesWhoDoesNotSayHello()
{
    Talk talk;
    talk.pass(limits::signInMs - 1);
    QVERIFY(!talk.isClosed);
    talk.pass(1);
    QVERIFY(talk.isClosed);
    // Once the frame is there, the hash may take its time.
    Talk slow;
    slow.inject(hello(password(u"ada"_s, u"a quiet afternoon"_s)));
    slow.pass(10 * limits::signInMs);
    QVERIFY(!slow.isClosed);
}

void tst_Handshake::signsInByToken()
{
    Talk talk;
    const QByteArray token(limits::tokenBytes, 't');
    const RequestNumber request = talk.inject(hello(Auth{token, {}, {}}));
    QCOMPARE(std::get<ReadToken>(talk.reads.back().what).tokenHash, tokenHash(token));
    talk.session.readFinished(
        ReadAnswer{talk.reads.back().origin, TokenRead{TokenOwner{talk.user, talk.device}}},
        talk.nowMs);
    QCOMPARE(talk.lastQueued<Attach>()->user, talk.user);
    QVERIFY(!talk.isAdmitted);
    talk.attach();
    QVERIFY(talk.isAdmitted);
    const auto welcome = talk.expectReply<Welcome>(request);
    QCOMPARE(welcome->user->userName, u"ada"_s);
    QVERIFY(!welcome->token);
    QVERIFY(std::holds_alternative<Arrived>(talk.presence.back()));
    QVERIFY(std::holds_alternative<ReadCatchUp>(talk.reads.back().what));
}

void tst_Handshake::refusesUnknownAndDisabledTokens()
{
    for (const auto &owner : {std::optional<TokenOwner>(),
             std::optional(TokenOwner{UserId::fromArray({2}), DeviceId::fromArray({3}), true})}) {
        Talk talk;
        const RequestNumber request =
            talk.inject(hello(Auth{QByteArray(limits::tokenBytes, 't'), {}, {}}));
        talk.session.readFinished(
            ReadAnswer{talk.reads.back().origin, TokenRead{owner}}, talk.nowMs);
        QCOMPARE(talk.expectRefusal(request), ErrorCode::NotSignedIn);
        QVERIFY(talk.isClosed);
        QVERIFY(talk.queued.empty());
    }
}

void tst_Handshake::signsInByPassword()
{
    Talk talk;
    const RequestNumber request = talk.inject(hello(password(u"ADA"_s, u"a quiet afternoon"_s)));
    QCOMPARE(std::get<ReadUserByName>(talk.reads.back().what).foldedName, u"ada"_s);
    talk.session.readFinished(ReadAnswer{talk.reads.back().origin, UserRead{ada()}}, talk.nowMs);
    QCOMPARE(talk.hashes.back().hash, QByteArray("hash"));
    talk.session.hashFinished(HashAnswer{talk.hashes.back().origin, true, {}, {}}, talk.nowMs);
    const auto *command = talk.lastQueued<SignIn>();
    QVERIFY(command);
    QCOMPARE(command->deviceName, u"laptop"_s);
    QVERIFY(!command->device.isNull());
    const QByteArray hash = command->tokenHash;
    talk.attach();
    const auto welcome = talk.expectReply<Welcome>(request);
    QCOMPARE(tokenHash(*welcome->token), hash);
}

void tst_Handshake::signsInAgainAsTheDeviceItWas()
{
    UserAggregate user = ada();
    user.devices.resize(1);
    user.devices[0].row.id = DeviceId::fromArray({7});
    // Somebody else's device, or one that is gone, is nobody's claim to be it.
    for (const DeviceId &named : {DeviceId::fromArray({7}), DeviceId::fromArray({8})}) {
        Talk talk;
        Hello again = hello(password(u"ada"_s, u"a quiet afternoon"_s));
        again.device = named;
        talk.inject(again);
        talk.session.readFinished(ReadAnswer{talk.reads.back().origin, UserRead{user}}, talk.nowMs);
        talk.session.hashFinished(HashAnswer{talk.hashes.back().origin, true, {}, {}}, talk.nowMs);
        const auto *command = talk.lastQueued<SignIn>();
        QVERIFY(command);
        QCOMPARE(command->device == named, named == user.devices[0].row.id);
        QVERIFY(!command->device.isNull() && !command->tokenHash.isEmpty());
    }
}

void tst_Handshake::checksADummyForUnknownUsers()
{
    Talk talk;
    talk.inject(hello(password(u"nobody"_s, u"a quiet afternoon"_s)));
    talk.session.readFinished(ReadAnswer{talk.reads.back().origin, UserRead{}}, talk.nowMs);
    QCOMPARE(talk.hashes.size(), size_t(1));
    QVERIFY(talk.hashes.back().hash.isEmpty());
}

void tst_Handshake::answersWrongPasswordsAndUnknownUsersTheSame()
{
    std::vector<QByteArray> answers;
    for (const auto &user : {std::optional<UserAggregate>(), std::optional(ada())}) {
        Talk talk;
        talk.inject(hello(password(u"ada"_s, u"wrong"_s)));
        talk.session.readFinished(ReadAnswer{talk.reads.back().origin, UserRead{user}}, talk.nowMs);
        talk.session.hashFinished(HashAnswer{talk.hashes.back().origin, false, {}, {}}, talk.nowMs);
        QVERIFY(talk.isClosed);
        answers.push_back(talk.written.front());
    }
    QCOMPARE(answers[0], answers[1]);
    const auto frame = decodeServerFrame(answers[0]);
    QCOMPARE(std::get<Refused>(*frame).refusal.code, ErrorCode::BadCredentials);
}

void tst_Handshake::refusesADisabledUser()
{
    Talk talk;
    const RequestNumber request = talk.inject(hello(password(u"ada"_s, u"a quiet afternoon"_s)));
    UserAggregate disabled = ada();
    disabled.disabled = true;
    talk.session.readFinished(ReadAnswer{talk.reads.back().origin, UserRead{disabled}}, talk.nowMs);
    QVERIFY(talk.hashes.back().hash.isEmpty());
    talk.session.hashFinished(HashAnswer{talk.hashes.back().origin, true, {}, {}}, talk.nowMs);
    QCOMPARE(talk.expectRefusal(request), ErrorCode::BadCredentials);
}

void tst_Handshake::storesANewHashWhenTheCostChanged()
{
    Talk talk;
    talk.inject(hello(password(u"ada"_s, u"a quiet afternoon"_s)));
    talk.session.readFinished(ReadAnswer{talk.reads.back().origin, UserRead{ada()}}, talk.nowMs);
    talk.session.hashFinished(
        HashAnswer{talk.hashes.back().origin, true, QByteArray("newer"), {}}, talk.nowMs);
    QCOMPARE(talk.lastQueued<SignIn>()->newPasswordHash, QByteArray("newer"));
}

void tst_Handshake::answersBusyWhenThePoolIsFull()
{
    Talk talk;
    talk.hashingIsFull = true;
    const RequestNumber request = talk.inject(hello(password(u"ada"_s, u"a quiet afternoon"_s)));
    talk.session.readFinished(ReadAnswer{talk.reads.back().origin, UserRead{ada()}}, talk.nowMs);
    QCOMPARE(talk.expectRefusal(request), ErrorCode::Busy);
}

void tst_Handshake::slowsDownGuessing()
{
    Config config;
    config.accounts.attemptsPerMinute = 2;
    Talk talk(config);
    QVERIFY(!talk.limiter.beginSignIn(u"192.0.2.1"_s, u"ada"_s, talk.nowMs));
    QVERIFY(!talk.limiter.beginSignIn(u"192.0.2.1"_s, u"ada"_s, talk.nowMs));
    QCOMPARE(talk.expectRefusal(talk.inject(hello(password(u"ada"_s, u"guess"_s)))),
        ErrorCode::RateLimited);
    QVERIFY(talk.lastRefusal.retryAfterMs > 0);
    QVERIFY(talk.reads.empty());
}

void tst_Handshake::refusesBadNamesAndPasswordsOfInvites_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("password");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("name with spaces")
        << u"ada l"_s << u"a quiet afternoon"_s << ErrorCode::InvalidName;
    QTest::newRow("short name") << u"a"_s << u"a quiet afternoon"_s << ErrorCode::InvalidName;
    QTest::newRow("common password") << u"ada"_s << u"password1"_s << ErrorCode::WeakPassword;
    QTest::newRow("short password") << u"ada"_s << u"x8#kq_1"_s << ErrorCode::WeakPassword;
}

void tst_Handshake::refusesBadNamesAndPasswordsOfInvites()
{
    QFETCH(QString, name);
    QFETCH(QString, password);
    QFETCH(ErrorCode, code);
    Talk talk;
    QCOMPARE(talk.expectRefusal(talk.inject(hello(invite(name, password)))), code);
    QVERIFY(talk.reads.empty());
}

void tst_Handshake::signsUpByInvite()
{
    Talk talk;
    const RequestNumber request = talk.inject(hello(invite(u"Ada"_s, u"a quiet afternoon"_s)));
    QCOMPARE(std::get<ReadInvite>(talk.reads.back().what).codeHash, inviteHash(u"code"_s));
    talk.session.readFinished(
        ReadAnswer{talk.reads.back().origin, InviteRead{openInvite(talk.nowMs + 1), {}}},
        talk.nowMs);
    QCOMPARE(talk.hashes.back().kind, HashJob::Kind::Make);
    talk.session.hashFinished(
        HashAnswer{talk.hashes.back().origin, false, QByteArray("made"), {}}, talk.nowMs);
    const auto *command = talk.lastQueued<SignUp>();
    QVERIFY(command);
    QCOMPARE(command->user, inviteUser(command->inviteHash));
    QCOMPARE(command->userName, u"Ada"_s);
    QCOMPARE(command->foldedName, u"ada"_s);
    QCOMPARE(command->passwordHash, QByteArray("made"));
    talk.attach();
    QVERIFY(talk.expectReply<Welcome>(request)->token);
}

void tst_Handshake::refusesInvites_data()
{
    QTest::addColumn<int>("which");
    QTest::newRow("unknown") << 0;
    QTest::newRow("expired") << 1;
    QTest::newRow("revoked") << 2;
    QTest::newRow("used by another name") << 3;
}

void tst_Handshake::refusesInvites()
{
    QFETCH(int, which);
    Talk talk;
    const RequestNumber request = talk.inject(hello(invite(u"ada"_s, u"a quiet afternoon"_s)));
    InviteRead read;
    if (which > 0)
        read.invite = openInvite(which == 1 ? talk.nowMs : talk.nowMs + 1);
    if (which == 2)
        read.invite->revoked = true;
    if (which == 3) {
        read.invite->usedBy = UserId::fromArray({2});
        read.usedBy = ada();
        read.usedBy->profile.userName = u"eve"_s;
    }
    talk.session.readFinished(ReadAnswer{talk.reads.back().origin, read}, talk.nowMs);
    QCOMPARE(talk.expectRefusal(request), ErrorCode::InvalidInvite);
    QVERIFY(talk.isClosed);
}

void tst_Handshake::goesOnWithASignUpThatEndedBetweenItsSteps()
{
    Talk talk;
    talk.inject(hello(invite(u"ada"_s, u"a quiet afternoon"_s)));
    // The directory has taken name and invite; then the server was killed, for longer than the
    // invite holds.
    InviteRead read;
    read.invite = openInvite(talk.nowMs - 1);
    read.invite->usedBy = UserId::fromArray({2});
    talk.session.readFinished(ReadAnswer{talk.reads.back().origin, read}, talk.nowMs);
    QCOMPARE(talk.hashes.back().kind, HashJob::Kind::Make);
}

void tst_Handshake::detachesWhenTheConnectionEndsWhileAttaching()
{
    Talk talk;
    talk.inject(hello(Auth{QByteArray(limits::tokenBytes, 't'), {}, {}}));
    talk.session.readFinished(
        ReadAnswer{talk.reads.back().origin, TokenRead{TokenOwner{talk.user, talk.device}}},
        talk.nowMs);
    talk.session.disconnected();
    QVERIFY(talk.lastQueued<Detach>());
    QVERIFY(talk.presence.empty());
}

void tst_Handshake::gathersALongListOverSeveralFrames()
{
    Talk talk;
    Hello first = hello(Auth{QByteArray(limits::tokenBytes, 't'), {}, {}});
    first.have = {Have{ChatId::fromArray({1}), 1, 0, 0}};
    first.more = true;
    talk.inject(first);
    // The rest may come before the welcome does.
    talk.inject(CatchUp{{}, 5, {Have{ChatId::fromArray({2}), 2, 0, 0}}, true});
    talk.session.readFinished(
        ReadAnswer{talk.reads.back().origin, TokenRead{TokenOwner{talk.user, talk.device}}},
        talk.nowMs);
    talk.attach();
    QVERIFY(!std::holds_alternative<ReadCatchUp>(talk.reads.back().what));
    talk.inject(CatchUp{{}, 5, {Have{ChatId::fromArray({3}), 3, 0, 0}}, false});
    const auto &said = std::get<ReadCatchUp>(talk.reads.back().what);
    QCOMPARE(said.have.size(), size_t(3));
    QCOMPARE(said.userRevision, 5);
}

void tst_Handshake::boundsWhatComesWhileSigningIn()
{
    Talk talk;
    talk.inject(hello(Auth{QByteArray(limits::tokenBytes, 't'), {}, {}}));
    talk.session.received(QByteArray(limits::clientFrameBytes, 'x'), talk.nowMs);
    QVERIFY(!talk.isClosed);
    talk.session.received("x", talk.nowMs);
    QVERIFY(talk.isClosed);
}

void tst_Handshake::holdsPushesUntilTheComparisonIsThere()
{
    Talk talk;
    talk.signIn();
    talk.inject(CatchUp());
    talk.written.clear();
    talk.session.delivered(encodeEvent(UserStateChanged()), Urgency::Push, talk.nowMs);
    QVERIFY(talk.expectNothing());
    talk.finishCatchUp({encodeEvent(Sync())});
    QVERIFY(talk.expectEvent<Sync>());
    QVERIFY(talk.expectEvent<UserStateChanged>());
}

void tst_Handshake::dropsAnOlderComparison()
{
    Talk talk;
    talk.signIn();
    talk.inject(CatchUp());
    const ReadJob older = talk.reads.back();
    talk.inject(CatchUp());
    talk.written.clear();
    talk.session.readFinished(
        ReadAnswer{older.origin,
            CaughtUp{std::get<ReadCatchUp>(older.what).number, {encodeEvent(Sync())}, {}}},
        talk.nowMs);
    QVERIFY(talk.expectNothing());
    talk.finishCatchUp({encodeEvent(Sync())});
    QVERIFY(talk.expectEvent<Sync>());
}

void tst_Handshake::handsOverUpToDateChats()
{
    Talk talk;
    talk.signIn();
    talk.inject(CatchUp());
    const Page page{ChatId::fromArray({9}), 4, 2};
    talk.finishCatchUp({encodeEvent(Sync())}, {page});
    QCOMPARE(*talk.lastQueued<Page>(), page);
    QCOMPARE(talk.queued.back().origin.request, 0u);
}

void tst_Handshake::handsOverTheRestWhenTheQueueHasRoom()
{
    Talk talk;
    talk.signIn();
    talk.inject(CatchUp());
    talk.serviceIsFull = true;
    talk.finishCatchUp({}, {Page{ChatId::fromArray({9}), 4, 2}});
    QVERIFY(!talk.lastQueued<Page>());
    talk.serviceIsFull = false;
    talk.pass(1000);
    QVERIFY(talk.lastQueued<Page>());
}

void tst_Handshake::closesWhenTheComparisonFails()
{
    Talk talk;
    talk.signIn();
    talk.inject(CatchUp());
    talk.session.readFinished(
        ReadAnswer{talk.reads.back().origin, Error(ErrorCode::Unavailable)}, talk.nowMs);
    QVERIFY(talk.isClosed);
}

QTEST_GUILESS_MAIN(tst_Handshake)
#include "tst_handshake.moc"
