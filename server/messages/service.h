// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/messages/servicelimits.h"
#include "server/queue/queue.h"
#include "server/store/store.h"

#include <memory>

namespace parley {

/// The message service: authorises, orders, dedupes, keeps marks and membership, and decides who is
/// told. Without I/O: commands, store outcomes and the time go in; appends, loads and outputs come
/// out. It knows no connection, no thread, no SQL.
///
/// Nothing is answered or pushed before the store said Applied. Whatever is answered without an
/// append compares the head with the store first. One thread.
class MessageService : public StoreListener {
public:
    /// `store` and `outlet` must outlive the service, which makes itself the store's listener.
    MessageService(Store &store, ServiceOutlet &outlet, ServiceLimits limits = {});
    ~MessageService() override;

    /// Takes up the derived writes that a crash left open. Call once, before the first batch.
    Status start(qint64 nowMs);
    /// Decides a batch and hands its appends to the store as one. `nowMs` is Unix time. To be
    /// called every few seconds even with an empty one: what was promised and not written is
    /// repeated then.
    void handle(std::vector<Queued> batch, qint64 nowMs);
    /// True while an answer of the store is awaited.
    bool isBusy() const;

    void loaded(Loaded answer) override;
    void appended(quint64 batch, std::vector<Outcome> outcomes) override;
    void appendedOne(quint64 batch, size_t place, Outcome outcome) override;

private:
    class Part;
    std::unique_ptr<Part> m_part;
    Store *m_store = nullptr;
};

} // namespace parley
