// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/store/memory/memorystore.h"
#include "tests/simulation/mix.h"
#include "tests/simulation/replica.h"
#include "tests/simulation/worldstore.h"

namespace parley::simulation {

class HostileOwner;

/// How hostile a partitioned engine is, drawn from a world's seed.
struct Hostility {
    int owners = 2;
    double unavailable = 0; ///< of a request: refused, and not done
    double unknown = 0; ///< of an append: its answer is lost
    double away = 0; ///< of a tick: some partition is gone for a while
    qint64 lagMs = 0; ///< a reader is behind by no more
    double ownerPause = 0; ///< of a step

    static Hostility draw(SeededRandom &random);
};

/// A partitioned engine as far as the contract of Store allows it to be one, and no better: each
/// chat, each user and the directory are partitions of their own. What is asked travels, happens at
/// one moment of its partition, and its answer travels back; between any two of them everything
/// else may happen, other owners' appends included. docs/reliability.md says what it promises.
///
/// Owners are the stores that `open` makes: each is one service's, and all write to the same
/// partitions.
class HostileStore : public WorldStore {
public:
    HostileStore(quint64 seed, const Hostility &hostility, Counts &counts);
    ~HostileStore() override;

    Opened open() override;
    int owners() const override { return m_hostility.owners; }
    double ownerPause() const override { return m_hostility.ownerPause; }
    bool losesPushes() const override { return true; }
    bool step() override;
    void tick(qint64 nowMs) override;
    void settle() override;
    void backup() override { m_backup = m_truth->backup(); }
    bool restore() override;
    const MemoryState &state() const override { return m_truth->state(); }
    void endFaults() override;

    // For its owners and readers.
    void ask(HostileOwner &owner, LoadRequest request);
    void ask(HostileOwner &owner, quint64 batch, std::vector<Append> appends);
    Result<std::vector<Derived>> pendingDerived();
    Epoch epoch() const { return m_truth->epoch(); }
    /// Nothing more is told to this owner: its process ended.
    void forget(HostileOwner &owner);
    bool isAway(const Partition &partition) const;
    void noteStaleRead() { ++m_counts[QStringLiteral("fault: stale read")]; }
    /// What is committed at this moment.
    std::unique_ptr<StoreReader> currentReader() const { return *m_truth->readers()->open(); }

private:
    class Hearing;
    enum class Fate : quint8 { Waits, Moved, Answered };

    /// A read, in parts that each see a moment of their own.
    struct Load {
        std::vector<LoadRequest> parts; ///< still to be read
        Loaded answer;
    };
    struct OneAppend {
        Append append;
        quint64 batch = 0;
        size_t place = 0;
        std::optional<Outcome> outcome; ///< it happened, and its answer is on the way
    };
    struct Request {
        HostileOwner *owner = nullptr; ///< null: nobody awaits the answer any more
        std::variant<Load, OneAppend> what;
    };

    bool advance(size_t index);
    Fate advance(Load &load);
    Fate advance(OneAppend &one);
    Outcome happen(const Append &append);
    bool decideLimbo();
    Replica &someReplica();
    bool chance(double probability) { return !m_isCalm && m_random.chance(probability); }

    SeededRandom m_random;
    Hostility m_hostility;
    Counts &m_counts;
    std::unique_ptr<MemoryStore> m_truth;
    std::unique_ptr<Hearing> m_hearing;
    std::optional<MemoryState> m_backup;
    std::vector<Request> m_requests;
    std::vector<Append> m_limbo; ///< answered Unknown, and still to be applied, or not
    std::vector<std::shared_ptr<Replica>> m_replicas;
    std::map<Partition, qint64> m_awayUntilMs;
    qint64 m_nowMs = 0;
    bool m_isCalm = false;
};

} // namespace parley::simulation
