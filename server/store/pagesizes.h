// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/limits.h"

namespace parley {

/// How much of a chat one read brings. Small ones let a short conversation meet their edges.
struct PageSizes {
    qint64 openRows = limits::openRows;
    qint64 replayEntries = limits::replayEntries; ///< more missed than this: the chat opens anew
    qint64 pageEntries = limits::pageEntries;
};

} // namespace parley
