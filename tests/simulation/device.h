// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/cache/sqlitecache.h"
#include "client/core/clientcore.h"
#include "tests/simulation/serverside.h"

namespace parley::simulation {

/// A person's wish as a world remembers it: what must come of it in the end.
struct Wished {
    ChatId chat;
    MessageId id;
    UserId user;
    Kind kind = Kind::Message;
    qint64 number = 0; ///< in the order of this device
};

/// One device: the real core over a real cache file, and its connection.
class Device {
public:
    Device(ServerSide &server, const UserId &user, const QString &name, const QString &folder,
        quint64 seed);

    const QString name;
    const UserId user;
    DeviceId id;

    ClientCore &core() { return *m_core; }
    SqliteCache &cache() { return *m_cache; }
    bool isConnected() const { return m_wire != nullptr; }
    const std::shared_ptr<Wire> &wire() const { return m_wire; }

    void connect();
    void disconnect();
    /// The process ends and starts again: only the file is left.
    void crash();
    /// Takes one frame from the wire; false when none waits.
    bool receive();
    /// Hands one frame to the server's session; false when none waits.
    bool transmit();
    void tick();
    void jumpClock(qint64 byMs) { m_clockOffMs += byMs; }
    /// Carries out what the core wants after an input.
    void settle();

    std::vector<Wished> wished;
    std::vector<MessageId> discarded;
    void remember(const ChatId &chat, const MessageId &id, Kind kind);

    std::optional<QString> violation;
    std::function<void(const QString &)> onFrame;

private:
    void open();
    Moment moment() const;
    void noteAnswer(const QByteArray &frame);
    void checkMarks();

    ServerSide &m_server;
    QString m_folder;
    SeededRandom m_random;
    QByteArray m_token;
    std::unique_ptr<SqliteCache> m_cache;
    std::unique_ptr<ClientCore> m_core;
    std::shared_ptr<Wire> m_wire;
    qint64 m_clockOffMs = 0;
    std::map<std::pair<ChatId, UserId>, Mark> m_marks;
    std::optional<Epoch> m_marksEpoch;
};

} // namespace parley::simulation
