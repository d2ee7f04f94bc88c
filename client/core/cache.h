// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/core/intervals.h"
#include "shared/protocol/commands.h"
#include "shared/result.h"

namespace parley {

struct CachedMeta {
    std::optional<UserId> user; ///< whose cache this is
    std::optional<Epoch> epoch;
    qint64 userRevision = 0;
    qint64 serverTimeMs = 0; ///< the latest time that the server told
    friend bool operator==(const CachedMeta &, const CachedMeta &) = default;
};

struct CachedChat {
    ChatId id;
    quint32 generation = 0;
    qint64 head = 0; ///< the highest that was heard of
    qint64 unread = 0; ///< as the server counted it...
    qint64 unreadHead = 0; ///< ...up to this seq
    qint64 readWanted = 0; ///< shown to the person up to here, not confirmed yet
    std::optional<ChatRow> info;
    std::optional<Row> last; ///< the newest row that was heard of, held or not
    friend bool operator==(const CachedChat &, const CachedChat &) = default;
};

/// An operation that waits, or was refused for good. `position` rises in the order of composing.
struct OutboxItem {
    qint64 position = 0;
    ChatId chat;
    Operation operation;
    std::optional<ErrorCode> failure;
    friend bool operator==(const OutboxItem &, const OutboxItem &) = default;
};

/// An accepted operation, kept for the day on which the server's store is restored.
struct SentItem {
    qint64 position = 0;
    ChatId chat;
    Operation operation;
    qint64 seq = 0; ///< 0 when only its being in the log is known
    qint64 timeMs = 0; ///< of the server
    friend bool operator==(const SentItem &, const SentItem &) = default;
};

/// A key of the own state that the person set and the server has not confirmed.
struct Wish {
    QString key;
    std::optional<QByteArray> value;
    friend bool operator==(const Wish &, const Wish &) = default;
};

/// Where the core keeps everything. It completes at once, on the core's thread, and belongs to
/// whoever made the core.
///
/// Writes happen between begin() and commit(), and tell nothing: the first failure, of a read too,
/// is kept, and commit() returns it and changes nothing. What commit() accepted is durable. A
/// failure of reads outside of a transaction is kept for takeError().
class Cache {
public:
    virtual ~Cache() = default;

    virtual void begin() = 0;
    virtual Status commit() = 0;
    virtual std::optional<Error> takeError() = 0;

    virtual CachedMeta meta() = 0;
    virtual void saveMeta(const CachedMeta &meta) = 0;

    virtual std::vector<CachedChat> chats() = 0;
    virtual void saveChat(const CachedChat &chat) = 0;
    /// The chat with its rows, intervals, members and marks; never outbox or drafts.
    virtual void removeChat(const ChatId &chat) = 0;

    virtual std::optional<Row> row(const ChatId &chat, const MessageId &id) = 0;
    virtual void saveRow(const ChatId &chat, const Row &row) = 0;
    /// All rows and intervals of one chat.
    virtual void removeRows(const ChatId &chat) = 0;
    enum class Order { OldestFirst, NewestFirst };
    /// Rows of known kinds whose seq is in low..high.
    virtual std::vector<Row> rows(const ChatId &chat, Interval places, Order order, int limit) = 0;
    /// How many rows above `seq` are messages of others than `user`.
    virtual qint64 countMessages(const ChatId &chat, qint64 aboveSeq, const UserId &notBy) = 0;
    /// An entry of a kind that this version does not know, as it came.
    virtual void saveUnknownEntry(const ChatId &chat, const Entry &entry) = 0;

    virtual Intervals intervals(const ChatId &chat) = 0;
    virtual void saveIntervals(const ChatId &chat, const Intervals::Change &change) = 0;

    virtual std::vector<MemberRow> members(const ChatId &chat) = 0;
    virtual std::optional<MemberRow> member(const ChatId &chat, const UserId &user) = 0;
    virtual void saveMember(const ChatId &chat, const MemberRow &member) = 0;

    virtual std::vector<Mark> marks(const ChatId &chat) = 0;
    virtual void saveMark(const ChatId &chat, const Mark &mark) = 0;

    virtual std::vector<OutboxItem> outbox() = 0; ///< by position
    virtual void saveOutbox(const OutboxItem &item) = 0;
    virtual void removeOutbox(qint64 position) = 0;
    virtual void saveSent(const SentItem &item) = 0;
    /// Accepted ones whose entries lie above `seq`, by seq.
    virtual std::vector<SentItem> sentAbove(const ChatId &chat, qint64 seq) = 0;
    /// Accepted at `sinceMs` or later, by position.
    virtual std::vector<SentItem> sentSince(qint64 sinceMs) = 0;
    virtual void removeSentBefore(qint64 timeMs) = 0;
    /// The highest position that outbox and sent ever used and still hold.
    virtual qint64 highestPosition() = 0;

    virtual std::vector<std::pair<UserId, qint64>> userRevisions() = 0;
    virtual std::optional<UserRow> user(const UserId &id) = 0;
    virtual void saveUser(const UserRow &user) = 0;

    virtual std::vector<StateRow> state() = 0;
    virtual void saveState(const StateRow &row) = 0;
    virtual std::vector<Wish> wishes() = 0;
    virtual void saveWish(const Wish &wish) = 0;
    virtual void removeWish(const QString &key) = 0;

    /// Everything that came from the server: all but outbox, sent operations and wishes.
    virtual void removeServerContent() = 0;
};

} // namespace parley
