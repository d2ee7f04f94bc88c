// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/queue/batches.h"
#include "server/queue/queue.h"

namespace parley {

/// The queue of the test configuration: what is offered waits as bytes and is read again when it is
/// taken, as it would be between two machines. A value that cannot make the way is a broken
/// promise.
class SerialisingQueue : public CommandQueue {
public:
    explicit SerialisingQueue(size_t capacity)
        : m_batches(capacity)
    {
    }

    Offered offer(Queued command) override;
    std::vector<Queued> take(size_t most) override;
    void setWake(std::function<void()> wake) override { m_batches.setWake(std::move(wake)); }
    size_t size() const override { return m_batches.size(); }

private:
    Batches<QByteArray> m_batches;
};

/// The same for the way back: passes on what was read again from bytes.
class SerialisingOutlet : public ServiceOutlet {
public:
    /// `inner` must outlive it.
    explicit SerialisingOutlet(ServiceOutlet &inner)
        : m_inner(inner)
    {
    }
    void deliver(std::vector<ServiceOutput> outputs) override;

private:
    ServiceOutlet &m_inner;
};

} // namespace parley
