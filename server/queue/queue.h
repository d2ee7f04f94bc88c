// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/queue/values.h"

namespace parley {

/// The way of commands from the gateways to the message service: bounded, in batches, at least
/// once.
///
/// `offer` may be called from any thread and never blocks; when the queue is full it refuses, and
/// the caller answers Busy. The consumer is woken once for each batch that waits, on its own
/// thread, never once for each command.
class CommandQueue {
public:
    virtual ~CommandQueue() = default;

    enum class Offered : quint8 { Accepted, Full };
    virtual Offered offer(Queued command) = 0;
    /// Everything that waits, up to `most`, in the order of the offers. Consumer's thread.
    virtual std::vector<Queued> take(size_t most) = 0;
    /// Called (from an offering thread) when a batch begins to wait.
    virtual void setWake(std::function<void()> wake) = 0;
    virtual size_t size() const = 0;
};

/// The way back: what the service lets go after the store said applied, one call for each batch.
/// Implemented by the gateways' router; may be called from the service's thread only.
class ServiceOutlet {
public:
    virtual ~ServiceOutlet() = default;
    virtual void deliver(std::vector<ServiceOutput> outputs) = 0;
};

} // namespace parley
