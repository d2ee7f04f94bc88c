// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "tests/e2e/compare/serverfile.h"

namespace parley::compare {

/// Whether every device has been given the time to catch up.
enum class Rest { AtRest, UnderWay };

/// Compares one device's closed file with the server's content: every held interval row by row, and
/// at rest also that it holds everything up to the head, that nothing waits in the outbox, and that
/// members, marks and the own state are the server's.
Status compareDevice(
    const QString &path, const ServerContent &server, Rest rest, Findings &findings);

} // namespace parley::compare
