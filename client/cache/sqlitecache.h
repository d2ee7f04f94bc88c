// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/core/cache.h"
#include "shared/sqlite/database.h"
#include "shared/sqlite/folderlock.h"
#include "shared/sqlite/migrations.h"
#include "shared/sqlite/transaction.h"

namespace parley {

/// The cache as one SQLite file in a profile's folder. Whoever opens it owns it, on one thread; no
/// other process can open the same profile while it lives.
///
/// The numbered files in client/cache/migrations are its only schema. The folder is readable by its
/// user alone, what is deleted is overwritten, and a commit is durable when it returns.
class SqliteCache : public Cache {
public:
    /// Makes the folder if need be. Busy when another process has it, UpgradeRequired for the file
    /// of a newer program, Damaged for a file that is not sound; each says what to do.
    static Result<std::unique_ptr<SqliteCache>> open(const QString &folder);
    /// The same error with what the person can do about it.
    static Error explained(const Error &error, const QString &folder);
    static QString fileIn(const QString &folder);
    static Migrations migrations();
    /// Moves a damaged file out of the way, so that the next open() begins an empty one. What only
    /// it held (unsent messages) stays in the file that was moved; returns its new name.
    static Result<QString> setAside(const QString &folder);
    /// Deletes the cache's files of a profile that nobody has open.
    static Status wipe(const QString &folder);
    ~SqliteCache() override;

    Database &database() { return *m_database; }

    void begin() override;
    Status commit() override;
    std::optional<Error> takeError() override { return std::exchange(m_error, std::nullopt); }

    CachedMeta meta() override;
    void saveMeta(const CachedMeta &meta) override;
    std::vector<CachedChat> chats() override;
    void saveChat(const CachedChat &chat) override;
    void removeChat(const ChatId &chat) override;
    std::optional<Row> row(const ChatId &chat, const MessageId &id) override;
    void saveRow(const ChatId &chat, const Row &row) override;
    void removeRows(const ChatId &chat) override;
    std::vector<Row> rows(const ChatId &chat, Interval places, Order order, int limit) override;
    qint64 countMessages(const ChatId &chat, qint64 aboveSeq, const UserId &notBy) override;
    void saveUnknownEntry(const ChatId &chat, const Entry &entry) override;
    Intervals intervals(const ChatId &chat) override;
    void saveIntervals(const ChatId &chat, const Intervals::Change &change) override;
    std::vector<MemberRow> members(const ChatId &chat) override;
    std::optional<MemberRow> member(const ChatId &chat, const UserId &user) override;
    void saveMember(const ChatId &chat, const MemberRow &member) override;
    std::vector<Mark> marks(const ChatId &chat) override;
    void saveMark(const ChatId &chat, const Mark &mark) override;
    std::vector<OutboxItem> outbox() override;
    void saveOutbox(const OutboxItem &item) override;
    void removeOutbox(qint64 position) override;
    void saveSent(const SentItem &item) override;
    std::vector<SentItem> sentAbove(const ChatId &chat, qint64 seq) override;
    std::vector<SentItem> sentSince(qint64 sinceMs) override;
    void removeSentBefore(qint64 timeMs) override;
    qint64 highestPosition() override;
    std::vector<std::pair<UserId, qint64>> userRevisions() override;
    std::optional<UserRow> user(const UserId &id) override;
    void saveUser(const UserRow &user) override;
    std::vector<StateRow> state() override;
    void saveState(const StateRow &row) override;
    std::vector<Wish> wishes() override;
    void saveWish(const Wish &wish) override;
    void removeWish(const QString &key) override;
    void removeServerContent() override;

private:
    SqliteCache(std::unique_ptr<FolderLock> lock, std::unique_ptr<Database> database);

    template <typename... Values>
    void write(const QString &sql, const Values &...values);
    /// Calls `take(statement)` for each row.
    template <typename Take, typename... Values>
    void read(const QString &sql, Take &&take, const Values &...values);
    template <typename T>
    std::optional<T> body(const QByteArray &bytes);
    std::vector<SentItem> readSent(const QString &where, const auto &...values);
    void keep(const Error &error);

    std::unique_ptr<FolderLock> m_lock; // first: released after the database is closed
    std::unique_ptr<Database> m_database;
    std::optional<Transaction> m_transaction;
    std::optional<Error> m_error;
};

} // namespace parley
