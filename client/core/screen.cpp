// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/core/screen.h"

#include "client/core/statekeys.h"
#include "shared/assert.h"
#include "shared/uuid7.h"

namespace parley {

bool Screen::isPending(const Chat &chat) const
{
    if (chat.joined)
        return false;
    const auto isCreation = [](const auto &item) { return item.operation.kind == Kind::Create; };
    return std::ranges::any_of(m_outbox.items(chat.id()), isCreation)
        || std::ranges::any_of(m_outbox.accepted(chat.id()), isCreation);
}

bool Screen::isShown(const Chat &chat) const
{
    if (!chat.joined)
        return isPending(chat);
    return chat.isMine() || !chat.held.isEmpty() || chat.record.last.has_value();
}

bool Screen::canWrite(const Chat &chat) const
{
    if (!chat.isMine())
        return isPending(chat);
    const MemberRow *self = chat.member(m_me);
    if (!self)
        return true;
    // What waits ahead of a message opens the chat for it, also offline.
    bool isMember = self->state == MemberState::Member;
    bool isBlocking = self->blocking;
    for (const OutboxItem &item : m_outbox.items(chat.id())) {
        if (item.failure)
            continue;
        isMember = isMember || item.operation.kind == Kind::Accept;
        if (item.operation.kind == Kind::Block || item.operation.kind == Kind::Unblock)
            isBlocking = item.operation.kind == Kind::Block;
    }
    return isMember && !isBlocking;
}

qint64 Screen::unread(const Chat &chat) const
{
    const CachedChat &record = chat.record;
    if (record.unreadHead > chat.seq())
        return record.unread;
    const qint64 read = chat.readUpTo(m_me);
    if (chat.held.covers(std::max(read + 1, chat.since(m_me)), chat.seq()))
        return m_cache.countMessages(chat.id(), read, m_me);
    return record.unread
        + m_cache.countMessages(chat.id(), std::max(read, record.unreadHead), m_me);
}

ChatSummary Screen::summary(const Chat &chat, qint64 wallMs) const
{
    ChatSummary summary;
    summary.id = chat.id();
    if (chat.record.info) {
        const ChatRow &info = *chat.record.info;
        summary.kind = info.kind;
        summary.title = info.title;
        summary.members = info.members;
        summary.activityMs = info.created;
        for (const UserId &user : info.users) {
            if (user != m_me)
                summary.other = user;
        }
    }
    if (const MemberRow *self = chat.member(m_me)) {
        summary.membership = self->state;
        summary.role = self->role;
        summary.isBlocking = self->blocking;
    }
    if (chat.joined && !chat.isMine())
        summary.membership = chat.joined->gone.value_or(MemberState::Removed);
    summary.canWrite = canWrite(chat);
    summary.isPending = isPending(chat);
    summary.head = std::max(chat.record.head, chat.seq());
    summary.unread = unread(chat);
    PARLEY_ASSERT(summary.head >= chat.seq());
    summary.readUpTo = chat.readUpTo(m_me);
    summary.deliveredUpTo = chat.deliveredUpTo(m_me);
    summary.othersReadUpTo = chat.othersReadUpTo(m_me);
    summary.readableFrom = chat.since(m_me);
    if (const auto tail = chat.held.last())
        summary.completeFrom = std::max(tail->low, summary.readableFrom);
    summary.last = m_timelines.last(chat);
    if (summary.last)
        summary.activityMs = summary.last->row.time;
    summary.hasFailed = m_outbox.hasFailed(chat.id());
    addState(chat, summary, wallMs);
    return summary;
}

void Screen::addState(const Chat &chat, ChatSummary &summary, qint64 wallMs) const
{
    if (const auto draft = m_state.read<Draft>(statekeys::draft(chat.id())))
        summary.draft = draft->text;
    if (const auto mute = m_state.read<Mute>(statekeys::mute(chat.id()))) {
        summary.isMuted = mute->untilMs == 0 || mute->untilMs > wallMs;
        summary.mutedUntilMs = mute->untilMs;
    }
    summary.isMarkedUnread = m_state.value(statekeys::unread(chat.id())).has_value();
}

std::vector<ChatSummary> Screen::summaries(qint64 wallMs) const
{
    std::vector<ChatSummary> result;
    for (const auto &[id, chat] : m_chats) {
        if (isShown(chat))
            result.push_back(summary(chat, wallMs));
    }
    return result;
}

std::optional<qint64> Screen::completeFromMs(const Chat &chat) const
{
    if (!chat.isMine() || chat.session.isHistoryOver)
        return std::nullopt;
    const auto tail = chat.held.last();
    if (!tail)
        return chat.record.last ? std::optional(chat.record.last->time) : std::nullopt;
    if (tail->low <= chat.since(m_me))
        return std::nullopt;
    const auto oldest = m_cache.rows(chat.id(), *tail, Cache::Order::OldestFirst, 1);
    return oldest.empty() ? std::nullopt : std::optional(oldest.front().time);
}

std::optional<qint64> Screen::completeFromMs(const std::optional<std::vector<ChatId>> &among) const
{
    std::optional<qint64> fromMs;
    for (const auto &[id, chat] : m_chats) {
        if (!among || std::ranges::find(*among, id) != among->end())
            fromMs = std::max(fromMs, completeFromMs(chat)); // nothing is less than any time
    }
    return fromMs;
}

DeliveryDetails Screen::delivery(const Chat &chat, const MessageId &message) const
{
    DeliveryDetails details;
    details.chat = chat.id();
    details.writtenMs = Uuid7::timeMs(message);
    const auto line = m_timelines.row(chat, message);
    if (!line)
        return details;
    details.row = *line;
    if (line->delivery != Delivery::Sending && line->delivery != Delivery::Failed)
        details.acceptedMs = line->row.time;
    const MemberRow *self = chat.member(m_me);
    for (const MemberRow &member : m_cache.members(chat.id())) {
        if (member.user == m_me || member.state != MemberState::Member)
            continue;
        const Mark mark = chat.mark(member.user);
        const bool isHidden = member.receiptsOff || (self && self->receiptsOff);
        const bool isPlaced = details.acceptedMs.has_value();
        details.members.push_back({member.user, isPlaced && mark.delivered >= line->row.seq,
            isPlaced && !isHidden && mark.read >= line->row.seq, isHidden});
    }
    return details;
}

std::vector<TimelineChange> Screen::timelineChanges(const Dirty &dirty) const
{
    std::map<ChatId, TimelineChange> changes;
    const auto of = [&](const ChatId &chat) -> TimelineChange & {
        return changes.try_emplace(chat, TimelineChange{chat, false, {}, {}, {}}).first->second;
    };
    for (const ChatId &chat : dirty.timelines)
        of(chat).isReset = true;
    for (const auto &[id, filled] : dirty.filled) {
        TimelineChange &change = of(id);
        if (!std::exchange(change.isReset, true))
            change.filled = filled;
    }
    for (const auto &[id, rows] : dirty.rows) {
        const auto chat = m_chats.find(id);
        if (chat == m_chats.end())
            continue;
        for (const MessageId &row : rows) {
            if (auto line = m_timelines.row(chat->second, row))
                of(id).rows.push_back(*std::move(line));
        }
    }
    for (const auto &[id, rows] : dirty.gone) {
        const auto chat = m_chats.find(id);
        for (const MessageId &row : rows) {
            if (chat == m_chats.end() || !m_timelines.row(chat->second, row))
                of(id).gone.push_back(row);
        }
    }
    std::vector<TimelineChange> result;
    for (auto &[id, change] : changes) {
        std::ranges::sort(change.rows, {}, &TimelineRow::key);
        result.push_back(std::move(change));
    }
    return result;
}

Changes Screen::changes(const Dirty &dirty, qint64 wallMs) const
{
    Changes changes;
    changes.isReset = dirty.isAll;
    std::set<ChatId> gone = dirty.chatsGone;
    for (const ChatId &id : dirty.chats) {
        const auto chat = m_chats.find(id);
        if (chat != m_chats.end() && isShown(chat->second))
            changes.chats.push_back(summary(chat->second, wallMs));
        else
            gone.insert(id);
    }
    PARLEY_ASSERT(changes.chats.size() <= dirty.chats.size());
    changes.chatsGone.assign(gone.begin(), gone.end());
    changes.timelines = timelineChanges(dirty);
    changes.members.assign(dirty.members.begin(), dirty.members.end());
    for (const UserId &id : dirty.users) {
        if (auto user = m_cache.user(id))
            changes.users.push_back(*std::move(user));
    }
    for (const UserId &id : dirty.presence) {
        if (auto presence = m_people.presence(id))
            changes.presence.push_back(*std::move(presence));
    }
    changes.typing = dirty.typing;
    if (dirty.isPrivacyChanged || dirty.isAll)
        changes.privacy = m_state.read<Privacy>(statekeys::privacy()).value_or(Privacy{});
    if (dirty.isSelfChanged || dirty.users.contains(m_me) || dirty.isAll)
        changes.self = m_cache.user(m_me);
    return changes;
}

} // namespace parley
