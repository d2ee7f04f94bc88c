// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "tests/simulation/device.h"

namespace parley::simulation {

/// What the servers of a world keep everything in.
enum class StoreKind : quint8 {
    Memory, ///< the reference engine
    Sqlite, ///< the product's, on a disk that crashes
    Hostile, ///< partitioned, with several owners
};

struct WorldOptions {
    StoreKind store = StoreKind::Sqlite;
    QStringList without; ///< faults that do not happen
    int steps = 0; ///< at most; 0: as the world has it
    std::optional<Mix> mix; ///< instead of one that is drawn
};

/// One seed is one world: people with devices, a server, a network, and what goes wrong. Everything
/// runs on one thread in an order that the seed decides; time passes only when the world says so.
class World {
public:
    /// `folder` must be empty; the stand-ins of the disks' files are made in it.
    World(quint64 seed, const QString &folder, const WorldOptions &options = {});
    ~World();

    /// Lives through the steps, lets everything come to rest, and checks what must hold. Nothing,
    /// or what was violated.
    std::optional<QString> run();

    const Counts &counts() const { return m_server.counts; }
    qint64 operations() const;
    qsizetype people() const { return qsizetype(m_users.size()); }
    qsizetype devices() const { return qsizetype(m_devices.size()); }
    int faultKinds() const;
    const Mix &mix() const { return m_mix; }
    int steps() const { return m_stepsDone; } ///< that it lived through
    /// For a test of the checks: at the end the store is as it was before the last
    /// acknowledgements.
    bool loseSomethingAcknowledged = false;
    /// Called with a line for each thing that happens.
    std::function<void(const QString &)> trace;

private:
    friend class Stage; ///< a world in which a script says what happens
    std::unique_ptr<WorldStore> makeStore(StoreKind kind, Counts &counts);
    void populate();
    Device &addDevice(const UserId &user, qsizetype person);
    void step();
    void network();
    void passTime(qint64 ms);
    std::optional<QString> violation();
    std::optional<QString> live();

    // What goes wrong (misfortune.cpp)
    void misfortune();
    void networkMisfortune();
    void deviceMisfortune();
    void serverMisfortune();

    // The end of it (rest.cpp)
    bool deliverAll();
    /// Nothing goes wrong any more; how soon all must be well.
    qint64 endFaults();
    std::optional<QString> comeToRest();
    std::optional<QString> restWithin(qint64 allowedMs, qint64 changingMs);
    void loseLastWords();
    void changeThePast();
    std::optional<QString> whatIsMissing();
    /// Rows that all devices hold together: while it grows, somebody still fetches the past.
    qint64 heldRows() const;
    std::optional<QString> compareWithAFreshDevice();

    // What people do (people.cpp, habits.cpp)
    void act(Device &device);
    QByteArray newPayload(const Device &device);
    void say(Device &device, const ChatId &chat);
    void change(Device &device, const ChatId &chat);
    void governGroup(Device &device, const ChatId &chat);
    void readOn(Device &device, const ChatId &chat);
    void keepState(Device &device, const ChatId &chat);
    void look(Device &device, const ChatId &chat);
    void pry(Device &device);
    bool sayAgain(Device &device);
    bool takeAnId(Device &device, const ChatId &chat);
    void settleFailures(Device &device, const ChatId &chat);
    void startChat(Device &device);
    void manageDevices(Device &device);
    std::optional<Row> someMessage(Device &device, const ChatId &chat);
    std::optional<ChatId> someChat(Device &device);
    void rememberNewest(Device &device, const ChatId &chat, size_t before, const Status &done);

    // What must hold (invariants.cpp, deviceinvariants.cpp)
    std::optional<QString> checkLogs() const;
    std::optional<QString> checkAcknowledged() const;
    std::optional<QString> checkWishes();
    std::optional<QString> checkDevice(Device &device);
    std::optional<QString> checkChat(Device &device, const ChatId &id, const MemoryChat &stored);
    std::optional<QString> checkEverything();

    void tell(const QString &line)
    {
        if (trace)
            trace(line);
    }
    /// Not of a device that was removed, or that a restored backup does not know.
    bool mustBeWell(const Device &device) const
    {
        return !device.isRevoked && m_server.hasDevice(device.user, device.id);
    }
    Device &someDevice() { return *m_devices[size_t(m_random.pick(int(m_devices.size())))]; }
    UserId someUser() { return m_users[size_t(m_random.pick(int(m_users.size())))]; }

    SeededRandom m_random;
    Mix m_mix;
    QString m_folder;
    ServerSide m_server;
    std::vector<UserId> m_users;
    std::vector<std::unique_ptr<Device>> m_devices;
    int m_stepsDone = 0;
    bool m_hasFaults = true;
};

} // namespace parley::simulation
