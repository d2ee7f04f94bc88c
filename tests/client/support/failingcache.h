// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/core/cache.h"

namespace parley {

/// Passes everything on to a cache, until the power goes: after so many operations that change
/// something, begin and commit included, nothing is done any more, and every commit fails.
class FailingCache : public Cache {
public:
    explicit FailingCache(Cache &below)
        : m_below(below)
    {
    }

    /// From now on so many operations succeed. The last one may be a commit that is done although
    /// its caller hears that it failed.
    void failAfter(int operations, bool lastCommitIsDone = false)
    {
        m_left = operations;
        m_lastCommitIsDone = lastCommitIsDone;
        m_isOff = false;
    }
    void recover() { m_left = -1, m_isOff = false; }
    int operations() const { return m_operations; }
    bool hasFailed() const { return m_isOff; }

    void begin() override
    {
        m_isOpen = next();
        if (m_isOpen)
            m_below.begin();
    }
    Status commit() override
    {
        const bool isBegun = std::exchange(m_isOpen, false);
        if (!isBegun)
            return off();
        if (m_left == 1 && m_lastCommitIsDone && !m_isOff) {
            (void)next();
            (void)m_below.commit();
            m_isOff = true;
            return off();
        }
        // Otherwise it stays open, and is rolled back when the file is closed: as after a death.
        return next() ? m_below.commit() : off();
    }
    std::optional<Error> takeError() override
    {
        return m_isOff ? std::optional(Error(ErrorCode::Unavailable)) : m_below.takeError();
    }

    CachedMeta meta() override { return m_below.meta(); }
    void saveMeta(const CachedMeta &meta) override
    {
        change([&] { m_below.saveMeta(meta); });
    }
    std::vector<CachedChat> chats() override { return m_below.chats(); }
    void saveChat(const CachedChat &chat) override
    {
        change([&] { m_below.saveChat(chat); });
    }
    void removeChat(const ChatId &chat) override
    {
        change([&] { m_below.removeChat(chat); });
    }
    std::optional<Row> row(const ChatId &chat, const MessageId &id) override
    {
        return m_below.row(chat, id);
    }
    void saveRow(const ChatId &chat, const Row &row) override
    {
        change([&] { m_below.saveRow(chat, row); });
    }
    void removeRows(const ChatId &chat) override
    {
        change([&] { m_below.removeRows(chat); });
    }
    std::vector<Row> rows(const ChatId &chat, Interval places, Order order, int limit) override
    {
        return m_below.rows(chat, places, order, limit);
    }
    qint64 countMessages(const ChatId &chat, qint64 aboveSeq, const UserId &notBy) override
    {
        return m_below.countMessages(chat, aboveSeq, notBy);
    }
    void saveUnknownEntry(const ChatId &chat, const Entry &entry) override
    {
        change([&] { m_below.saveUnknownEntry(chat, entry); });
    }
    Intervals intervals(const ChatId &chat) override { return m_below.intervals(chat); }
    void saveIntervals(const ChatId &chat, const Intervals::Change &intervals) override
    {
        change([&] { m_below.saveIntervals(chat, intervals); });
    }
    std::vector<MemberRow> members(const ChatId &chat) override { return m_below.members(chat); }
    std::optional<MemberRow> member(const ChatId &chat, const UserId &user) override
    {
        return m_below.member(chat, user);
    }
    void saveMember(const ChatId &chat, const MemberRow &member) override
    {
        change([&] { m_below.saveMember(chat, member); });
    }
    std::vector<Mark> marks(const ChatId &chat) override { return m_below.marks(chat); }
    void saveMark(const ChatId &chat, const Mark &mark) override
    {
        change([&] { m_below.saveMark(chat, mark); });
    }
    std::vector<OutboxItem> outbox() override { return m_below.outbox(); }
    void saveOutbox(const OutboxItem &item) override
    {
        change([&] { m_below.saveOutbox(item); });
    }
    void removeOutbox(qint64 position) override
    {
        change([&] { m_below.removeOutbox(position); });
    }
    void saveSent(const SentItem &item) override
    {
        change([&] { m_below.saveSent(item); });
    }
    std::vector<SentItem> sentAbove(const ChatId &chat, qint64 seq) override
    {
        return m_below.sentAbove(chat, seq);
    }
    std::vector<SentItem> sentSince(qint64 sinceMs) override { return m_below.sentSince(sinceMs); }
    void removeSentBefore(qint64 timeMs) override
    {
        change([&] { m_below.removeSentBefore(timeMs); });
    }
    qint64 highestPosition() override { return m_below.highestPosition(); }
    std::vector<std::pair<UserId, qint64>> userRevisions() override
    {
        return m_below.userRevisions();
    }
    std::optional<UserRow> user(const UserId &id) override { return m_below.user(id); }
    void saveUser(const UserRow &user) override
    {
        change([&] { m_below.saveUser(user); });
    }
    std::vector<StateRow> state() override { return m_below.state(); }
    void saveState(const StateRow &row) override
    {
        change([&] { m_below.saveState(row); });
    }
    std::vector<Wish> wishes() override { return m_below.wishes(); }
    void saveWish(const Wish &wish) override
    {
        change([&] { m_below.saveWish(wish); });
    }
    void removeWish(const QString &key) override
    {
        change([&] { m_below.removeWish(key); });
    }
    void removeServerContent() override
    {
        change([&] { m_below.removeServerContent(); });
    }

private:
    static Status off() { return Error(ErrorCode::Unavailable, QStringLiteral("power off")); }
    bool next()
    {
        if (m_isOff)
            return false;
        ++m_operations;
        if (m_left < 0)
            return true;
        if (m_left == 0) {
            m_isOff = true;
            return false;
        }
        --m_left;
        return true;
    }
    void change(const auto &work)
    {
        if (next())
            work();
    }
    Cache &m_below;
    int m_left = -1;
    int m_operations = 0;
    bool m_lastCommitIsDone = false;
    bool m_isOff = false;
    bool m_isOpen = false;
};

} // namespace parley
