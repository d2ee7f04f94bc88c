// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/core/backoff.h"
#include "shared/assert.h"

#include <algorithm>

namespace parley {

qint64 Backoff::next(Random &random)
{
    // 0.5 s * 2^7 is past the minute already: more doublings would only overflow.
    const qint64 ceiling = std::min(mostMs, firstMs << std::min(m_failures, 7));
    ++m_failures;
    PARLEY_ASSERT(ceiling >= firstMs && ceiling <= mostMs);
    return static_cast<qint64>(random.below(static_cast<quint64>(ceiling) + 1));
}

void Reconnect::start(qint64 nowMs)
{
    m_backoff.reset();
    m_windowMs.reset();
    m_onlineSince.reset();
    m_isTrying = false;
    m_wantedAt = nowMs;
}

void Reconnect::trying()
{
    m_isTrying = true;
}

void Reconnect::online(qint64 nowMs)
{
    m_onlineSince = nowMs;
}

void Reconnect::lost(qint64 nowMs, qint64 leastMs)
{
    if (!m_wantedAt)
        return;
    if (m_onlineSince && nowMs - *m_onlineSince >= healthyMs)
        m_backoff.reset();
    m_onlineSince.reset();
    m_isTrying = false;
    qint64 waitMs = m_backoff.next(m_random);
    if (m_windowMs)
        waitMs = static_cast<qint64>(m_random.below(static_cast<quint64>(*m_windowMs) + 1));
    m_windowMs.reset();
    m_wantedAt = nowMs + std::max(waitMs, leastMs);
    PARLEY_ASSERT(*m_wantedAt >= nowMs && dueAt());
}

void Reconnect::wake(qint64 nowMs)
{
    if (m_wantedAt && !m_isTrying)
        m_wantedAt = std::min(*m_wantedAt, nowMs);
}

} // namespace parley
