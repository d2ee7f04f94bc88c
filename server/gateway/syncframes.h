// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/protocol/frame.h"

namespace parley {

/// Packs what a device lacks into as few `sync` frames as the limits of a list allow.
class SyncFrames {
public:
    SyncFrames(const Epoch &epoch, qint64 userRevision)
        : m_epoch(epoch)
        , m_revision(userRevision)
    {
    }

    void add(const StateRow &row);
    void add(const ChatHead &chat);
    void add(const UserRow &user);
    /// The frames, at least one; only the last does not say `more`.
    std::vector<QByteArray> take(qint64 currentRevision);

    /// The one frame for a device whose store was restored.
    static QByteArray restored(const Epoch &epoch);

private:
    void makeRoom(qsizetype bytes);
    void close();

    Epoch m_epoch;
    qint64 m_revision;
    Sync m_open;
    qsizetype m_bytes = 0;
    qsizetype m_items = 0;
    std::vector<Sync> m_closed;
};

} // namespace parley
