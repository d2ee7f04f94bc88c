// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QtGlobal>

namespace parley {

/// A time as the core is told it. The wall clock may jump by years: only ids and what a person
/// sees are made from it. Everything that waits uses the steady one.
struct Moment {
    qint64 wallMs = 0; ///< Unix time
    qint64 steadyMs = 0; ///< from any beginning, never back
};

} // namespace parley
