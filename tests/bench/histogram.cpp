// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/bench/histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace parley::bench {

namespace {

// Each power of two has so many buckets of one width.
constexpr int fineBits = 7;
constexpr quint64 fine = quint64(1) << fineBits;
constexpr size_t buckets = (64 - fineBits + 1) * fine;

size_t bucketOf(quint64 value)
{
    if (value < fine)
        return static_cast<size_t>(value);
    const int shift = static_cast<int>(std::bit_width(value)) - fineBits - 1;
    return static_cast<size_t>(quint64(shift + 1) * fine + ((value >> shift) - fine));
}

quint64 highestIn(size_t bucket)
{
    const quint64 row = bucket / fine;
    if (row == 0)
        return bucket;
    const quint64 low = (bucket % fine + fine) << (row - 1);
    return low + (quint64(1) << (row - 1)) - 1;
}

} // namespace

Histogram::Histogram()
    : m_buckets(buckets)
{
}

void Histogram::add(qint64 ns)
{
    const auto value = static_cast<quint64>(std::max<qint64>(ns, 0));
    ++m_buckets[bucketOf(value)];
    ++m_count;
    m_mostNs = std::max(m_mostNs, ns);
}

void Histogram::add(const Histogram &other)
{
    for (size_t i = 0; i < m_buckets.size(); ++i)
        m_buckets[i] += other.m_buckets[i];
    m_count += other.m_count;
    m_mostNs = std::max(m_mostNs, other.m_mostNs);
}

qint64 Histogram::percentileNs(double part) const
{
    const auto wanted = static_cast<quint64>(std::ceil(part * static_cast<double>(m_count)));
    quint64 seen = 0;
    for (size_t i = 0; i < m_buckets.size() && m_count > 0; ++i) {
        seen += m_buckets[i];
        if (seen >= std::max<quint64>(wanted, 1))
            return std::min(static_cast<qint64>(highestIn(i)), m_mostNs);
    }
    return 0;
}

} // namespace parley::bench
