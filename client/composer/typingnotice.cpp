// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/composer/typingnotice.h"

namespace parley {

TypingNotice::Tell TypingNotice::type(qint64 nowMs)
{
    m_lastKeyMs = nowMs;
    if (m_isOn && nowMs - m_toldAtMs < limits::typingEveryMs)
        return Tell::Nothing;
    m_isOn = true;
    m_toldAtMs = nowMs;
    return Tell::On;
}

TypingNotice::Tell TypingNotice::stop()
{
    if (!m_isOn)
        return Tell::Nothing;
    m_isOn = false;
    return Tell::Off;
}

TypingNotice::Tell TypingNotice::due(qint64 nowMs)
{
    return m_isOn && nowMs - m_lastKeyMs >= idleMs ? stop() : Tell::Nothing;
}

std::optional<qint64> TypingNotice::idleAtMs() const
{
    return m_isOn ? std::optional(m_lastKeyMs + idleMs) : std::nullopt;
}

} // namespace parley
