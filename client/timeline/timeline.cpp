// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/timeline/timeline.h"

#include "client/app/times.h"

#include <algorithm>

namespace parley {

namespace {

std::unique_ptr<TimelineLine> lineOf(const PreparedRow &prepared)
{
    auto line = std::make_unique<TimelineLine>();
    line->kind = prepared.row.row.kind == Kind::Message ? TimelineLine::Kind::Message
                                                        : TimelineLine::Kind::System;
    line->key = prepared.row.key;
    line->day = times::localDay(prepared.row.row.time);
    line->prepared = prepared;
    return line;
}

std::unique_ptr<TimelineLine> lineOf(const TimelineHole &hole)
{
    auto line = std::make_unique<TimelineLine>();
    line->kind = TimelineLine::Kind::Hole;
    line->key = {hole.low, 0};
    line->hole = hole;
    return line;
}

// What a newer version has made counts as applied and shows nothing.
bool isShown(const PreparedRow &prepared)
{
    switch (prepared.row.row.kind) {
    case Kind::Message:
    case Kind::Create:
    case Kind::Title:
    case Kind::Add:
    case Kind::Remove:
    case Kind::Leave:
    case Kind::SetRole:
    case Kind::Accept:
        return true;
    default:
        return false;
    }
}

bool isHole(const TimelineLine &line)
{
    return line.kind == TimelineLine::Kind::Hole;
}

bool isSame(const TimelineLine &one, const TimelineLine &other)
{
    if (isHole(one) || isHole(other))
        return isHole(one) && isHole(other) && one.hole == other.hole;
    return one.row().id == other.row().id;
}

bool joins(const TimelineLine &older, const TimelineLine &newer)
{
    return older.kind == TimelineLine::Kind::Message && newer.kind == TimelineLine::Kind::Message
        && older.row().sender == newer.row().sender && older.day == newer.day
        && newer.row().time - older.row().time < Timeline::groupMs && !newer.isFirstUnread;
}

} // namespace

Timeline::Timeline(const UserId &self, TimelineObserver &observer)
    : m_self(self)
    , m_observer(observer)
{
}

int Timeline::rowOf(const MessageId &id) const
{
    const auto key = m_keys.constFind(id);
    if (key == m_keys.constEnd())
        return -1;
    for (auto row = rowBehind(*key) - 1; row >= 0 && at(row).key == *key; --row)
        if (!isHole(at(row)) && at(row).row().id == id)
            return row;
    return -1;
}

int Timeline::firstUnreadRow() const
{
    for (int row = 0; row < count(); ++row)
        if (at(row).isFirstUnread)
            return row;
    return -1;
}

bool Timeline::touches(const TimelineHole &places) const
{
    if (m_lines.empty() || m_olderHole)
        return m_lines.empty() || places.high + 1 >= m_olderHole->low;
    const bool isNewer = !m_reachesEnd && places.low > m_lines.front()->key.seq + 1;
    return !isNewer && places.high + 1 >= m_lines.back()->key.seq;
}

void Timeline::setUnreadAfter(std::optional<qint64> seq)
{
    m_unreadAfter = seq;
    tell(regroup());
}

// The first row whose key is below `key`: rows fall from the newest to the oldest.
int Timeline::rowBehind(const TimelineKey &key) const
{
    const auto found = std::partition_point(
        m_lines.begin(), m_lines.end(), [&](const Line &line) { return line->key >= key; });
    return static_cast<int>(found - m_lines.begin());
}

Timeline::Lines Timeline::linesOf(const PreparedWindow &window)
{
    Lines lines;
    lines.reserve(window.rows.size() + window.holes.size());
    for (const auto &row : window.rows)
        if (isShown(row))
            lines.push_back(lineOf(row));
    for (const auto &hole : window.holes)
        lines.push_back(lineOf(hole));
    std::stable_sort(lines.begin(), lines.end(),
        [](const Line &one, const Line &other) { return one->key > other->key; });
    return lines;
}

// A hole before the oldest row is no line: the edge of the list says that something is missing.
void Timeline::takeOlderEdge(Lines &lines, const PreparedWindow &window)
{
    m_olderHole.reset();
    if (!lines.empty() && isHole(*lines.back())) {
        m_olderHole = lines.back()->hole;
        lines.pop_back();
    }
    m_reachesStart = window.reachesStart;
}

void Timeline::reset(const PreparedWindow &window)
{
    m_observer.aboutToReset();
    m_lines = linesOf(window);
    takeOlderEdge(m_lines, window);
    m_reachesEnd = window.reachesEnd;
    m_keys.clear();
    for (const auto &line : m_lines)
        if (!isHole(*line))
            m_keys.insert(line->row().id, line->key);
    regroup();
    m_observer.wasReset();
    m_observer.edgesMoved();
}

void Timeline::mergeNewest(const PreparedWindow &window)
{
    auto lines = linesOf(window);
    const bool keepsOlder = !lines.empty() && !window.reachesStart && !isHole(*lines.back())
        && !m_lines.empty() && m_lines.back()->key < lines.back()->key;
    if (keepsOlder && !overlaps(lines.back()->key)) {
        reset(window);
        return;
    }
    Bounds bounds;
    if (keepsOlder)
        bounds.from = lines.back()->key;
    else
        takeOlderEdge(lines, window);
    m_reachesEnd = window.reachesEnd;
    merge(std::move(lines), bounds);
}

// Something of the log at or after this place is held: what waits stands behind everything.
bool Timeline::overlaps(const TimelineKey &oldest) const
{
    return std::any_of(m_lines.begin(), m_lines.end(),
        [&](const Line &line) { return line->key.waiting == 0 && line->key >= oldest; });
}

void Timeline::mergeOlder(const PreparedWindow &window)
{
    auto lines = linesOf(window);
    Bounds bounds;
    if (!m_lines.empty())
        bounds.to = m_lines.back()->key;
    takeOlderEdge(lines, window);
    merge(std::move(lines), bounds);
}

void Timeline::mergeNewer(const PreparedWindow &window)
{
    Bounds bounds;
    if (!m_lines.empty())
        bounds.from = m_lines.front()->key;
    m_reachesEnd = window.reachesEnd;
    merge(linesOf(window), bounds);
}

void Timeline::mergeWithin(const PreparedWindow &window)
{
    auto lines = linesOf(window);
    Bounds bounds;
    if (lines.empty())
        return;
    if (!window.reachesEnd)
        bounds.to = lines.front()->key;
    const bool isOldest = m_lines.empty() || lines.back()->key <= m_lines.back()->key;
    if (isOldest)
        takeOlderEdge(lines, window);
    else
        bounds.from = lines.back()->key;
    m_reachesEnd = window.reachesEnd || m_reachesEnd;
    merge(std::move(lines), bounds);
}

void Timeline::merge(Lines lines, const Bounds &bounds)
{
    removeOutdated(lines, bounds);
    Lines run;
    const auto flush = [&] {
        if (run.empty())
            return;
        const int row = rowBehind(run.front()->key);
        insert(row, std::move(run));
        run.clear();
    };
    for (auto &line : lines) {
        const int known = isHole(*line) ? -1 : rowOf(line->row().id);
        const bool isKnownHole = isHole(*line)
            && std::any_of(m_lines.begin(), m_lines.end(),
                [&](const Line &held) { return isSame(*held, *line); });
        if (isKnownHole)
            continue;
        if (known >= 0) {
            flush();
            applyRow(line->prepared);
            continue;
        }
        // A run goes on while nothing that is held lies between.
        if (!run.empty() && rowBehind(run.front()->key) != rowBehind(line->key))
            flush();
        run.push_back(std::move(line));
    }
    flush();
    tell(regroup());
    m_observer.edgesMoved();
}

// What a window speaks for and does not hold is gone.
void Timeline::removeOutdated(const Lines &lines, const Bounds &bounds)
{
    const auto holds = [&](const TimelineLine &line) {
        return std::any_of(
            lines.begin(), lines.end(), [&](const Line &fresh) { return isSame(*fresh, line); });
    };
    for (int row = count() - 1; row >= 0; --row) {
        const auto &line = at(row);
        const bool isInside =
            (!bounds.from || line.key > *bounds.from) && (!bounds.to || line.key < *bounds.to);
        if (isInside && !holds(line))
            remove(row, row);
    }
}

void Timeline::apply(const std::vector<PreparedRow> &rows, const std::vector<MessageId> &gone)
{
    for (const auto &id : gone) {
        const int row = rowOf(id);
        if (row >= 0)
            remove(row, row);
    }
    auto sorted = rows;
    std::stable_sort(sorted.begin(), sorted.end(),
        [](const auto &one, const auto &other) { return one.row.key < other.row.key; });
    for (const auto &row : sorted)
        applyRow(row);
    tell(regroup());
}

void Timeline::applyRow(const PreparedRow &prepared)
{
    const int row = rowOf(prepared.row.row.id);
    if (row >= 0) {
        update(row, prepared);
        return;
    }
    const auto &key = prepared.row.key;
    const int place = rowBehind(key);
    const bool isNewest = place == 0;
    const bool isOldest = place == count();
    // What lies outside of the part that is shown comes when that part does.
    if (!isShown(prepared) || (isNewest && !m_reachesEnd)
        || (isOldest && !isNewest && !isAtStart()))
        return;
    Lines lines;
    lines.push_back(lineOf(prepared));
    insert(place, std::move(lines));
}

void Timeline::update(int row, const PreparedRow &prepared)
{
    auto &line = *m_lines[static_cast<size_t>(row)];
    if (line.key == prepared.row.key) {
        if (line.prepared == prepared)
            return;
        line.prepared = prepared;
        line.day = times::localDay(prepared.row.row.time);
        m_observer.changed(row);
        return;
    }
    auto moved = std::move(m_lines[static_cast<size_t>(row)]);
    m_lines.erase(m_lines.begin() + row);
    moved->key = prepared.row.key;
    const int place = rowBehind(moved->key);
    moved->prepared = prepared;
    moved->day = times::localDay(prepared.row.row.time);
    m_keys.insert(prepared.row.row.id, moved->key);
    if (place == row) {
        m_lines.insert(m_lines.begin() + row, std::move(moved));
        m_observer.changed(row);
        return;
    }
    // The observer must be told while the list is as it was.
    m_lines.insert(m_lines.begin() + row, std::move(moved));
    m_observer.aboutToMove(row, place > row ? place + 1 : place);
    moved = std::move(m_lines[static_cast<size_t>(row)]);
    m_lines.erase(m_lines.begin() + row);
    m_lines.insert(m_lines.begin() + place, std::move(moved));
    const auto others = regroup();
    m_observer.moved();
    m_observer.changed(place);
    tell(others);
}

void Timeline::insert(int row, Lines lines)
{
    const auto added = static_cast<int>(lines.size());
    m_observer.aboutToInsert(row, row + added - 1);
    for (const auto &line : lines)
        if (!isHole(*line))
            m_keys.insert(line->row().id, line->key);
    m_lines.insert(m_lines.begin() + row, std::make_move_iterator(lines.begin()),
        std::make_move_iterator(lines.end()));
    auto others = regroup();
    m_observer.inserted();
    std::erase_if(others, [&](int other) { return other >= row && other < row + added; });
    tell(others);
}

void Timeline::remove(int first, int last)
{
    m_observer.aboutToRemove(first, last);
    for (int row = first; row <= last; ++row)
        if (!isHole(at(row)))
            m_keys.remove(at(row).row().id);
    m_lines.erase(m_lines.begin() + first, m_lines.begin() + last + 1);
    const auto others = regroup();
    m_observer.removed();
    tell(others);
}

std::optional<MessageId> Timeline::firstUnread() const
{
    if (!m_unreadAfter)
        return std::nullopt;
    std::optional<MessageId> first;
    for (const auto &line : m_lines) {
        if (line->key.seq <= *m_unreadAfter)
            return first;
        const bool counts = line->kind == TimelineLine::Kind::Message && line->key.waiting == 0
            && line->row().sender != m_self;
        if (counts)
            first = line->row().id;
    }
    // The oldest one held is the first unread one only if nothing lies before it.
    return isAtStart() ? first : std::nullopt;
}

// What follows from the neighbours, for every line; gives the rows in which it changed.
std::vector<int> Timeline::regroup()
{
    std::vector<int> rows;
    const auto unread = firstUnread();
    QDate day;
    for (int row = count() - 1; row >= 0; --row) {
        auto &line = *m_lines[static_cast<size_t>(row)];
        if (isHole(line))
            continue;
        const auto old = std::tuple(
            line.isFirstOfDay, line.isFirstInGroup, line.isLastInGroup, line.isFirstUnread);
        line.isFirstUnread = unread && line.row().id == *unread;
        line.isFirstOfDay = line.day != day;
        line.isFirstInGroup = row + 1 >= count() || !joins(at(row + 1), line);
        line.isLastInGroup = true;
        day = line.day;
        if (row > 0 && !isHole(at(row - 1))) {
            auto &newer = *m_lines[static_cast<size_t>(row - 1)];
            const bool wasFirstUnread = newer.isFirstUnread;
            newer.isFirstUnread = unread && newer.row().id == *unread;
            line.isLastInGroup = !joins(line, newer);
            newer.isFirstUnread = wasFirstUnread;
        }
        if (old
            != std::tuple(
                line.isFirstOfDay, line.isFirstInGroup, line.isLastInGroup, line.isFirstUnread))
            rows.push_back(row);
    }
    return rows;
}

void Timeline::tell(const std::vector<int> &rows)
{
    for (const int row : rows)
        m_observer.changed(row);
}

} // namespace parley
