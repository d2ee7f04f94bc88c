// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/store/appends.h"
#include "server/store/sqlite/chattables.h"
#include "server/store/sqlite/operationtable.h"

namespace parley {

/// Entries and rows of all chats, clustered by (chat, seq). A view on a Database, on its thread;
/// writes want a transaction.
class LogTables {
public:
    explicit LogTables(Database &database)
        : m_database(database)
        , m_chats(database)
        , m_operations(database)
    {
    }

    /// Entries with the rows, members and chat that they touch, as these are now.
    Result<std::vector<Entry>> entries(const ChatId &chat, qint64 first, qint64 last);
    Result<std::vector<Row>> rows(const ChatId &chat, qint64 low, qint64 high);
    Result<std::vector<Row>> rows(const ChatId &chat, const std::vector<MessageId> &ids);
    /// Oldest first.
    Result<std::vector<Row>> newestRows(const ChatId &chat, qsizetype count);
    Result<std::optional<Row>> lastRow(const ChatId &chat, qint64 since);
    /// Message rows of others with after < seq <= upTo.
    Result<qint64> countOthers(const ChatId &chat, const UserId &user, qint64 after, qint64 upTo);
    /// Ids of the user's newest entries, among the last ownEntriesWindow.
    Result<std::vector<MessageId>> ownEntries(const ChatId &chat, const UserId &user);

    Status putEntry(const ChatId &chat, const Entry &entry);
    Status putRow(const ChatId &chat, const Row &row);

private:
    Status joinRows(const ChatId &chat, std::vector<Entry> &entries);
    Status joinMembers(const ChatId &chat, std::vector<Entry> &entries);
    Status joinChat(const ChatId &chat, std::vector<Entry> &entries);

    Database &m_database;
    ChatTables m_chats;
    OperationTable m_operations;
};

} // namespace parley
