// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/store/sqlite/operationtable.h"

using namespace Qt::StringLiterals;

namespace parley {

Result<std::vector<KnownOperation>> OperationTable::find(
    const ChatId &chat, const std::vector<MessageId> &ids)
{
    std::vector<KnownOperation> found;
    auto s = m_database.statement(u"SELECT sender, content, seq, time, error FROM operations "
                                  "WHERE chat = ? AND id = ?"_s);
    for (const MessageId &id : ids) {
        const auto known = readAll(s.bindAll(chat, id), [&](const Statement &row) {
            KnownOperation operation;
            operation.id = id;
            operation.sender = row.id<UserId>(0);
            operation.content = row.bytes(1);
            operation.seq = row.optionalInteger(2);
            operation.time = row.integer(3);
            if (const auto error = row.optionalInteger(4))
                operation.error = static_cast<ErrorCode>(*error);
            return operation;
        });
        if (!known)
            return known.error();
        found.insert(found.end(), known->begin(), known->end());
    }
    return found;
}

Result<bool> OperationTable::isAnyKnown(
    const ChatId &chat, const std::vector<KnownOperation> &operations)
{
    for (const KnownOperation &operation : operations) {
        const auto known = m_database.integer(
            u"SELECT 1 FROM operations WHERE chat = ? AND id = ?"_s, chat, operation.id);
        if (!known)
            return known.error();
        if (known->has_value())
            return true;
    }
    return false;
}

Result<std::optional<qint64>> OperationTable::place(const ChatId &chat, const MessageId &id)
{
    return m_database.integer(
        u"SELECT place FROM operations WHERE chat = ? AND id = ?"_s, chat, id);
}

Status OperationTable::put(const ChatAppend &append)
{
    std::map<MessageId, const Row *> rows; // the new ones
    for (const Row &row : append.rows) {
        if (row.seq > append.expectedHead)
            rows.emplace(row.id, &row);
    }
    auto insert = m_database.statement(
        u"INSERT INTO operations(chat, id, sender, content, seq, time, error, place) "
        "VALUES(?, ?, ?, ?, ?, ?, ?, ?)"_s);
    for (const KnownOperation &operation : append.operations) {
        const auto row = rows.find(operation.id);
        insert.bindAll(append.chat, operation.id, operation.sender, operation.content,
            operation.seq, operation.time);
        if (operation.error)
            insert.bind(int(*operation.error));
        else
            insert.bind(nullptr);
        if (row != rows.end())
            insert.bind(row->second->seq);
        else
            insert.bind(nullptr);
        if (auto done = insert.run(); !done)
            return done;
        if (row != rows.end())
            rows.erase(row);
    }
    // Rows of the server's own: nobody may send an operation with such an id.
    for (const auto &[id, row] : rows) {
        insert.bindAll(append.chat, id, row->sender, QByteArray(), row->seq, row->time,
            std::optional<int>(), row->seq);
        if (auto done = insert.run(); !done)
            return done;
    }
    return Done{};
}

} // namespace parley
