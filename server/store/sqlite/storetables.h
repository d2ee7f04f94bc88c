// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/store/reader.h"
#include "shared/sqlite/database.h"

namespace parley {

/// What grew in one transaction.
struct Totals {
    qint64 users = 0;
    qint64 chats = 0;
    qint64 entries = 0;

    bool isZero() const { return users == 0 && chats == 0 && entries == 0; }
};

/// What the file says of itself: epoch, whether it is a backup, and totals. A view on a Database,
/// on its thread; writes want a transaction.
class StoreTables {
public:
    explicit StoreTables(Database &database)
        : m_database(database)
    {
    }

    struct Identity {
        Epoch epoch;
        bool isBackup = false;
    };
    /// Nothing in a file that was just made.
    Result<std::optional<Identity>> identity();
    Status setIdentity(const Identity &identity);

    Result<StoreCounts> counts();
    Status add(const Totals &totals);

private:
    Database &m_database;
};

} // namespace parley
