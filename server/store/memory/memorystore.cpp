// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/store/memory/memorystore.h"

#include "server/store/memory/memoryappender.h"
#include "shared/mutation.h"

namespace parley {

namespace {

using ReadLock = std::shared_lock<std::shared_mutex>;
using WriteLock = std::unique_lock<std::shared_mutex>;

void loadChat(const MemoryState &state, const LoadRequest &request, Loaded &answer)
{
    const auto any = state.chats.find(*request.chat);
    if (any == state.chats.end())
        return answer.counts.resize(request.counts.size());
    const MemoryChat &chat = any->second;
    for (const MessageId &id : request.operations) {
        if (const auto known = chat.operations.find(id); known != chat.operations.end())
            answer.operations.push_back(known->second);
    }
    for (const MessageId &id : request.rows) {
        if (const Row *row = chat.row(id))
            answer.rows.push_back(*row);
    }
    for (const auto &[user, after, upTo] : request.counts)
        answer.counts.push_back(chat.countOthers(user, after, upTo));
    if (!chat.state)
        return;
    answer.head = chat.state->head;
    if (request.wantState)
        answer.state = chat.state;
    if (request.entries)
        answer.entries = chat.entriesBetween(request.entries->first, request.entries->last);
    answer.newestRows = chat.newestRows(request.newestRows);
    if (request.mineOf)
        answer.mine = chat.ownEntries(*request.mineOf);
}

void loadUser(const MemoryState &state, const LoadRequest &request, Loaded &answer)
{
    const MemoryUser *user = state.user(*request.user);
    if (!user)
        return;
    answer.user = user->whole();
    for (const QString &key : request.stateKeys) {
        if (const auto row = user->keys.find(key); row != user->keys.end())
            answer.stateRows.push_back(row->second);
    }
    if (request.countRemoved <= 0)
        return;
    const auto removed = std::count_if(
        user->keys.begin(), user->keys.end(), [](const auto &row) { return !row.second.value; });
    answer.removedKeys = std::min<qint64>(removed, request.countRemoved);
}

void loadPeople(const MemoryState &state, const LoadRequest &request, Loaded &answer)
{
    for (const UserId &person : request.people) {
        const MemoryUser *user = state.user(person);
        if (user && !user->state.disabled)
            answer.people.push_back({person, state.haveCommonChat(request.asker, person)});
    }
}

void loadDirectory(const MemoryState &state, const LoadRequest &request, Loaded &answer)
{
    if (request.userName) {
        if (const auto owner = state.names.find(*request.userName); owner != state.names.end())
            answer.nameOwner = owner->second;
    }
    if (request.inviteHash) {
        const auto invite = state.invites.find(*request.inviteHash);
        if (invite != state.invites.end())
            answer.invite = invite->second;
    }
}

} // namespace

MemoryStore::MemoryStore(Random &random)
    : MemoryStore(MemoryState(), random)
{
}

MemoryStore::MemoryStore(const MemoryState &backup, Random &random)
    : m_memory(std::make_shared<GuardedMemory>())
{
    m_memory->state = backup;
    if (backup.epoch == Epoch{} || !mutation(Mutation::EpochNotRedrawn))
        m_memory->state.epoch = random.id<Epoch>();
}

void MemoryStore::load(LoadRequest request)
{
    Loaded answer;
    answer.ticket = request.ticket;
    {
        const ReadLock lock(m_memory->mutex);
        answer.epoch = m_memory->state.epoch;
        if (request.chat)
            loadChat(m_memory->state, request, answer);
        if (request.user)
            loadUser(m_memory->state, request, answer);
        loadPeople(m_memory->state, request, answer);
        loadDirectory(m_memory->state, request, answer);
    }
    m_listener->loaded(std::move(answer));
}

void MemoryStore::append(quint64 batch, std::vector<Append> appends)
{
    std::vector<Outcome> outcomes;
    {
        const WriteLock lock(m_memory->mutex);
        MemoryAppender appender(m_memory->state);
        for (const Append &append : appends)
            outcomes.push_back(appender.apply(append));
    }
    m_listener->appended(batch, std::move(outcomes));
}

Epoch MemoryStore::epoch() const
{
    const ReadLock lock(m_memory->mutex);
    return m_memory->state.epoch;
}

Result<std::vector<Derived>> MemoryStore::pendingDerived()
{
    const ReadLock lock(m_memory->mutex);
    return m_memory->state.derived;
}

MemoryState MemoryStore::backup() const
{
    const ReadLock lock(m_memory->mutex);
    return m_memory->state;
}

std::unique_ptr<StoreReaders> MemoryStore::readers() const
{
    return std::make_unique<MemoryReaders>(m_memory);
}

} // namespace parley
