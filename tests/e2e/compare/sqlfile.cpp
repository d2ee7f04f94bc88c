// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/e2e/compare/sqlfile.h"

#include <sqlite3.h>

namespace parley::compare {

namespace {

struct Finalizing {
    void operator()(sqlite3_stmt *statement) const { sqlite3_finalize(statement); }
};
using StatementPointer = std::unique_ptr<sqlite3_stmt, Finalizing>;

SqlValue valueOf(sqlite3_stmt *statement, int column)
{
    const auto bytes = [&] {
        const auto *const data = sqlite3_column_blob(statement, column);
        const auto size = sqlite3_column_bytes(statement, column);
        return QByteArray(static_cast<const char *>(data), size);
    };
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
        return SqlValue(static_cast<qint64>(sqlite3_column_int64(statement, column)));
    case SQLITE_TEXT:
        return SqlValue(bytes(), true);
    case SQLITE_BLOB:
        return SqlValue(bytes(), false);
    default:
        return {};
    }
}

} // namespace

void SqlFile::Closing::operator()(sqlite3 *file) const
{
    sqlite3_close(file);
}

Error SqlFile::error() const
{
    return {ErrorCode::Damaged, QString::fromUtf8(sqlite3_errmsg(m_file.get()))};
}

Result<std::unique_ptr<SqlFile>> SqlFile::open(const QString &path)
{
    sqlite3 *file = nullptr;
    const int outcome =
        sqlite3_open_v2(path.toUtf8().constData(), &file, SQLITE_OPEN_READONLY, nullptr);
    std::unique_ptr<SqlFile> opened(new SqlFile(file));
    if (outcome != SQLITE_OK)
        return Error(ErrorCode::NotFound, path + QStringLiteral(": ") + opened->error().text);
    // Whatever is read is as of one commit, even if somebody still writes.
    sqlite3_exec(file, "BEGIN", nullptr, nullptr, nullptr);
    return opened;
}

Result<std::vector<SqlRow>> SqlFile::read(const char *sql, const std::vector<QByteArray> &blobs)
{
    sqlite3_stmt *raw = nullptr;
    if (sqlite3_prepare_v2(m_file.get(), sql, -1, &raw, nullptr) != SQLITE_OK)
        return error();
    const StatementPointer statement(raw);
    for (size_t index = 0; index < blobs.size(); ++index)
        sqlite3_bind_blob(raw, static_cast<int>(index) + 1, blobs[index].constData(),
            static_cast<int>(blobs[index].size()), SQLITE_STATIC);
    std::vector<SqlRow> rows;
    int outcome = sqlite3_step(raw);
    for (; outcome == SQLITE_ROW; outcome = sqlite3_step(raw)) {
        SqlRow row;
        for (int column = 0; column < sqlite3_column_count(raw); ++column)
            row.push_back(valueOf(raw, column));
        rows.push_back(std::move(row));
    }
    if (outcome != SQLITE_DONE)
        return error();
    return rows;
}

Result<QString> SqlFile::integrity()
{
    const auto rows = read("PRAGMA integrity_check(1)");
    if (!rows)
        return rows.error();
    return rows->front().front().text();
}

} // namespace parley::compare
