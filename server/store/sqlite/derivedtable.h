// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/store/appends.h"
#include "shared/sqlite/database.h"

namespace parley {

/// Writes into users' aggregates that appends promised. A view on a Database, on its thread; writes
/// want a transaction.
class DerivedTable {
public:
    explicit DerivedTable(Database &database)
        : m_database(database)
    {
    }

    Result<std::vector<Derived>> all();
    Status put(const Derived &derived);
    /// This one, and older ones for the same user and chat.
    Status remove(const Derived &derived);

private:
    Database &m_database;
};

} // namespace parley
