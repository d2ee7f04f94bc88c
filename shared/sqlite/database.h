// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/sqlite/statement.h"

#include <QtCore/QStringList>
#include <QtCore/QThread>
#include <QtSql/QSqlDatabase>

#include <unordered_map>

namespace parley {

struct DatabaseOptions {
    int busyTimeoutMs = 5000; ///< how long a locked database is waited for
    qint64 cacheBytes = qint64(16) * 1024 * 1024;
    qint64 journalBytes =
        qint64(64) * 1024 * 1024; ///< what is left of the write-ahead log when idle
    int checkpointPages = 4000; ///< pages in the write-ahead log that cause a checkpoint
};

/// One connection to one SQLite file. Whoever opens it owns it; it lives on the thread that opened
/// it and is used from there alone.
///
/// A writer's commits are durable when commit() returns (write-ahead log, synchronous=FULL), all
/// that it finds is durable when open() returns, and what it deletes is overwritten
/// (secure_delete). At most one writer may exist per file, in any process: FolderLock sees to that.
/// A reader can change nothing, never checkpoints, and never waits for the writer.
class Database {
public:
    enum class Mode { ReadWrite, ReadOnly };

    /// Opens `path`; ReadWrite creates it, readable by the owner alone. ":memory:" is a private
    /// database in memory. Damaged for a file that is no database, Unavailable if it cannot be
    /// opened.
    static Result<std::unique_ptr<Database>> open(
        const QString &path, Mode mode, const DatabaseOptions &options = {});
    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    const QString &path() const { return m_path; }
    Mode mode() const { return m_mode; }

    /// The prepared statement of this text: prepared once, then taken from a cache.
    Statement statement(const QString &sql);
    /// Binds `values` in order and executes.
    template <typename... Values>
    Status run(const QString &sql, const Values &...values)
    {
        return statement(sql).bindAll(values...).run();
    }
    /// The first column of the first row, or nothing when there is no row or it is NULL.
    template <typename... Values>
    Result<std::optional<qint64>> integer(const QString &sql, const Values &...values)
    {
        return firstInteger(statement(sql).bindAll(values...));
    }
    /// Executes a text once, past the cache: for pragmas and migrations.
    Status execute(const QString &sql);

    /// Reads the whole file (seconds per gigabyte). Damaged, with what was found, unless it is
    /// sound.
    Status quickCheck();
    /// Moves the write-ahead log into the file and empties it. Busy, at once, while a reader needs
    /// it.
    Status checkpoint();
    /// Writes a complete, compact copy to `path`, which must not exist. The copy is of one moment;
    /// a reader makes it, too.
    Status copyTo(const QString &path);

    /// Every text that statement() was asked for, in order of first use; for query plan tests.
    const QStringList &preparedTexts() const { return m_texts; }

private:
    friend class Statement;
    Database(QString path, Mode mode, const DatabaseOptions &options);
    Status connect();
    Status setPragmas();
    Status makeDurable();
    Status vacuumInto(const QString &path);
    Result<std::optional<qint64>> firstInteger(Statement &statement);
    std::unique_ptr<Statement::Prepared> prepare(const QString &sql) const;
    void forget(const QString &sql) { m_statements.erase(sql); }

    QString m_path;
    Mode m_mode;
    DatabaseOptions m_options;
    QString m_connectionName;
    QSqlDatabase m_connection;
    Qt::HANDLE m_thread;
    std::unordered_map<QString, std::unique_ptr<Statement::Prepared>> m_statements;
    QStringList m_texts;
};

} // namespace parley
