// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/result.h"

#include <QtCore/QByteArray>
#include <QtCore/QString>

#include <memory>
#include <optional>
#include <variant>
#include <vector>

struct sqlite3;

/// The comparing program trusts nothing that the product uses: it reads SQLite by the C library and
/// knows the tables by their documents alone.
namespace parley::compare {

/// A value as SQLite has it: nothing, a number, bytes, or a text (as UTF-8).
class SqlValue {
public:
    SqlValue() = default;
    explicit SqlValue(qint64 number)
        : m_value(number)
    {
    }
    SqlValue(QByteArray bytes, bool isText)
        : m_value(std::move(bytes))
        , m_isText(isText)
    {
    }

    bool isNull() const { return std::holds_alternative<std::monostate>(m_value); }
    bool isText() const { return m_isText; }
    qint64 number() const { return isNull() ? 0 : std::get<qint64>(m_value); }
    QByteArray bytes() const { return isNull() ? QByteArray() : std::get<QByteArray>(m_value); }
    QString text() const { return QString::fromUtf8(bytes()); }

private:
    std::variant<std::monostate, qint64, QByteArray> m_value;
    bool m_isText = false;
};

using SqlRow = std::vector<SqlValue>;

/// An SQLite file as of one commit, for reading only. Owned by who opened it, on one thread.
class SqlFile {
public:
    static Result<std::unique_ptr<SqlFile>> open(const QString &path);

    Result<std::vector<SqlRow>> read(const char *sql, const std::vector<QByteArray> &blobs = {});
    /// What PRAGMA integrity_check says, "ok" for a sound file.
    Result<QString> integrity();

private:
    struct Closing {
        void operator()(sqlite3 *file) const;
    };
    explicit SqlFile(sqlite3 *file)
        : m_file(file)
    {
    }
    Error error() const;

    std::unique_ptr<sqlite3, Closing> m_file;
};

} // namespace parley::compare
