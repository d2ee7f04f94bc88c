// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "tests/simulation/laws.h"
#include "tests/simulation/mix.h"
#include "tests/simulation/node.h"
#include "tests/simulation/oracle.h"

namespace parley::simulation {

/// The server's side of a world: one store, and the servers that have it open. Embedded engines
/// have one; a partitioned one has several, and each believes that every chat is its own.
class ServerSide {
public:
    using MakeStore = std::function<std::unique_ptr<WorldStore>(Counts &)>;
    ServerSide(SeededRandom &random, const Mix &mix, const MakeStore &makeStore);

    /// Somebody answers the door.
    bool isUp() const;
    /// Starts what is down.
    void boot();
    /// One server ends. The store is as it is.
    void crash();
    void backup() { m_store->backup(); }
    /// Comes back from the last backup, with a new epoch.
    void restore();
    /// What goes wrong only where there are several servers.
    void misfortune();
    void endFaults();
    /// At the very end, at rest.
    void finish();
    /// What its store is on; null for one that is on none.
    CrashingDisk *disk() { return m_store->disk(); }
    /// \see WorldStore::losesPushes
    bool losesPushes() const { return m_store->losesPushes(); }

    std::shared_ptr<Wire> accept();
    void forget(const std::shared_ptr<Wire> &wire);

    UserId addUser(const QString &name);
    /// Devices can be made now, by the first of the servers.
    bool mayAddDevices() const { return m_nodes.front() != nullptr; }
    QByteArray addDevice(const UserId &user, DeviceId &device);
    bool hasDevice(const UserId &user, const DeviceId &device) const;

    /// One step of one part; false when nothing waits there.
    bool stepService();
    bool stepReader();
    bool stepMailbox();
    void tick();

    const MemoryState &state() const { return m_store->state(); }

    qint64 nowMs = 1'700'000'000'000;
    std::optional<QString> violation;
    /// What clients were told: (chat, id) to seq. Emptied by a restore.
    std::map<std::pair<ChatId, MessageId>, qint64> acknowledged;
    Counts counts;
    bool wasRestored = false;
    bool losesLastWords = false; ///< every second push, though nothing else goes wrong

private:
    friend class Node;
    friend class Wire;
    SeededRandom &random() { return m_random; }
    const Config &config() const { return m_config; }
    const Mix &mix() const { return m_mix; }
    bool losesPush();
    void judge(Wire &wire, const QByteArray &frame);

    Node *someNode();
    /// The machine may have died at a storage operation of the last step.
    void noteDeath();
    void settle();
    void noteRemovals();
    void followLogs();
    void checkMarks();

    SeededRandom &m_random;
    Mix m_mix;
    Config m_config;
    Oracle m_oracle;
    Outcomes m_outcomes;
    std::unique_ptr<WorldStore> m_store;
    std::vector<std::unique_ptr<Node>> m_nodes; ///< null while it is down
    std::vector<qint64> m_downUntilMs;
    std::map<std::pair<ChatId, UserId>, std::pair<qint64, qint64>> m_marks;
    std::vector<std::pair<DeviceId, UserId>> m_devices;
    quint64 m_lastSession = 0;
    bool m_hasFaults = true;
};

} // namespace parley::simulation
