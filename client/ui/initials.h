// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QString>

namespace parley {

/// What stands for a person or a group that has no picture: the first letters of the first and the
/// last word, one letter for a single word, the emoji of a name that starts with one.
/// Letters are characters as people see them, not code units.
QString initials(const QString &name);

} // namespace parley
