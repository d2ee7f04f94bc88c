// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/random.h"

#include <optional>

namespace parley {

/// How long to wait before the next try: random(0, min(60 s, 0.5 s * 2^n)). A value.
class Backoff {
public:
    static constexpr qint64 firstMs = 500;
    static constexpr qint64 mostMs = 60'000;

    /// The wait after one more failure.
    qint64 next(Random &random);
    void reset() { m_failures = 0; }
    int failures() const { return m_failures; }

private:
    int m_failures = 0;
};

/// When to connect. A state machine without a clock: times are steady milliseconds, handed in.
class Reconnect {
public:
    static constexpr qint64 healthyMs = 30'000; ///< online so long: the next failure is the first

    explicit Reconnect(Random &random)
        : m_random(random)
    {
    }

    /// From now on a connection is wanted, at once.
    void start(qint64 nowMs);
    /// None is wanted.
    void stop()
    {
        m_wantedAt.reset();
        m_onlineSince.reset();
        m_isTrying = false;
    }
    /// A try begins: nothing else is due until it ended.
    void trying();
    void online(qint64 nowMs);
    /// The try failed, or the connection was lost. `leastMs` when the server named a time.
    void lost(qint64 nowMs, qint64 leastMs = 0);
    /// The server said that it goes away: the next try falls anywhere in its window.
    void goneAway(qint64 windowMs) { m_windowMs = windowMs; }
    /// Network or machine woke, or the person asks: one try at once, whatever was waited for.
    void wake(qint64 nowMs);

    /// When to try, if a try is due at all.
    std::optional<qint64> dueAt() const { return m_isTrying ? std::nullopt : m_wantedAt; }
    int failures() const { return m_backoff.failures(); }

private:
    Random &m_random;
    Backoff m_backoff;
    std::optional<qint64> m_wantedAt;
    std::optional<qint64> m_onlineSince;
    std::optional<qint64> m_windowMs;
    bool m_isTrying = false;
};

} // namespace parley
