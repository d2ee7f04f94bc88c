// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtTest/qtestsystem.h>

namespace parley {

/// How long anything may take before a test gives up: far more than it ever takes, so that a slow
/// machine fails nothing.
#ifdef PARLEY_PATIENCE_MS
inline constexpr int patienceMs = PARLEY_PATIENCE_MS; // of a sanitizer
#else
inline constexpr int patienceMs = 30'000;
#endif

/// Turns the event loop until `condition()` holds. For conditions that will hold: it waits for the
/// thing itself, never for a time.
template <typename Condition>
[[nodiscard]] bool waitUntil(Condition &&condition, int mostMs = patienceMs)
{
    return QTest::qWaitFor(std::forward<Condition>(condition), mostMs);
}

} // namespace parley

/// The same as a check of Qt Test that names the condition.
#define PARLEY_WAIT(condition)                                                                     \
    QVERIFY2(parley::waitUntil([&] { return static_cast<bool>(condition); }), #condition)
