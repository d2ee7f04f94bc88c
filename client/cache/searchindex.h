// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/search/searchvalues.h"
#include "shared/sqlite/database.h"

namespace parley {

/// The index of the cache for searching: names the messages in which a text may stand, newest
/// first. Whoever searches compares; the index never leaves one out that it holds.
///
/// It follows behind: whatever changes rows leaves a note in the same transaction, and step() takes
/// notes and index forward in one of its own. So a kill costs nothing, and an append is not slower
/// by more than the note. Uses a Database that outlives it, on its thread, outside of its
/// transactions.
class SearchIndex {
public:
    /// Messages of one millisecond keep their order up to so many.
    static constexpr qint64 placesPerMs = 16;

    explicit SearchIndex(Database &database)
        : m_database(database)
    {
    }

    /// Whether step() has something to do.
    Result<bool> isBehind();
    /// Looks at up to `most` messages.
    Status step(int most);

    /// Whether sweep() has something to do.
    Result<bool> hasRemains();
    /// What was deleted or edited is no longer found at once, but SQLite only notes that in the
    /// full-text index: its characters go when the parts that hold them are merged. Merges about
    /// `pages` pages; what is freed is overwritten, as everything in the cache.
    Status sweep(int pages);

    struct Candidate {
        qint64 place = 0;
        ChatId chat;
        MessageId id;
    };
    /// Those before `before`, newest first.
    Result<std::vector<Candidate>> find(const SearchRequest &wanted, qint64 before, int most);

private:
    struct Note {
        qint64 position = 0;
        ChatId chat;
        MessageId id;
    };
    struct Held {
        qint64 place = 0;
        QString text;
    };
    Status look(const Note &note);
    Result<std::optional<Held>> held(const Note &note);
    Status remove(const Held &held);
    Status insert(const Note &note, const Held &entry);
    Result<qint64> freePlace(qint64 timeMs);

    Database &m_database;
};

} // namespace parley
