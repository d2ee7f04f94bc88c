// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/id.h"
#include "shared/result.h"

#include <QtSql/QSqlQuery>

#include <vector>

namespace parley {

class Database;

/// One prepared statement in use. Comes from Database::statement, is given back to its cache when
/// it goes out of scope, and must not outlive its Database or leave its thread. Values are bound in
/// the order of the question marks; after run(), or when step() has no more rows, binding starts
/// again, so one object serves a whole loop. A failure of any step, preparing included, is the
/// result of run() or step().
class Statement {
public:
    Statement(Statement &&other) noexcept;
    Statement(const Statement &) = delete;
    Statement &operator=(const Statement &) = delete;
    Statement &operator=(Statement &&) = delete;
    ~Statement();

    Statement &bind(qint64 value) { return bindVariant(value); }
    Statement &bind(int value) { return bindVariant(qint64(value)); }
    Statement &bind(double value) { return bindVariant(value); }
    Statement &bind(const QByteArray &blob); ///< an empty one is an empty blob, never NULL
    Statement &bind(const QString &text); ///< an empty one is an empty text, never NULL
    Statement &bind(std::nullptr_t) { return bindVariant(QVariant()); }
    Statement &bind(bool) = delete;
    Statement &bind(const char *) = delete;

    template <typename Tag>
    Statement &bind(const Id<Tag> &id)
    {
        return bind(id.bytes());
    }
    template <typename Value>
    Statement &bind(const std::optional<Value> &value)
    {
        return value ? bind(*value) : bind(nullptr);
    }
    template <typename... Values>
    Statement &bindAll(const Values &...values)
    {
        (bind(values), ...);
        return *this;
    }

    /// Executes a statement of which no rows are wanted.
    Status run();
    /// To the next row, executing first when needed; false behind the last one.
    Result<bool> step();
    /// Rows that the last run() inserted, changed or deleted.
    qint64 changedRows() const { return m_changedRows; }
    /// The rowid that the last run() inserted.
    qint64 insertedRowId() const { return m_insertedRowId; }

    // Columns of the current row, counted from 0.
    bool isNull(int column) const;
    qint64 integer(int column) const;
    double real(int column) const;
    QByteArray bytes(int column) const;
    QString text(int column) const;
    std::optional<qint64> optionalInteger(int column) const;
    std::optional<QByteArray> optionalBytes(int column) const;
    std::optional<QString> optionalText(int column) const;
    /// The null id when the column does not hold 16 bytes.
    template <typename IdType>
    IdType id(int column) const
    {
        return IdType::fromBytes(bytes(column)).value_or(IdType());
    }
    template <typename IdType>
    std::optional<IdType> optionalId(int column) const
    {
        return isNull(column) ? std::nullopt : IdType::fromBytes(bytes(column));
    }

private:
    friend class Database;
    struct Prepared {
        QSqlQuery query;
        QString text;
        bool inUse = false;
        bool failed = false;
    };
    Statement(Database &database, Prepared *cached, std::unique_ptr<Prepared> own);
    Statement &bindVariant(const QVariant &value);
    Status execute();
    Error fail();

    Database *m_database;
    Prepared *m_prepared; // nullptr after a move
    std::unique_ptr<Prepared> m_own; // when the cached one of this text was in use
    std::optional<Error> m_error; // of preparing
    int m_bound = 0;
    qint64 m_changedRows = 0;
    qint64 m_insertedRowId = 0;
    enum class State { Idle, HasRows } m_state = State::Idle;
};

/// What `read` makes of each row that is left.
template <typename Read, typename Value = std::invoke_result_t<Read, const Statement &>>
Result<std::vector<Value>> readAll(Statement &statement, const Read &read)
{
    std::vector<Value> values;
    while (true) {
        const auto row = statement.step();
        if (!row)
            return row.error();
        if (!*row)
            return values;
        values.push_back(read(statement));
    }
}

/// What `read` makes of the next row, if there is one.
template <typename Read, typename Value = std::invoke_result_t<Read, const Statement &>>
Result<std::optional<Value>> readFirst(Statement &statement, const Read &read)
{
    const auto row = statement.step();
    if (!row)
        return row.error();
    return *row ? std::optional<Value>(read(statement)) : std::nullopt;
}

} // namespace parley
