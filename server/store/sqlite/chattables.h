// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/store/appends.h"
#include "server/store/reader.h"
#include "shared/sqlite/database.h"

namespace parley {

/// Chats and their members in SQLite. A view on a Database, on its thread; writes want a
/// transaction.
class ChatTables {
public:
    explicit ChatTables(Database &database)
        : m_database(database)
    {
    }

    Result<std::optional<qint64>> head(const ChatId &chat);
    Result<std::optional<ChatRow>> row(const ChatId &chat);
    Result<std::optional<ChatAggregate>> aggregate(const ChatId &chat);
    Result<std::optional<StoredMember>> member(const ChatId &chat, const UserId &user);
    Result<std::vector<StoredMember>> members(
        const ChatId &chat, const std::optional<UserId> &after, qsizetype most);
    Result<std::vector<UserHead>> heads(const UserId &user);
    /// Both are Member of one chat.
    /// Both are Member of a chat, and none blocks the other in it.
    Result<bool> haveCommonChat(const UserId &one, const UserId &other);
    /// Both are Member of a chat, or invited to it.
    Result<bool> areServedTogether(const UserId &one, const UserId &other);

    /// Creates the chat (then `append.row` is there) or moves its head; takes its own row.
    Status putChat(const ChatAppend &append);
    /// Everything but the watermarks, which start at 0.
    Status putMember(const ChatId &chat, const StoredMember &member);
    Status raiseMark(const ChatId &chat, const StoredMark &mark);

private:
    Status putRow(const ChatId &chat, const ChatRow &row);

    Database &m_database;
};

} // namespace parley
