// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/simulation/replica.h"

#include "server/store/memory/memoryappender.h"

namespace parley::simulation {

Partition partitionOf(const Append &append)
{
    if (const auto *chat = std::get_if<ChatAppend>(&append))
        return chat->chat;
    if (const auto *user = std::get_if<UserAppend>(&append))
        return user->user;
    if (const auto *done = std::get_if<DerivedDone>(&append))
        return done->derived.chat;
    return std::monostate();
}

Replica::Replica(const MemoryState &state)
    : m_memory(std::make_shared<GuardedMemory>())
{
    m_memory->state = state;
}

void Replica::hear(std::shared_ptr<const Append> append, qint64 nowMs)
{
    const Partition partition = partitionOf(*append);
    m_behind[partition].push_back(Heard{std::move(append), nowMs});
}

void Replica::catchUp(const Partition &partition)
{
    const auto behind = m_behind.find(partition);
    if (behind == m_behind.end())
        return;
    for (const Heard &heard : behind->second)
        apply(*heard.append);
    m_behind.erase(behind);
}

void Replica::catchUp(qint64 untilMs)
{
    for (auto &[partition, heard] : m_behind) {
        while (!heard.empty() && heard.front().atMs <= untilMs) {
            apply(*heard.front().append);
            heard.pop_front();
        }
    }
    std::erase_if(m_behind, [](const auto &item) { return item.second.empty(); });
}

bool Replica::catchUpSome(SeededRandom &random)
{
    if (m_behind.empty())
        return false;
    const auto behind = std::next(m_behind.begin(), random.pick(int(m_behind.size())));
    apply(*behind->second.front().append);
    behind->second.pop_front();
    if (behind->second.empty())
        m_behind.erase(behind);
    return true;
}

void Replica::reset(const MemoryState &state)
{
    m_behind.clear();
    m_memory->state = state;
}

void Replica::apply(const Append &append)
{
    PARLEY_ASSERT(MemoryAppender(m_memory->state).apply(append) == Outcome::Applied);
}

} // namespace parley::simulation
