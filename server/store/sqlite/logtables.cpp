// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/store/sqlite/logtables.h"

#include "server/store/touched.h"
#include "shared/codec/cbor.h"

using namespace Qt::StringLiterals;

namespace parley {

namespace {

/// How a row's reactions lie in their column.
struct Reactions {
    static constexpr auto name = "Reactions";
    std::vector<Reaction> all;
    static constexpr auto fields = std::tuple{field("all", &Reactions::all, "")};
};

QString rowColumns()
{
    return u"seq, id, kind, revision, sender, time, editedAt, deleted, replyTo, threadRoot, "
           "expires, contentType, payload, user, text, role, reactions"_s;
}

Row readRow(const Statement &s)
{
    Row row;
    row.seq = s.integer(0);
    row.id = s.id<MessageId>(1);
    row.kind = static_cast<Kind>(s.integer(2));
    row.revision = s.integer(3);
    row.sender = s.id<UserId>(4);
    row.time = s.integer(5);
    row.editedAt = s.optionalInteger(6);
    row.deleted = s.integer(7) != 0;
    row.replyTo = s.optionalId<MessageId>(8);
    row.threadRoot = s.optionalId<MessageId>(9);
    row.expires = s.optionalInteger(10);
    row.contentType = static_cast<ContentType>(s.integer(11));
    row.payload = s.bytes(12);
    row.user = s.optionalId<UserId>(13);
    row.text = s.optionalText(14);
    if (const auto role = s.optionalInteger(15))
        row.role = static_cast<Role>(*role);
    if (const auto bytes = s.optionalBytes(16)) {
        if (auto reactions = fromCbor<Reactions>(*bytes))
            row.reactions = std::move(reactions->all);
    }
    return row;
}

Entry readEntry(const Statement &s)
{
    Entry entry;
    entry.seq = s.integer(0);
    entry.kind = static_cast<Kind>(s.integer(1));
    entry.id = s.id<MessageId>(2);
    entry.actor = s.id<UserId>(3);
    entry.time = s.integer(4);
    entry.target = s.optionalId<MessageId>(5);
    entry.user = s.optionalId<UserId>(6);
    return entry;
}

} // namespace

Result<std::vector<Entry>> LogTables::entries(const ChatId &chat, qint64 first, qint64 last)
{
    auto found =
        readAll(m_database
                    .statement(u"SELECT seq, kind, id, actor, time, target, user FROM entries "
                               "WHERE chat = ? AND seq BETWEEN ? AND ? ORDER BY seq"_s)
                    .bindAll(chat, first, last),
            readEntry);
    if (!found || found->empty())
        return found;
    if (auto joined = joinRows(chat, *found); !joined)
        return joined.error();
    if (auto joined = joinMembers(chat, *found); !joined)
        return joined.error();
    if (auto joined = joinChat(chat, *found); !joined)
        return joined.error();
    return found;
}

Status LogTables::joinRows(const ChatId &chat, std::vector<Entry> &entries)
{
    auto made = rows(chat, entries.front().seq, entries.back().seq);
    if (!made)
        return made.error();
    std::map<MessageId, Row> known;
    for (Row &row : *made)
        known.emplace(row.id, std::move(row));
    for (Entry &entry : entries) {
        const MessageId id = touchedRow(entry);
        auto row = known.find(id);
        if (row == known.end() && entry.target) {
            auto older = rows(chat, std::vector{id});
            if (!older)
                return older.error();
            if (!older->empty())
                row = known.emplace(id, std::move(older->front())).first;
        }
        if (row != known.end())
            entry.row = row->second;
    }
    return Done{};
}

Status LogTables::joinMembers(const ChatId &chat, std::vector<Entry> &entries)
{
    std::map<UserId, std::optional<MemberRow>> known;
    for (Entry &entry : entries) {
        const auto &user = entry.user;
        if (!user)
            continue;
        auto row = known.find(*user);
        if (row == known.end()) {
            const auto member = m_chats.member(chat, *user);
            if (!member)
                return member.error();
            row = known.emplace(*user, std::nullopt).first;
            if (*member)
                row->second = (*member)->row;
        }
        entry.member = row->second;
    }
    return Done{};
}

Status LogTables::joinChat(const ChatId &chat, std::vector<Entry> &entries)
{
    std::optional<ChatRow> row;
    for (Entry &entry : entries) {
        if (!touchesChat(entry.kind))
            continue;
        if (!row) {
            const auto found = m_chats.row(chat);
            if (!found)
                return found.error();
            row = *found;
        }
        entry.chat = row;
    }
    return Done{};
}

Result<std::vector<Row>> LogTables::rows(const ChatId &chat, qint64 low, qint64 high)
{
    static const QString sql = u"SELECT "_s + rowColumns()
        + u" FROM rows WHERE chat = ? AND seq BETWEEN ? AND ? ORDER BY seq"_s;
    return readAll(m_database.statement(sql).bindAll(chat, low, high), readRow);
}

Result<std::vector<Row>> LogTables::rows(const ChatId &chat, const std::vector<MessageId> &ids)
{
    std::vector<Row> found;
    for (const MessageId &id : ids) {
        const auto place = m_operations.place(chat, id);
        if (!place)
            return place.error();
        if (!*place)
            continue;
        auto row = rows(chat, **place, **place);
        if (!row)
            return row;
        std::move(row->begin(), row->end(), std::back_inserter(found));
    }
    return found;
}

Result<std::vector<Row>> LogTables::newestRows(const ChatId &chat, qsizetype count)
{
    static const QString sql =
        u"SELECT "_s + rowColumns() + u" FROM rows WHERE chat = ? ORDER BY seq DESC LIMIT ?"_s;
    auto found = readAll(m_database.statement(sql).bindAll(chat, qint64(count)), readRow);
    if (found)
        std::reverse(found->begin(), found->end());
    return found;
}

Result<std::optional<Row>> LogTables::lastRow(const ChatId &chat, qint64 since)
{
    static const QString sql = u"SELECT "_s + rowColumns()
        + u" FROM rows WHERE chat = ? AND seq >= ? ORDER BY seq DESC LIMIT 1"_s;
    return readFirst(m_database.statement(sql).bindAll(chat, since), readRow);
}

// Counted on the entries: they are small, and each message row has its own.
Result<qint64> LogTables::countOthers(
    const ChatId &chat, const UserId &user, qint64 after, qint64 upTo)
{
    const auto count = m_database.integer(
        u"SELECT count(*) FROM entries WHERE chat = ? AND seq > ? AND seq <= ? AND kind = ? "
        "AND actor <> ?"_s,
        chat, after, upTo, int(Kind::Message), user);
    if (!count)
        return count.error();
    return count->value_or(0);
}

Result<std::vector<MessageId>> LogTables::ownEntries(const ChatId &chat, const UserId &user)
{
    return readAll(
        m_database
            .statement(u"SELECT id FROM entries WHERE chat = ? AND actor = ? AND seq > "
                       "(SELECT head FROM chats WHERE chat = ?) - ? ORDER BY seq DESC LIMIT ?"_s)
            .bindAll(chat, user, chat, ownEntriesWindow, qint64(limits::arrayItems)),
        [](const Statement &s) { return s.id<MessageId>(0); });
}

Status LogTables::putEntry(const ChatId &chat, const Entry &entry)
{
    return m_database.run(u"INSERT INTO entries(chat, seq, kind, id, actor, time, target, user) "
                          "VALUES(?, ?, ?, ?, ?, ?, ?, ?)"_s,
        chat, entry.seq, int(entry.kind), entry.id, entry.actor, entry.time, entry.target,
        entry.user);
}

Status LogTables::putRow(const ChatId &chat, const Row &row)
{
    static const QString sql = u"INSERT OR REPLACE INTO rows(chat, "_s + rowColumns()
        + u") VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s;
    const auto role = row.role ? std::optional(int(*row.role)) : std::optional<int>();
    const auto reactions = row.reactions.empty() ? std::optional<QByteArray>()
                                                 : std::optional(toCbor(Reactions{row.reactions}));
    return m_database.run(sql, chat, row.seq, row.id, int(row.kind), row.revision, row.sender,
        row.time, row.editedAt, int(row.deleted), row.replyTo, row.threadRoot, row.expires,
        int(row.contentType), row.payload, row.user, row.text, role, reactions);
}

} // namespace parley
