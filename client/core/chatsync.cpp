// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/core/chatsync.h"

#include "client/core/merge.h"
#include "shared/assert.h"
#include "shared/mutation.h"

namespace parley {

void ChatSync::load(Chat &chat)
{
    chat.held = m_cache.intervals(chat.id());
    chat.marks.clear();
    for (const Mark &mark : m_cache.marks(chat.id()))
        chat.marks.emplace(mark.user, mark);
    chat.members.clear();
    if (!chat.isLarge()) {
        for (const MemberRow &member : m_cache.members(chat.id()))
            chat.members.emplace(member.user, member);
    } else if (const auto self = m_cache.member(chat.id(), m_me)) {
        chat.members.emplace(m_me, *self);
    }
    m_outbox.loadAccepted(chat.id(), chat.seq());
}

void ChatSync::save(Chat &chat)
{
    m_cache.saveChat(chat.record);
    m_dirty.chats.insert(chat.id());
}

ChatSync::Applied ChatSync::applyEntries(Chat &chat, const std::vector<Entry> &entries)
{
    const qint64 before = chat.seq();
    qint64 seq = before;
    Applied applied = Applied::All;
    const bool continues = !entries.empty() && entries.front().seq == seq + 1;
    if (mutation(Mutation::FrameInTwoTransactions) && continues) {
        hold(chat, seq + 1, entries.back().seq);
        (void)m_cache.commit();
        m_cache.begin();
    }
    for (const Entry &entry : entries) {
        if (entry.seq <= seq)
            continue;
        if (entry.seq != seq + 1 && !mutation(Mutation::GapApplied)) {
            applied = Applied::UpToAGap;
            break;
        }
        if (entry.chat)
            mergeInfo(chat, *entry.chat);
        if (entry.member)
            mergeMember(chat, *entry.member);
        if (entry.row) {
            mergeBrought(chat, entry);
            // It may be known since the head was told, and is seen only now that its place is held.
            m_dirty.rows[chat.id()].insert(entry.row->id);
        }
        if (!isKnown(entry.kind))
            m_cache.saveUnknownEntry(chat.id(), entry);
        // A creation brings one member along; the others have to be asked for.
        if (entry.kind == Kind::Create)
            chat.session.wantsMembers = true;
        m_seenUsers.insert(entry.actor);
        finishOwn(chat, entry);
        seq = entry.seq;
    }
    if (seq == before)
        return applied;
    PARLEY_ASSERT(seq > before);
    hold(chat, before + 1, seq);
    chat.record.head = std::max(chat.record.head, seq);
    m_outbox.seen(chat.id(), seq);
    save(chat);
    return applied;
}

void ChatSync::mergeBrought(Chat &chat, const Entry &entry)
{
    const Row &row = *entry.row;
    const bool isNew = row.seq == entry.seq;
    if (mutation(Mutation::UncachedRowDropped) && !isNew && !chat.held.contains(row.seq))
        return;
    if (mutation(Mutation::ClientInterpretsEdits) && entry.kind == Kind::Edit) {
        Row edited = m_cache.row(chat.id(), row.id).value_or(row);
        edited.payload = row.payload;
        edited.editedAt = row.editedAt;
        edited.revision = row.revision;
        m_cache.saveRow(chat.id(), edited);
        return;
    }
    mergeRow(chat, row);
}

void ChatSync::finishOwn(Chat &chat, const Entry &entry)
{
    // The id alone proves nothing: others can send an id that they have seen.
    if (entry.actor == m_me)
        m_outbox.accept(chat.id(), entry.id, entry.seq, entry.time);
}

void ChatSync::applyOpened(Chat &chat, const PageReply &reply)
{
    PARLEY_ASSERT(reply.opened && reply.chat == chat.id());
    const Opened &opened = *reply.opened;
    m_cache.removeRows(chat.id());
    chat.held.clear();
    ++chat.record.generation;
    chat.session.isHistoryOver = false;
    chat.record.head = std::max(chat.record.head, reply.head);
    const auto lastHeardOf = std::exchange(chat.record.last, std::nullopt);
    for (const Row &row : opened.rows)
        mergeRow(chat, row);
    if (!chat.record.last)
        chat.record.last = lastHeardOf;
    hold(chat, std::min(opened.low, reply.head), reply.head);
    applyMembers(chat, opened.members);
    if (opened.moreMembers)
        chat.session.wantsMembers = true;
    std::map<MessageId, const Row *> places;
    for (const Row &row : opened.rows)
        places.emplace(row.id, &row);
    for (const MessageId &id : opened.mine) {
        const auto row = places.find(id);
        m_outbox.accept(chat.id(), id, row == places.end() ? 0 : row->second->seq,
            row == places.end() ? 0 : row->second->time);
    }
    m_outbox.seen(chat.id(), reply.head);
    m_dirty.timelines.insert(chat.id());
    m_dirty.members.insert(chat.id());
    applyPageHead(chat, reply);
}

void ChatSync::applyPageHead(Chat &chat, const PageReply &reply)
{
    PARLEY_ASSERT(reply.chat == chat.id());
    if (reply.info)
        mergeInfo(chat, *reply.info);
    if (reply.self)
        mergeMember(chat, *reply.self);
    applyMarks(chat, reply.marks);
    noteUnread(chat, reply.unread, reply.head);
}

void ChatSync::applyHistory(Chat &chat, const HistoryReply &reply)
{
    for (const Row &row : reply.rows)
        mergeRow(chat, row);
    // Above the own seq there may be a gap: only the log's order may raise it.
    const qint64 high = std::min(reply.high, chat.seq());
    PARLEY_ASSERT(high <= chat.seq());
    hold(chat, reply.low, high);
    m_dirty.filled[chat.id()].push_back({reply.low, high});
    m_dirty.chats.insert(chat.id());
}

void ChatSync::applyHead(Chat &chat, const ChatHead &head)
{
    PARLEY_ASSERT(head.chat == chat.id() && head.head >= chat.seq());
    if (head.info)
        mergeInfo(chat, *head.info);
    if (head.self)
        mergeMember(chat, *head.self);
    if (head.last)
        mergeRow(chat, *head.last);
    chat.record.head = std::max(chat.record.head, head.head);
    noteUnread(chat, head.unread, head.head);
    applyMarks(chat, head.marks);
}

void ChatSync::applyMarks(Chat &chat, const std::vector<Mark> &marks)
{
    for (const Mark &mark : marks) {
        Mark &held = chat.marks.try_emplace(mark.user, Mark{mark.user, 0, 0}).first->second;
        if (!raise(held, mark))
            continue;
        m_cache.saveMark(chat.id(), held);
        m_dirty.chats.insert(chat.id());
        if (mark.user == m_me && chat.record.readWanted && chat.record.readWanted <= held.read) {
            chat.record.readWanted = 0;
            save(chat);
        }
    }
}

void ChatSync::applyMembers(Chat &chat, const std::vector<MemberRow> &members)
{
    for (const MemberRow &member : members)
        mergeMember(chat, member);
}

bool ChatSync::applyJoined(Chat &chat, const ChatState &state)
{
    if (chat.joined && chat.joined->at >= state.at)
        return false;
    chat.joined = state;
    PARLEY_ASSERT(chat.isMine() == state.since.has_value());
    if (!chat.isMine()) {
        chat.record.readWanted = 0;
        chat.session.wantsPage = false;
        chat.session.wantsMembers = false;
        chat.session.historyWanted.clear();
    }
    save(chat);
    return true;
}

void ChatSync::wantRead(Chat &chat, qint64 upTo)
{
    const qint64 place = std::min(upTo, chat.seq());
    PARLEY_ASSERT(place <= chat.seq());
    if (place <= chat.readUpTo(m_me) || !chat.isMine())
        return;
    PARLEY_ASSERT(place > chat.mark(m_me).read);
    chat.record.readWanted = place;
    save(chat);
}

void ChatSync::applyOwnCreation(Chat &chat, const Operation &create, qint64 timeMs)
{
    if (chat.record.info)
        return;
    PARLEY_ASSERT(create.kind == Kind::Create);
    ChatRow info;
    info.kind = create.user ? ChatKind::Direct : ChatKind::Group;
    info.title = create.text.value_or(QString());
    info.created = timeMs;
    info.members = static_cast<quint32>(create.members.size()) + 1;
    if (create.user) {
        info.users = {m_me, *create.user};
        info.members = 2;
        m_seenUsers.insert(*create.user);
    }
    m_seenUsers.insert(create.members.begin(), create.members.end());
    // Revision 0: whatever the server says is newer.
    mergeInfo(chat, info);
    mergeMember(chat, {m_me, MemberState::Member, Role::Owner, 1, 0, false, false});
    save(chat);
}

void ChatSync::noteUnread(Chat &chat, qint64 unread, qint64 head)
{
    if (head < chat.record.unreadHead)
        return;
    PARLEY_ASSERT(unread >= 0 && head >= 0);
    chat.record.unread = unread;
    chat.record.unreadHead = head;
    save(chat);
}

void ChatSync::mergeRow(Chat &chat, const Row &row)
{
    const auto held = m_cache.row(chat.id(), row.id);
    PARLEY_ASSERT(!held || held->id == row.id);
    if (!supersedes(row, held ? &*held : nullptr))
        return;
    m_cache.saveRow(chat.id(), row);
    m_dirty.rows[chat.id()].insert(row.id);
    m_seenUsers.insert(row.sender);
    if (row.user)
        m_seenUsers.insert(*row.user);
    noteLast(chat, row);
}

void ChatSync::noteLast(Chat &chat, const Row &row)
{
    if (!isKnown(row.kind))
        return;
    auto &last = chat.record.last;
    if (last && row.seq < last->seq)
        return;
    if (last && row.id == last->id && row.revision <= last->revision)
        return;
    last = row;
    save(chat);
    PARLEY_ASSERT(isKnown(chat.record.last->kind));
}

void ChatSync::mergeMember(Chat &chat, const MemberRow &member)
{
    const auto inMemory = chat.members.find(member.user);
    std::optional<MemberRow> held;
    if (inMemory != chat.members.end())
        held = inMemory->second;
    else if (chat.isLarge())
        held = m_cache.member(chat.id(), member.user);
    if (!supersedes(member, held ? &*held : nullptr))
        return;
    PARLEY_ASSERT(!held || held->user == member.user);
    m_cache.saveMember(chat.id(), member);
    if (!chat.isLarge() || member.user == m_me)
        chat.members.insert_or_assign(member.user, member);
    m_seenUsers.insert(member.user);
    m_dirty.members.insert(chat.id());
    m_dirty.chats.insert(chat.id());
}

void ChatSync::mergeInfo(Chat &chat, const ChatRow &info)
{
    if (!supersedes(info, chat.record.info ? &*chat.record.info : nullptr))
        return;
    const bool wasLarge = chat.isLarge();
    chat.record.info = info;
    m_seenUsers.insert(info.users.begin(), info.users.end());
    save(chat);
    if (!wasLarge || chat.isLarge())
        return;
    // From here on everybody's marks count, and with them who hides them.
    for (const MemberRow &member : m_cache.members(chat.id()))
        chat.members.try_emplace(member.user, member);
}

void ChatSync::hold(Chat &chat, qint64 low, qint64 high)
{
    if (const auto change = chat.held.add(low, high))
        m_cache.saveIntervals(chat.id(), *change);
}

} // namespace parley
