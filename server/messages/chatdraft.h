// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/messages/quota.h"
#include "server/store/appends.h"

#include <unordered_map>

namespace parley {

/// A chat as it will be if the store applies what is decided here: the aggregate as it stands, and
/// over it what changed. Entries take their seq from it. Thrown away unless the append is Applied.
class ChatDraft {
public:
    /// `base` is null when the chat does not exist yet; it must outlive the draft.
    ChatDraft(const ChatId &chat, const ChatAggregate *base, qint64 nowMs);

    const ChatId &chat() const { return m_chat; }
    bool exists() const { return m_exists; }
    qint64 head() const { return m_head; }
    qint64 time() const { return m_time; }
    const ChatRow &row() const { return m_row; }
    qint64 messages() const { return m_messages; }

    /// The member as it is now, former ones included.
    const StoredMember *member(const UserId &user) const;
    /// Members and invited ones, not former ones.
    std::vector<const StoredMember *> served() const;
    qint64 unread(const UserId &user) const;

    const Row *findRow(const MessageId &id) const;
    const KnownOperation *findKnown(const MessageId &id) const;
    /// What the store told about ids and rows.
    void learn(const std::vector<KnownOperation> &known, const std::vector<Row> &rows);

    /// Makes the chat, with its first entry still to come.
    void create(ChatRow row);
    /// The next entry; seq and time are filled in. The reference holds until the next call.
    Entry &append(Kind kind, const MessageId &id, const UserId &actor);
    void putRow(Row row);
    void putMember(StoredMember member);
    void putChatRow(ChatRow row);
    void countMessage(const UserId &sender);
    void keep(KnownOperation known);
    /// Promises word to the user; `at` is filled in.
    void derive(const UserId &user, const ChatState &belonging);
    void raiseMark(const StoredMark &mark);
    /// Remembers what was taken from a quota for what is decided here.
    void charge(Quota &quota, const UserId &user, qint64 count);
    /// Nothing came of the draft: what it took is the users' again.
    void giveBackCharges();

    bool changesLog() const { return !m_append.entries.empty() || !m_append.operations.empty(); }
    bool isEmpty() const { return !changesLog() && m_append.marks.empty(); }
    /// What to hand to the store.
    ChatAppend takeAppend(const Epoch &epoch);
    /// Entries with their after-images, as they are pushed.
    std::vector<Entry> entriesWithImages() const;
    /// Members whose watermarks moved, and writes that were promised to users.
    std::vector<UserId> movedMarks() const;
    const std::vector<Derived> &derived() const { return m_append.derived; }
    /// The store applied it: the base, which is `state`, becomes what was drafted. The draft is
    /// then of no further use.
    void applyTo(std::optional<ChatAggregate> &state);

private:
    ChatId m_chat;
    const ChatAggregate *m_base;
    bool m_exists;
    qint64 m_head = 0;
    qint64 m_time = 0;
    qint64 m_messages = 0;
    ChatRow m_row;
    std::map<UserId, StoredMember> m_members; ///< changed ones
    std::unordered_map<MessageId, Row> m_rows;
    std::unordered_map<MessageId, KnownOperation> m_known;
    std::map<MessageId, Row> m_changedRows;
    struct Charge {
        Quota *quota;
        UserId user;
        qint64 count;
    };
    std::vector<Charge> m_charges;
    ChatAppend m_append;
};

} // namespace parley
