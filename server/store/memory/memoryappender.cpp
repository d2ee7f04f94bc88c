// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/store/memory/memoryappender.h"

#include "server/store/invites.h"
#include "shared/mutation.h"

namespace parley {

Outcome MemoryAppender::apply(const Append &append)
{
    return std::visit([this](const auto &one) { return applyOne(one); }, append);
}

Outcome MemoryAppender::applyOne(const ChatAppend &append)
{
    if (append.epoch != m_state.epoch)
        return Outcome::HeadMoved;
    const MemoryChat *known = m_state.chat(append.chat);
    const bool isDecided = !append.entries.empty() || !append.operations.empty();
    if (isDecided) {
        const bool isMoved = (known ? known->state->head : 0) != append.expectedHead;
        if (isMoved && !mutation(Mutation::NoHeadCompare))
            return Outcome::HeadMoved;
        const MemoryChat &compared = m_state.chats[append.chat];
        for (const KnownOperation &operation : append.operations) {
            const bool isKnown = compared.operations.contains(operation.id);
            if (isKnown
                && !mutation(
                    Mutation::NoDedupe, Mutation::DedupeExpires, Mutation::DedupeBySenderOnly))
                return Outcome::HeadMoved;
        }
        MemoryChat &chat = m_state.chats[append.chat];
        for (const KnownOperation &operation : append.operations)
            chat.operations.emplace(operation.id, operation);
        if (!append.entries.empty())
            putEntries(chat, append);
        known = m_state.chat(append.chat);
    }
    if (known)
        raiseMarks(*m_state.chats[append.chat].state, append.marks);
    m_state.derived.insert(m_state.derived.end(), append.derived.begin(), append.derived.end());
    return Outcome::Applied;
}

void MemoryAppender::putEntries(MemoryChat &chat, const ChatAppend &append)
{
    if (!chat.state) {
        PARLEY_ASSERT(append.row);
        chat.state.emplace().chat = append.chat;
    }
    ChatAggregate &state = *chat.state;
    for (Entry entry : append.entries) {
        PARLEY_ASSERT(entry.seq == ++state.head);
        entry.row.reset();
        entry.member.reset();
        entry.chat.reset();
        chat.entries.push_back(std::move(entry));
    }
    if (append.row)
        state.row = *append.row;
    state.messages = append.messages;
    state.lastTime = append.time;
    for (const StoredMember &member : append.members) {
        StoredMember &stored = state.members[member.row.user];
        stored.row = member.row;
        stored.ownMessages = member.ownMessages;
        m_state.chatsOf[member.row.user].insert(append.chat);
    }
    putRows(chat, append);
}

void MemoryAppender::putRows(MemoryChat &chat, const ChatAppend &append)
{
    for (const Row &row : append.rows) {
        chat.rows[row.seq] = row;
        chat.places[row.id] = row.seq;
        // A row of the server's own: nobody may send an operation with its id.
        chat.operations.emplace(
            row.id, KnownOperation{row.id, row.sender, {}, row.seq, row.time, std::nullopt});
    }
}

void MemoryAppender::raiseMarks(ChatAggregate &state, const std::vector<StoredMark> &marks)
{
    for (const StoredMark &mark : marks) {
        const auto found = state.members.find(mark.user);
        if (found == state.members.end())
            continue;
        StoredMember &member = found->second;
        if (mutation(Mutation::MarkGoesBack, Mutation::MarkWrittenUncompared)) {
            member.delivered = mark.delivered;
            member.read = mark.read;
            member.readMessages = mark.readMessages;
        }
        member.delivered = std::max(member.delivered, mark.delivered);
        if (mark.read > member.read) {
            member.read = mark.read;
            member.readMessages = mark.readMessages;
        }
    }
}

Outcome MemoryAppender::applyOne(const UserAppend &append)
{
    const MemoryUser *known = m_state.user(append.user);
    const qint64 revision = known ? known->state.revision : 0;
    if (append.epoch != m_state.epoch || append.create.has_value() == (known != nullptr)
        || revision != append.expectedRevision)
        return Outcome::HeadMoved;
    MemoryUser &user = m_state.users[append.user];
    if (append.create) {
        user.state = *append.create;
        user.state.revision = 0;
        user.state.devices.clear();
        putDevices(user.state, append.create->devices);
    }
    for (const StateRow &row : append.state) {
        PARLEY_ASSERT(row.revision == ++user.state.revision);
        user.keys[row.key] = row;
    }
    if (append.create || !append.state.empty())
        user.state.stateKeys = append.stateKeys;
    if (append.profile)
        user.state.profile = *append.profile;
    user.state.profile.id = append.user;
    if (append.passwordHash)
        user.state.passwordHash = *append.passwordHash;
    if (append.disabled)
        user.state.disabled = *append.disabled;
    putDevices(user.state, append.devices);
    std::erase_if(user.state.devices, [&](const StoredDevice &device) {
        return std::find(append.removedDevices.begin(), append.removedDevices.end(), device.row.id)
            != append.removedDevices.end();
    });
    return Outcome::Applied;
}

void MemoryAppender::putDevices(UserAggregate &user, const std::vector<StoredDevice> &devices)
{
    for (const StoredDevice &device : devices) {
        std::erase_if(
            user.devices, [&](const StoredDevice &known) { return known.row.id == device.row.id; });
        user.devices.push_back(device);
        user.devices.back().row.current = false;
    }
}

Outcome MemoryAppender::applyOne(const DirectoryAppend &append)
{
    if (append.claimName) {
        const auto owner = m_state.names.find(append.claimName->first);
        if (owner != m_state.names.end() && owner->second != append.claimName->second)
            return Outcome::HeadMoved;
    }
    if (append.putInvite) {
        const auto known = m_state.invites.find(append.putInvite->codeHash);
        if (known != m_state.invites.end() && !mayReplace(known->second, *append.putInvite))
            return Outcome::HeadMoved;
    }
    if (append.claimName)
        m_state.names.insert(*append.claimName);
    if (append.putInvite)
        m_state.invites[append.putInvite->codeHash] = *append.putInvite;
    return Outcome::Applied;
}

Outcome MemoryAppender::applyOne(const DerivedDone &done)
{
    if (done.epoch != m_state.epoch)
        return Outcome::HeadMoved;
    std::erase_if(m_state.derived, [&](const Derived &open) {
        return open.chat == done.derived.chat && open.user == done.derived.user
            && open.at.at <= done.derived.at.at;
    });
    return Outcome::Applied;
}

} // namespace parley
