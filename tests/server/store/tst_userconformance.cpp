// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/codec/cbor.h"
#include "tests/server/store/conformance.h"

using namespace Qt::StringLiterals;
using namespace parley;

class TestUserConformance : public ConformanceTest {
    Q_OBJECT

    const UserId ana = testUser(1);
    const UserId ben = testUser(2);

    static StoredDevice device(int number)
    {
        StoredDevice made;
        made.row.id = *DeviceId::fromBytes(testUser(1000 + number).bytes());
        made.row.deviceName = u"Phone %1"_s.arg(number);
        made.row.created = 10 * number;
        made.row.lastSeen = 20 * number;
        made.tokenHash = QByteArray(32, char(number));
        return made;
    }
    UserAppend newUser(const UserId &user, const QString &userName)
    {
        UserAppend append;
        append.user = user;
        append.epoch = epoch();
        UserAggregate &state = append.create.emplace();
        state.profile.id = user;
        state.profile.userName = userName;
        state.profile.displayName = userName.toUpper();
        state.passwordHash = "$argon2id$" + userName.toUtf8();
        state.created = 77;
        return append;
    }
    UserAppend change(const UserId &user, qint64 revision)
    {
        UserAppend append;
        append.user = user;
        append.epoch = epoch();
        append.expectedRevision = revision;
        return append;
    }
    std::optional<UserAggregate> load(const UserId &user)
    {
        LoadRequest request;
        request.user = user;
        return driver().load(std::move(request)).user;
    }

private slots:
    void keepsAUserAsItWasMade()
    {
        UserAppend append = newUser(ana, u"ana"_s);
        append.create->profile.picture = QByteArray(limits::pictureBytes, 'p');
        append.create->profile.status = u"in the garden"_s;
        append.create->profile.statusUntil = 99;
        append.create->admin = true;
        append.create->devices = {device(1)};
        append.state = {{u"folder/x"_s, QByteArray("1"), 1}, {u"mute/y"_s, QByteArray(), 2}};
        append.stateKeys = 2;
        QCOMPARE(driver().append(append), Outcome::Applied);
        UserAggregate expected = *append.create;
        expected.revision = 2;
        expected.stateKeys = 2;
        QCOMPARE(load(ana), std::optional(expected));
        m_engine->reopen();
        QCOMPARE(load(ana), std::optional(expected));
        QCOMPARE(*m_engine->reader()->user(ana), expected);
        QCOMPARE(m_engine->reader()->counts()->users, 1);
        QVERIFY(!load(ben));
        QCOMPARE(m_engine->reader()->user(ben).error().code, ErrorCode::NotFound);
    }

    void comparesRevisionAndEpoch()
    {
        UserAppend fromNothing = change(ana, 0);
        QCOMPARE(driver().append(fromNothing), Outcome::HeadMoved);
        QCOMPARE(driver().append(newUser(ana, u"ana"_s)), Outcome::Applied);
        QCOMPARE(driver().append(newUser(ana, u"other"_s)), Outcome::HeadMoved);
        UserAppend first = change(ana, 0);
        first.state = {{u"draft/1"_s, QByteArray("a"), 1}};
        first.stateKeys = 1;
        QCOMPARE(driver().append(first), Outcome::Applied);
        QCOMPARE(driver().append(first), Outcome::HeadMoved);
        UserAppend elsewhere = change(ana, 1);
        elsewhere.epoch = Epoch();
        QCOMPARE(driver().append(elsewhere), Outcome::HeadMoved);
        UserAppend silent = change(ana, 1); // changes no state: the revision stays
        silent.passwordHash = QByteArray("new");
        QCOMPARE(driver().append(silent), Outcome::Applied);
        QCOMPARE(load(ana)->revision, 1);
        QCOMPARE(load(ana)->stateKeys, 1);
        QCOMPARE(load(ana)->passwordHash, QByteArray("new"));
    }

