// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/store/sqlite/chattables.h"
#include "server/store/sqlite/derivedtable.h"
#include "server/store/sqlite/directorytables.h"
#include "server/store/sqlite/logtables.h"
#include "server/store/sqlite/operationtable.h"
#include "server/store/sqlite/storetables.h"
#include "server/store/sqlite/usertables.h"
#include "server/store/store.h"

namespace parley {

/// Writes appends inside of an open transaction: compares first, and writes only what fits. Made
/// for one transaction. After an error the transaction is to be rolled back.
class Appender {
public:
    Appender(Database &database, const Epoch &epoch);

    Result<Outcome> apply(const Append &append);
    /// Once, after the last append.
    Status finish();
    /// An append took a payload away: what the log of SQLite still holds of it wants to be dropped.
    bool hasDeleted() const { return m_hasDeleted; }

private:
    Result<Outcome> applyOne(const ChatAppend &append);
    Result<Outcome> applyOne(const UserAppend &append);
    Result<Outcome> applyOne(const DirectoryAppend &append);
    Result<Outcome> applyOne(const DerivedDone &done);
    Result<bool> fits(const ChatAppend &append);
    Status writeLog(const ChatAppend &append);
    Status writeMarks(const ChatAppend &append);

    Epoch m_epoch;
    ChatTables m_chats;
    LogTables m_log;
    OperationTable m_operations;
    DerivedTable m_derived;
    UserTables m_users;
    DirectoryTables m_directory;
    StoreTables m_store;
    Totals m_totals;
    bool m_hasDeleted = false;
};

} // namespace parley
