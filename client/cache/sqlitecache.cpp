// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/cache/sqlitecache.h"

#include "client/core/merge.h"
#include "shared/codec/cbor.h"

using namespace Qt::StringLiterals;

namespace parley {

namespace {

std::optional<QByteArray> optionalBytes(const Statement &statement, int column)
{
    return statement.isNull(column) ? std::nullopt : std::optional(statement.bytes(column));
}

} // namespace

SqliteCache::SqliteCache(std::unique_ptr<FolderLock> lock, std::unique_ptr<Database> database)
    : m_lock(std::move(lock))
    , m_database(std::move(database))
{
}

SqliteCache::~SqliteCache()
{
    m_transaction.reset();
}

void SqliteCache::keep(const Error &error)
{
    if (!m_error)
        m_error = error;
}

void SqliteCache::begin()
{
    PARLEY_ASSERT(!m_transaction);
    m_error.reset();
    auto transaction = Transaction::begin(*m_database);
    if (transaction)
        m_transaction.emplace(*std::move(transaction));
    else
        keep(transaction.error());
}

Status SqliteCache::commit()
{
    const auto error = takeError();
    auto transaction = std::exchange(m_transaction, std::nullopt);
    if (error)
        return *error;
    PARLEY_ASSERT(transaction);
    return transaction->commit();
}

template <typename... Values>
void SqliteCache::write(const QString &sql, const Values &...values)
{
    if (m_error)
        return;
    PARLEY_ASSERT(m_transaction);
    if (auto done = m_database->run(sql, values...); !done)
        keep(done.error());
}

template <typename Take, typename... Values>
void SqliteCache::read(const QString &sql, Take &&take, const Values &...values)
{
    auto statement = m_database->statement(sql);
    statement.bindAll(values...);
    for (;;) {
        const auto more = statement.step();
        if (!more)
            keep(more.error());
        if (!more || !*more)
            return;
        take(statement);
    }
}

template <typename T>
std::optional<T> SqliteCache::body(const QByteArray &bytes)
{
    auto decoded = fromCbor<T>(bytes);
    if (decoded)
        return *std::move(decoded);
    keep(Error(ErrorCode::Damaged,
        u"The cache %1 holds what is no %2"_s.arg(m_database->path(), QLatin1String(T::name))));
    return std::nullopt;
}

CachedMeta SqliteCache::meta()
{
    CachedMeta meta;
    read(u"SELECT user, epoch, userRevision, serverTime FROM meta WHERE only = 1"_s,
        [&](const Statement &found) {
            meta = {found.optionalId<UserId>(0), found.optionalId<Epoch>(1), found.integer(2),
                found.integer(3)};
        });
    return meta;
}

void SqliteCache::saveMeta(const CachedMeta &meta)
{
    write(u"INSERT OR REPLACE INTO meta(only, user, epoch, userRevision, serverTime) "
          "VALUES(1, ?, ?, ?, ?)"_s,
        meta.user, meta.epoch, meta.userRevision, meta.serverTimeMs);
}

std::vector<CachedChat> SqliteCache::chats()
{
    std::vector<CachedChat> chats;
    read(u"SELECT id, generation, head, unread, unreadHead, readWanted, info, last FROM chat"_s,
        [&](const Statement &found) {
            CachedChat chat;
            chat.id = found.id<ChatId>(0);
            chat.generation = static_cast<quint32>(found.integer(1));
            chat.head = found.integer(2);
            chat.unread = found.integer(3);
            chat.unreadHead = found.integer(4);
            chat.readWanted = found.integer(5);
            if (!found.isNull(6))
                chat.info = body<ChatRow>(found.bytes(6));
            if (!found.isNull(7))
                chat.last = body<Row>(found.bytes(7));
            chats.push_back(std::move(chat));
        });
    return chats;
}

void SqliteCache::saveChat(const CachedChat &chat)
{
    const auto info = chat.info ? std::optional(toCbor(*chat.info)) : std::nullopt;
    const auto last = chat.last ? std::optional(toCbor(*chat.last)) : std::nullopt;
    write(u"INSERT OR REPLACE INTO chat(id, generation, head, unread, unreadHead, readWanted, "
          "info, last) VALUES(?, ?, ?, ?, ?, ?, ?, ?)"_s,
        chat.id, qint64(chat.generation), chat.head, chat.unread, chat.unreadHead, chat.readWanted,
        info, last);
}

void SqliteCache::removeChat(const ChatId &chat)
{
    removeRows(chat);
    write(u"DELETE FROM member WHERE chat = ?"_s, chat);
    write(u"DELETE FROM mark WHERE chat = ?"_s, chat);
    write(u"DELETE FROM chat WHERE id = ?"_s, chat);
}

std::optional<Row> SqliteCache::row(const ChatId &chat, const MessageId &id)
{
    std::optional<Row> row;
    read(
        u"SELECT body FROM row WHERE chat = ? AND id = ?"_s,
        [&](const Statement &found) { row = body<Row>(found.bytes(0)); }, chat, id);
    return row;
}

void SqliteCache::saveRow(const ChatId &chat, const Row &row)
{
    write(u"INSERT OR REPLACE INTO row(chat, id, seq, revision, kind, sender, body) "
          "VALUES(?, ?, ?, ?, ?, ?, ?)"_s,
        chat, row.id, row.seq, row.revision, qint64(row.kind), row.sender, toCbor(row));
}

void SqliteCache::removeRows(const ChatId &chat)
{
    write(u"DELETE FROM row WHERE chat = ?"_s, chat);
    write(u"DELETE FROM entry WHERE chat = ?"_s, chat);
    write(u"DELETE FROM interval WHERE chat = ?"_s, chat);
}

std::vector<Row> SqliteCache::rows(const ChatId &chat, Interval places, Order order, int limit)
{
    const QString sql = order == Order::NewestFirst
        ? u"SELECT body FROM row WHERE chat = ? AND seq BETWEEN ? AND ? AND kind <= ? "
          "ORDER BY seq DESC LIMIT ?"_s
        : u"SELECT body FROM row WHERE chat = ? AND seq BETWEEN ? AND ? AND kind <= ? "
          "ORDER BY seq LIMIT ?"_s;
    std::vector<Row> rows;
    read(
        sql,
        [&](const Statement &found) {
            if (auto row = body<Row>(found.bytes(0)))
                rows.push_back(*std::move(row));
        },
        chat, places.low, places.high, qint64(lastKnownKind), limit);
    return rows;
}

qint64 SqliteCache::countMessages(const ChatId &chat, qint64 aboveSeq, const UserId &notBy)
{
    qint64 count = 0;
    read(
        u"SELECT count(*) FROM row WHERE chat = ? AND seq > ? AND kind = ? AND sender <> ?"_s,
        [&](const Statement &found) { count = found.integer(0); }, chat, aboveSeq,
        qint64(Kind::Message), notBy);
    return count;
}

void SqliteCache::saveUnknownEntry(const ChatId &chat, const Entry &entry)
{
    write(u"INSERT OR REPLACE INTO entry(chat, seq, body) VALUES(?, ?, ?)"_s, chat, entry.seq,
        toCbor(entry));
}

Intervals SqliteCache::intervals(const ChatId &chat)
{
    Intervals intervals;
    read(
        u"SELECT low, high FROM interval WHERE chat = ?"_s,
        [&](const Statement &found) { intervals.add(found.integer(0), found.integer(1)); }, chat);
    return intervals;
}

void SqliteCache::saveIntervals(const ChatId &chat, const Intervals::Change &change)
{
    for (const qint64 low : change.removedLows) {
        if (low != change.added.low)
            write(u"DELETE FROM interval WHERE chat = ? AND low = ?"_s, chat, low);
    }
    write(u"INSERT OR REPLACE INTO interval(chat, low, high) VALUES(?, ?, ?)"_s, chat,
        change.added.low, change.added.high);
}

std::vector<MemberRow> SqliteCache::members(const ChatId &chat)
{
    std::vector<MemberRow> members;
    read(
        u"SELECT body FROM member WHERE chat = ?"_s,
        [&](const Statement &found) {
            if (auto member = body<MemberRow>(found.bytes(0)))
                members.push_back(*member);
        },
        chat);
    return members;
}

std::optional<MemberRow> SqliteCache::member(const ChatId &chat, const UserId &user)
{
    std::optional<MemberRow> member;
    read(
        u"SELECT body FROM member WHERE chat = ? AND user = ?"_s,
        [&](const Statement &found) { member = body<MemberRow>(found.bytes(0)); }, chat, user);
    return member;
}

void SqliteCache::saveMember(const ChatId &chat, const MemberRow &member)
{
    write(u"INSERT OR REPLACE INTO member(chat, user, body) VALUES(?, ?, ?)"_s, chat, member.user,
        toCbor(member));
}

std::vector<Mark> SqliteCache::marks(const ChatId &chat)
{
    std::vector<Mark> marks;
    read(
        u"SELECT user, delivered, read FROM mark WHERE chat = ?"_s,
        [&](const Statement &found) {
            marks.push_back({found.id<UserId>(0), found.integer(1), found.integer(2)});
        },
        chat);
    return marks;
}

void SqliteCache::saveMark(const ChatId &chat, const Mark &mark)
{
    write(u"INSERT OR REPLACE INTO mark(chat, user, delivered, read) VALUES(?, ?, ?, ?)"_s, chat,
        mark.user, mark.delivered, mark.read);
}

std::vector<OutboxItem> SqliteCache::outbox()
{
    std::vector<OutboxItem> items;
    read(u"SELECT position, chat, failure, body FROM outbox ORDER BY position"_s,
        [&](const Statement &found) {
            auto operation = body<Operation>(found.bytes(3));
            if (!operation)
                return;
            OutboxItem item{
                found.integer(0), found.id<ChatId>(1), *std::move(operation), std::nullopt};
            if (!found.isNull(2))
                item.failure = static_cast<ErrorCode>(found.integer(2));
            items.push_back(std::move(item));
        });
    return items;
}

void SqliteCache::saveOutbox(const OutboxItem &item)
{
    const auto failure = item.failure ? std::optional(qint64(*item.failure)) : std::nullopt;
    write(u"INSERT OR REPLACE INTO outbox(position, chat, failure, body) VALUES(?, ?, ?, ?)"_s,
        item.position, item.chat, failure, toCbor(item.operation));
}

void SqliteCache::removeOutbox(qint64 position)
{
    write(u"DELETE FROM outbox WHERE position = ?"_s, position);
}

void SqliteCache::saveSent(const SentItem &item)
{
    write(u"INSERT OR REPLACE INTO sent(position, chat, seq, time, body) VALUES(?, ?, ?, ?, ?)"_s,
        item.position, item.chat, item.seq, item.timeMs, toCbor(item.operation));
}

std::vector<SentItem> SqliteCache::readSent(const QString &where, const auto &...values)
{
    std::vector<SentItem> items;
    read(
        u"SELECT position, chat, seq, time, body FROM sent WHERE "_s + where,
        [&](const Statement &found) {
            if (auto operation = body<Operation>(found.bytes(4)))
                items.push_back({found.integer(0), found.id<ChatId>(1), *std::move(operation),
                    found.integer(2), found.integer(3)});
        },
        values...);
    return items;
}

std::vector<SentItem> SqliteCache::sentAbove(const ChatId &chat, qint64 seq)
{
    return readSent(u"chat = ? AND seq > ? ORDER BY seq"_s, chat, seq);
}

std::vector<SentItem> SqliteCache::sentSince(qint64 sinceMs)
{
    auto items = readSent(u"time >= ?"_s, sinceMs);
    std::ranges::sort(items, {}, &SentItem::position);
    return items;
}

void SqliteCache::removeSentBefore(qint64 timeMs)
{
    write(u"DELETE FROM sent WHERE time < ?"_s, timeMs);
}

qint64 SqliteCache::highestPosition()
{
    qint64 highest = 0;
    const auto take = [&](const Statement &found) {
        highest = std::max(highest, found.integer(0));
    };
    read(u"SELECT max(position) FROM outbox"_s, take);
    read(u"SELECT max(position) FROM sent"_s, take);
    return highest;
}

std::vector<std::pair<UserId, qint64>> SqliteCache::userRevisions()
{
    std::vector<std::pair<UserId, qint64>> revisions;
    read(u"SELECT id, revision FROM user"_s, [&](const Statement &found) {
        revisions.emplace_back(found.id<UserId>(0), found.integer(1));
    });
    return revisions;
}

std::optional<UserRow> SqliteCache::user(const UserId &id)
{
    std::optional<UserRow> user;
    read(
        u"SELECT body FROM user WHERE id = ?"_s,
        [&](const Statement &found) { user = body<UserRow>(found.bytes(0)); }, id);
    return user;
}

void SqliteCache::saveUser(const UserRow &user)
{
    write(u"INSERT OR REPLACE INTO user(id, revision, body) VALUES(?, ?, ?)"_s, user.id,
        user.revision, toCbor(user));
}

std::vector<StateRow> SqliteCache::state()
{
    std::vector<StateRow> rows;
    read(u"SELECT key, value, revision FROM state"_s, [&](const Statement &found) {
        rows.push_back({found.text(0), optionalBytes(found, 1), found.integer(2)});
    });
    return rows;
}

void SqliteCache::saveState(const StateRow &row)
{
    write(u"INSERT OR REPLACE INTO state(key, value, revision) VALUES(?, ?, ?)"_s, row.key,
        row.value, row.revision);
}

std::vector<Wish> SqliteCache::wishes()
{
    std::vector<Wish> wishes;
    read(u"SELECT key, value FROM wish"_s, [&](const Statement &found) {
        wishes.push_back({found.text(0), optionalBytes(found, 1)});
    });
    return wishes;
}

void SqliteCache::saveWish(const Wish &wish)
{
    write(u"INSERT OR REPLACE INTO wish(key, value) VALUES(?, ?)"_s, wish.key, wish.value);
}

void SqliteCache::removeWish(const QString &key)
{
    write(u"DELETE FROM wish WHERE key = ?"_s, key);
}

void SqliteCache::removeServerContent()
{
    for (const QString &sql : {u"DELETE FROM chat"_s, u"DELETE FROM row"_s, u"DELETE FROM entry"_s,
             u"DELETE FROM interval"_s, u"DELETE FROM member"_s, u"DELETE FROM mark"_s,
             u"DELETE FROM user"_s, u"DELETE FROM state"_s})
        write(sql);
}

} // namespace parley