    void keepsStateByKeyWithItsRevision()
    {
        QCOMPARE(driver().append(newUser(ana, u"ana"_s)), Outcome::Applied);
        UserAppend append = change(ana, 0);
        append.state = {{u"draft/1"_s, QByteArray("a"), 1}, {u"draft/2"_s, QByteArray("b"), 2},
            {u"draft/1"_s, QByteArray("c"), 3}, {u"draft/2"_s, std::nullopt, 4}};
        append.stateKeys = 1;
        QCOMPARE(driver().append(append), Outcome::Applied);
        const std::vector<StateRow> now{
            {u"draft/1"_s, QByteArray("c"), 3}, {u"draft/2"_s, std::nullopt, 4}};
        const auto reader = m_engine->reader();
        QCOMPARE(*reader->stateAfter(ana, 0, 100), now);
        QCOMPARE(*reader->stateAfter(ana, 3, 100), std::vector{now[1]});
        QCOMPARE(*reader->stateAfter(ana, 0, 1), std::vector{now[0]});
        QVERIFY(reader->stateAfter(ana, 4, 100)->empty());
        QVERIFY(reader->stateAfter(ben, 0, 100)->empty());
        LoadRequest request;
        request.user = ana;
        request.stateKeys = {u"draft/2"_s, u"draft/9"_s, u"draft/1"_s};
        QCOMPARE(driver().load(std::move(request)).stateRows, (std::vector{now[1], now[0]}));
    }

    void decodesPrivacyFromItsKey()
    {
        QCOMPARE(driver().append(newUser(ana, u"ana"_s)), Outcome::Applied);
        QCOMPARE(load(ana)->privacy, Privacy());
        const Privacy hidden{true, false, true};
        UserAppend append = change(ana, 0);
        append.state = {{u"privacy"_s, toCbor(hidden), 1}};
        QCOMPARE(driver().append(append), Outcome::Applied);
        QCOMPARE(load(ana)->privacy, hidden);
        append = change(ana, 1);
        append.state = {{u"privacy"_s, QByteArray("no CBOR"), 2}};
        QCOMPARE(driver().append(append), Outcome::Applied);
        QCOMPARE(load(ana)->privacy, Privacy());
    }

    void changesTheProfile()
    {
        UserAppend made = newUser(ana, u"ana"_s);
        made.create->profile.picture = "old";
        QCOMPARE(driver().append(made), Outcome::Applied);
        UserRow profile = made.create->profile;
        for (const QByteArray &picture : {QByteArray("new"), QByteArray()}) {
            profile.displayName = u"Ana \U0001f33b"_s;
            profile.picture = picture;
            profile.revision += 1;
            UserAppend append = change(ana, 0);
            append.profile = profile;
            QCOMPARE(driver().append(append), Outcome::Applied);
            QCOMPARE(load(ana)->profile, profile);
            QCOMPARE(*m_engine->reader()->profiles({ben, ana}), std::vector{profile});
        }
    }

    void findsTheOwnerOfATokenUntilItIsRevoked()
    {
        QCOMPARE(driver().append(newUser(ana, u"ana"_s)), Outcome::Applied);
        UserAppend append = change(ana, 0);
        append.devices = {device(1), device(2)};
        QCOMPARE(driver().append(append), Outcome::Applied);
        const auto reader = m_engine->reader();
        const auto owner = *reader->tokenOwner(device(2).tokenHash);
        QCOMPARE(owner->user, ana);
        QCOMPARE(owner->device, device(2).row.id);
        QVERIFY(!owner->disabled);
        append = change(ana, 0);
        append.devices = {device(1)};
        append.devices[0].row.lastSeen = 5000;
        append.removedDevices = {device(2).row.id};
        append.disabled = true;
        QCOMPARE(driver().append(append), Outcome::Applied);
        QVERIFY(!*reader->tokenOwner(device(2).tokenHash));
        QVERIFY((*reader->tokenOwner(device(1).tokenHash))->disabled);
        QCOMPARE(load(ana)->devices, append.devices);
        QVERIFY(load(ana)->disabled);
    }

