// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/queue/values.h"

#include <atomic>

namespace parley {

/// Where it is noted that somebody away was written to. The transports that wake people are parts
/// behind this interface. May be called from any thread, and never blocks.
class Notifier {
public:
    virtual ~Notifier() = default;
    virtual void missed(const Missed &missed) = 0;
};

/// Counts people, for `status`, and tells nobody.
class CountingNotifier : public Notifier {
public:
    void missed(const Missed &missed) override
    {
        m_count.fetch_add(std::ssize(missed.users), std::memory_order_relaxed);
    }
    qint64 count() const { return m_count.load(std::memory_order_relaxed); }

private:
    std::atomic<qint64> m_count{0};
};

} // namespace parley
