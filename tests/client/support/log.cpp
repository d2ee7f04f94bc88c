// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/client/support/log.h"

#include "shared/protocol/text.h"

namespace parley {

namespace {

template <typename IdType>
IdType numbered(quint8 kind, quint32 number)
{
    std::array<quint8, 16> bytes{};
    bytes[0] = kind;
    for (size_t i = 0; i < 4; ++i)
        bytes[12 + i] = static_cast<quint8>(number >> (24 - 8 * i));
    return IdType::fromArray(bytes);
}

constexpr qint64 firstTimeMs = 1'700'000'000'000;

} // namespace

UserId userNumber(quint8 number)
{
    return numbered<UserId>(1, number);
}

ChatId chatNumber(quint8 number)
{
    return numbered<ChatId>(2, number);
}

MessageId messageNumber(quint32 number)
{
    return numbered<MessageId>(3, number);
}

QByteArray textPayload(const QString &text)
{
    return toCbor(TextBody{text, {}});
}

ChatLog::ChatLog(const ChatId &chat, const UserId &owner, const std::vector<UserId> &others)
    : m_chat(chat)
    , m_made(quint32(chat.array()[15]) << 16)
{
    m_info.title = QStringLiteral("A chat");
    m_info.created = firstTimeMs;
    m_info.members = quint32(others.size()) + 1;
    m_info.revision = 1;
    m_members[owner] = {owner, MemberState::Member, Role::Owner, 1, 1, false, false};
    for (const UserId &user : others)
        m_members[user] = {user, MemberState::Member, Role::Member, 1, 1, false, false};
    for (const auto &[user, member] : m_members)
        marks[user] = {user, 0, 0};
    Entry &entry = addEntry(Kind::Create, owner, messageNumber(++m_made));
    entry.chat = m_info;
    entry.member = m_members[owner];
}

Entry &ChatLog::addEntry(Kind kind, const UserId &actor, const MessageId &id)
{
    Entry entry;
    entry.seq = head() + 1;
    entry.kind = kind;
    entry.id = id;
    entry.actor = actor;
    entry.time = firstTimeMs + entry.seq;
    m_entries.push_back(entry);
    return m_entries.back();
}

MessageId ChatLog::post(const UserId &sender, const QString &text)
{
    const MessageId id = messageNumber(++m_made);
    post(sender, id, text);
    return id;
}

void ChatLog::post(const UserId &sender, const MessageId &id, const QString &text)
{
    Operation operation;
    operation.id = id;
    operation.contentType = ContentType::Text;
    operation.payload = textPayload(text);
    append(sender, operation);
}

void ChatLog::edit(const UserId &actor, const MessageId &target, const QString &text)
{
    Operation operation;
    operation.id = messageNumber(++m_made);
    operation.kind = Kind::Edit;
    operation.target = target;
    operation.contentType = ContentType::Text;
    operation.payload = textPayload(text);
    append(actor, operation);
}

void ChatLog::remove(const UserId &actor, const MessageId &target)
{
    Operation operation;
    operation.id = messageNumber(++m_made);
    operation.kind = Kind::Delete;
    operation.target = target;
    append(actor, operation);
}

void ChatLog::append(const UserId &actor, const Operation &operation)
{
    Entry &entry = addEntry(operation.kind, actor, operation.id);
    entry.target = operation.target;
    Row &row = m_rows[operation.target.value_or(operation.id)];
    if (operation.kind == Kind::Message) {
        row.id = operation.id;
        row.seq = entry.seq;
        row.sender = actor;
        row.time = entry.time;
        row.contentType = operation.contentType;
        row.payload = operation.payload;
        row.replyTo = operation.replyTo;
    } else if (operation.kind == Kind::Edit) {
        row.payload = operation.payload;
        row.editedAt = entry.time;
    } else if (operation.kind == Kind::Delete) {
        row.payload.clear();
        row.deleted = true;
    } else if (operation.kind == Kind::React) {
        row.reactions.push_back({operation.text.value_or(QString()), {actor}});
    }
    row.revision = entry.seq;
}

void ChatLog::appendUnknown(const UserId &actor)
{
    addEntry(static_cast<Kind>(900), actor, messageNumber(++m_made));
}

void ChatLog::setMember(const MemberRow &member)
{
    const Kind kind = member.state == MemberState::Member ? Kind::Add : Kind::Remove;
    Entry &entry = addEntry(kind, m_members.begin()->first, messageNumber(++m_made));
    MemberRow changed = member;
    changed.revision = entry.seq;
    m_members[member.user] = changed;
    entry.user = member.user;
    entry.member = changed;
}

void ChatLog::receiptsOff(const UserId &user)
{
    Entry &entry = addEntry(Kind::Receipts, user, messageNumber(++m_made));
    MemberRow &member = m_members[user];
    member.receiptsOff = true;
    member.revision = entry.seq;
    entry.user = user;
    entry.member = member;
}

std::vector<Entry> ChatLog::entries(qint64 low, qint64 high) const
{
    std::vector<Entry> result;
    for (qint64 seq = std::max(low, since); seq <= std::min(high, head()); ++seq) {
        Entry entry = m_entries[size_t(seq - 1)];
        const auto row = m_rows.find(entry.target.value_or(entry.id));
        if (row != m_rows.end() && row->second.seq >= since)
            entry.row = row->second;
        result.push_back(entry);
    }
    return result;
}

std::vector<Row> ChatLog::rowsIn(qint64 low, qint64 high) const
{
    std::vector<Row> result;
    for (const auto &[id, row] : m_rows) {
        if (row.seq >= low && row.seq <= high)
            result.push_back(row);
    }
    std::ranges::sort(result, {}, &Row::seq);
    return result;
}

ChatHead ChatLog::headFor(const UserId &user) const
{
    ChatHead result;
    result.chat = m_chat;
    result.head = head();
    result.info = m_info;
    result.self = m_members.at(user);
    if (const auto rows = rowsIn(since, head()); !rows.empty())
        result.last = rows.back();
    for (const auto &[each, mark] : marks)
        result.marks.push_back(mark);
    return result;
}

PageReply ChatLog::lastPage(const UserId &user, quint32 generation) const
{
    PageReply reply;
    reply.chat = m_chat;
    reply.generation = generation;
    reply.head = head();
    reply.info = m_info;
    reply.self = m_members.at(user);
    for (const auto &[each, mark] : marks)
        reply.marks.push_back(mark);
    return reply;
}

PageReply ChatLog::page(const UserId &user, const Page &asked, qint64 most) const
{
    if (asked.after < since || head() - asked.after > limits::replayEntries)
        return opened(user, asked.generation);
    PageReply reply = lastPage(user, asked.generation);
    reply.more = head() - asked.after > most;
    reply.entries = entries(asked.after + 1, reply.more ? asked.after + most : head());
    if (reply.more) {
        reply.marks.clear();
        reply.info.reset();
        reply.self.reset();
    }
    return reply;
}

PageReply ChatLog::opened(const UserId &user, quint32 generation, qint64 rows) const
{
    PageReply reply = lastPage(user, generation);
    Opened opened;
    opened.low = std::max(since, head() - rows + 1);
    opened.rows = rowsIn(opened.low, head());
    for (const auto &[each, member] : m_members)
        opened.members.push_back(member);
    for (const Entry &entry : m_entries) {
        if (entry.actor == user)
            opened.mine.push_back(entry.id);
    }
    reply.opened = opened;
    return reply;
}

HistoryReply ChatLog::history(const History &asked) const
{
    HistoryReply reply;
    reply.generation = asked.generation;
    reply.high = std::min(*asked.before - 1, head());
    reply.low = std::max(since, reply.high - qint64(asked.limit) + 1);
    reply.rows = rowsIn(reply.low, reply.high);
    return reply;
}

} // namespace parley