    void givesATokenOfADeviceAnotherHash()
    {
        UserAppend append = newUser(ana, u"ana"_s);
        append.create->devices = {device(1)};
        QCOMPARE(driver().append(append), Outcome::Applied);
        StoredDevice rotated = device(1);
        rotated.tokenHash = QByteArray(32, 'z');
        append = change(ana, 0);
        append.devices = {rotated};
        QCOMPARE(driver().append(append), Outcome::Applied);
        const auto reader = m_engine->reader();
        QVERIFY(!*reader->tokenOwner(device(1).tokenHash));
        QVERIFY(*reader->tokenOwner(rotated.tokenHash));
    }

    void aNameHasOneOwner()
    {
        const auto claim = [&](const UserId &user) {
            DirectoryAppend append;
            append.claimName = {u"ana"_s, user};
            return driver().append(append);
        };
        QCOMPARE(claim(ana), Outcome::Applied);
        QCOMPARE(claim(ana), Outcome::Applied); // said again
        QCOMPARE(claim(ben), Outcome::HeadMoved);
        const auto reader = m_engine->reader();
        QCOMPARE(*reader->userByName(u"ana"_s), std::optional(ana));
        QVERIFY(!*reader->userByName(u"Ana"_s));
        LoadRequest request;
        request.userName = u"ana"_s;
        QCOMPARE(driver().load(std::move(request)).nameOwner, std::optional(ana));
    }

    void anInviteIsUsedOnce()
    {
        InviteState invite{QByteArray(32, 'i'), 10, 99, {}, false, true, u"for Ana"_s};
        const auto put = [&](const InviteState &state) {
            DirectoryAppend append;
            append.putInvite = state;
            return driver().append(append);
        };
        QCOMPARE(put(invite), Outcome::Applied);
        QCOMPARE(*m_engine->reader()->invite(invite.codeHash), std::optional(invite));
        InviteState used = invite;
        used.usedBy = ana;
        QCOMPARE(put(used), Outcome::Applied);
        QCOMPARE(put(used), Outcome::Applied);
        InviteState stolen = invite;
        stolen.usedBy = ben;
        QCOMPARE(put(stolen), Outcome::HeadMoved);
        QCOMPARE(put(invite), Outcome::HeadMoved);
        LoadRequest request;
        request.inviteHash = invite.codeHash;
        QCOMPARE(driver().load(std::move(request)).invite, std::optional(used));
        m_engine->reopen();
        QCOMPARE(*m_engine->reader()->listInvites(), std::vector{used});
    }

    void aRevokedInviteIsNotUsed()
    {
        InviteState invite{QByteArray(32, 'i'), 10, 99, {}, true, false, {}};
        DirectoryAppend append;
        append.putInvite = invite;
        QCOMPARE(driver().append(append), Outcome::Applied);
        append.putInvite->usedBy = ana;
        append.claimName = {u"ana"_s, ana};
        QCOMPARE(driver().append(append), Outcome::HeadMoved);
        QVERIFY(!*m_engine->reader()->userByName(u"ana"_s)); // all or nothing
    }

    void knowsThoseWithAChatInCommon()
    {
        const UserId invited = testUser(3);
        const UserId gone = testUser(4);
        const UserId stranger = testUser(5);
        ChatWriter chat = writer(1);
        chat.create(ChatKind::Group, {ana, ben, invited, gone});
        chat.move(Kind::Add, ana, invited, MemberState::Invited);
        chat.move(Kind::Leave, gone, gone, MemberState::Left);
        QCOMPARE(driver().append(chat.take()), Outcome::Applied);
        const auto reader = m_engine->reader();
        QCOMPARE(*reader->known(ana, {stranger, ben, invited, gone, ana}), (std::vector{ben, ana}));
        QCOMPARE(*reader->known(gone, {ben}), std::vector<UserId>());
    }

