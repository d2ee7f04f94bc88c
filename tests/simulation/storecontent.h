// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/store/memory/memorystate.h"
#include "shared/result.h"
#include "shared/sqlite/database.h"

/// What a store's file holds, read by SQL of our own: it shares no query with the product.
namespace parley::simulation {

/// All of it. Damaged when a value is not what its column should hold.
Result<MemoryState> readStore(Database &database);
/// What differs between two contents, in words; nothing when they are the same. The order of
/// devices and of derived writes does not matter.
std::optional<QString> difference(const MemoryState &one, const MemoryState &other);
/// The heads of all chats and users, and how many operations and names are known: enough to tell
/// one commit from the next.
struct StoreHeads {
    qint64 chats = 0;
    qint64 operations = 0;
    qint64 marks = 0;
    qint64 users = 0;
    qint64 devices = 0;
    qint64 derived = 0;
    qint64 names = 0;

    QString text() const;
    friend bool operator==(const StoreHeads &, const StoreHeads &) = default;
};
Result<StoreHeads> readHeads(Database &database);
StoreHeads headsOf(const MemoryState &state);

} // namespace parley::simulation
