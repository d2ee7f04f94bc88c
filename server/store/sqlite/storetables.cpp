// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/store/sqlite/storetables.h"

using namespace Qt::StringLiterals;

namespace parley {

Result<std::optional<StoreTables::Identity>> StoreTables::identity()
{
    auto s = m_database.statement(u"SELECT epoch, isBackup FROM store"_s);
    return readFirst(s, [](const Statement &row) {
        return Identity{row.id<Epoch>(0), row.integer(1) != 0};
    });
}

Status StoreTables::setIdentity(const Identity &identity)
{
    return m_database.run(u"INSERT OR REPLACE INTO store(only, epoch, isBackup) VALUES(1, ?, ?)"_s,
        identity.epoch, int(identity.isBackup));
}

Result<StoreCounts> StoreTables::counts()
{
    StoreCounts counts;
    auto s = m_database.statement(u"SELECT users, chats, entries FROM totals"_s);
    const auto row = s.step();
    if (!row)
        return row.error();
    counts.users = s.integer(0);
    counts.chats = s.integer(1);
    counts.entries = s.integer(2);
    const auto pages = m_database.integer(u"PRAGMA page_count"_s);
    if (!pages)
        return pages.error();
    const auto pageBytes = m_database.integer(u"PRAGMA page_size"_s);
    if (!pageBytes)
        return pageBytes.error();
    counts.sizeBytes = pages->value_or(0) * pageBytes->value_or(0);
    return counts;
}

Status StoreTables::add(const Totals &totals)
{
    return m_database.run(u"UPDATE totals SET users = users + ?, chats = chats + ?, "
                          "entries = entries + ? WHERE only = 1"_s,
        totals.users, totals.chats, totals.entries);
}

} // namespace parley
