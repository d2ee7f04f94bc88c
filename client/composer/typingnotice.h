// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/limits.h"

#include <optional>

namespace parley {

/// When to tell that a person types: at most every few seconds, and when it stops. Knows no clock:
/// it is told the time. Owned by Composer.
class TypingNotice {
public:
    static constexpr qint64 idleMs = 5'000;

    enum class Tell { Nothing, On, Off };

    /// A key was pressed.
    Tell type(qint64 nowMs);
    /// Sent, cleared or left.
    Tell stop();
    /// Time has passed.
    Tell due(qint64 nowMs);
    std::optional<qint64> idleAtMs() const;

private:
    bool m_isOn = false;
    qint64 m_toldAtMs = 0;
    qint64 m_lastKeyMs = 0;
};

} // namespace parley
