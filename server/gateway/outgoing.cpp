// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/gateway/outgoing.h"
#include "shared/assert.h"

namespace parley {

Outgoing::Fate Outgoing::decide(
    Urgency urgency, qint64 frameBytes, qint64 waitingBytes, qint64 nowMs)
{
    PARLEY_ASSERT(frameBytes >= 0 && waitingBytes >= 0);
    const qint64 wouldWait = waitingBytes + frameBytes;
    if (urgency == Urgency::Answer)
        return wouldWait > m_boundBytes * answerFactor ? Fate::Close : Fate::Write;
    if (isLagging())
        return Fate::Drop;
    if (urgency == Urgency::Ephemeral)
        return wouldWait > m_boundBytes / 2 ? Fate::Drop : Fate::Write;
    // One frame always fits an empty queue.
    if (wouldWait <= m_boundBytes || waitingBytes == 0)
        return Fate::Write;
    lag(nowMs);
    return Fate::Drop;
}

void Outgoing::lag(qint64 nowMs)
{
    if (isLagging())
        return;
    m_state = State::Lagging;
    m_laggingSinceMs = nowMs;
}

bool Outgoing::drained(qint64 waitingBytes)
{
    if (m_state != State::Lagging || waitingBytes > 0)
        return false;
    PARLEY_ASSERT(waitingBytes == 0);
    m_state = State::Awaiting;
    return true;
}

void Outgoing::caughtUp()
{
    m_state = State::Flowing;
}

} // namespace parley
