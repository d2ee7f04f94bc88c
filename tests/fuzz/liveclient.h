// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/cache/sqlitecache.h"
#include "client/core/clientcore.h"
#include "tests/client/support/seededrandom.h"
#include "tests/fuzz/feed.h"

#include <QtCore/QTemporaryDir>

namespace parley {

/// A real cache that begins empty again and again: one file in memory for the whole program.
class ReusedCache {
public:
    ReusedCache();
    /// Empties it.
    SqliteCache &fresh();

private:
    QTemporaryDir m_folder;
    std::unique_ptr<SqliteCache> m_cache;
    QStringList m_tables;
};

/// A client core over a real cache, before a server that may say anything. What must hold whatever
/// is said is asserted after each input and, by reading the cache anew, at the end.
class LiveClient {
public:
    explicit LiveClient(SqliteCache &cache);

    ClientCore &core() { return m_core; }
    const KnownIds &known() const { return m_known; }
    void connect();
    /// The server speaks; bytes that are no frame close the connection, as the driver does.
    void hear(const QByteArray &frame);
    void hear(const ServerFrame &frame);
    void pass(qint64 ms);
    void compose(const ChatId &chat, const QByteArray &words);
    /// What was refused gets a new id.
    void retry(const ChatId &chat, const MessageId &id);
    /// Takes what the core wants, and checks it.
    void settle();
    /// What is shown of every chat.
    void look();
    /// Memory says what the cache says, and nothing written was lost.
    void checkAtEnd();

    /// What waits for an answer, oldest first.
    std::vector<ClientFrame> pending;
    static UserId me() { return UserId::fromArray({0, 1}); }

private:
    bool isAccepted(const ChatId &chat, const MessageId &id) const;

    SqliteCache &m_cache;
    SeededRandom m_random{5};
    ClientCore m_core;
    Moment m_now{1'700'000'000'000, 1'000};
    KnownIds m_known;
    std::map<MessageId, ChatId> m_composed;
    QByteArray m_heard; ///< all bytes that could name a message
};

} // namespace parley
