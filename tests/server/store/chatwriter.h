// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/store/appends.h"

#include <set>

namespace parley {

UserId testUser(int number);
ChatId testChat(int number);
MessageId testMessage(const ChatId &chat, int number);

/// Makes appends for one chat as the message service would, and remembers by plain counting what
/// the store should hold after them.
class ChatWriter {
public:
    ChatWriter(const ChatId &chat, const Epoch &epoch)
        : m_chat(chat)
        , m_epoch(epoch)
    {
        begin();
    }

    void create(ChatKind kind, const std::vector<UserId> &users, const QString &title = {});
    MessageId post(const UserId &sender, const QByteArray &payload = "hello");
    MessageId put(Row row); ///< id, seq and revision are set here
    void edit(const MessageId &target, const QByteArray &payload);
    void remove(const MessageId &target);
    void react(const MessageId &target, const UserId &user, const QString &text);
    void setTitle(const UserId &actor, const QString &title);
    /// Add, Remove, Leave, Accept.
    void move(Kind kind, const UserId &actor, const UserId &user, MemberState state);
    void setReceiptsOff(const UserId &user, bool off);
    void setBlocking(const UserId &user, bool blocking);
    void appendKind(Kind kind, const UserId &actor);
    MessageId refuse(const UserId &sender, ErrorCode error);
    void mark(const UserId &user, qint64 delivered, qint64 read);
    void derive(const UserId &user, std::optional<qint64> since);

    /// What was gathered since the last one.
    ChatAppend take();

    const ChatAggregate &state() const { return m_state; }
    const std::map<MessageId, Row> &rows() const { return m_rows; }
    const std::map<MessageId, KnownOperation> &operations() const { return m_operations; }
    /// Entries as a reader should see them.
    std::vector<Entry> entries() const;
    qint64 countOthers(const UserId &user, qint64 after, qint64 upTo) const;

private:
    void begin();
    Entry &append(Kind kind, const UserId &actor);
    void know(const Entry &entry);
    void putRow(const Row &row);
    StoredMember &touch(const UserId &user);

    ChatId m_chat;
    Epoch m_epoch;
    int m_ids = 0;
    ChatAggregate m_state;
    std::vector<Entry> m_entries;
    std::map<MessageId, Row> m_rows;
    std::map<MessageId, KnownOperation> m_operations;
    ChatAppend m_append;
    std::map<MessageId, Row> m_changedRows;
    std::set<UserId> m_changedMembers;
};

} // namespace parley
