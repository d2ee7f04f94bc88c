// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "tests/simulation/world.h"

#include <QtCore/QTemporaryDir>

namespace parley::simulation {

/// A world in which nothing happens by chance: the real cores, sessions and stores of a simulated
/// one, and a script that says what people do and what goes wrong. Judged like any world.
class Stage {
public:
    struct Scene {
        StoreKind store = StoreKind::Memory;
        quint64 seed = 1;
        int people = 3; ///< odd: strangers are asked before direct chats alone
        double powerLoss = 0; ///< of a crash
        int checkpointPages = 0; ///< 0: as the product has it
    };
    explicit Stage(const Scene &scene);
    Stage(const Stage &) = delete;
    Stage &operator=(const Stage &) = delete;

    ServerSide &server() { return m_world.m_server; }
    /// Those of the people first, one each, then those that were added.
    Device &device(size_t number) { return *m_world.m_devices[number]; }
    size_t devices() const { return m_world.m_devices.size(); }
    UserId user(size_t person) const { return m_world.m_users[person]; }
    Device &addDevice(size_t person);
    void addPerson(const QString &name) { m_world.m_users.push_back(server().addUser(name)); }

    // What people want. What the device refuses is wanted again when nothing goes wrong any more.
    using Work = std::function<Status(ClientCore &)>;
    bool want(Device &device, const ChatId &chat, const Work &work);
    using Creation = std::function<Result<ChatId>(ClientCore &)>;
    std::optional<ChatId> create(Device &device, const Creation &work);
    /// A message that no other is like.
    std::optional<MessageId> say(Device &device, const ChatId &chat);
    /// The id of the newest message that the device holds.
    MessageId newest(Device &device, const ChatId &chat);
    /// What it holds of it, or nothing.
    std::optional<Row> row(Device &device, const ChatId &chat, const MessageId &message);
    qint64 unread(Device &device, const ChatId &chat);

    // How time passes
    /// All frames that are under way arrive.
    void deliver() { m_world.deliverAll(); }
    /// Whoever is off is switched on, whoever is away connects, and all frames arrive.
    void meet();
    /// The same for so long.
    void live(qint64 ms);
    void pass(qint64 ms) { m_world.passTime(ms); }
    /// A group of everybody, known to all devices.
    ChatId group();

    /// Nothing goes wrong any more, what was refused is wanted again, and all must be well soon.
    /// Nothing, or what is not.
    std::optional<QString> rest();
    /// What must always hold. Nothing, or what was violated.
    std::optional<QString> judge();

private:
    std::optional<QString> unsound();
    void refused(const Error &error, std::function<void()> again);

    QTemporaryDir m_folder;
    World m_world;
    std::vector<std::function<void()>> m_again;
    std::optional<QString> m_violation;
};

} // namespace parley::simulation
