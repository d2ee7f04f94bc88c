// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/timeline/prepared.h"

#include <QtCore/QDateTime>

#include <memory>
#include <vector>

namespace parley {

/// A line of a timeline, with what follows from its neighbours.
struct TimelineLine {
    enum class Kind : quint8 { Message, System, Hole };
    Kind kind = Kind::Message;
    TimelineKey key;
    PreparedRow prepared; ///< Message, System
    TimelineHole hole; ///< Hole
    QDate day;
    bool isFirstOfDay = false;
    bool isFirstInGroup = true;
    bool isLastInGroup = true;
    bool isFirstUnread = false;

    const Row &row() const { return prepared.row.row; }
    bool isOutgoing(const UserId &self) const { return row().sender == self; }
};

/// Is told what happens to a timeline, before and after, in rows (0 is the newest).
class TimelineObserver {
public:
    virtual ~TimelineObserver() = default;
    virtual void aboutToInsert(int first, int last) = 0;
    virtual void inserted() = 0;
    virtual void aboutToRemove(int first, int last) = 0;
    virtual void removed() = 0;
    /// `to` as in QAbstractItemModel::beginMoveRows.
    virtual void aboutToMove(int from, int to) = 0;
    virtual void moved() = 0;
    virtual void aboutToReset() = 0;
    virtual void wasReset() = 0;
    virtual void changed(int row) = 0;
    virtual void edgesMoved() = 0;
};

/// The order of an open chat: rows and holes, groups, days, and the line above what was unread.
/// Row 0 is the newest. Owns no text formatting and asks nobody for anything. One thread.
class Timeline {
public:
    /// Messages of one sender closer than this stand in one group.
    static constexpr qint64 groupMs = 5 * 60 * 1000;

    Timeline(const UserId &self, TimelineObserver &observer);

    int count() const { return static_cast<int>(m_lines.size()); }
    const TimelineLine &at(int row) const { return *m_lines[static_cast<size_t>(row)]; }
    int rowOf(const MessageId &id) const;
    /// -1 when there is none.
    int firstUnreadRow() const;
    const UserId &self() const { return m_self; }

    /// Nothing older can be read, and nothing older is missing.
    bool isAtStart() const { return m_reachesStart && !m_olderHole; }
    bool reachesEnd() const { return m_reachesEnd; }
    /// What is missing directly before the oldest row.
    const std::optional<TimelineHole> &olderHole() const { return m_olderHole; }

    /// Whether a change of these places would be seen here, or at an edge.
    bool touches(const TimelineHole &places) const;

    /// Where the unread line stands: above the first message of others after this place. It does
    /// not move while the chat stays open.
    void setUnreadAfter(std::optional<qint64> seq);

    /// Another part of the chat: everything is new.
    void reset(const PreparedWindow &window);
    /// The newest part again, as it is now.
    void mergeNewest(const PreparedWindow &window);
    /// What comes before the oldest row.
    void mergeOlder(const PreparedWindow &window);
    /// What comes after the newest row.
    void mergeNewer(const PreparedWindow &window);
    /// The part between the window's own first and last line again, as it is now.
    void mergeWithin(const PreparedWindow &window);
    /// New rows, and known ones as they are now.
    void apply(const std::vector<PreparedRow> &rows, const std::vector<MessageId> &gone);

private:
    using Line = std::unique_ptr<TimelineLine>;
    using Lines = std::vector<Line>;
    struct Bounds { // of what a window speaks for, exclusive
        std::optional<TimelineKey> from; // nothing: from the start
        std::optional<TimelineKey> to; // nothing: to the end
    };

    static Lines linesOf(const PreparedWindow &window);
    void merge(Lines lines, const Bounds &bounds);
    void removeOutdated(const Lines &lines, const Bounds &bounds);
    void takeOlderEdge(Lines &lines, const PreparedWindow &window);
    bool overlaps(const TimelineKey &oldest) const;
    void applyRow(const PreparedRow &row);
    void update(int row, const PreparedRow &prepared);
    void insert(int row, Lines lines);
    void remove(int first, int last);
    int rowBehind(const TimelineKey &key) const;
    std::optional<MessageId> firstUnread() const;
    std::vector<int> regroup();
    void tell(const std::vector<int> &rows);

    UserId m_self;
    TimelineObserver &m_observer;
    Lines m_lines; // newest first
    QHash<MessageId, TimelineKey> m_keys;
    bool m_reachesStart = false;
    bool m_reachesEnd = false;
    std::optional<TimelineHole> m_olderHole;
    std::optional<qint64> m_unreadAfter;
};

} // namespace parley
