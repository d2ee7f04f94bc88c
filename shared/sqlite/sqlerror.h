// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/error.h"

QT_BEGIN_NAMESPACE
class QSqlError;
QT_END_NAMESPACE

namespace parley {

/// What an SQLite failure means to us, by SQLite's result code (https://sqlite.org/rescode.html):
/// Unavailable when the disk is full, fails or cannot be written, each with its own sentence;
/// Damaged when the file is not a sound database; Busy when another connection holds the lock;
/// Conflict when a constraint forbids the row; Internal for mistakes of our own.
Error sqlError(const QSqlError &error);

} // namespace parley
