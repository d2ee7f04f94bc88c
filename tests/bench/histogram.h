// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QtGlobal>

#include <vector>

namespace parley::bench {

/// Counts durations in buckets that are at most a hundredth wide. Nanoseconds.
class Histogram {
public:
    Histogram();

    void add(qint64 ns);
    void add(const Histogram &other);
    quint64 count() const { return m_count; }
    qint64 mostNs() const { return m_mostNs; }
    /// At or below it is this part of all, from 0 to 1; never above mostNs(). 0 when there is none.
    qint64 percentileNs(double part) const;

private:
    std::vector<quint64> m_buckets;
    quint64 m_count = 0;
    qint64 m_mostNs = 0;
};

} // namespace parley::bench
