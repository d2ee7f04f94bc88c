// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/store/sqlite/chattables.h"

#include "shared/limits.h"
#include "shared/mutation.h"

using namespace Qt::StringLiterals;

namespace parley {

namespace {

StoredMember readMember(const Statement &s)
{
    StoredMember member;
    member.row.user = s.id<UserId>(0);
    member.row.state = static_cast<MemberState>(s.integer(1));
    member.row.role = static_cast<Role>(s.integer(2));
    member.row.since = s.integer(3);
    member.row.revision = s.integer(4);
    member.row.receiptsOff = s.integer(5) != 0;
    member.row.blocking = s.integer(6) != 0;
    member.delivered = s.integer(7);
    member.read = s.integer(8);
    member.ownMessages = s.integer(9);
    member.readMessages = s.integer(10);
    return member;
}

ChatRow readChatRow(const Statement &s)
{
    ChatRow row;
    row.kind = static_cast<ChatKind>(s.integer(0));
    row.title = s.text(1);
    row.revision = s.integer(2);
    row.created = s.integer(3);
    row.members = static_cast<quint32>(s.integer(4));
    for (const int column : {5, 6}) {
        if (const auto user = s.optionalId<UserId>(column))
            row.users.push_back(*user);
    }
    return row;
}

UserHead readHead(const Statement &s)
{
    UserHead head;
    head.chat = s.id<ChatId>(0);
    head.head = s.integer(1);
    head.since = s.integer(2);
    head.lastTime = s.integer(3);
    head.state = static_cast<MemberState>(s.integer(4));
    head.unread = std::max<qint64>(0, s.integer(5));
    head.marks = s.integer(6);
    return head;
}

std::optional<UserId> userAt(const ChatRow &row, size_t place)
{
    return place < row.users.size() ? std::optional(row.users[place]) : std::nullopt;
}

} // namespace

Result<std::optional<qint64>> ChatTables::head(const ChatId &chat)
{
    return m_database.integer(u"SELECT head FROM chats WHERE chat = ?"_s, chat);
}

Result<std::optional<ChatRow>> ChatTables::row(const ChatId &chat)
{
    return readFirst(m_database
                         .statement(u"SELECT kind, title, revision, created, memberCount, userA, "
                                    "userB FROM chats WHERE chat = ?"_s)
                         .bind(chat),
        readChatRow);
}

Result<std::optional<ChatAggregate>> ChatTables::aggregate(const ChatId &chat)
{
    auto found = readFirst(
        m_database
            .statement(u"SELECT kind, title, revision, created, memberCount, userA, userB, head, "
                       "lastTime, messages FROM chats WHERE chat = ?"_s)
            .bind(chat),
        [&](const Statement &s) {
            ChatAggregate aggregate;
            aggregate.chat = chat;
            aggregate.row = readChatRow(s);
            aggregate.head = s.integer(7);
            aggregate.lastTime = s.integer(8);
            aggregate.messages = s.integer(9);
            return aggregate;
        });
    if (!found || !*found)
        return found;
    const auto all = members(chat, {}, -1);
    if (!all)
        return all.error();
    for (const StoredMember &member : *all)
        (*found)->members.emplace_hint((*found)->members.end(), member.row.user, member);
    return found;
}

Result<std::optional<StoredMember>> ChatTables::member(const ChatId &chat, const UserId &user)
{
    return readFirst(
        m_database
            .statement(u"SELECT user, state, role, since, revision, receiptsOff, blocking, "
                       "delivered, read, ownMessages, readMessages FROM members "
                       "WHERE chat = ? AND user = ?"_s)
            .bindAll(chat, user),
        readMember);
}

Result<std::vector<StoredMember>> ChatTables::members(
    const ChatId &chat, const std::optional<UserId> &after, qsizetype most)
{
    return readAll(
        m_database
            .statement(u"SELECT user, state, role, since, revision, receiptsOff, blocking, "
                       "delivered, read, ownMessages, readMessages FROM members "
                       "WHERE chat = ? AND user > ? ORDER BY user LIMIT ?"_s)
            .bindAll(chat, after ? after->bytes() : QByteArray(), qint64(most)),
        readMember);
}

// The sum is the rule of visibleMarksSum, and unread that of ChatAggregate::unread, computed where
// the rows are: a person may have a thousand chats. A test compares the two.
Result<std::vector<UserHead>> ChatTables::heads(const UserId &user)
{
    return readAll(
        m_database
            .statement(u"SELECT m.chat, c.head, m.since, c.lastTime, m.state, "
                       "c.messages - m.ownMessages - m.readMessages, "
                       "CASE WHEN c.memberCount > ? OR (SELECT count(*) FROM members AS p "
                       "WHERE p.chat = m.chat) > ? THEN m.delivered + m.read ELSE "
                       "(SELECT sum(o.delivered + CASE WHEN o.user = m.user THEN o.read "
                       "WHEN o.receiptsOff OR m.receiptsOff THEN 0 ELSE o.read END) "
                       "FROM members AS o WHERE o.chat = m.chat) END "
                       "FROM members AS m CROSS JOIN chats AS c ON c.chat = m.chat "
                       "WHERE m.user = ? AND m.state IN (?, ?) ORDER BY c.lastTime DESC, m.chat"_s)
            .bindAll(qint64(limits::marksMembers), qint64(limits::marksPeople), user,
                int(MemberState::Member), int(MemberState::Invited)),
        readHead);
}

Result<bool> ChatTables::haveCommonChat(const UserId &one, const UserId &other)
{
    const auto found = m_database.integer(
        u"SELECT 1 FROM members AS a CROSS JOIN members AS b ON b.chat = a.chat AND b.user = ? "
        "AND b.state = a.state AND NOT b.blocking WHERE a.user = ? AND a.state = ? "
        "AND NOT a.blocking LIMIT 1"_s,
        other, one, int(MemberState::Member));
    if (!found)
        return found.error();
    return found->has_value();
}

Result<bool> ChatTables::areServedTogether(const UserId &one, const UserId &other)
{
    const auto found = m_database.integer(
        u"SELECT 1 FROM members AS a CROSS JOIN members AS b ON b.chat = a.chat AND b.user = ? "
        "AND b.state IN (?, ?) WHERE a.user = ? AND a.state IN (?, ?) LIMIT 1"_s,
        other, int(MemberState::Member), int(MemberState::Invited), one, int(MemberState::Member),
        int(MemberState::Invited));
    if (!found)
        return found.error();
    return found->has_value();
}

Status ChatTables::putChat(const ChatAppend &append)
{
    const qint64 head = append.expectedHead + qint64(append.entries.size());
    if (append.expectedHead == 0) {
        PARLEY_ASSERT(append.row);
        const ChatRow &row = *append.row;
        return m_database.run(u"INSERT INTO chats(chat, kind, title, revision, created, "
                              "memberCount, userA, userB, head, lastTime, messages) "
                              "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
            append.chat, int(row.kind), row.title, row.revision, row.created, qint64(row.members),
            userAt(row, 0), userAt(row, 1), head, append.time, append.messages);
    }
    if (append.row) {
        if (auto done = putRow(append.chat, *append.row); !done)
            return done;
    }
    return m_database.run(u"UPDATE chats SET head = ?, lastTime = ?, messages = ? WHERE chat = ?"_s,
        head, append.time, append.messages, append.chat);
}

Status ChatTables::putRow(const ChatId &chat, const ChatRow &row)
{
    return m_database.run(u"UPDATE chats SET kind = ?, title = ?, revision = ?, created = ?, "
                          "memberCount = ?, userA = ?, userB = ? WHERE chat = ?"_s,
        int(row.kind), row.title, row.revision, row.created, qint64(row.members), userAt(row, 0),
        userAt(row, 1), chat);
}

// Most often a member only sent something: then the index by user need not be written.
Status ChatTables::putMember(const ChatId &chat, const StoredMember &member)
{
    const MemberRow &row = member.row;
    auto count = m_database.statement(
        u"UPDATE members SET ownMessages = ? WHERE chat = ? AND user = ? AND state = ? "
        "AND role = ? AND since = ? AND revision = ? AND receiptsOff = ? AND blocking = ?"_s);
    count.bindAll(member.ownMessages, chat, row.user, int(row.state), int(row.role), row.since,
        row.revision, int(row.receiptsOff), int(row.blocking));
    if (auto done = count.run(); !done || count.changedRows() > 0)
        return done;
    return m_database.run(
        u"INSERT INTO members(chat, user, state, role, since, revision, receiptsOff, blocking, "
        "ownMessages, delivered, read, readMessages) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0) "
        "ON CONFLICT(chat, user) DO UPDATE SET state = excluded.state, role = excluded.role, "
        "since = excluded.since, revision = excluded.revision, receiptsOff = excluded.receiptsOff, "
        "blocking = excluded.blocking, ownMessages = excluded.ownMessages"_s,
        chat, row.user, int(row.state), int(row.role), row.since, row.revision,
        int(row.receiptsOff), int(row.blocking), member.ownMessages);
}

Status ChatTables::raiseMark(const ChatId &chat, const StoredMark &mark)
{
    if (mutation(Mutation::MarkGoesBack, Mutation::MarkWrittenUncompared))
        return m_database.run(u"UPDATE members SET delivered = ?, readMessages = ?, read = ? "
                              "WHERE chat = ? AND user = ?"_s,
            mark.delivered, mark.readMessages, mark.read, chat, mark.user);
    return m_database.run(
        u"UPDATE members SET delivered = max(delivered, ?), "
        "readMessages = CASE WHEN ? > read THEN ? ELSE readMessages END, read = max(read, ?) "
        "WHERE chat = ? AND user = ?"_s,
        mark.delivered, mark.read, mark.readMessages, mark.read, chat, mark.user);
}

} // namespace parley
