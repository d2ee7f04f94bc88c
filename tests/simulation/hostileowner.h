// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "tests/simulation/hostilestore.h"

namespace parley::simulation {

inline constexpr int readersOfOwner = 2;

/// One service's way to the hostile store, from its start to its end.
class HostileOwner : public Store {
public:
    explicit HostileOwner(HostileStore &engine)
        : m_engine(engine)
    {
    }
    ~HostileOwner() override { m_engine.forget(*this); }
    HostileOwner(const HostileOwner &) = delete;
    HostileOwner &operator=(const HostileOwner &) = delete;

    void setListener(StoreListener *listener) override { m_listener = listener; }
    void load(LoadRequest request) override { m_engine.ask(*this, std::move(request)); }
    void append(quint64 batch, std::vector<Append> appends) override
    {
        m_engine.ask(*this, batch, std::move(appends));
    }
    Epoch epoch() const override { return m_engine.epoch(); }
    Result<std::vector<Derived>> pendingDerived() override { return m_engine.pendingDerived(); }

    void hear(Loaded answer) { m_listener->loaded(std::move(answer)); }
    void hear(quint64 batch, size_t place, Outcome outcome)
    {
        m_listener->appendedOne(batch, place, outcome);
    }

private:
    HostileStore &m_engine;
    StoreListener *m_listener = nullptr;
};

/// Reads a replica. What must be current brings it up to date first, in that one partition; all
/// else is as old as the replica is.
class HostileReader : public MemoryReader {
public:
    HostileReader(HostileStore &engine, std::shared_ptr<Replica> replica)
        : MemoryReader(replica->memory())
        , m_engine(engine)
        , m_replica(std::move(replica))
    {
    }

    Epoch epoch() const override { return m_engine.epoch(); }
    Result<qint64> head(const ChatId &chat) override;
    Result<std::optional<StoredMember>> member(const ChatId &chat, const UserId &user) override;
    Result<UserAggregate> user(const UserId &user) override;
    Result<std::vector<UserHead>> heads(const UserId &user) override;
    Result<ChatAggregate> chat(const ChatId &chat) override;
    Result<std::optional<UserId>> userByName(const QString &foldedName) override;
    Result<std::optional<TokenOwner>> tokenOwner(const QByteArray &tokenHash) override;
    Result<std::optional<InviteState>> invite(const QByteArray &codeHash) override;

private:
    /// False when the partition cannot be reached.
    bool bringUpToDate(const Partition &partition);

    HostileStore &m_engine;
    std::shared_ptr<Replica> m_replica;
};

} // namespace parley::simulation
