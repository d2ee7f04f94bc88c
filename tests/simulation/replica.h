// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/store/memory/memoryreader.h"
#include "tests/simulation/seededrandom.h"

#include <deque>

namespace parley::simulation {

/// What is written atomically and ordered: a chat, a user, or (the monostate) the directory.
using Partition = std::variant<std::monostate, ChatId, UserId>;

Partition partitionOf(const Append &append);

/// What one reader has heard of: a state that is behind, in each partition by as much as it likes,
/// and that never goes back.
class Replica {
public:
    explicit Replica(const MemoryState &state);

    /// An append was applied; it becomes visible here later.
    void hear(std::shared_ptr<const Append> append, qint64 nowMs);
    void catchUp(const Partition &partition);
    /// Everything that was heard up to this time.
    void catchUp(qint64 untilMs);
    /// One partition hears one append; false when nothing is behind.
    bool catchUpSome(SeededRandom &random);
    /// The store was restored.
    void reset(const MemoryState &state);

    bool isBehind() const { return !m_behind.empty(); }
    bool isBehind(const Partition &partition) const { return m_behind.contains(partition); }
    const std::shared_ptr<GuardedMemory> &memory() const { return m_memory; }

private:
    struct Heard {
        std::shared_ptr<const Append> append;
        qint64 atMs = 0;
    };
    void apply(const Append &append);

    std::shared_ptr<GuardedMemory> m_memory;
    std::map<Partition, std::deque<Heard>> m_behind;
};

} // namespace parley::simulation
