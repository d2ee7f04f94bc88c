// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/random.h"
#include "shared/sqlite/database.h"
#include "shared/sqlite/migrations.h"

namespace parley {

/// The store's file in a data folder: how it is made, opened and copied. Values; any thread.
namespace storefile {

/// Smaller files are read from end to end before they are used, larger ones by a reader meanwhile.
inline constexpr qint64 checkedAtOpenBytes = qint64(32) * 1024 * 1024;

QString path(const QString &folder);
const Migrations &migrations();

/// Whether the very first write of the file was cut: SQLite takes it back, and nothing is lost.
bool isUnmade(const QString &path);
/// Damaged when the file is shorter than it says itself. Reads a hundred bytes.
Status checkLength(const QString &path);
/// Opens the writing connection and brings the schema up to date; draws the epoch of a new file,
/// and a new one for a restored backup. Damaged or UpgradeRequired, saying what to do.
Result<std::unique_ptr<Database>> openWriter(const QString &path, Random &random);
Result<std::unique_ptr<Database>> openReader(const QString &path);

/// Writes a backup: a complete copy of one moment that says what it is, and appears under its name
/// only when it is whole. Read by a connection of its own, for which nobody waits.
Status writeBackup(const QString &from, const QString &path);

} // namespace storefile
} // namespace parley
