// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/result.h"

#include <QtCore/QStringList>

namespace parley {

class Database;

/// How SQLite would run `sql`: the lines of EXPLAIN QUERY PLAN.
Result<QStringList> queryPlan(Database &database, const QString &sql);

/// For tests: what reads a table from end to end, among everything that `database` has prepared, as
/// "plan line <- statement". Tables (or their aliases) named in `small` may be scanned.
Result<QStringList> fullScans(Database &database, const QStringList &small = {});

} // namespace parley
