// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/sqlite/transaction.h"

#include "shared/sqlite/database.h"

using namespace Qt::StringLiterals;

namespace parley {

Result<Transaction> Transaction::begin(Database &database, Kind kind)
{
    const auto begun =
        database.run(kind == Kind::Write ? u"BEGIN IMMEDIATE"_s : u"BEGIN DEFERRED"_s);
    if (!begun)
        return begun.error();
    return Transaction(database);
}

Transaction::Transaction(Transaction &&other) noexcept
    : m_database(std::exchange(other.m_database, nullptr))
{
}

Transaction::~Transaction()
{
    // SQLite rolls back by itself after some errors; then this one finds nothing to do.
    if (m_database)
        (void)m_database->run(u"ROLLBACK"_s);
}

Status Transaction::commit()
{
    PARLEY_ASSERT(m_database);
    auto done = m_database->run(u"COMMIT"_s);
    if (done)
        m_database = nullptr;
    return done;
}

} // namespace parley
