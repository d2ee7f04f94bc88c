// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/store/store.h"
#include "shared/sqlite/database.h"

namespace parley {

/// The first final outcome of every operation's id, and the place of the row of an id. Nothing is
/// ever removed here. A view on a Database, on its thread; writes want a transaction.
class OperationTable {
public:
    explicit OperationTable(Database &database)
        : m_database(database)
    {
    }

    Result<std::vector<KnownOperation>> find(const ChatId &chat, const std::vector<MessageId> &ids);
    Result<bool> isAnyKnown(const ChatId &chat, const std::vector<KnownOperation> &operations);
    /// The seq of the row of this id.
    Result<std::optional<qint64>> place(const ChatId &chat, const MessageId &id);

    /// The ids of the append's operations and of its new rows.
    Status put(const ChatAppend &append);

private:
    Database &m_database;
};

} // namespace parley
