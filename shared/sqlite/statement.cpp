// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/sqlite/statement.h"

#include "shared/sqlite/database.h"
#include "shared/sqlite/sqlerror.h"

#include <QtSql/QSqlError>

namespace parley {

Statement::Statement(Database &database, Prepared *cached, std::unique_ptr<Prepared> own)
    : m_database(&database)
    , m_prepared(cached ? cached : own.get())
    , m_own(std::move(own))
{
    m_prepared->inUse = true;
    if (m_prepared->failed)
        m_error = sqlError(m_prepared->query.lastError());
}

Statement::Statement(Statement &&other) noexcept
    : m_database(other.m_database)
    , m_prepared(std::exchange(other.m_prepared, nullptr))
    , m_own(std::move(other.m_own))
    , m_error(std::move(other.m_error))
    , m_bound(other.m_bound)
    , m_state(other.m_state)
{
}

Statement::~Statement()
{
    if (!m_prepared)
        return;
    // A statement that is not reset keeps its read transaction open, and the log from shrinking.
    m_prepared->query.finish();
    m_prepared->inUse = false;
    if (!m_own && m_prepared->failed)
        m_database->forget(m_prepared->text);
}

Statement &Statement::bindVariant(const QVariant &value)
{
    m_prepared->query.bindValue(m_bound++, value);
    return *this;
}

// Qt binds null strings and byte arrays as NULL: a null one of ours only means empty.
Statement &Statement::bind(const QByteArray &blob)
{
    return bindVariant(blob.isNull() ? QByteArray("") : blob);
}

Statement &Statement::bind(const QString &text)
{
    return bindVariant(text.isNull() ? QStringLiteral("") : text);
}

Error Statement::fail()
{
    m_prepared->failed = true; // it may have been finalised: the next user prepares it again
    const Error error = sqlError(m_prepared->query.lastError());
    m_prepared->query.finish();
    m_state = State::Idle;
    return error;
}

Status Statement::execute()
{
    if (m_error)
        return *m_error;
    m_bound = 0;
    if (!m_prepared->query.exec())
        return fail();
    return Done{};
}

Status Statement::run()
{
    auto done = execute();
    if (done) {
        m_changedRows = m_prepared->query.numRowsAffected();
        m_insertedRowId = m_prepared->query.lastInsertId().toLongLong();
        m_prepared->query.finish();
    }
    return done;
}

Result<bool> Statement::step()
{
    if (m_state == State::Idle) {
        if (auto done = execute(); !done)
            return done.error();
        m_state = State::HasRows;
    }
    if (m_prepared->query.next())
        return true;
    if (m_prepared->query.lastError().isValid())
        return fail();
    m_prepared->query.finish();
    m_state = State::Idle;
    return false;
}

bool Statement::isNull(int column) const
{
    return m_prepared->query.isNull(column);
}

qint64 Statement::integer(int column) const
{
    return m_prepared->query.value(column).toLongLong();
}

double Statement::real(int column) const
{
    return m_prepared->query.value(column).toDouble();
}

QByteArray Statement::bytes(int column) const
{
    return m_prepared->query.value(column).toByteArray();
}

QString Statement::text(int column) const
{
    return m_prepared->query.value(column).toString();
}

std::optional<qint64> Statement::optionalInteger(int column) const
{
    return isNull(column) ? std::nullopt : std::optional(integer(column));
}

std::optional<QByteArray> Statement::optionalBytes(int column) const
{
    return isNull(column) ? std::nullopt : std::optional(bytes(column));
}

std::optional<QString> Statement::optionalText(int column) const
{
    return isNull(column) ? std::nullopt : std::optional(text(column));
}

} // namespace parley
