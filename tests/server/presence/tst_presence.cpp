// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/presence/presence.h"

#include <QtTest/QTest>

using namespace parley;

/// Leases, away, grace, watchers and the off switch, in a time that the test moves.
class tst_Presence : public QObject {
    Q_OBJECT

private slots:
    void init();
    void isOnlineWhileTheLeaseIsRenewed();
    void isAwayWhenNotActive();
    void isOnlineWhenOneOfTheDevicesIsActive();
    void goesOfflineAfterTheGrace();
    void saysNothingAboutAShortBreak();
    void endsALeaseThatIsNotRenewed();
    void tellsLastSeenToTheMinute();
    void tellsOnlyWhoWatches();
    void replacesTheListOfTheWatched();
    void hidesWhoKeepsPresenceOff();
    void showsNothingToWhoKeepsPresenceOff();
    void tellsWhenTheSwitchIsTurned();
    void hidesFromStrangersButTellsTheProfile();
    void answersFromTheStoreForWhoIsAway();
    void storesLastSeenOnceAMinute();
    void forgetsWhoIsGone();

private:
    void arrive(quint64 session, quint8 user, bool presenceOff = false);
    std::vector<PresenceRow> watch(quint64 session, std::vector<Watchable> users);
    static Watchable watchable(quint8 user, bool hidden = false)
    {
        Watchable each;
        each.profile.id = UserId::fromArray({user});
        each.lastSeen = 7 * 60'000 + 1;
        each.hidden = hidden;
        return each;
    }
    /// Rows that were pushed to this session since the last look.
    std::vector<PresenceRow> pushedTo(quint64 session);
    void pass(qint64 ms)
    {
        m_now += ms;
        m_presence.tick(m_now);
    }

    Presence m_presence;
    qint64 m_now = 0;
    std::vector<PresenceOutput> m_outputs;
};

void tst_Presence::init()
{
    m_presence = Presence();
    m_now = 100 * 60'000;
    m_outputs.clear();
}

void tst_Presence::arrive(quint64 session, quint8 user, bool presenceOff)
{
    Privacy privacy;
    privacy.presenceOff = presenceOff;
    m_presence.handle(Arrived{SessionRef{1, session}, UserId::fromArray({user}),
                          DeviceId::fromArray({quint8(session)}), privacy},
        m_now);
}

std::vector<PresenceRow> tst_Presence::watch(quint64 session, std::vector<Watchable> users)
{
    m_presence.takeOutputs();
    m_presence.handle(Watching{Origin{SessionRef{1, session}, 5, {}, {}}, std::move(users)}, m_now);
    for (const PresenceOutput &output : m_presence.takeOutputs()) {
        const auto *answer = std::get_if<Outbound>(&output);
        if (!answer || answer->urgency != Urgency::Answer)
            continue;
        const auto frame = decodeServerFrame(answer->frame);
        return fromCbor<UsersReply>(std::get<Answer>(*frame).body)->presence;
    }
    return {};
}

std::vector<PresenceRow> tst_Presence::pushedTo(quint64 session)
{
    std::vector<PresenceRow> rows;
    for (const PresenceOutput &output : m_presence.takeOutputs()) {
        const auto *push = std::get_if<Outbound>(&output);
        if (!push
            || std::find(push->to.begin(), push->to.end(), SessionRef{1, session})
                == push->to.end())
            continue;
        const auto frame = decodeServerFrame(push->frame);
        const auto *event = std::get_if<Event>(&*frame);
        if (const auto *changed = event ? std::get_if<PresenceChanged>(event) : nullptr)
            rows.insert(rows.end(), changed->users.begin(), changed->users.end());
    }
    return rows;
}

void tst_Presence::isOnlineWhileTheLeaseIsRenewed()
{
    arrive(1, 1);
    for (int i = 0; i < 100; ++i) {
        pass(limits::heartbeatMs);
        m_presence.handle(Lively{SessionRef{1, 1}, true}, m_now);
        QCOMPARE(m_presence.stateOf(UserId::fromArray({1})), PresenceState::Online);
    }
}

