// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/store/reader.h"
#include "server/store/sqlite/chattables.h"
#include "server/store/sqlite/directorytables.h"
#include "server/store/sqlite/logtables.h"
#include "server/store/sqlite/storetables.h"
#include "server/store/sqlite/usertables.h"

namespace parley {

/// Reads the SQLite store by a read-only connection of its own. Belongs to the thread that opened
/// it. Failures of the file are Unavailable, whatever their cause: the log has it.
class SqliteReader : public StoreReader {
public:
    static Result<std::unique_ptr<SqliteReader>> open(const QString &path);

    Epoch epoch() const override { return m_epoch; }
    Result<std::vector<UserHead>> heads(const UserId &user) override;
    Result<UserAggregate> user(const UserId &user) override;
    Result<std::vector<StateRow>> stateAfter(
        const UserId &user, qint64 revision, qsizetype most) override;
    Result<ChatAggregate> chat(const ChatId &chat) override;
    Result<std::optional<StoredMember>> member(const ChatId &chat, const UserId &user) override;
    Result<qint64> head(const ChatId &chat) override;
    Result<std::vector<Entry>> entries(const ChatId &chat, qint64 first, qint64 last) override;
    Result<std::vector<Row>> rows(const ChatId &chat, qint64 low, qint64 high) override;
    Result<std::optional<Row>> lastRow(const ChatId &chat, qint64 since) override;
    Result<std::vector<StoredMember>> members(
        const ChatId &chat, const std::optional<UserId> &after, qsizetype most) override;
    Result<std::vector<UserRow>> profiles(const std::vector<UserId> &users) override;
    Result<std::vector<UserId>> known(
        const UserId &viewer, const std::vector<UserId> &users) override;
    Result<std::vector<UserId>> servedWith(
        const UserId &viewer, const std::vector<UserId> &users) override;
    Result<std::optional<UserId>> userByName(const QString &foldedName) override;
    Result<std::optional<TokenOwner>> tokenOwner(const QByteArray &tokenHash) override;
    Result<std::optional<InviteState>> invite(const QByteArray &codeHash) override;
    Result<std::vector<UserListing>> listUsers() override;
    Result<std::vector<InviteState>> listInvites() override;
    Result<StoreCounts> counts() override;

    /// Reads the whole file (seconds per gigabyte); Damaged, with what was found.
    Status check() { return m_database->quickCheck(); }
    Database &database() { return *m_database; } ///< for tests

private:
    SqliteReader(std::unique_ptr<Database> database, const Epoch &epoch);
    template <typename Read>
    auto atOneMoment(const Read &read) -> decltype(read());

    std::unique_ptr<Database> m_database;
    Epoch m_epoch;
    ChatTables m_chats;
    LogTables m_log;
    UserTables m_users;
    DirectoryTables m_directory;
    StoreTables m_store;
};

/// Makes readers of one file. Any thread.
class SqliteReaders : public StoreReaders {
public:
    explicit SqliteReaders(QString path)
        : m_path(std::move(path))
    {
    }
    Result<std::unique_ptr<StoreReader>> open() override;

private:
    QString m_path;
};

} // namespace parley
