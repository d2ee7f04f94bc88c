// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/cache/sqlitecache.h"
#include "client/search/searcher.h"
#include "tests/client/support/log.h"
#include "tests/client/support/seededrandom.h"

#include <QtCore/QTemporaryDir>

namespace parley {

/// A cache in a folder of its own with chats that are held whole, its index, and a core over it.
class Library {
public:
    Library();
    ~Library();

    static UserId me() { return userNumber(1); }
    static UserId anna() { return userNumber(2); }

    Database &database() { return m_cache->database(); }
    SqliteCache &cache() { return *m_cache; }
    SearchIndex &index() { return *m_index; }
    ClientCore &core() { return *m_core; }

    /// Rows are known to the core after open().
    void addChat(const ChatId &chat);
    /// The next place of the chat; one transaction.
    Row say(const ChatId &chat, const UserId &sender, const QString &text, qint64 timeMs,
        std::optional<MessageId> replyTo = {});
    /// What changed of it is the caller's.
    void save(const ChatId &chat, const Row &row);
    /// Holds everything from this place on.
    void hold(const ChatId &chat, qint64 from = 1);
    /// The program begins, or begins again.
    void open();
    /// The index knows everything.
    void catchUp();
    /// All hits, page by page.
    std::vector<Row> find(SearchRequest request);
    QStringList texts(const QString &needle);

private:
    QTemporaryDir m_folder;
    SeededRandom m_random{3};
    std::unique_ptr<SqliteCache> m_cache;
    std::unique_ptr<SearchIndex> m_index;
    std::unique_ptr<ClientCore> m_core;
    std::unique_ptr<Searcher> m_searcher;
    std::map<ChatId, qint64> m_heads;
    quint32 m_made = 0;
};

} // namespace parley
