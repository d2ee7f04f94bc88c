// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/server/store/chatwriter.h"

#include "server/store/touched.h"
#include "shared/assert.h"

#include <QtCore/QCryptographicHash>

namespace parley {

namespace {

template <typename IdType>
IdType numbered(const QByteArray &what, int number)
{
    const QByteArray bytes = what + QByteArray::number(number);
    return *IdType::fromBytes(
        QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).first(IdType::sizeBytes));
}

} // namespace

UserId testUser(int number)
{
    return numbered<UserId>("user", number);
}

ChatId testChat(int number)
{
    return numbered<ChatId>("chat", number);
}

MessageId testMessage(const ChatId &chat, int number)
{
    return numbered<MessageId>("message" + chat.bytes(), number);
}

void ChatWriter::begin()
{
    m_append = ChatAppend();
    m_append.chat = m_chat;
    m_append.epoch = m_epoch;
    m_append.expectedHead = m_state.head;
    m_changedRows.clear();
    m_changedMembers.clear();
}

Entry &ChatWriter::append(Kind kind, const UserId &actor)
{
    Entry entry;
    entry.seq = ++m_state.head;
    entry.kind = kind;
    entry.id = testMessage(m_chat, ++m_ids);
    entry.actor = actor;
    entry.time = 1'000'000 + m_state.head;
    m_state.lastTime = entry.time;
    m_entries.push_back(entry);
    return m_entries.back();
}

void ChatWriter::know(const Entry &entry)
{
    m_append.entries.push_back(entry);
    const KnownOperation known{
        entry.id, entry.actor, QByteArray(16, 'c'), entry.seq, entry.time, {}};
    m_append.operations.push_back(known);
    m_operations[entry.id] = known;
}

void ChatWriter::putRow(const Row &row)
{
    m_rows[row.id] = row;
    m_changedRows[row.id] = row;
}

StoredMember &ChatWriter::touch(const UserId &user)
{
    m_changedMembers.insert(user);
    StoredMember &member = m_state.members[user];
    member.row.user = user;
    return member;
}

void ChatWriter::create(ChatKind kind, const std::vector<UserId> &users, const QString &title)
{
    m_state.chat = m_chat;
    const Entry entry = append(Kind::Create, users.front());
    know(entry);
    m_state.row.kind = kind;
    m_state.row.title = title;
    m_state.row.revision = entry.seq;
    m_state.row.created = entry.time;
    m_state.row.members = static_cast<quint32>(users.size());
    if (kind == ChatKind::Direct)
        m_state.row.users = users;
    m_append.row = m_state.row;
    for (const UserId &user : users) {
        StoredMember &member = touch(user);
        member.row.role = user == users.front() ? Role::Owner : Role::Member;
        member.row.revision = entry.seq;
    }
}

MessageId ChatWriter::post(const UserId &sender, const QByteArray &payload)
{
    Row row;
    row.sender = sender;
    row.contentType = ContentType::Text;
    row.payload = payload;
    return put(row);
}

MessageId ChatWriter::put(Row row)
{
    const Entry entry = append(row.kind, row.sender);
    know(entry);
    row.id = entry.id;
    row.seq = entry.seq;
    row.revision = entry.seq;
    row.time = entry.time;
    putRow(row);
    if (row.kind == Kind::Message) {
        ++m_state.messages;
        ++touch(row.sender).ownMessages;
    }
    return row.id;
}

void ChatWriter::edit(const MessageId &target, const QByteArray &payload)
{
    Row row = m_rows.at(target);
    Entry &entry = append(Kind::Edit, row.sender);
    entry.target = target;
    know(entry);
    row.revision = entry.seq;
    row.editedAt = entry.time;
    row.payload = payload;
    putRow(row);
}

void ChatWriter::remove(const MessageId &target)
{
    Row row = m_rows.at(target);
    Entry &entry = append(Kind::Delete, row.sender);
    entry.target = target;
    know(entry);
    row.revision = entry.seq;
    row.deleted = true;
    row.payload.clear();
    row.contentType = ContentType::None;
    row.reactions.clear();
    putRow(row);
}

