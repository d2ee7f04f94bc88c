// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/queue/batches.h"
#include "server/queue/queue.h"

namespace parley {

/// The queue of a server that is one process. Owned by the server; see CommandQueue for threads.
class MemoryQueue : public CommandQueue {
public:
    explicit MemoryQueue(size_t capacity)
        : m_batches(capacity)
    {
    }

    Offered offer(Queued command) override
    {
        return m_batches.offer(std::move(command)) ? Offered::Accepted : Offered::Full;
    }
    std::vector<Queued> take(size_t most) override { return m_batches.take(most); }
    void setWake(std::function<void()> wake) override { m_batches.setWake(std::move(wake)); }
    size_t size() const override { return m_batches.size(); }

private:
    Batches<Queued> m_batches;
};

} // namespace parley
