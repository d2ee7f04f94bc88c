// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/sqlite/database.h"
#include "shared/mutation.h"

#include "shared/sqlite/sqlerror.h"

#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QUuid>
#include <QtSql/QSqlError>

using namespace Qt::StringLiterals;

namespace parley {

namespace {

Status createPrivately(const QString &path)
{
    QFile file(path);
    if (file.exists())
        return Done{};
    // SQLite gives its log and its shared memory file the permissions of the database file.
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly, QFile::ReadOwner | QFile::WriteOwner))
        return Error(ErrorCode::Unavailable,
            u"The file %1 cannot be created: %2"_s.arg(path, file.errorString()));
    return Done{};
}

} // namespace

Database::Database(QString path, Mode mode, const DatabaseOptions &options)
    : m_path(std::move(path))
    , m_mode(mode)
    , m_options(options)
    , m_connectionName(QUuid::createUuid().toString(QUuid::WithoutBraces))
    , m_thread(QThread::currentThreadId())
{
}

Database::~Database()
{
    m_statements.clear();
    m_connection.close();
    m_connection = QSqlDatabase(); // removeDatabase warns while a copy is left
    QSqlDatabase::removeDatabase(m_connectionName);
}

Result<std::unique_ptr<Database>> Database::open(
    const QString &path, Mode mode, const DatabaseOptions &options)
{
    if (mode == Mode::ReadWrite && path != ":memory:"_L1) {
        if (auto created = createPrivately(path); !created)
            return created.error();
    }
    std::unique_ptr<Database> database(new Database(path, mode, options));
    if (auto connected = database->connect(); !connected) {
        Error error = connected.error();
        error.text = u"%1: %2"_s.arg(path, error.text);
        return error;
    }
    return database;
}

Status Database::connect()
{
    m_connection = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_connectionName);
    if (!m_connection.isValid())
        return Error(ErrorCode::Internal, u"The Qt plugin for SQLite is not installed"_s);
    QString connectOptions = u"QSQLITE_BUSY_TIMEOUT=%1"_s.arg(m_options.busyTimeoutMs);
    if (m_mode == Mode::ReadOnly)
        connectOptions += u";QSQLITE_OPEN_READONLY"_s;
    m_connection.setConnectOptions(connectOptions);
    m_connection.setDatabaseName(m_path);
    // SQLite puts the log beside the file that a link leads to.
    const QString log = QFileInfo(m_path).canonicalFilePath() + u"-wal"_s;
    const bool wasLeftOpen = m_mode == Mode::ReadWrite && QFileInfo(log).size() > 0;
    if (!m_connection.open())
        return sqlError(m_connection.lastError());
    if (auto done = setPragmas(); !done)
        return done;
    return wasLeftOpen ? makeDurable() : Status(Done{});
}

// After a kill SQLite believes what it finds in its log, though nobody may ever have synced it: a
// power loss could take back what was seen since. A checkpoint syncs the log before it writes,
// unless a reader from elsewhere keeps it from writing anything: then a commit does, which is
// synced whole.
Status Database::makeDurable()
{
    QSqlQuery query(m_connection);
    if (!query.exec(u"PRAGMA wal_checkpoint(PASSIVE)"_s) || !query.next()) {
        // SQLITE_FULL: what did not fit stays in the log, which is synced.
        constexpr int fullDisk = 13;
        const bool isFull = (query.lastError().nativeErrorCode().toInt() & 0xff) == fullDisk;
        return isFull ? Status(Done{}) : sqlError(query.lastError());
    }
    const bool isWhole = query.value(0).toInt() == 0 && query.value(1) == query.value(2);
    if (isWhole)
        return Done{};
    if (!query.exec(u"PRAGMA user_version"_s) || !query.next())
        return sqlError(query.lastError());
    return execute(u"PRAGMA user_version=%1"_s.arg(query.value(0).toInt()));
}

