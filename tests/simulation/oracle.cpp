// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/simulation/oracle.h"

#include "shared/codec/cbor.h"

using namespace Qt::StringLiterals;

namespace parley::simulation {

void Oracle::forget()
{
    m_chats.clear();
    m_removed.clear();
}

void Oracle::removed(const DeviceId &device)
{
    auto &heads = m_removed[device];
    for (const auto &[id, chat] : m_state().chats)
        heads[id] = qint64(chat.entries.size());
}

void Oracle::follow(const ChatId &chat, const MemoryChat &stored)
{
    if (!stored.state)
        return;
    Known &known = m_chats[chat];
    for (; known.seen < qint64(stored.entries.size()); ++known.seen) {
        const Entry &entry = stored.entries[size_t(known.seen)];
        if (entry.kind == Kind::Create) {
            // The founders: whoever the chat has from its first entry on.
            for (const auto &[user, member] : stored.state->members) {
                if (member.row.since <= 1)
                    known.stays[user].push_back(Stay{});
            }
        } else if (entry.kind == Kind::Add) {
            known.stays[*entry.user].push_back(Stay{entry.seq});
        } else if (entry.kind == Kind::Remove || entry.kind == Kind::Leave) {
            auto &stays = known.stays[*entry.user];
            if (!stays.empty())
                stays.back().until = entry.seq;
        }
    }
    for (const auto &[user, member] : stored.state->members) {
        if (!member.row.receiptsOff) {
            known.hidden.erase(user);
        } else if (!known.hidden.contains(user)) {
            auto &reads = known.hidden[user];
            for (const auto &[other, mark] : stored.state->members)
                reads[other] = mark.read;
        }
    }
}

const Oracle::Known *Oracle::known(const ChatId &chat) const
{
    const auto found = m_chats.find(chat);
    return found == m_chats.end() ? nullptr : &found->second;
}

bool Oracle::everBelonged(const ChatId &chat, const UserId &user) const
{
    const Known *found = known(chat);
    return found && found->stays.contains(user);
}

bool Oracle::mayRead(const Known &chat, const UserId &user, const Row &row) const
{
    const auto stays = chat.stays.find(user);
    if (stays == chat.stays.end())
        return false;
    return std::any_of(stays->second.begin(), stays->second.end(),
        [&](const Stay &stay) { return stay.from <= row.seq && row.revision < stay.until; });
}

bool Oracle::wasThere(const Known &chat, const UserId &user, qint64 seq) const
{
    const auto stays = chat.stays.find(user);
    return stays != chat.stays.end()
        && std::any_of(stays->second.begin(), stays->second.end(),
            [&](const Stay &stay) { return stay.from <= seq && seq <= stay.until; });
}

Oracle::Wrong Oracle::judgeBelonging(const Viewer &viewer, const ChatId &chat) const
{
    if (!everBelonged(chat, viewer.user))
        return u"11: something of a chat was sent to a stranger"_s;
    return std::nullopt;
}

Oracle::Wrong Oracle::judgeRow(const Viewer &viewer, const ChatId &chat, const Row &row) const
{
    const Known *found = known(chat);
    if (!found || row.revision > found->seen)
        return u"8: a row was sent that is not committed"_s;
    if (!mayRead(*found, viewer.user, row))
        return u"11: a row was sent that its reader may not see"_s;
    if (row.deleted && !row.payload.isEmpty())
        return u"14: a deleted payload was sent"_s;
    if (const auto heads = m_removed.find(viewer.device); heads != m_removed.end()) {
        const auto head = heads->second.find(chat);
        if (head == heads->second.end() || row.revision > head->second)
            return u"11: a removed device was served"_s;
    }
    return std::nullopt;
}

Oracle::Wrong Oracle::judgeRows(
    const Viewer &viewer, const ChatId &chat, const std::vector<Row> &rows) const
{
    for (const Row &row : rows) {
        if (auto wrong = judgeRow(viewer, chat, row))
            return wrong;
    }
    return std::nullopt;
}

Oracle::Wrong Oracle::judgeEntries(
    const Viewer &viewer, const ChatId &chat, const std::vector<Entry> &entries) const
{
    if (entries.empty())
        return std::nullopt;
    if (auto wrong = judgeBelonging(viewer, chat))
        return wrong;
    const auto &stored = m_state().chats.at(chat).entries;
    for (const Entry &entry : entries) {
        if (entry.seq < 1 || entry.seq > qint64(stored.size()))
            return u"8: an entry was sent that is not committed"_s;
        const Entry &committed = stored[size_t(entry.seq - 1)];
        if (!wasThere(*known(chat), viewer.user, entry.seq))
            return u"11: an entry was sent from when its reader did not belong to the chat"_s;
        // Who blocks whom is nobody else's business: the entry counts, and shows nothing.
        const bool isBlock = committed.kind == Kind::Block || committed.kind == Kind::Unblock;
        const bool isMasked = isBlock && committed.actor != viewer.user;
        if (isMasked && (entry.kind == committed.kind || entry.user || entry.member))
            return u"11: a block was shown to others"_s;
        if (entry.id != committed.id || (entry.kind != committed.kind && !isMasked)
            || entry.actor != committed.actor)
            return u"8: an entry was sent that is not the one in the log"_s;
        if (!entry.row)
            continue;
        if (auto wrong = judgeRow(viewer, chat, *entry.row))
            return wrong;
    }
    return std::nullopt;
}

Oracle::Wrong Oracle::judgeMembers(
    const Viewer &viewer, const std::vector<MemberRow> &members) const
{
    for (const MemberRow &member : members) {
        if (member.blocking && member.user != viewer.user)
            return u"11: a block was shown to others"_s;
    }
    return std::nullopt;
}

/// Who keeps receipts off shows no reads, and sees none, beyond those of the moment of switching.
Oracle::Wrong Oracle::judgeMarks(
    const Viewer &viewer, const ChatId &chat, const std::vector<Mark> &marks) const
{
    if (marks.empty())
        return std::nullopt;
    if (auto wrong = judgeBelonging(viewer, chat))
        return wrong;
    const auto &stored = m_state().chats.at(chat);
    for (const Mark &mark : marks) {
        const auto member = stored.state->members.find(mark.user);
        if (member == stored.state->members.end() || mark.delivered > member->second.delivered
            || mark.read > member->second.read)
            return u"8: a watermark was sent that is not committed"_s;
        if (mark.user == viewer.user)
            continue;
        for (const UserId &hiding : {mark.user, viewer.user}) {
            const auto &hidden = known(chat)->hidden;
            const auto off = hidden.find(hiding);
            if (off == hidden.end())
                continue;
            const auto then = off->second.find(mark.user);
            if (mark.read > (then == off->second.end() ? 0 : then->second))
                return u"11: a read receipt was sent though receipts are off"_s;
        }
    }
    return std::nullopt;
}

Oracle::Wrong Oracle::judgeState(const Viewer &viewer, const std::vector<StateRow> &rows) const
{
    const auto user = m_state().users.find(viewer.user);
    for (const StateRow &row : rows) {
        if (user == m_state().users.end())
            return u"11: user state was sent to nobody"_s;
        const auto stored = user->second.keys.find(row.key);
        // Of a key that never was, all that can be said is that it has no value.
        if (stored == user->second.keys.end() && !row.value && row.revision == 0)
            continue;
        if (stored == user->second.keys.end() || row.revision > stored->second.revision)
            return u"8: user state %1 was sent that is not committed"_s.arg(row.key);
        if (row.revision == stored->second.revision && row.value != stored->second.value)
            return u"11: user state was sent that is somebody else's"_s;
    }
    return std::nullopt;
}

Oracle::Wrong Oracle::judgePeople(const Viewer &viewer, const std::vector<UserRow> &users) const
{
    for (const UserRow &user : users) {
        const bool isKnown = user.id == viewer.user
            || std::any_of(m_chats.begin(), m_chats.end(), [&](const auto &item) {
                   return item.second.stays.contains(user.id)
                       && item.second.stays.contains(viewer.user);
               });
        if (!isKnown)
            return u"11: a stranger's profile was sent"_s;
    }
    return std::nullopt;
}

Oracle::Wrong Oracle::judge(const UserId &user, const DeviceId &device, const ServerFrame &frame,
    const std::map<RequestNumber, Command> &asked) const
{
    const Viewer viewer{user, device};
    if (const auto *event = std::get_if<Event>(&frame))
        return judgeEvent(viewer, *event);
    const auto *answer = std::get_if<Answer>(&frame);
    const auto request = answer ? asked.find(answer->request) : asked.end();
    if (request == asked.end())
        return std::nullopt;
    return judgeAnswer(viewer, request->second, answer->body);
}

} // namespace parley::simulation
