// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/core/cache.h"
#include "shared/protocol/frame.h"

#include <deque>
#include <map>

namespace parley {

/// One chat as this device knows it: what of it stays in memory. The rows are in the cache alone.
struct Chat {
    CachedChat record;
    Intervals held;
    /// Own user state: since when one belongs to it, or that one is gone. Nothing before it came.
    std::optional<ChatState> joined;
    std::map<UserId, Mark> marks;
    /// All known ones, present and former, of a chat with at most 64; else the own one.
    std::map<UserId, MemberRow> members;

    /// What holds for this connection only.
    struct Session {
        RequestNumber page = 0;
        bool wantsPage = false;
        qint64 pageNotBeforeMs = 0;
        int stalePages = 0;
        RequestNumber history = 0;
        std::deque<Interval> historyWanted;
        qint64 historyNotBeforeMs = 0;
        bool isHistoryOver = false; ///< the server has nothing older, whatever since says
        RequestNumber send = 0;
        qsizetype batchOperations = limits::batchOperations;
        RequestNumber mark = 0;
        qint64 markNotBeforeMs = 0;
        bool wantsMembers = false;
        std::optional<UserId> membersAfter;
        RequestNumber membersRequest = 0;
    };
    Session session;
    qint64 sendNotBeforeMs = 0;
    int sendFailures = 0;

    const ChatId &id() const { return record.id; }
    /// Up to here everything since the tail's start is held: looked up, never remembered apart.
    qint64 seq() const { return held.top(); }
    /// Whether one belongs to it, invited or a member.
    bool isMine() const { return joined && joined->since; }
    bool isLarge() const
    {
        return !record.info || record.info->members > quint32(limits::marksMembers)
            || members.size() > size_t(limits::marksPeople);
    }
    const MemberRow *member(const UserId &user) const;
    /// The first seq that this user may read.
    qint64 since(const UserId &me) const;
    Mark mark(const UserId &user) const;
    /// The sum that both sides compare: of the watermarks that this user is sent.
    qint64 marksSum(const UserId &me) const;
    /// The highest place that at least one other member has, or has read.
    qint64 deliveredUpTo(const UserId &me) const;
    qint64 othersReadUpTo(const UserId &me) const;
    qint64 readUpTo(const UserId &me) const { return std::max(record.readWanted, mark(me).read); }
    Have have(const UserId &me) const;

private:
    bool isReadHidden(const UserId &me, const UserId &user) const;
};

/// The hash of Alive::digest. `have` by rising chat id.
QByteArray digestHash(qint64 userRevision, const std::vector<Have> &have);

} // namespace parley
