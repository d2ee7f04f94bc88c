// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/core/cache.h"
#include "client/core/dirty.h"

#include <deque>

namespace parley {

/// The operations of this device that are not done, oldest first, and those whose entries this
/// device has not seen yet. Belongs to the core; every change is made within a transaction of the
/// cache, and after a failed one load() puts memory right.
class Outbox {
public:
    Outbox(Cache &cache, Dirty &dirty)
        : m_cache(cache)
        , m_dirty(dirty)
    {
    }

    void load();
    /// Accepted ones of a chat that are held up to `seq` come from the cache.
    void loadAccepted(const ChatId &chat, qint64 seq);

    void add(const ChatId &chat, const Operation &operation);
    /// In the log for good, at `seq` if that is known. False if it was not waiting.
    bool accept(const ChatId &chat, const MessageId &id, qint64 seq, qint64 timeMs);
    /// Done without a place in the log.
    void finish(const ChatId &chat, const MessageId &id);
    void fail(const ChatId &chat, const MessageId &id, ErrorCode why);
    /// The chat is held up to `seq`: its accepted ones up to there are seen as rows.
    void seen(const ChatId &chat, qint64 seq);
    /// The store was restored: what was sent since `sinceMs` waits again, ahead of the rest.
    void restore(qint64 sinceMs);

    /// Those that are not refused: at most so many, of so many bytes together, oldest first.
    std::vector<Operation> batch(
        const ChatId &chat, qsizetype mostOperations, qsizetype mostBytes) const;
    const OutboxItem *find(const ChatId &chat, const MessageId &id) const;
    /// By position; refused ones among them.
    const std::deque<OutboxItem> &items(const ChatId &chat) const;
    const std::vector<SentItem> &accepted(const ChatId &chat) const;
    /// Chats in which something is to be sent.
    std::vector<ChatId> chatsToSend() const;
    /// All chats with items, refused ones included.
    std::vector<ChatId> chats() const;
    bool isIdle() const;
    bool hasFailed(const ChatId &chat) const;
    /// What was accepted since the last call or load().
    std::vector<SentItem> takeNews() { return std::exchange(m_news, {}); }

private:
    void touch(const OutboxItem &item);
    std::optional<OutboxItem> take(const ChatId &chat, const MessageId &id);

    Cache &m_cache;
    Dirty &m_dirty;
    std::map<ChatId, std::deque<OutboxItem>> m_items;
    std::map<ChatId, std::vector<SentItem>> m_accepted;
    std::vector<SentItem> m_news;
    qint64 m_nextPosition = 1;
};

} // namespace parley