void ChatWriter::react(const MessageId &target, const UserId &user, const QString &text)
{
    Row row = m_rows.at(target);
    Entry &entry = append(Kind::React, user);
    entry.target = target;
    know(entry);
    row.revision = entry.seq;
    row.reactions.push_back({text, {user}});
    putRow(row);
}

void ChatWriter::setTitle(const UserId &actor, const QString &title)
{
    const Entry entry = append(Kind::Title, actor);
    know(entry);
    m_state.row.title = title;
    m_state.row.revision = entry.seq;
    m_append.row = m_state.row;
}

void ChatWriter::move(Kind kind, const UserId &actor, const UserId &user, MemberState state)
{
    Entry &entry = append(kind, actor);
    entry.user = user;
    know(entry);
    StoredMember &member = touch(user);
    member.row.state = state;
    member.row.revision = entry.seq;
    if (kind == Kind::Add)
        member.row.since = entry.seq;
    m_state.row.members = static_cast<quint32>(
        std::count_if(m_state.members.begin(), m_state.members.end(), [](const auto &one) {
            return one.second.row.state == MemberState::Member
                || one.second.row.state == MemberState::Invited;
        }));
    m_state.row.revision = entry.seq;
    m_append.row = m_state.row;
}

void ChatWriter::setReceiptsOff(const UserId &user, bool off)
{
    Entry &entry = append(Kind::Receipts, user);
    entry.user = user;
    know(entry);
    StoredMember &member = touch(user);
    member.row.receiptsOff = off;
    member.row.revision = entry.seq;
}

void ChatWriter::setBlocking(const UserId &user, bool blocking)
{
    Entry &entry = append(blocking ? Kind::Block : Kind::Unblock, user);
    entry.user = user;
    know(entry);
    StoredMember &member = touch(user);
    member.row.blocking = blocking;
    member.row.revision = entry.seq;
}

void ChatWriter::appendKind(Kind kind, const UserId &actor)
{
    know(append(kind, actor));
}

MessageId ChatWriter::refuse(const UserId &sender, ErrorCode error)
{
    const KnownOperation known{
        testMessage(m_chat, ++m_ids), sender, QByteArray(16, 'r'), {}, m_state.lastTime, error};
    m_append.operations.push_back(known);
    m_operations[known.id] = known;
    return known.id;
}

void ChatWriter::mark(const UserId &user, qint64 delivered, qint64 read)
{
    StoredMark mark{user, delivered, read, countOthers(user, 0, read)};
    m_append.marks.push_back(mark);
    const auto found = m_state.members.find(user);
    if (found == m_state.members.end())
        return;
    StoredMember &member = found->second;
    member.delivered = std::max(member.delivered, mark.delivered);
    if (mark.read > member.read) {
        member.read = mark.read;
        member.readMessages = mark.readMessages;
    }
}

void ChatWriter::derive(const UserId &user, std::optional<qint64> since)
{
    m_append.derived.push_back({m_chat, user, ChatState{m_state.head, since}});
}

ChatAppend ChatWriter::take()
{
    for (const auto &[id, row] : m_changedRows)
        m_append.rows.push_back(row);
    for (const UserId &user : m_changedMembers)
        m_append.members.push_back(m_state.members.at(user));
    m_append.messages = m_state.messages;
    m_append.time = m_state.lastTime;
    ChatAppend taken = std::move(m_append);
    begin();
    return taken;
}

std::vector<Entry> ChatWriter::entries() const
{
    std::vector<Entry> entries = m_entries;
    for (Entry &entry : entries) {
        const auto row = m_rows.find(touchedRow(entry));
        if (row != m_rows.end())
            entry.row = row->second;
        if (entry.user)
            entry.member = m_state.members.at(*entry.user).row;
        if (touchesChat(entry.kind))
            entry.chat = m_state.row;
    }
    return entries;
}

qint64 ChatWriter::countOthers(const UserId &user, qint64 after, qint64 upTo) const
{
    return std::count_if(m_rows.begin(), m_rows.end(), [&](const auto &one) {
        const Row &row = one.second;
        return row.kind == Kind::Message && row.sender != user && row.seq > after
            && row.seq <= upTo;
    });
}

} // namespace parley
