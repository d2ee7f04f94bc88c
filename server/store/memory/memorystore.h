// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/store/memory/memoryreader.h"
#include "server/store/store.h"
#include "shared/random.h"

namespace parley {

/// A complete store in plain containers: the reference for every other engine, and what tests of
/// the message service run on. It survives the service that uses it, not the process. Used by one
/// thread; its readers by any.
class MemoryStore : public Store {
public:
    explicit MemoryStore(Random &random);
    /// A restored backup: the epoch is drawn anew.
    MemoryStore(const MemoryState &backup, Random &random);

    void setListener(StoreListener *listener) override { m_listener = listener; }
    void load(LoadRequest request) override;
    void append(quint64 batch, std::vector<Append> appends) override;
    Epoch epoch() const override;
    Result<std::vector<Derived>> pendingDerived() override;

    MemoryState backup() const;
    /// As it is now; only where no other thread uses the store.
    const MemoryState &state() const { return m_memory->state; }
    std::unique_ptr<StoreReaders> readers() const;

private:
    std::shared_ptr<GuardedMemory> m_memory;
    StoreListener *m_listener = nullptr;
};

} // namespace parley
