// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/core/chat.h"
#include "client/core/dirty.h"
#include "client/core/outbox.h"

namespace parley {

/// Applies to one chat what the server says about it. Belongs to the core; everything happens
/// within a transaction of the cache, and after a failed one the core loads anew.
///
/// Nothing here interprets an edit, a deletion or a reaction: rows are merged by revision, and a
/// row outside of the held intervals is kept, unseen.
class ChatSync {
public:
    ChatSync(Cache &cache, Outbox &outbox, Dirty &dirty, const UserId &me)
        : m_cache(cache)
        , m_outbox(outbox)
        , m_dirty(dirty)
        , m_me(me)
    {
    }

    void load(Chat &chat);

    enum class Applied { All, UpToAGap };
    /// Entries in sequence; what is held already is passed over.
    Applied applyEntries(Chat &chat, const std::vector<Entry> &entries);
    /// Starts the chat over: a new generation.
    void applyOpened(Chat &chat, const PageReply &reply);
    void applyPageHead(Chat &chat, const PageReply &reply);
    void applyHistory(Chat &chat, const HistoryReply &reply);
    void applyHead(Chat &chat, const ChatHead &head);
    void applyMarks(Chat &chat, const std::vector<Mark> &marks);
    void applyMembers(Chat &chat, const std::vector<MemberRow> &members);
    /// Own user state: one joined, or is gone. True if that is news.
    bool applyJoined(Chat &chat, const ChatState &state);
    void wantRead(Chat &chat, qint64 upTo);
    /// What a chat is that so far only this device knows of.
    void applyOwnCreation(Chat &chat, const Operation &create, qint64 timeMs);
    void noteUnread(Chat &chat, qint64 unread, qint64 head);

    /// Users whom this brought up, for whom a row may be lacking.
    std::set<UserId> takeSeenUsers() { return std::exchange(m_seenUsers, {}); }

private:
    void mergeRow(Chat &chat, const Row &row);
    void mergeBrought(Chat &chat, const Entry &entry);
    void mergeMember(Chat &chat, const MemberRow &member);
    void mergeInfo(Chat &chat, const ChatRow &info);
    void noteLast(Chat &chat, const Row &row);
    void hold(Chat &chat, qint64 low, qint64 high);
    void finishOwn(Chat &chat, const Entry &entry);
    void save(Chat &chat);

    Cache &m_cache;
    Outbox &m_outbox;
    Dirty &m_dirty;
    UserId m_me;
    std::set<UserId> m_seenUsers;
};

} // namespace parley
