// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/store/sqlite/derivedtable.h"

using namespace Qt::StringLiterals;

namespace parley {

Result<std::vector<Derived>> DerivedTable::all()
{
    auto s = m_database.statement(u"SELECT chat, user, at, since, gone FROM derived ORDER BY at"_s);
    return readAll(s, [](const Statement &row) {
        ChatState at{row.integer(2), row.optionalInteger(3)};
        if (const auto gone = row.optionalInteger(4))
            at.gone = static_cast<MemberState>(*gone);
        return Derived{row.id<ChatId>(0), row.id<UserId>(1), at};
    });
}

Status DerivedTable::put(const Derived &derived)
{
    return m_database.run(
        u"INSERT OR REPLACE INTO derived(user, chat, at, since, gone) VALUES(?, ?, ?, ?, ?)"_s,
        derived.user, derived.chat, derived.at.at, derived.at.since,
        derived.at.gone ? std::optional(static_cast<qint64>(*derived.at.gone)) : std::nullopt);
}

Status DerivedTable::remove(const Derived &derived)
{
    return m_database.run(u"DELETE FROM derived WHERE user = ? AND chat = ? AND at <= ?"_s,
        derived.user, derived.chat, derived.at.at);
}

} // namespace parley
