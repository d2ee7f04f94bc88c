// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/gateway/pollconnection.h"

namespace parley {

PollConnection::PollConnection(const SessionWorld &world, GatewayWays &ways, SessionRef ref,
    std::unique_ptr<Visit> visit, QString name)
    : ServedConnection(world, ways, ref, std::move(visit))
    , m_name(std::move(name))
    , m_heardMs(steadyMs())
{
}

void PollConnection::called(const PollCall &call, qint64 nowMs)
{
    const Poll &poll = call.body.head;
    if (poll.ack < 0 || poll.ack > m_outgoing.last())
        return emit replied(PollReply{call.from, 400, {}});
    m_heardMs = nowMs;
    const bool isRelieved = m_outgoing.acknowledge(poll.ack);
    const bool isWhole = take(call.body, nowMs);
    if (isRelieved)
        m_session.drained(nowMs);
    releaseHeld();
    m_held = Held{call.from, poll.ack, nowMs};
    if (poll.close && isWhole)
        return endNow();
    // The name of a new session must not wait; nor what is missing, else it would for long.
    if (!poll.session || !isWhole || m_closedMs || !m_outgoing.isEmpty())
        answerHeld();
}

bool PollConnection::take(const PollBody<Poll> &body, qint64 nowMs)
{
    const auto known = m_arrived.known(body.head.seq, body.frames.size());
    if (!known)
        return false;
    for (size_t i = *known; i < body.frames.size() && !m_closedMs; ++i) {
        m_arrived.take();
        const QByteArray &frame = body.frames[i];
        m_session.received(m_json.readCommand(frame), frame.size(), nowMs);
    }
    return true;
}

void PollConnection::tick(qint64 nowMs)
{
    if (m_closedMs) {
        if (nowMs - *m_closedMs >= std::min(lingerMs, expiryMs()))
            endNow();
        return;
    }
    if (m_held && nowMs - m_held->sinceMs >= m_world.config.times.heartbeatMs) {
        m_heardMs = nowMs;
        answerHeld();
    }
    if (!m_held && nowMs - m_heardMs >= expiryMs())
        return endNow();
    m_session.tick(nowMs);
}

void PollConnection::leave()
{
    endNow();
}

void PollConnection::write(const QByteArray &frame)
{
    m_outgoing.push(m_json.writeServerFrame(frame));
    scheduleAnswer();
}

void PollConnection::close()
{
    if (m_closedMs)
        return;
    m_closedMs = steadyMs();
    scheduleAnswer();
}

/// Everything that is said in one turn of the loop leaves in one answer.
void PollConnection::scheduleAnswer()
{
    if (!m_held || std::exchange(m_isAnswerScheduled, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_isAnswerScheduled = false;
            if (m_closedMs || !m_outgoing.isEmpty())
                answerHeld();
        },
        Qt::QueuedConnection);
}

void PollConnection::answerHeld()
{
    if (!m_held)
        return;
    const Held held = *std::exchange(m_held, std::nullopt);
    m_heardMs = std::max(m_heardMs, steadyMs());
    Polled polled;
    polled.seq = std::max(held.ack + 1, m_outgoing.first());
    const auto frames = m_outgoing.from(polled.seq, limits::pollFramesBytes);
    polled.closed = m_closedMs && polled.seq + std::ssize(frames) > m_outgoing.last();
    reply(held.from, polled, frames);
}

/// A newer request is there: what is to be said is said to that one.
void PollConnection::releaseHeld()
{
    if (!m_held)
        return;
    const Held held = *std::exchange(m_held, std::nullopt);
    Polled polled;
    polled.seq = std::max(held.ack + 1, m_outgoing.first());
    reply(held.from, polled, {});
}

void PollConnection::reply(
    const PollCaller &to, Polled polled, const std::vector<QByteArray> &frames)
{
    polled.session = m_name;
    polled.ack = m_arrived.last();
    PollReply reply{to, 200, encodePolled(polled, frames)};
    if (m_session.isSignedIn())
        reply.standing = PollReply::Standing::SignedIn;
    emit replied(reply);
}

void PollConnection::endNow()
{
    if (std::exchange(m_hasEnded, true))
        return;
    m_session.disconnected();
    answerHeld();
    emit ended();
}

/// Without a request for so long the peer is gone. Silence is the same, of frames.
qint64 PollConnection::expiryMs() const
{
    return std::min(limits::pollExpiryMs, m_world.config.times.silenceMs);
}

} // namespace parley
