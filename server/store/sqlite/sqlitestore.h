// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/store/sqlite/appender.h"
#include "server/store/sqlite/sqlitereader.h"
#include "server/store/store.h"
#include "shared/random.h"
#include "shared/sqlite/folderlock.h"

namespace parley {

/// The embedded store: one SQLite file in a data folder that it keeps locked. Answers within the
/// call. The appends of a batch are one transaction with one fsync; if an append of it is
/// impossible, each gets its own. When the disk is full or fails, every outcome is Unavailable,
/// nothing is kept, and the next batch tries again.
///
/// Lives on the thread that opened it. Its readers have connections and threads of their own, and
/// should be gone before it is.
class SqliteStore : public Store {
public:
    /// NotFound without a store in the folder, Busy when another process has it, Damaged or
    /// UpgradeRequired when it must not be used. Each error's text says what to do.
    static Result<std::unique_ptr<SqliteStore>> open(const QString &folder, Random &random);
    /// Makes a new store in an existing folder; LimitReached when there is one already.
    static Result<std::unique_ptr<SqliteStore>> create(const QString &folder, Random &random);
    ~SqliteStore() override;

    void setListener(StoreListener *listener) override { m_listener = listener; }
    void load(LoadRequest request) override;
    void append(quint64 batch, std::vector<Append> appends) override;
    Epoch epoch() const override { return m_epoch; }
    Result<std::vector<Derived>> pendingDerived() override;

    std::unique_ptr<StoreReaders> readers() const;
    /// The last owner of the file did not close it: let a reader check() it while it serves.
    bool wasLeftOpen() const { return m_wasLeftOpen; }
    /// Drops what the write-ahead log still holds of deleted and replaced payloads. Call it now and
    /// then; cheap when nothing was deleted. Destruction does it too.
    void dropDeleted();
    /// Writes a backup to a new file. Restored (as the folder's only file) it draws a new epoch.
    Status backup(const QString &path);

    Database &database() { return *m_database; } ///< for tests

private:
    SqliteStore(
        std::unique_ptr<FolderLock> lock, std::unique_ptr<Database> database, bool wasLeftOpen);
    static Result<std::unique_ptr<SqliteStore>> openLocked(
        const QString &folder, std::unique_ptr<FolderLock> lock, Random &random);

    Result<Loaded> read(const LoadRequest &request);
    Status loadChat(const LoadRequest &request, Loaded &answer);
    Status loadLog(const LoadRequest &request, Loaded &answer);
    Status loadUser(const LoadRequest &request, Loaded &answer);
    Status loadPeople(const LoadRequest &request, Loaded &answer);
    Status loadDirectory(const LoadRequest &request, Loaded &answer);
    Result<std::vector<Outcome>> write(std::span<const Append> appends);
    std::vector<Outcome> writeEach(const std::vector<Append> &appends);

    std::unique_ptr<FolderLock> m_lock;
    std::unique_ptr<Database> m_database;
    bool m_wasLeftOpen;
    Epoch m_epoch;
    ChatTables m_chats;
    LogTables m_log;
    OperationTable m_operations;
    DerivedTable m_derived;
    UserTables m_users;
    DirectoryTables m_directory;
    StoreListener *m_listener = nullptr;
    bool m_hasDeleted;
};

} // namespace parley
