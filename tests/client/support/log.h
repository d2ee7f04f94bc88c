// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/protocol/frame.h"

namespace parley {

UserId userNumber(quint8 number);
ChatId chatNumber(quint8 number);
MessageId messageNumber(quint32 number);
QByteArray textPayload(const QString &text);

/// A chat's log as a server would keep it, written by hand: gives entries, pages and openings.
class ChatLog {
public:
    ChatLog(const ChatId &chat, const UserId &owner, const std::vector<UserId> &others);

    const ChatId &chat() const { return m_chat; }
    qint64 head() const { return qint64(m_entries.size()); }
    qint64 since = 1;
    std::map<UserId, Mark> marks;

    MessageId post(const UserId &sender, const QString &text);
    void post(const UserId &sender, const MessageId &id, const QString &text);
    void edit(const UserId &actor, const MessageId &target, const QString &text);
    void remove(const UserId &actor, const MessageId &target);
    /// Whatever this operation asks, as an entry of `actor`'s.
    void append(const UserId &actor, const Operation &operation);
    /// An entry of a kind that nobody knows yet.
    void appendUnknown(const UserId &actor);
    void setMember(const MemberRow &member);
    void setMembers(quint32 count) { m_info.members = count; }
    void receiptsOff(const UserId &user);

    const ChatRow &info() const { return m_info; }
    const std::map<UserId, MemberRow> &members() const { return m_members; }
    const std::map<MessageId, Row> &rows() const { return m_rows; }
    /// low..high with the rows as they are now.
    std::vector<Entry> entries(qint64 low, qint64 high) const;
    std::vector<Row> rowsIn(qint64 low, qint64 high) const;
    ChatHead headFor(const UserId &user) const;
    PageReply page(const UserId &user, const Page &asked, qint64 most = 1000) const;
    PageReply opened(const UserId &user, quint32 generation, qint64 rows = 50) const;
    HistoryReply history(const History &asked) const;
    Pushed push(qint64 low, qint64 high) const { return {m_chat, entries(low, high), {}}; }

private:
    Entry &addEntry(Kind kind, const UserId &actor, const MessageId &id);
    PageReply lastPage(const UserId &user, quint32 generation) const;

    ChatId m_chat;
    ChatRow m_info;
    std::map<UserId, MemberRow> m_members;
    std::map<MessageId, Row> m_rows;
    std::vector<Entry> m_entries;
    quint32 m_made = 0;
};

} // namespace parley
