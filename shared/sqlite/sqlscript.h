// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QStringList>

namespace parley {

/// The single statements of an SQL script, without comments and closing semicolons. Knows quotes,
/// both kinds of comment, and the bodies of triggers; nothing of SQL's grammar beyond that.
QStringList splitScript(QStringView script);

} // namespace parley
