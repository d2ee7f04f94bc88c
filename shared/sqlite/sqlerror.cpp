// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/sqlite/sqlerror.h"

#include <QtSql/QSqlError>

using namespace Qt::StringLiterals;

namespace parley {

namespace {

// The primary result codes of sqlite3.h; the extended ones carry them in their low byte.
enum class Primary {
    Perm = 3,
    Busy = 5,
    Locked = 6,
    NoMemory = 7,
    ReadOnly = 8,
    Interrupted = 9,
    InputOutput = 10,
    Corrupt = 11,
    Full = 13,
    CannotOpen = 14,
    Protocol = 15,
    TooBig = 18,
    Constraint = 19,
    NotADatabase = 26,
};

} // namespace

Error sqlError(const QSqlError &error)
{
    bool isNumber = false;
    const int native = error.nativeErrorCode().toInt(&isNumber);
    const QString said = error.databaseText();
    if (!isNumber || native < 0)
        return {ErrorCode::Internal, u"The database failed: "_s + error.text()};
    const QString detail = u" (SQLite %1: %2)"_s.arg(native).arg(said);
    switch (static_cast<Primary>(native & 0xff)) {
    case Primary::Full:
        return {ErrorCode::Unavailable, u"The disk is full"_s + detail};
    case Primary::InputOutput:
        return {ErrorCode::Unavailable, u"The disk failed to read or write"_s + detail};
    case Primary::Perm:
    case Primary::ReadOnly:
        return {ErrorCode::Unavailable, u"The database cannot be written"_s + detail};
    case Primary::CannotOpen:
        return {ErrorCode::Unavailable, u"The database file cannot be opened"_s + detail};
    case Primary::NoMemory:
        return {ErrorCode::Unavailable, u"There is not enough memory"_s + detail};
    case Primary::Corrupt:
    case Primary::NotADatabase:
        return {ErrorCode::Damaged, u"The file is damaged or is no database"_s + detail};
    case Primary::Busy:
    case Primary::Locked:
    case Primary::Protocol:
        return {ErrorCode::Busy, u"Another connection holds the database"_s + detail};
    case Primary::Constraint:
        return {ErrorCode::Conflict, u"A constraint forbids this row"_s + detail};
    case Primary::TooBig:
        return {ErrorCode::TooLarge, u"A value is too large to store"_s + detail};
    case Primary::Interrupted:
        return {ErrorCode::Cancelled, u"The statement was interrupted"_s + detail};
    }
    return {ErrorCode::Internal, u"The database refused a statement"_s + detail};
}

} // namespace parley
