// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/server/messages/conversation.h"

#include "server/messages/userdesk.h"

using namespace parley;

class TestUserDesk : public QObject {
    Q_OBJECT

private slots:
    void countsOneRevisionForEachChange();
    void answersAStaleWriteWithTheRow();
    void writesNothingWhenNothingChanges();
    void tellsAllOwnDevices();
    void refusesTheServersKeys();
    void boundsTheNumberOfKeys();
    void boundsTheKeysThatWereRemoved();
    void refusesABrokenPrivacy();
    void changesTheProfile();
    void refusesWhatIsNoPicture();
    void seesADeviceOnceAMinute();
};

void TestUserDesk::countsOneRevisionForEachChange()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    qint64 last = 0;
    for (int i = 0; i < 10; ++i) {
        const auto reply =
            ana.ask(SetState{QStringLiteral("draft/%1").arg(i), QByteArray("text"), 0});
        QVERIFY(reply);
        if (last)
            QCOMPARE(reply->row.revision, last + 1);
        last = reply->row.revision;
    }
}

void TestUserDesk::answersAStaleWriteWithTheRow()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    const auto first = ana.ask(SetState{QStringLiteral("mute/x"), QByteArray("1"), 0});
    const auto second =
        ana.ask(SetState{QStringLiteral("mute/x"), QByteArray("2"), first->row.revision});
    QVERIFY(second);
    QCOMPARE(ana.ask(SetState{QStringLiteral("mute/x"), QByteArray("3"), first->row.revision})
                 .error()
                 .code,
        ErrorCode::Conflict);
    const auto removed =
        ana.ask(SetState{QStringLiteral("mute/x"), std::nullopt, second->row.revision});
    QVERIFY(removed);
    QVERIFY(!removed->row.value);
}

void TestUserDesk::writesNothingWhenNothingChanges()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    const auto first = ana.ask(SetState{QStringLiteral("mute/x"), QByteArray("1"), 0});
    const int appends = world.store.appends;
    const auto same =
        ana.ask(SetState{QStringLiteral("mute/x"), QByteArray("1"), first->row.revision});
    QCOMPARE(same->row.revision, first->row.revision);
    QCOMPARE(world.store.appends, appends);
}

void TestUserDesk::tellsAllOwnDevices()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &phone = world.attach(ana.user());
    Peer &bo = world.attach(world.addUser(QStringLiteral("bo")));
    for (Peer *peer : {&ana, &phone, &bo})
        peer->clear();
    const auto reply = ana.ask(SetState{QStringLiteral("draft/x"), QByteArray("text"), 0});
    QCOMPARE(ana.expect<UserStateChanged>().row, reply->row);
    QCOMPARE(phone.expect<UserStateChanged>().row, reply->row);
    bo.expectNothing();
}

void TestUserDesk::refusesTheServersKeys()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    for (const char *key : {"chat/x", "device/x", "profile", "mute/", "", "privacy2", "block/x"}) {
        QCOMPARE(ana.ask(SetState{QString::fromLatin1(key), QByteArray("1"), 0}).error().code,
            ErrorCode::Forbidden);
    }
    QVERIFY(isClientKey(QStringLiteral("folder/work")));
}

void TestUserDesk::boundsTheNumberOfKeys()
{
    ServiceLimits limits = Conversation::generousLimits();
    limits.stateKeys = 3;
    Conversation world(limits);
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Result<SetReply> last = ErrorCode::Internal;
    for (int i = 0; i < 3; ++i) {
        last = ana.ask(SetState{QStringLiteral("draft/%1").arg(i), QByteArray("t"), 0});
        QVERIFY(last);
    }
    QCOMPARE(ana.ask(SetState{QStringLiteral("draft/3"), QByteArray("t"), 0}).error().code,
        ErrorCode::LimitReached);
    QVERIFY(ana.ask(SetState{QStringLiteral("draft/2"), std::nullopt, last->row.revision}));
    QVERIFY(ana.ask(SetState{QStringLiteral("draft/3"), QByteArray("t"), 0}));
}

void TestUserDesk::boundsTheKeysThatWereRemoved()
{
    ServiceLimits limits = Conversation::generousLimits();
    limits.removedKeys = 3;
    Conversation world(limits);
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    qint64 removed = 0;
    for (int i = 0; i < 3; ++i) {
        const QString key = QStringLiteral("draft/%1").arg(i);
        const auto set = ana.ask(SetState{key, QByteArray("t"), 0});
        QVERIFY(set);
        removed = ana.ask(SetState{key, std::nullopt, set->row.revision})->row.revision;
    }
    QCOMPARE(ana.ask(SetState{QStringLiteral("draft/3"), QByteArray("t"), 0}).error().code,
        ErrorCode::LimitReached);
    // One that is there comes back, and makes room for a new one.
    QVERIFY(ana.ask(SetState{QStringLiteral("draft/2"), QByteArray("t"), removed}));
    QVERIFY(ana.ask(SetState{QStringLiteral("draft/3"), QByteArray("t"), 0}));
}

void TestUserDesk::refusesABrokenPrivacy()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    QCOMPARE(ana.ask(SetState{QStringLiteral("privacy"), QByteArray("broken"), 0}).error().code,
        ErrorCode::Malformed);
    QVERIFY(world.changed.empty());
    QVERIFY(ana.ask(SetState{QStringLiteral("privacy"), toCbor(Privacy{false, false, true}), 0}));
    QCOMPARE(world.changed.size(), size_t(1));
    QVERIFY(world.changed.front().privacy.presenceOff);
}

void TestUserDesk::changesTheProfile()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    SetProfile set;
    set.displayName = QStringLiteral("  Ana Lima ");
    set.status = QStringLiteral("On the train");
    set.statusUntil = world.now + 1000;
    const auto row = ana.ask(set);
    QVERIFY(row);
    QCOMPARE(row->displayName, QStringLiteral("Ana Lima"));
    QCOMPARE(row->statusUntil, std::optional(world.now + 1000));
    QCOMPARE(world.changed.back().user, *row);
    set = SetProfile{};
    set.status = QString();
    QVERIFY(!ana.ask(set)->statusUntil);
    set = SetProfile{};
    set.displayName = QStringLiteral("   ");
    QCOMPARE(ana.ask(set).error().code, ErrorCode::InvalidName);
    const size_t before = world.changed.size();
    QVERIFY(ana.ask(SetProfile{}));
    QCOMPARE(world.changed.size(), before);
}

void TestUserDesk::refusesWhatIsNoPicture()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    SetProfile set;
    set.picture = QByteArray("<svg onload=alert(1)>");
    QCOMPARE(ana.ask(set).error().code, ErrorCode::Malformed);
    set.picture = QByteArray("\x89PNG\r\n\x1a\n-and-more");
    QVERIFY(ana.ask(set));
    set.picture = QByteArray();
    QVERIFY(ana.ask(set)->picture.isEmpty());
}

void TestUserDesk::seesADeviceOnceAMinute()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    const int before = world.store.appends;
    world.handle({Queued{Origin{}, DeviceSeen{ana.user(), ana.device()}}});
    QCOMPARE(world.store.appends, before);
    world.now += limits::lastSeenMs;
    world.handle({Queued{Origin{}, DeviceSeen{ana.user(), ana.device()}}});
    QCOMPARE(world.store.appends, before + 1);
}

QTEST_APPLESS_MAIN(TestUserDesk)
#include "tst_userdesk.moc"
