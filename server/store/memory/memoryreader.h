// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/store/memory/memorystate.h"

#include <shared_mutex>

namespace parley {

/// The memory engine's state and the lock that its store and its readers share.
struct GuardedMemory {
    mutable std::shared_mutex mutex;
    MemoryState state;
};

/// Reads a memory store. Any thread.
class MemoryReader : public StoreReader {
public:
    explicit MemoryReader(std::shared_ptr<const GuardedMemory> memory)
        : m_memory(std::move(memory))
    {
    }

    Epoch epoch() const override;
    Result<std::vector<UserHead>> heads(const UserId &user) override;
    Result<UserAggregate> user(const UserId &user) override;
    Result<std::vector<StateRow>> stateAfter(
        const UserId &user, qint64 revision, qsizetype most) override;
    Result<ChatAggregate> chat(const ChatId &chat) override;
    Result<std::optional<StoredMember>> member(const ChatId &chat, const UserId &user) override;
    Result<qint64> head(const ChatId &chat) override;
    Result<std::vector<Entry>> entries(const ChatId &chat, qint64 first, qint64 last) override;
    Result<std::vector<Row>> rows(const ChatId &chat, qint64 low, qint64 high) override;
    Result<std::optional<Row>> lastRow(const ChatId &chat, qint64 since) override;
    Result<std::vector<StoredMember>> members(
        const ChatId &chat, const std::optional<UserId> &after, qsizetype most) override;
    Result<std::vector<UserRow>> profiles(const std::vector<UserId> &users) override;
    Result<std::vector<UserId>> known(
        const UserId &viewer, const std::vector<UserId> &users) override;
    Result<std::vector<UserId>> servedWith(
        const UserId &viewer, const std::vector<UserId> &users) override;
    Result<std::optional<UserId>> userByName(const QString &foldedName) override;
    Result<std::optional<TokenOwner>> tokenOwner(const QByteArray &tokenHash) override;
    Result<std::optional<InviteState>> invite(const QByteArray &codeHash) override;
    Result<std::vector<UserListing>> listUsers() override;
    Result<std::vector<InviteState>> listInvites() override;
    Result<StoreCounts> counts() override;

private:
    std::shared_ptr<const GuardedMemory> m_memory;
};

/// Makes readers of one memory store. Any thread.
class MemoryReaders : public StoreReaders {
public:
    explicit MemoryReaders(std::shared_ptr<const GuardedMemory> memory)
        : m_memory(std::move(memory))
    {
    }
    Result<std::unique_ptr<StoreReader>> open() override;

private:
    std::shared_ptr<const GuardedMemory> m_memory;
};

} // namespace parley