void tst_Presence::isAwayWhenNotActive()
{
    arrive(1, 1);
    m_presence.handle(Lively{SessionRef{1, 1}, false}, m_now);
    QCOMPARE(m_presence.stateOf(UserId::fromArray({1})), PresenceState::Away);
}

void tst_Presence::isOnlineWhenOneOfTheDevicesIsActive()
{
    arrive(1, 1);
    arrive(2, 1);
    m_presence.handle(Lively{SessionRef{1, 1}, false}, m_now);
    QCOMPARE(m_presence.stateOf(UserId::fromArray({1})), PresenceState::Online);
    m_presence.handle(Departed{SessionRef{1, 2}}, m_now);
    QCOMPARE(m_presence.stateOf(UserId::fromArray({1})), PresenceState::Away);
}

void tst_Presence::goesOfflineAfterTheGrace()
{
    arrive(1, 1);
    m_presence.handle(Departed{SessionRef{1, 1}}, m_now);
    pass(limits::presenceGraceMs - 1);
    QCOMPARE(m_presence.stateOf(UserId::fromArray({1})), PresenceState::Online);
    pass(1);
    QCOMPARE(m_presence.stateOf(UserId::fromArray({1})), PresenceState::Offline);
}

void tst_Presence::saysNothingAboutAShortBreak()
{
    arrive(1, 1);
    arrive(9, 9);
    watch(9, {watchable(1)});
    m_presence.handle(Departed{SessionRef{1, 1}}, m_now);
    pass(limits::presenceGraceMs - 1);
    arrive(2, 1);
    pass(limits::presenceLeaseMs - 1);
    QVERIFY(pushedTo(9).empty());
}

void tst_Presence::endsALeaseThatIsNotRenewed()
{
    arrive(1, 1);
    pass(limits::presenceLeaseMs - 1);
    QCOMPARE(m_presence.stateOf(UserId::fromArray({1})), PresenceState::Online);
    pass(limits::presenceGraceMs);
    QCOMPARE(m_presence.stateOf(UserId::fromArray({1})), PresenceState::Online);
    pass(1);
    QCOMPARE(m_presence.stateOf(UserId::fromArray({1})), PresenceState::Offline);
}

