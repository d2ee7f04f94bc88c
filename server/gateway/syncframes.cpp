// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/gateway/syncframes.h"

namespace parley {

void SyncFrames::add(const StateRow &row)
{
    makeRoom(toCbor(row).size());
    m_open.state.push_back(row);
    m_revision = row.revision;
}

void SyncFrames::add(const ChatHead &chat)
{
    makeRoom(toCbor(chat).size());
    m_open.chats.push_back(chat);
}

void SyncFrames::add(const UserRow &user)
{
    makeRoom(toCbor(user).size());
    m_open.users.push_back(user);
}

std::vector<QByteArray> SyncFrames::take(qint64 currentRevision)
{
    m_revision = std::max(m_revision, currentRevision);
    close();
    std::vector<QByteArray> frames;
    for (size_t i = 0; i < m_closed.size(); ++i) {
        m_closed[i].more = i + 1 < m_closed.size();
        frames.push_back(encodeEvent(m_closed[i]));
    }
    return frames;
}

QByteArray SyncFrames::restored(const Epoch &epoch)
{
    Sync sync;
    sync.epoch = epoch;
    sync.restored = true;
    return encodeEvent(sync);
}

void SyncFrames::makeRoom(qsizetype bytes)
{
    if (m_items > 0 && (m_bytes + bytes > limits::answerBytes || m_items >= limits::answerItems))
        close();
    m_bytes += bytes;
    ++m_items;
}

void SyncFrames::close()
{
    m_open.epoch = m_epoch;
    m_open.userRevision = m_revision;
    m_closed.push_back(std::exchange(m_open, {}));
    m_bytes = 0;
    m_items = 0;
}

} // namespace parley
