// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QtGlobal>

#include <map>
#include <optional>
#include <vector>

namespace parley {

/// Whole numbers from low to high, both included.
struct Interval {
    qint64 low = 0;
    qint64 high = 0;
    friend bool operator==(const Interval &, const Interval &) = default;
};

/// A set of whole numbers, kept as disjoint intervals that do not even touch: which places of a
/// chat's log are held. A value.
class Intervals {
public:
    /// What add() did to the intervals: these (by their low ends) went, this one came.
    struct Change {
        std::vector<qint64> removedLows;
        Interval added;
    };

    /// Adds low..high, merging what touches. Nothing when low > high or everything was there.
    std::optional<Change> add(qint64 low, qint64 high);
    void clear() { m_highs.clear(); }

    bool isEmpty() const { return m_highs.empty(); }
    bool contains(qint64 place) const;
    bool covers(qint64 low, qint64 high) const;
    /// The interval that holds `place`.
    std::optional<Interval> around(qint64 place) const;
    /// The one with the highest numbers.
    std::optional<Interval> last() const;
    /// The highest number, 0 when empty.
    qint64 top() const { return m_highs.empty() ? 0 : m_highs.rbegin()->second; }
    /// All, ascending.
    std::vector<Interval> all() const;
    /// What of low..high is not in the set, ascending.
    std::vector<Interval> holes(qint64 low, qint64 high) const;

    friend bool operator==(const Intervals &, const Intervals &) = default;

private:
    std::map<qint64, qint64> m_highs; // by low
};

} // namespace parley
