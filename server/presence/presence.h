// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/queue/values.h"

#include <set>
#include <unordered_map>

namespace parley {

/// A session of this user began to be served.
struct Arrived {
    SessionRef session;
    UserId user;
    DeviceId device;
    Privacy privacy;
};
/// A session ended.
struct Departed {
    SessionRef session;
};
/// A heartbeat.
struct Lively {
    SessionRef session;
    bool active = false;
};
/// One user whom a session may watch, as the store knows them.
struct Watchable {
    UserRow profile;
    std::optional<qint64> lastSeen;
    bool hidden =
        false; ///< for this viewer: keeps presence off, blocks the viewer, or is a stranger
    bool withProfile = true; ///< false when an answer cannot hold it beside the others
};
/// A `watch` that was checked against the store; presence answers it.
struct Watching {
    Origin origin;
    std::vector<Watchable> users;
};
using PresenceInput = std::variant<Arrived, Departed, Lively, Watching, UserChanged>;
/// Frames, and devices whose last-seen time is due to be written.
using PresenceOutput = std::variant<Outbound, DeviceSeen>;

struct PresenceTimes {
    qint64 leaseMs = limits::presenceLeaseMs;
    qint64 graceMs = limits::presenceGraceMs;
    qint64 lastSeenMs = limits::lastSeenMs;
};

/// Who is there, and who is told: leases, away, grace, watchers, and the off switch, which works
/// both ways. Without I/O and without a clock: inputs and the time go in, frames come out. One
/// thread.
class Presence {
public:
    explicit Presence(PresenceTimes times = {})
        : m_times(times)
    {
    }

    void handle(const PresenceInput &input, qint64 nowMs);
    /// Ends leases and graces that are over. Call about once a second.
    void tick(qint64 nowMs);
    std::vector<PresenceOutput> takeOutputs() { return std::exchange(m_outputs, {}); }

    PresenceState stateOf(const UserId &user) const;
    size_t people() const { return m_people.size(); }

private:
    struct Lease {
        qint64 untilMs = 0;
        bool active = true;
    };
    struct Person {
        std::map<SessionRef, Lease> leases;
        std::set<SessionRef> watchers;
        std::set<SessionRef> blindWatchers; ///< told about the profile, never about presence
        PresenceState announced = PresenceState::Offline;
        qint64 leftMs = 0; ///< when the last lease ended
        std::optional<qint64> lastSeen;
        Privacy privacy;
    };
    struct Session {
        UserId user;
        DeviceId device;
        std::vector<UserId> watched;
    };

    void arrive(const Arrived &input, qint64 nowMs);
    void depart(const Departed &input, qint64 nowMs);
    void renew(const Lively &input, qint64 nowMs);
    void watch(const Watching &input, qint64 nowMs);
    void change(const UserChanged &input);

    PresenceState current(const Person &person, qint64 nowMs) const;
    void announce(const UserId &user, Person &person, qint64 nowMs);
    void push(const UserId &user, const Person &person);
    bool seesPresence(const SessionRef &viewer) const;
    PresenceRow rowOf(const UserId &user, const Person &person) const;
    void unwatch(const SessionRef &session, Session &entry);
    void forgetIfIdle(const UserId &user);
    void noteSeen(const Session &session, qint64 nowMs);

    PresenceTimes m_times;
    std::unordered_map<UserId, Person> m_people;
    std::map<SessionRef, Session> m_sessions;
    std::unordered_map<DeviceId, qint64> m_seenMs;
    std::vector<PresenceOutput> m_outputs;
};

} // namespace parley
