// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/simulation/serverside.h"

namespace parley::simulation {
namespace {

const QString address = QStringLiteral("127.0.0.1");

} // namespace

Wire::Wire(Node &node, quint64 number)
    : m_node(node)
{
    m_session = std::make_unique<Session>(
        *node.m_world, *this, SessionRef{node.m_number, number}, address, node.m_side.nowMs);
}

bool Wire::isStuck() const
{
    return isSilent || (!isClosed && m_node.isPaused());
}

void Wire::cut()
{
    if (m_session)
        m_session->disconnected();
    m_session.reset();
    toServer.clear();
    toClient.clear();
    m_waitingBytes = 0;
}

SessionHost::Sent Wire::toService(Queued command)
{
    m_node.m_queue.push_back(std::move(command));
    return Sent::Accepted;
}

void Wire::toServiceSurely(Queued command)
{
    m_node.m_queue.push_back(std::move(command));
}

SessionHost::Sent Wire::toReaders(ReadJob job)
{
    // Read now, answered later: between the two anything may be committed and pushed.
    auto &readers = m_node.m_readers;
    ReadDesk &reader = readers.size() == 1
        ? readers.front()
        : readers[size_t(m_node.m_side.random().pick(int(readers.size())))];
    m_node.m_reads.push_back(reader.answer(job, m_node.m_side.nowMs));
    return Sent::Accepted;
}

SessionHost::Sent Wire::toHashing(HashJob)
{
    return Sent::Full; // devices of a world have tokens
}

void Wire::toPresence(PresenceInput input)
{
    m_node.m_presence.handle(input, m_node.m_side.nowMs);
}

void Wire::write(const QByteArray &frame)
{
    m_node.m_side.judge(*this, frame);
    toClient.push_back(frame);
    m_waitingBytes += frame.size();
    mostWaitingBytes = std::max(mostWaitingBytes, m_waitingBytes);
}

QByteArray Wire::takeForClient()
{
    QByteArray frame = std::move(toClient.front());
    toClient.pop_front();
    m_waitingBytes -= frame.size();
    return frame;
}

qint64 Wire::waitingBytes() const
{
    return m_waitingBytes;
}

void Wire::close()
{
    isClosed = true;
}

qint64 Wire::wallMs() const
{
    return m_node.m_side.nowMs;
}

} // namespace parley::simulation
