// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/timeline/readmarker.h"

#include <algorithm>

namespace parley {

void ReadMarker::show(std::optional<qint64> newest, qint64 nowMs)
{
    if (!newest || *newest <= m_told) {
        m_shown.reset();
        return;
    }
    // What was scrolled away again before its time was not read; what came in addition waits anew.
    if (!m_shown)
        m_shownSinceMs = nowMs;
    m_shown = m_shown && nowMs - m_shownSinceMs < shownMs ? std::min(*m_shown, *newest) : *newest;
}

std::optional<qint64> ReadMarker::due(qint64 nowMs)
{
    const auto next = nextMs();
    if (!next || nowMs < *next)
        return std::nullopt;
    m_told = *m_shown;
    m_toldAtMs = nowMs;
    m_shown.reset();
    return m_told;
}

std::optional<qint64> ReadMarker::nextMs() const
{
    if (!m_shown)
        return std::nullopt;
    const auto ready = m_shownSinceMs + shownMs;
    return m_toldAtMs ? std::max(ready, *m_toldAtMs + everyMs) : ready;
}

void ReadMarker::raise(qint64 readUpTo)
{
    m_told = std::max(m_told, readUpTo);
}

} // namespace parley
