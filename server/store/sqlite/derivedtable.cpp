// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/store/sqlite/derivedtable.h"

using namespace Qt::StringLiterals;

namespace parley {

Result<std::vector<Derived>> DerivedTable::all()
{
    auto s = m_database.statement(u"SELECT chat, user, at, since FROM derived ORDER BY at"_s);
    return readAll(s, [](const Statement &row) {
        return Derived{row.id<ChatId>(0), row.id<UserId>(1),
            ChatState{row.integer(2), row.optionalInteger(3)}};
    });
}

Status DerivedTable::put(const Derived &derived)
{
    return m_database.run(
        u"INSERT OR REPLACE INTO derived(user, chat, at, since) VALUES(?, ?, ?, ?)"_s, derived.user,
        derived.chat, derived.at.at, derived.at.since);
}

Status DerivedTable::remove(const Derived &derived)
{
    return m_database.run(u"DELETE FROM derived WHERE user = ? AND chat = ? AND at <= ?"_s,
        derived.user, derived.chat, derived.at.at);
}

} // namespace parley