void tst_Presence::tellsLastSeenToTheMinute()
{
    arrive(1, 1);
    arrive(9, 9);
    watch(9, {watchable(1)});
    m_now += 12'345;
    m_presence.handle(Departed{SessionRef{1, 1}}, m_now);
    pass(limits::presenceGraceMs);
    const auto rows = pushedTo(9);
    QCOMPARE(rows.size(), size_t(1));
    QCOMPARE(rows.front().state, PresenceState::Offline);
    QCOMPARE(rows.front().lastSeen, 100 * 60'000);
}

void tst_Presence::tellsOnlyWhoWatches()
{
    arrive(8, 8);
    arrive(9, 9);
    watch(9, {watchable(1)});
    arrive(1, 1);
    const auto outputs = m_presence.takeOutputs();
    for (const PresenceOutput &output : outputs) {
        if (const auto *push = std::get_if<Outbound>(&output))
            QCOMPARE(push->to, (std::vector<SessionRef>{{1, 9}}));
    }
    QCOMPARE(outputs.size(), size_t(2)); // the push, and last seen
}

void tst_Presence::replacesTheListOfTheWatched()
{
    arrive(9, 9);
    watch(9, {watchable(1)});
    watch(9, {watchable(2)});
    arrive(1, 1);
    QVERIFY(pushedTo(9).empty());
    arrive(2, 2);
    QCOMPARE(pushedTo(9).size(), size_t(1));
}

void tst_Presence::hidesWhoKeepsPresenceOff()
{
    arrive(9, 9);
    QCOMPARE(watch(9, {watchable(1)}).front().state, PresenceState::Offline);
    arrive(1, 1, true);
    for (const PresenceRow &row : pushedTo(9)) {
        QCOMPARE(row.state, PresenceState::Offline);
        QVERIFY(!row.lastSeen);
    }
    const auto rows = watch(9, {watchable(1)});
    QCOMPARE(rows.front().state, PresenceState::Offline);
    QVERIFY(!rows.front().lastSeen);
}

void tst_Presence::showsNothingToWhoKeepsPresenceOff()
{
    arrive(1, 1);
    arrive(9, 9, true);
    const auto rows = watch(9, {watchable(1)});
    QCOMPARE(rows.front().state, PresenceState::Offline);
    QVERIFY(!rows.front().lastSeen);
    m_presence.handle(Lively{SessionRef{1, 1}, false}, m_now);
    QVERIFY(pushedTo(9).empty());
}

void tst_Presence::tellsWhenTheSwitchIsTurned()
{
    arrive(1, 1);
    arrive(9, 9);
    watch(9, {watchable(1)});
    UserChanged change;
    change.user.id = UserId::fromArray({1});
    change.privacy.presenceOff = true;
    m_presence.handle(change, m_now);
    QCOMPARE(pushedTo(9).front().state, PresenceState::Offline);
    change.privacy.presenceOff = false;
    m_presence.handle(change, m_now);
    QCOMPARE(pushedTo(9).front().state, PresenceState::Online);
}

void tst_Presence::hidesFromStrangersButTellsTheProfile()
{
    arrive(1, 1);
    arrive(9, 9);
    QCOMPARE(watch(9, {watchable(1, true)}).front().state, PresenceState::Offline);
    m_presence.handle(Lively{SessionRef{1, 1}, false}, m_now);
    QVERIFY(pushedTo(9).empty());
    UserChanged change;
    change.user.id = UserId::fromArray({1});
    change.user.displayName = QStringLiteral("New");
    m_presence.handle(change, m_now);
    const auto outputs = m_presence.takeOutputs();
    QCOMPARE(outputs.size(), size_t(1));
    const auto frame = decodeServerFrame(std::get<Outbound>(outputs.front()).frame);
    QCOMPARE(
        std::get<ProfileChanged>(std::get<Event>(*frame)).user.displayName, QStringLiteral("New"));
}

void tst_Presence::answersFromTheStoreForWhoIsAway()
{
    arrive(9, 9);
    const auto rows = watch(9, {watchable(1)});
    QCOMPARE(rows.front().state, PresenceState::Offline);
    QCOMPARE(rows.front().lastSeen, 7 * 60'000);
}

void tst_Presence::storesLastSeenOnceAMinute()
{
    const auto stored = [&] {
        int count = 0;
        for (const PresenceOutput &output : m_presence.takeOutputs())
            count += std::holds_alternative<DeviceSeen>(output) ? 1 : 0;
        return count;
    };
    arrive(1, 1);
    QCOMPARE(stored(), 1);
    m_now += limits::lastSeenMs - 1;
    m_presence.handle(Lively{SessionRef{1, 1}, true}, m_now);
    QCOMPARE(stored(), 0);
    m_now += 1;
    m_presence.handle(Lively{SessionRef{1, 1}, true}, m_now);
    QCOMPARE(stored(), 1);
    // The device that comes back at once is the same device.
    m_presence.handle(Departed{SessionRef{1, 1}}, m_now);
    arrive(1, 1);
    QCOMPARE(stored(), 0);
}

void tst_Presence::forgetsWhoIsGone()
{
    arrive(1, 1);
    arrive(9, 9);
    watch(9, {watchable(1), watchable(2), watchable(3)});
    m_presence.handle(Departed{SessionRef{1, 1}}, m_now);
    m_presence.handle(Departed{SessionRef{1, 9}}, m_now);
    pass(limits::presenceGraceMs);
    QCOMPARE(m_presence.people(), size_t(0));
}

QTEST_GUILESS_MAIN(tst_Presence)
#include "tst_presence.moc"
