// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/core/people.h"
#include "client/core/timelinereader.h"
#include "client/core/userstate.h"

namespace parley {

/// Makes the values that the screen is told, from memory and cache. Changes nothing; belongs to
/// the core.
class Screen {
public:
    using Chats = std::map<ChatId, Chat>;

    Screen(Cache &cache, const Chats &chats, const Outbox &outbox, const UserState &state,
        const People &people, const UserId &me)
        : m_cache(cache)
        , m_chats(chats)
        , m_outbox(outbox)
        , m_state(state)
        , m_people(people)
        , m_timelines(cache, outbox, me)
        , m_me(me)
    {
    }

    /// Chats that the person knows of: own, lost, and those that wait for their creation.
    bool isShown(const Chat &chat) const;
    bool isPending(const Chat &chat) const;
    bool canWrite(const Chat &chat) const;
    qint64 unread(const Chat &chat) const;
    ChatSummary summary(const Chat &chat, qint64 wallMs) const;
    std::vector<ChatSummary> summaries(qint64 wallMs) const;
    /// From then on everything is held of these chats, or of all of one's own; nothing when they
    /// are held whole.
    std::optional<qint64> completeFromMs(const std::optional<std::vector<ChatId>> &among) const;
    const TimelineReader &timelines() const { return m_timelines; }
    DeliveryDetails delivery(const Chat &chat, const MessageId &message) const;
    /// By user; former ones among them.
    std::vector<MemberRow> members(const ChatId &chat) const { return m_cache.members(chat); }
    Changes changes(const Dirty &dirty, qint64 wallMs) const;

private:
    void addState(const Chat &chat, ChatSummary &summary, qint64 wallMs) const;
    std::optional<qint64> completeFromMs(const Chat &chat) const;
    std::vector<TimelineChange> timelineChanges(const Dirty &dirty) const;

    Cache &m_cache;
    const Chats &m_chats;
    const Outbox &m_outbox;
    const UserState &m_state;
    const People &m_people;
    TimelineReader m_timelines;
    UserId m_me;
};

} // namespace parley
