// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QtGlobal>

#include <algorithm>
#include <unordered_map>
#include <vector>

namespace parley {

/// So many at once, and so many each period on average.
struct Rate {
    qint64 burst = 1;
    qint64 count = 1;
    qint64 periodMs = 1000;
};

struct Verdict {
    enum Kind : quint8 {
        Allowed,
        Later, ///< refused; `retryAfterMs` says when
        TenTimesOver, ///< refused so much that the connection is closed
    };
    Kind kind = Allowed;
    qint64 retryAfterMs = 0;
};

/// One token bucket for each key. Counts in whole numbers, in bounded memory; the time is handed
/// in.
template <typename Key>
class TokenBuckets {
public:
    static constexpr qint64 closingFactor = 10;

    explicit TokenBuckets(Rate rate, size_t mostKeys = 100'000)
        : m_rate(rate)
        , m_mostKeys(mostKeys)
    {
    }

    Verdict take(const Key &key, qint64 cost, qint64 nowMs)
    {
        if (m_buckets.size() >= m_mostKeys && !m_buckets.contains(key))
            makeRoom(nowMs);
        Bucket &bucket = m_buckets.try_emplace(key, Bucket{full(), 0, nowMs}).first->second;
        refill(bucket, nowMs);
        const qint64 price = cost * m_rate.periodMs;
        if (bucket.level >= price) {
            bucket.level -= price;
            return {};
        }
        // What is refused is counted too: who goes on regardless is ten times over at last.
        bucket.refused += price;
        if (bucket.refused > full() * closingFactor)
            return {Verdict::TenTimesOver, 0};
        const qint64 missing = price - bucket.level;
        return {Verdict::Later, (missing + m_rate.count - 1) / m_rate.count};
    }

    size_t size() const { return m_buckets.size(); }

private:
    /// In tokens times periodMs, so that every millisecond refills a whole number.
    struct Bucket {
        qint64 level = 0;
        qint64 refused = 0;
        qint64 atMs = 0;
    };

    qint64 full() const { return m_rate.burst * m_rate.periodMs; }

    void refill(Bucket &bucket, qint64 nowMs) const
    {
        // After that long the bucket is full and everything forgiven; more would only overflow.
        const qint64 most = full() * closingFactor / m_rate.count + 1;
        const qint64 elapsed = std::clamp<qint64>(nowMs - bucket.atMs, 0, most);
        bucket.level = std::min(full(), bucket.level + elapsed * m_rate.count);
        bucket.refused = std::max<qint64>(0, bucket.refused - elapsed * m_rate.count);
        bucket.atMs = nowMs;
    }

    /// A full bucket says nothing; if none is, the older half goes.
    void makeRoom(qint64 nowMs)
    {
        std::erase_if(m_buckets, [&](auto &each) {
            Bucket bucket = each.second;
            refill(bucket, nowMs);
            return bucket.level == full();
        });
        if (m_buckets.size() < m_mostKeys)
            return;
        std::vector<qint64> times;
        for (const auto &each : m_buckets)
            times.push_back(each.second.atMs);
        const auto middle = times.begin() + std::ssize(times) / 2;
        std::nth_element(times.begin(), middle, times.end());
        const qint64 oldest = *middle;
        std::erase_if(m_buckets, [&](const auto &each) { return each.second.atMs <= oldest; });
    }

    Rate m_rate;
    size_t m_mostKeys;
    std::unordered_map<Key, Bucket> m_buckets;
};

} // namespace parley
