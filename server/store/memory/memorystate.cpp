// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/store/memory/memorystate.h"

#include "server/store/touched.h"
#include "server/store/visibility.h"
#include "shared/codec/cbor.h"

using namespace Qt::StringLiterals;

namespace parley {

namespace {

template <typename Map, typename Key>
auto find(Map &map, const Key &key) -> decltype(&map.begin()->second)
{
    const auto found = map.find(key);
    return found == map.end() ? nullptr : &found->second;
}

bool takesPart(const MemoryChat *chat, const UserId &user)
{
    const StoredMember *member = chat ? find(chat->state->members, user) : nullptr;
    return member && member->row.state == MemberState::Member && !member->row.blocking;
}

} // namespace

std::vector<Entry> MemoryChat::entriesBetween(qint64 first, qint64 last) const
{
    std::vector<Entry> found;
    const qint64 end = std::min(last, qint64(entries.size()));
    for (qint64 seq = std::max<qint64>(first, 1); seq <= end; ++seq) {
        Entry entry = entries[size_t(seq - 1)];
        if (const Row *touched = row(touchedRow(entry)))
            entry.row = *touched;
        if (const auto user = entry.user) {
            if (const StoredMember *member = find(state->members, *user))
                entry.member = member->row;
        }
        if (touchesChat(entry.kind))
            entry.chat = state->row;
        found.push_back(std::move(entry));
    }
    return found;
}

std::vector<Row> MemoryChat::rowsBetween(qint64 low, qint64 high) const
{
    std::vector<Row> found;
    for (auto row = rows.lower_bound(low); row != rows.end() && row->first <= high; ++row)
        found.push_back(row->second);
    return found;
}

std::vector<Row> MemoryChat::newestRows(qsizetype count) const
{
    std::vector<Row> found;
    for (auto row = rows.rbegin(); row != rows.rend() && qsizetype(found.size()) < count; ++row)
        found.push_back(row->second);
    std::reverse(found.begin(), found.end());
    return found;
}

const Row *MemoryChat::row(const MessageId &id) const
{
    const qint64 *seq = find(places, id);
    return seq ? find(rows, *seq) : nullptr;
}

qint64 MemoryChat::countOthers(const UserId &user, qint64 after, qint64 upTo) const
{
    const auto begin = rows.upper_bound(after);
    const auto end = rows.upper_bound(std::max(after, upTo));
    return std::count_if(begin, end, [&](const auto &row) {
        return row.second.kind == Kind::Message && row.second.sender != user;
    });
}

std::vector<MessageId> MemoryChat::ownEntries(const UserId &user) const
{
    std::vector<MessageId> ids;
    const qint64 head = qint64(entries.size());
    for (qint64 seq = head; seq > std::max<qint64>(0, head - ownEntriesWindow); --seq) {
        const Entry &entry = entries[size_t(seq - 1)];
        if (entry.actor == user && qsizetype(ids.size()) < limits::arrayItems)
            ids.push_back(entry.id);
    }
    return ids;
}

UserAggregate MemoryUser::whole() const
{
    UserAggregate user = state;
    user.privacy = Privacy();
    const StateRow *row = find(keys, u"privacy"_s);
    if (row && row->value) {
        if (auto privacy = fromCbor<Privacy>(*row->value))
            user.privacy = *privacy;
    }
    std::sort(
        user.devices.begin(), user.devices.end(), [](const StoredDevice &a, const StoredDevice &b) {
            return std::tie(a.row.created, a.row.id) < std::tie(b.row.created, b.row.id);
        });
    return user;
}

const MemoryChat *MemoryState::chat(const ChatId &id) const
{
    const MemoryChat *found = find(chats, id);
    return found && found->state ? found : nullptr;
}

const MemoryUser *MemoryState::user(const UserId &id) const
{
    return find(users, id);
}

bool MemoryState::haveCommonChat(const UserId &one, const UserId &other) const
{
    const auto *ids = find(chatsOf, one);
    return ids && std::any_of(ids->begin(), ids->end(), [&](const ChatId &id) {
        return takesPart(chat(id), one) && takesPart(chat(id), other);
    });
}

bool MemoryState::areServedTogether(const UserId &one, const UserId &other) const
{
    const auto *ids = find(chatsOf, one);
    return ids && std::any_of(ids->begin(), ids->end(), [&](const ChatId &id) {
        const auto &members = chat(id)->state->members;
        const auto second = members.find(other);
        return isServed(members.at(one)) && second != members.end() && isServed(second->second);
    });
}

std::vector<UserHead> MemoryState::heads(const UserId &user) const
{
    std::vector<UserHead> heads;
    const auto *ids = find(chatsOf, user);
    if (!ids)
        return heads;
    for (const ChatId &id : *ids) {
        const ChatAggregate &state = *chat(id)->state;
        const StoredMember &member = state.members.at(user);
        if (isServed(member))
            heads.push_back({id, state.head, member.row.since, visibleMarksSum(state, member),
                state.unread(user), state.lastTime, member.row.state});
    }
    std::stable_sort(heads.begin(), heads.end(),
        [](const UserHead &a, const UserHead &b) { return a.lastTime > b.lastTime; });
    return heads;
}

} // namespace parley
