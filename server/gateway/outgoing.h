// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/queue/values.h"

namespace parley {

/// Decides what becomes of each frame towards one peer, so that the memory of a connection is
/// bounded whatever the peer does: at half of the bound typing and presence are dropped; when it is
/// full all pushes are, and the session lags until it has said again what it has. Answers are never
/// dropped; when even they are too many, the session is closed. Without I/O.
class Outgoing {
public:
    /// Answers may wait beyond the bound up to this many times of it.
    static constexpr qint64 answerFactor = 8;

    Outgoing(qint64 boundBytes, qint64 lagDrainMs)
        : m_boundBytes(boundBytes)
        , m_lagDrainMs(lagDrainMs)
    {
    }

    enum class Fate : quint8 { Write, Drop, Close };
    /// `waitingBytes` is what the peer has not taken yet.
    Fate decide(Urgency urgency, qint64 frameBytes, qint64 waitingBytes, qint64 nowMs);
    /// Pushes were lost elsewhere, on their way to this session.
    void lag(qint64 nowMs);
    /// True when `lagging` is to be said: the peer has taken everything at last.
    bool drained(qint64 waitingBytes);
    /// The peer has said what it has.
    void caughtUp();

    bool isLagging() const { return m_state != State::Flowing; }
    /// The queue did not drain in time.
    bool isTooSlow(qint64 nowMs) const
    {
        return m_state == State::Lagging && nowMs - m_laggingSinceMs >= m_lagDrainMs;
    }
    /// So much waits that nothing more should be read for this peer.
    bool isFull(qint64 waitingBytes) const { return waitingBytes >= m_boundBytes; }

private:
    enum class State : quint8 {
        Flowing,
        Lagging, ///< the queue drains; nothing is pushed
        Awaiting, ///< `lagging` was said; nothing is pushed until the answer
    };

    qint64 m_boundBytes;
    qint64 m_lagDrainMs;
    State m_state = State::Flowing;
    qint64 m_laggingSinceMs = 0;
};

} // namespace parley
