// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/core/intervals.h"
#include "shared/assert.h"

#include <algorithm>
#include <limits>

namespace parley {

std::optional<Intervals::Change> Intervals::add(qint64 low, qint64 high)
{
    if (low > high || covers(low, high))
        return std::nullopt;
    Change change{{}, {low, high}};
    auto next = m_highs.upper_bound(low);
    if (next != m_highs.begin() && std::prev(next)->second >= low - 1)
        --next;
    while (next != m_highs.end() && next->first <= high + 1) {
        change.added.low = std::min(change.added.low, next->first);
        change.added.high = std::max(change.added.high, next->second);
        change.removedLows.push_back(next->first);
        next = m_highs.erase(next);
    }
    m_highs.emplace(change.added.low, change.added.high);
    PARLEY_ASSERT(change.added.low <= low && change.added.high >= high);
    PARLEY_ASSERT(covers(low, high));
    return change;
}

bool Intervals::contains(qint64 place) const
{
    return around(place).has_value();
}

bool Intervals::covers(qint64 low, qint64 high) const
{
    if (low > high)
        return true;
    const auto found = around(low);
    return found && found->high >= high;
}

std::optional<Interval> Intervals::around(qint64 place) const
{
    const auto next = m_highs.upper_bound(place);
    if (next == m_highs.begin())
        return std::nullopt;
    const auto &[low, high] = *std::prev(next);
    if (high < place)
        return std::nullopt;
    PARLEY_ASSERT(low <= place && place <= high);
    return Interval{low, high};
}

std::optional<Interval> Intervals::last() const
{
    if (m_highs.empty())
        return std::nullopt;
    return Interval{m_highs.rbegin()->first, m_highs.rbegin()->second};
}

std::vector<Interval> Intervals::all() const
{
    std::vector<Interval> result;
    result.reserve(m_highs.size());
    for (const auto &[low, high] : m_highs)
        result.push_back({low, high});
    return result;
}

std::vector<Interval> Intervals::holes(qint64 low, qint64 high) const
{
    std::vector<Interval> result;
    auto next = m_highs.upper_bound(low);
    if (next != m_highs.begin())
        --next;
    for (; next != m_highs.end() && next->first <= high && low <= high; ++next) {
        if (next->second < low)
            continue;
        if (next->first > low)
            result.push_back({low, next->first - 1});
        PARLEY_ASSERT(next->first <= next->second);
        low = next->second + 1;
    }
    if (low <= high)
        result.push_back({low, high});
    return result;
}

} // namespace parley
