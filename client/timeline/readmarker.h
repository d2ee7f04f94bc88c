// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QtGlobal>

#include <optional>

namespace parley {

/// Decides when what is on the screen counts as read: shown for a while in the active window, told
/// at most once a second. Knows no clock: it is told the time. Owned by Chat.
class ReadMarker {
public:
    static constexpr qint64 shownMs = 300;
    static constexpr qint64 everyMs = 1'000;

    explicit ReadMarker(qint64 readUpTo)
        : m_told(readUpTo)
    {
    }

    /// The newest place that is at least half on the screen; nothing when the window is not active.
    void show(std::optional<qint64> newest, qint64 nowMs);
    /// What is to be told now, if anything. It counts as told.
    std::optional<qint64> due(qint64 nowMs);
    /// When to ask again.
    std::optional<qint64> nextMs() const;
    /// Another device may have read further.
    void raise(qint64 readUpTo);

private:
    std::optional<qint64> m_shown;
    qint64 m_shownSinceMs = 0;
    qint64 m_told = 0;
    std::optional<qint64> m_toldAtMs;
};

} // namespace parley
