// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/store/memory/memoryreader.h"

namespace parley {

namespace {

using Lock = std::shared_lock<std::shared_mutex>;

} // namespace

Epoch MemoryReader::epoch() const
{
    const Lock lock(m_memory->mutex);
    return m_memory->state.epoch;
}

Result<std::vector<UserHead>> MemoryReader::heads(const UserId &user)
{
    const Lock lock(m_memory->mutex);
    return m_memory->state.heads(user);
}

Result<UserAggregate> MemoryReader::user(const UserId &user)
{
    const Lock lock(m_memory->mutex);
    const MemoryUser *found = m_memory->state.user(user);
    if (!found)
        return ErrorCode::NotFound;
    return found->whole();
}

Result<std::vector<StateRow>> MemoryReader::stateAfter(
    const UserId &user, qint64 revision, qsizetype most)
{
    const Lock lock(m_memory->mutex);
    std::vector<StateRow> rows;
    const MemoryUser *found = m_memory->state.user(user);
    if (!found)
        return rows;
    for (const auto &[key, row] : found->keys) {
        if (row.revision > revision)
            rows.push_back(row);
    }
    std::sort(rows.begin(), rows.end(),
        [](const StateRow &a, const StateRow &b) { return a.revision < b.revision; });
    if (qsizetype(rows.size()) > most)
        rows.resize(size_t(most));
    return rows;
}

Result<ChatAggregate> MemoryReader::chat(const ChatId &chat)
{
    const Lock lock(m_memory->mutex);
    const MemoryChat *found = m_memory->state.chat(chat);
    if (!found)
        return ErrorCode::NotFound;
    return *found->state;
}

Result<std::optional<StoredMember>> MemoryReader::member(const ChatId &chat, const UserId &user)
{
    const Lock lock(m_memory->mutex);
    const MemoryChat *found = m_memory->state.chat(chat);
    if (!found)
        return std::optional<StoredMember>();
    const auto member = found->state->members.find(user);
    return member == found->state->members.end() ? std::optional<StoredMember>()
                                                 : std::optional(member->second);
}

Result<qint64> MemoryReader::head(const ChatId &chat)
{
    const Lock lock(m_memory->mutex);
    const MemoryChat *found = m_memory->state.chat(chat);
    if (!found)
        return ErrorCode::NotFound;
    return found->state->head;
}

Result<std::vector<Entry>> MemoryReader::entries(const ChatId &chat, qint64 first, qint64 last)
{
    const Lock lock(m_memory->mutex);
    const MemoryChat *found = m_memory->state.chat(chat);
    return found ? found->entriesBetween(first, last) : std::vector<Entry>();
}

Result<std::vector<Row>> MemoryReader::rows(const ChatId &chat, qint64 low, qint64 high)
{
    const Lock lock(m_memory->mutex);
    const MemoryChat *found = m_memory->state.chat(chat);
    return found ? found->rowsBetween(low, high) : std::vector<Row>();
}

Result<std::optional<Row>> MemoryReader::lastRow(const ChatId &chat, qint64 since)
{
    const Lock lock(m_memory->mutex);
    const MemoryChat *found = m_memory->state.chat(chat);
    if (!found || found->rows.empty() || found->rows.rbegin()->first < since)
        return std::optional<Row>();
    return std::optional(found->rows.rbegin()->second);
}

Result<std::vector<StoredMember>> MemoryReader::members(
    const ChatId &chat, const std::optional<UserId> &after, qsizetype most)
{
    const Lock lock(m_memory->mutex);
    std::vector<StoredMember> members;
    const MemoryChat *found = m_memory->state.chat(chat);
    if (!found)
        return members;
    const auto &all = found->state->members;
    for (auto member = after ? all.upper_bound(*after) : all.begin();
         member != all.end() && qsizetype(members.size()) < most; ++member)
        members.push_back(member->second);
    return members;
}

Result<std::vector<UserRow>> MemoryReader::profiles(const std::vector<UserId> &users)
{
    const Lock lock(m_memory->mutex);
    std::vector<UserRow> rows;
    for (const UserId &user : users) {
        if (const MemoryUser *found = m_memory->state.user(user))
            rows.push_back(found->state.profile);
    }
    return rows;
}

Result<std::vector<UserId>> MemoryReader::known(
    const UserId &viewer, const std::vector<UserId> &users)
{
    const Lock lock(m_memory->mutex);
    std::vector<UserId> found;
    for (const UserId &user : users) {
        if (user == viewer || m_memory->state.haveCommonChat(viewer, user))
            found.push_back(user);
    }
    return found;
}

Result<std::vector<UserId>> MemoryReader::servedWith(
    const UserId &viewer, const std::vector<UserId> &users)
{
    const Lock lock(m_memory->mutex);
    std::vector<UserId> found;
    for (const UserId &user : users) {
        if (user == viewer || m_memory->state.areServedTogether(viewer, user))
            found.push_back(user);
    }
    return found;
}

Result<std::optional<UserId>> MemoryReader::userByName(const QString &foldedName)
{
    const Lock lock(m_memory->mutex);
    const auto found = m_memory->state.names.find(foldedName);
    return found == m_memory->state.names.end() ? std::optional<UserId>()
                                                : std::optional(found->second);
}

Result<std::optional<TokenOwner>> MemoryReader::tokenOwner(const QByteArray &tokenHash)
{
    const Lock lock(m_memory->mutex);
    for (const auto &[id, user] : m_memory->state.users) {
        for (const StoredDevice &device : user.state.devices) {
            if (device.tokenHash == tokenHash)
                return std::optional(TokenOwner{id, device.row.id, user.state.disabled});
        }
    }
    return std::optional<TokenOwner>();
}

Result<std::optional<InviteState>> MemoryReader::invite(const QByteArray &codeHash)
{
    const Lock lock(m_memory->mutex);
    const auto found = m_memory->state.invites.find(codeHash);
    return found == m_memory->state.invites.end() ? std::optional<InviteState>()
                                                  : std::optional(found->second);
}

Result<std::vector<UserListing>> MemoryReader::listUsers()
{
    const Lock lock(m_memory->mutex);
    std::vector<UserListing> users;
    for (const auto &[id, user] : m_memory->state.users) {
        const UserAggregate &state = user.state;
        users.push_back({state.profile, state.admin, state.disabled, state.created,
            qint64(state.devices.size())});
        users.back().profile.picture.clear();
    }
    std::stable_sort(users.begin(), users.end(), [](const UserListing &a, const UserListing &b) {
        return a.profile.userName < b.profile.userName;
    });
    return users;
}

Result<std::vector<InviteState>> MemoryReader::listInvites()
{
    const Lock lock(m_memory->mutex);
    std::vector<InviteState> invites;
    for (const auto &[hash, invite] : m_memory->state.invites)
        invites.push_back(invite);
    std::stable_sort(invites.begin(), invites.end(),
        [](const InviteState &a, const InviteState &b) { return a.created < b.created; });
    return invites;
}

Result<StoreCounts> MemoryReader::counts()
{
    const Lock lock(m_memory->mutex);
    StoreCounts counts;
    counts.users = qint64(m_memory->state.users.size());
    for (const auto &[id, chat] : m_memory->state.chats) {
        counts.chats += chat.state ? 1 : 0;
        counts.entries += qint64(chat.entries.size());
    }
    return counts;
}

Result<std::unique_ptr<StoreReader>> MemoryReaders::open()
{
    return std::unique_ptr<StoreReader>(std::make_unique<MemoryReader>(m_memory));
}

} // namespace parley
