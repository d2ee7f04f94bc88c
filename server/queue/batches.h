// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QMutex>

#include <deque>
#include <functional>
#include <vector>

namespace parley {

/// A bounded queue that hands its items over in batches, and wakes its consumer once for each
/// batch. Any thread offers; one thread takes, until nothing is left.
template <typename T>
class Batches {
public:
    explicit Batches(size_t capacity)
        : m_capacity(capacity)
    {
    }

    /// False when it is full: then nothing was taken in.
    bool offer(T item)
    {
        bool wakes = false;
        {
            const QMutexLocker lock(&m_mutex);
            if (m_items.size() >= m_capacity)
                return false;
            m_items.push_back(std::move(item));
            wakes = !m_isWoken && m_wake;
            m_isWoken = true;
        }
        // Outside the lock: the consumer may run at once on another core.
        if (wakes)
            m_wake();
        return true;
    }

    /// The oldest, at most `most`. Whoever gets less than that will be woken again.
    std::vector<T> take(size_t most)
    {
        const QMutexLocker lock(&m_mutex);
        const size_t count = std::min(most, m_items.size());
        std::vector<T> taken;
        taken.reserve(count);
        for (size_t i = 0; i < count; ++i) {
            taken.push_back(std::move(m_items.front()));
            m_items.pop_front();
        }
        if (m_items.empty())
            m_isWoken = false;
        return taken;
    }

    /// Before the first offer.
    void setWake(std::function<void()> wake) { m_wake = std::move(wake); }

    size_t size() const
    {
        const QMutexLocker lock(&m_mutex);
        return m_items.size();
    }

private:
    mutable QMutex m_mutex;
    std::deque<T> m_items;
    size_t m_capacity;
    bool m_isWoken = false;
    std::function<void()> m_wake;
};

} // namespace parley
