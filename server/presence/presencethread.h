// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/presence/presence.h"
#include "server/queue/batches.h"
#include "server/queue/queue.h"

#include <QtCore/QThread>

namespace parley {

/// Runs presence on a thread of its own. Any thread may hand in; what comes out goes to the outlet
/// and, for last-seen times, to the command queue. Owned by the server; the outlet and the queue
/// outlive it.
class PresenceThread {
public:
    PresenceThread(ServiceOutlet &outlet, CommandQueue &queue);
    ~PresenceThread();
    PresenceThread(const PresenceThread &) = delete;
    PresenceThread &operator=(const PresenceThread &) = delete;

    /// Dropped when far too many wait: presence is the first to go under load.
    void handle(PresenceInput input);
    void stop();

private:
    static constexpr size_t inputsMost = 200'000;

    void takeInputs();
    void passOn();

    ServiceOutlet &m_outlet;
    CommandQueue &m_queue;
    Batches<PresenceInput> m_inputs{inputsMost};
    Presence m_presence;
    QThread m_thread;
    QObject m_home; ///< lives on the thread
};

} // namespace parley