Status Database::setPragmas()
{
    QStringList pragmas{u"PRAGMA temp_store=MEMORY"_s, u"PRAGMA foreign_keys=ON"_s,
        u"PRAGMA cache_size=-%1"_s.arg(m_options.cacheBytes / 1024)};
    if (m_mode == Mode::ReadOnly) {
        pragmas += u"PRAGMA query_only=ON"_s;
    } else {
        pragmas += {u"PRAGMA journal_mode=WAL"_s,
            mutation(Mutation::FsyncLeftOut) ? u"PRAGMA synchronous=OFF"_s
                                             : u"PRAGMA synchronous=FULL"_s,
            u"PRAGMA fullfsync=ON"_s, u"PRAGMA checkpoint_fullfsync=ON"_s,
            u"PRAGMA secure_delete=ON"_s,
            u"PRAGMA wal_autocheckpoint=%1"_s.arg(m_options.checkpointPages),
            u"PRAGMA journal_size_limit=%1"_s.arg(m_options.journalBytes)};
    }
    for (const QString &pragma : std::as_const(pragmas)) {
        if (auto done = execute(pragma); !done)
            return done;
    }
    // Opening reads nothing: only now is it known whether this is a database.
    QSqlQuery first(m_connection);
    if (!first.exec(u"SELECT count(*) FROM sqlite_schema"_s) || !first.next())
        return sqlError(first.lastError());
    return Done{};
}

std::unique_ptr<Statement::Prepared> Database::prepare(const QString &sql) const
{
    auto prepared =
        std::make_unique<Statement::Prepared>(Statement::Prepared{QSqlQuery(m_connection), sql});
    prepared->query.setForwardOnly(true);
    prepared->failed = !prepared->query.prepare(sql);
    return prepared;
}

Statement Database::statement(const QString &sql)
{
    PARLEY_ASSERT(QThread::currentThreadId() == m_thread);
    auto found = m_statements.find(sql);
    if (found == m_statements.end()) {
        if (!m_texts.contains(sql))
            m_texts.append(sql);
        found = m_statements.emplace(sql, prepare(sql)).first;
    }
    Statement::Prepared *cached = found->second.get();
    if (cached->inUse)
        return Statement(*this, nullptr, prepare(sql));
    return Statement(*this, cached, nullptr);
}

Result<std::optional<qint64>> Database::firstInteger(Statement &statement)
{
    const auto row = statement.step();
    if (!row)
        return row.error();
    return *row ? statement.optionalInteger(0) : std::nullopt;
}

Status Database::execute(const QString &sql)
{
    PARLEY_ASSERT(QThread::currentThreadId() == m_thread);
    QSqlQuery query(m_connection);
    query.setForwardOnly(true);
    if (!query.exec(sql))
        return sqlError(query.lastError());
    return Done{};
}

Status Database::quickCheck()
{
    PARLEY_ASSERT(QThread::currentThreadId() == m_thread);
    QSqlQuery query(m_connection);
    query.setForwardOnly(true);
    if (!query.exec(u"PRAGMA quick_check(10)"_s) || !query.next())
        return sqlError(query.lastError());
    if (const QString found = query.value(0).toString(); found != "ok"_L1)
        return Error(ErrorCode::Damaged, u"%1 is damaged: %2"_s.arg(m_path, found));
    return Done{};
}

Status Database::checkpoint()
{
    PARLEY_ASSERT(m_mode == Mode::ReadWrite);
    // Waiting for a reader here would make every write wait for it.
    if (auto done = execute(u"PRAGMA busy_timeout=0"_s); !done)
        return done;
    QSqlQuery query(m_connection);
    const bool isRead = query.exec(u"PRAGMA wal_checkpoint(TRUNCATE)"_s) && query.next();
    const Error error = sqlError(query.lastError());
    const bool wasHeld = isRead && query.value(0).toInt() != 0;
    query.finish();
    if (auto done = execute(u"PRAGMA busy_timeout=%1"_s.arg(m_options.busyTimeoutMs)); !done)
        return done;
    if (!isRead)
        return error;
    if (wasHeld)
        return Error(ErrorCode::Busy, u"A reader still needs the write-ahead log"_s);
    return Done{};
}

Status Database::copyTo(const QString &path)
{
    if (QFile::exists(path))
        return Error(ErrorCode::Conflict, u"The file %1 exists already"_s.arg(path));
    if (auto created = createPrivately(path); !created)
        return created;
    // It would forbid a reader to write the new file, too; its own is open for reading alone.
    const bool isReader = m_mode == Mode::ReadOnly;
    Status done = isReader ? execute(u"PRAGMA query_only=OFF"_s) : Status(Done{});
    if (done)
        done = vacuumInto(path);
    if (isReader) {
        if (auto again = execute(u"PRAGMA query_only=ON"_s); !again && done)
            done = again;
    }
    if (!done)
        QFile::remove(path);
    return done;
}

Status Database::vacuumInto(const QString &path)
{
    QSqlQuery query(m_connection);
    query.prepare(u"VACUUM INTO ?"_s);
    query.addBindValue(path);
    return query.exec() ? Status(Done{}) : Status(sqlError(query.lastError()));
}

} // namespace parley
