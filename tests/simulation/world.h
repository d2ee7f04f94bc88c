// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "tests/simulation/device.h"

namespace parley::simulation {

/// One seed is one world: people with devices, a server, a network, and what goes wrong. Everything
/// runs on one thread in an order that the seed decides; time passes only when the world says so.
class World {
public:
    /// `folder` must be empty; the devices' caches are made in it.
    World(quint64 seed, const QString &folder);

    /// Lives through the steps, lets everything come to rest, and checks what must hold. Nothing,
    /// or what was violated.
    std::optional<QString> run();

    const Counts &counts() const { return m_server.counts; }
    qint64 operations() const;
    /// For a test of the checks: at the end the store is as it was before the last
    /// acknowledgements.
    bool loseSomethingAcknowledged = false;
    /// Called with a line for each thing that happens.
    std::function<void(const QString &)> trace;

private:
    void populate();
    void step();
    void happen();
    void misfortune();
    void network();
    void passTime(qint64 ms);
    bool deliverAll();
    void comeToRest();

    // What people do (people.cpp)
    void act(Device &device);
    void say(Device &device, const ChatId &chat);
    void change(Device &device, const ChatId &chat);
    void governGroup(Device &device, const ChatId &chat);
    void readOn(Device &device, const ChatId &chat);
    void keepState(Device &device, const ChatId &chat);
    std::optional<Row> someMessage(Device &device, const ChatId &chat);
    std::optional<ChatId> someChat(Device &device);

    // What must hold (invariants.cpp)
    std::optional<QString> violation();
    std::optional<QString> checkLogs() const;
    std::optional<QString> checkAcknowledged() const;
    std::optional<QString> checkWishes();
    std::optional<QString> checkDevice(Device &device);
    std::optional<QString> checkChat(Device &device, const ChatId &id, const MemoryChat &stored);

    void tell(const QString &line)
    {
        if (trace)
            trace(line);
    }
    Device &someDevice() { return *m_devices[size_t(m_random.pick(int(m_devices.size())))]; }

    SeededRandom m_random;
    Mix m_mix;
    ServerSide m_server;
    QString m_folder;
    std::vector<UserId> m_users;
    std::vector<std::unique_ptr<Device>> m_devices;
    bool m_hasFaults = true;
};

} // namespace parley::simulation
