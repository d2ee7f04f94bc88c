// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/messages/chatdraft.h"

#include "server/store/touched.h"
#include "server/store/visibility.h"
#include "shared/assert.h"
#include "shared/mutation.h"

namespace parley {

ChatDraft::ChatDraft(const ChatId &chat, const ChatAggregate *base, qint64 nowMs)
    : m_chat(chat)
    , m_base(base)
    , m_exists(base != nullptr)
    , m_time(nowMs)
{
    if (!base)
        return;
    m_head = base->head;
    PARLEY_ASSERT(base->chat == chat);
    PARLEY_ASSERT(base->head > 0 && base->messages <= base->head);
    // The server's clock may go back; a chat's times never do.
    m_time = std::max(nowMs, base->lastTime);
    m_messages = base->messages;
    m_row = base->row;
}

const StoredMember *ChatDraft::member(const UserId &user) const
{
    const auto changed = m_members.find(user);
    if (changed != m_members.end())
        return &changed->second;
    if (!m_base)
        return nullptr;
    const auto found = m_base->members.find(user);
    return found == m_base->members.end() ? nullptr : &found->second;
}

std::vector<const StoredMember *> ChatDraft::served() const
{
    std::vector<const StoredMember *> members;
    if (m_base) {
        for (const auto &[user, stored] : m_base->members) {
            const StoredMember *now = member(user);
            if (isServed(*now))
                members.push_back(now);
        }
    }
    for (const auto &[user, changed] : m_members) {
        const bool isNew = !m_base || !m_base->members.contains(user);
        if (isNew && isServed(changed))
            members.push_back(&changed);
    }
    return members;
}

qint64 ChatDraft::unread(const UserId &user) const
{
    const StoredMember *stored = member(user);
    if (!stored)
        return 0;
    PARLEY_ASSERT(stored->row.user == user);
    return std::max<qint64>(0, m_messages - stored->ownMessages - stored->readMessages);
}

const Row *ChatDraft::findRow(const MessageId &id) const
{
    const auto found = m_rows.find(id);
    return found == m_rows.end() ? nullptr : &found->second;
}

const KnownOperation *ChatDraft::findKnown(const MessageId &id) const
{
    const auto found = m_known.find(id);
    return found == m_known.end() ? nullptr : &found->second;
}

void ChatDraft::learn(const std::vector<KnownOperation> &known, const std::vector<Row> &rows)
{
    for (const KnownOperation &operation : known)
        m_known.insert_or_assign(operation.id, operation);
    for (const Row &row : rows)
        m_rows.insert_or_assign(row.id, row);
}

void ChatDraft::create(ChatRow row)
{
    PARLEY_ASSERT(m_head == 0 && m_append.entries.empty());
    PARLEY_ASSERT(!m_exists);
    m_exists = true;
    m_row = std::move(row);
}

Entry &ChatDraft::append(Kind kind, const MessageId &id, const UserId &actor)
{
    PARLEY_ASSERT(m_exists);
    Entry entry;
    entry.seq = ++m_head;
    entry.kind = kind;
    entry.id = id;
    entry.actor = actor;
    entry.time = m_time;
    m_append.entries.push_back(std::move(entry));
    PARLEY_ASSERT(m_append.entries.size() == size_t(m_head - (m_base ? m_base->head : 0)));
    return m_append.entries.back();
}

void ChatDraft::putRow(Row row)
{
    PARLEY_ASSERT(row.seq > 0 && row.revision > 0 && row.revision <= m_head);
    m_changedRows.insert_or_assign(row.id, row);
    m_rows.insert_or_assign(row.id, std::move(row));
}

void ChatDraft::putMember(StoredMember member)
{
    const UserId user = member.row.user;
    PARLEY_ASSERT(!user.isNull());
    PARLEY_ASSERT(member.row.since > 0 && member.row.revision <= m_head);
    m_members.insert_or_assign(user, std::move(member));
}

void ChatDraft::putChatRow(ChatRow row)
{
    PARLEY_ASSERT(m_exists && row.kind == m_row.kind);
    PARLEY_ASSERT(row.revision > 0 && row.revision <= m_head);
    m_row = std::move(row);
    m_append.row = m_row;
}

void ChatDraft::countMessage(const UserId &sender)
{
    PARLEY_ASSERT(m_messages < m_head && member(sender));
    ++m_messages;
    StoredMember counted = *member(sender);
    ++counted.ownMessages;
    putMember(std::move(counted));
}

void ChatDraft::keep(KnownOperation known)
{
    PARLEY_ASSERT(known.seq.has_value() != known.error.has_value());
    PARLEY_ASSERT(!known.seq || (*known.seq > 0 && *known.seq <= m_head));
    m_append.operations.push_back(known);
    m_known.insert_or_assign(known.id, std::move(known));
}

void ChatDraft::derive(const UserId &user, const ChatState &belonging)
{
    PARLEY_ASSERT(m_head > 0 && belonging.since.has_value() != belonging.gone.has_value());
    Derived derived{m_chat, user, belonging};
    derived.at.at = m_head;
    m_append.derived.push_back(std::move(derived));
}

void ChatDraft::raiseMark(const StoredMark &mark)
{
    PARLEY_ASSERT(member(mark.user));
    PARLEY_ASSERT(mark.read >= 0 && mark.delivered >= 0);
    PARLEY_ASSERT(mark.read <= m_head && mark.delivered <= m_head);
    StoredMember raised = *member(mark.user);
    raised.delivered = std::max({raised.delivered, mark.delivered, mark.read});
    if (mark.read > raised.read) {
        raised.read = mark.read;
        raised.readMessages = mark.readMessages;
    }
    if (mutation(Mutation::MarkGoesBack)) {
        raised.delivered = mark.delivered;
        raised.read = mark.read;
    }
    m_append.marks.push_back(
        StoredMark{mark.user, raised.delivered, raised.read, raised.readMessages});
    putMember(std::move(raised));
}

void ChatDraft::charge(Quota &quota, const UserId &user, qint64 count)
{
    PARLEY_ASSERT(count >= 0);
    m_charges.push_back(Charge{&quota, user, count});
}

void ChatDraft::giveBackCharges()
{
    for (const Charge &charge : std::exchange(m_charges, {}))
        charge.quota->giveBack(charge.user, charge.count);
}

ChatAppend ChatDraft::takeAppend(const Epoch &epoch)
{
    ChatAppend append = m_append;
    PARLEY_ASSERT(!isEmpty());
    PARLEY_ASSERT(m_exists || m_append.entries.empty());
    append.chat = m_chat;
    append.epoch = epoch;
    append.expectedHead = m_base ? m_base->head : 0;
    for (const auto &[id, row] : m_changedRows)
        append.rows.push_back(row);
    for (const auto &[user, member] : m_members)
        append.members.push_back(member);
    PARLEY_ASSERT(append.expectedHead + qint64(append.entries.size()) == m_head);
    append.messages = m_messages;
    append.time = m_time;
    return append;
}

std::vector<Entry> ChatDraft::entriesWithImages() const
{
    std::vector<Entry> entries = m_append.entries;
    for (Entry &entry : entries) {
        const MessageId &touched = entry.target ? *entry.target : entry.id;
        if (const Row *row = findRow(touched))
            entry.row = *row;
        if (entry.user) {
            if (const StoredMember *stored = member(*entry.user))
                entry.member = stored->row;
        }
        if (touchesChat(entry.kind))
            entry.chat = m_row;
    }
    return entries;
}

std::vector<UserId> ChatDraft::movedMarks() const
{
    std::vector<UserId> users;
    for (const StoredMark &mark : m_append.marks) {
        if (std::find(users.begin(), users.end(), mark.user) == users.end())
            users.push_back(mark.user);
    }
    return users;
}

void ChatDraft::applyTo(std::optional<ChatAggregate> &state)
{
    if (!state)
        state.emplace();
    PARLEY_ASSERT(m_head >= state->head && m_messages >= state->messages);
    PARLEY_ASSERT(m_time >= state->lastTime || m_append.entries.empty());
    state->chat = m_chat;
    state->row = m_row;
    state->head = m_head;
    if (!m_append.entries.empty())
        state->lastTime = m_time;
    state->messages = m_messages;
    for (auto &[user, member] : m_members)
        state->members.insert_or_assign(user, std::move(member));
}

} // namespace parley