    void knowsNobodyThroughABlock()
    {
        ChatWriter chat = writer(1);
        chat.create(ChatKind::Direct, {ana, ben});
        chat.setBlocking(ben, true);
        QCOMPARE(driver().append(chat.take()), Outcome::Applied);
        const auto reader = m_engine->reader();
        for (const auto &[viewer, other] : {std::pair(ana, ben), std::pair(ben, ana)}) {
            QCOMPARE(*reader->known(viewer, {other}), std::vector<UserId>());
            QCOMPARE(*reader->servedWith(viewer, {other}), std::vector{other});
        }
    }

    void servesWhoIsInvitedTogetherWithTheOthers()
    {
        const UserId invited = testUser(3);
        const UserId gone = testUser(4);
        ChatWriter chat = writer(1);
        chat.create(ChatKind::Group, {ana, ben, invited, gone});
        chat.move(Kind::Add, ana, invited, MemberState::Invited);
        chat.move(Kind::Leave, gone, gone, MemberState::Left);
        QCOMPARE(driver().append(chat.take()), Outcome::Applied);
        const auto reader = m_engine->reader();
        QCOMPARE(*reader->servedWith(invited, {testUser(5), ana, gone, invited}),
            (std::vector{ana, invited}));
        QCOMPARE(*reader->servedWith(gone, {ana}), std::vector<UserId>());
    }

    void countsRemovedKeysUpToABound()
    {
        UserAppend append = newUser(ana, u"ana"_s);
        for (int i = 0; i < 5; ++i) {
            append.state.push_back(StateRow{u"draft/%1"_s.arg(i),
                i < 2 ? std::optional<QByteArray>("text") : std::nullopt,
                qint64(append.state.size()) + 1});
        }
        QCOMPARE(driver().append(append), Outcome::Applied);
        LoadRequest request;
        request.user = ana;
        QCOMPARE(driver().load(request).removedKeys, qint64(0));
        request.countRemoved = 2;
        QCOMPARE(driver().load(request).removedKeys, qint64(2));
        request.countRemoved = 10;
        QCOMPARE(driver().load(request).removedKeys, qint64(3));
        QCOMPARE(driver().load(request).epoch, epoch());
    }

    void saysWhoIsThereAndKnown()
    {
        const UserId disabled = testUser(3);
        const UserId missing = testUser(4);
        for (const auto &[user, userName] :
            {std::pair(ana, u"ana"_s), std::pair(ben, u"ben"_s), std::pair(disabled, u"eva"_s)})
            QCOMPARE(driver().append(newUser(user, userName)), Outcome::Applied);
        UserAppend append = change(disabled, 0);
        append.disabled = true;
        QCOMPARE(driver().append(append), Outcome::Applied);
        ChatWriter chat = writer(1);
        chat.create(ChatKind::Group, {ana, disabled});
        QCOMPARE(driver().append(chat.take()), Outcome::Applied);
        LoadRequest request;
        request.asker = ana;
        request.people = {ben, disabled, missing, ana};
        const auto people = driver().load(std::move(request)).people;
        QCOMPARE(people.size(), 2);
        QCOMPARE(people[0].user, ben);
        QVERIFY(!people[0].common);
        QCOMPARE(people[1].user, ana);
        QVERIFY(people[1].common);
    }

    void listsUsersByNameWithoutPictures()
    {
        UserAppend first = newUser(ben, u"ben"_s);
        first.create->devices = {device(1), device(2)};
        first.create->profile.picture = "picture";
        QCOMPARE(driver().append(first), Outcome::Applied);
        UserAppend second = newUser(ana, u"ana"_s);
        second.create->admin = true;
        QCOMPARE(driver().append(second), Outcome::Applied);
        const auto users = m_engine->reader()->listUsers();
        QCOMPARE(users->size(), 2);
        QCOMPARE(users->at(0).profile, second.create->profile);
        QVERIFY(users->at(0).admin);
        QCOMPARE(users->at(1).profile.userName, u"ben"_s);
        QVERIFY(users->at(1).profile.picture.isEmpty());
        QCOMPARE(users->at(1).devices, 2);
        QCOMPARE(users->at(1).created, 77);
    }
};

QTEST_GUILESS_MAIN(TestUserConformance)
#include "tst_userconformance.moc"
