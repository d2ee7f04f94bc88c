// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/simulation/storecontent.h"

#include "shared/codec/cbor.h"

using namespace Qt::StringLiterals;

namespace parley::simulation {
namespace {

/// As the product lays a row's reactions into their column.
struct Reactions {
    static constexpr auto name = "Reactions";
    std::vector<Reaction> all;
    static constexpr auto fields = std::tuple{field("all", &Reactions::all, "")};
};

template <typename Take>
Status each(Database &database, const QString &sql, const Take &take)
{
    auto statement = database.statement(sql);
    for (;;) {
        const auto row = statement.step();
        if (!row)
            return row.error();
        if (!*row)
            return Done{};
        take(statement);
    }
}

template <typename EnumType>
std::optional<EnumType> optionalEnum(const Statement &s, int column)
{
    const auto number = s.optionalInteger(column);
    return number ? std::optional(static_cast<EnumType>(*number)) : std::nullopt;
}

Status readChats(Database &database, MemoryState &state)
{
    return each(database,
        u"SELECT chat, kind, title, revision, created, memberCount, userA, userB, head, lastTime, "
        "messages FROM chats"_s,
        [&](const Statement &s) {
            const auto id = s.id<ChatId>(0);
            ChatAggregate &chat = state.chats[id].state.emplace();
            chat.chat = id;
            chat.row.kind = static_cast<ChatKind>(s.integer(1));
            chat.row.title = s.text(2);
            chat.row.revision = s.integer(3);
            chat.row.created = s.integer(4);
            chat.row.members = static_cast<quint32>(s.integer(5));
            for (const int column : {6, 7}) {
                if (const auto user = s.optionalId<UserId>(column))
                    chat.row.users.push_back(*user);
            }
            chat.head = s.integer(8);
            chat.lastTime = s.integer(9);
            chat.messages = s.integer(10);
        });
}

Status readMembers(Database &database, MemoryState &state)
{
    return each(database,
        u"SELECT chat, user, state, role, since, revision, receiptsOff, blocking, delivered, read, "
        "ownMessages, readMessages FROM members"_s,
        [&](const Statement &s) {
            const auto chat = s.id<ChatId>(0);
            StoredMember member;
            member.row = {s.id<UserId>(1), static_cast<MemberState>(s.integer(2)),
                static_cast<Role>(s.integer(3)), s.integer(4), s.integer(5), s.integer(6) != 0,
                s.integer(7) != 0};
            member.delivered = s.integer(8);
            member.read = s.integer(9);
            member.ownMessages = s.integer(10);
            member.readMessages = s.integer(11);
            state.chatsOf[member.row.user].insert(chat);
            if (auto &aggregate = state.chats[chat].state)
                aggregate->members.emplace(member.row.user, member);
        });
}

Status readLog(Database &database, MemoryState &state)
{
    auto done = each(database,
        u"SELECT chat, seq, kind, id, actor, time, target, user FROM entries ORDER BY chat, seq"_s,
        [&](const Statement &s) {
            Entry entry;
            entry.seq = s.integer(1);
            entry.kind = static_cast<Kind>(s.integer(2));
            entry.id = s.id<MessageId>(3);
            entry.actor = s.id<UserId>(4);
            entry.time = s.integer(5);
            entry.target = s.optionalId<MessageId>(6);
            entry.user = s.optionalId<UserId>(7);
            state.chats[s.id<ChatId>(0)].entries.push_back(std::move(entry));
        });
    if (!done)
        return done;
    return each(database,
        u"SELECT chat, seq, id, kind, revision, sender, time, editedAt, deleted, replyTo, "
        "threadRoot, expires, contentType, payload, user, text, role, reactions FROM rows"_s,
        [&](const Statement &s) {
            Row row;
            row.seq = s.integer(1);
            row.id = s.id<MessageId>(2);
            row.kind = static_cast<Kind>(s.integer(3));
            row.revision = s.integer(4);
            row.sender = s.id<UserId>(5);
            row.time = s.integer(6);
            row.editedAt = s.optionalInteger(7);
            row.deleted = s.integer(8) != 0;
            row.replyTo = s.optionalId<MessageId>(9);
            row.threadRoot = s.optionalId<MessageId>(10);
            row.expires = s.optionalInteger(11);
            row.contentType = static_cast<ContentType>(s.integer(12));
            row.payload = s.bytes(13);
            row.user = s.optionalId<UserId>(14);
            row.text = s.optionalText(15);
            row.role = optionalEnum<Role>(s, 16);
            if (const auto bytes = s.optionalBytes(17)) {
                if (auto reactions = fromCbor<Reactions>(*bytes))
                    row.reactions = std::move(reactions->all);
            }
            MemoryChat &chat = state.chats[s.id<ChatId>(0)];
            chat.places[row.id] = row.seq;
            chat.rows.emplace(row.seq, std::move(row));
        });
}

Status readOperations(Database &database, MemoryState &state)
{
    return each(database, u"SELECT chat, id, sender, content, seq, time, error FROM operations"_s,
        [&](const Statement &s) {
            KnownOperation known{s.id<MessageId>(1), s.id<UserId>(2), s.bytes(3),
                s.optionalInteger(4), s.integer(5), optionalEnum<ErrorCode>(s, 6)};
            state.chats[s.id<ChatId>(0)].operations.emplace(known.id, known);
        });
}

Status readUsers(Database &database, MemoryState &state)
{
    auto done = each(database,
        u"SELECT user, userName, displayName, status, statusUntil, profileRevision, passwordHash, "
        "admin, disabled, created, revision, stateKeys FROM users"_s,
        [&](const Statement &s) {
            UserAggregate &user = state.users[s.id<UserId>(0)].state;
            user.profile.id = s.id<UserId>(0);
            user.profile.userName = s.text(1);
            user.profile.displayName = s.text(2);
            user.profile.status = s.text(3);
            user.profile.statusUntil = s.optionalInteger(4);
            user.profile.revision = s.integer(5);
            user.passwordHash = s.bytes(6);
            user.admin = s.integer(7) != 0;
            user.disabled = s.integer(8) != 0;
            user.created = s.integer(9);
            user.revision = s.integer(10);
            user.stateKeys = s.integer(11);
        });
    if (!done)
        return done;
    done = each(database, u"SELECT user, picture FROM pictures"_s, [&](const Statement &s) {
        state.users[s.id<UserId>(0)].state.profile.picture = s.bytes(1);
    });
    if (!done)
        return done;
    done =
        each(database, u"SELECT user, key, value, revision FROM state"_s, [&](const Statement &s) {
            state.users[s.id<UserId>(0)].keys.emplace(
                s.text(1), StateRow{s.text(1), s.optionalBytes(2), s.integer(3)});
        });
    if (!done)
        return done;
    return each(database, u"SELECT user, device, name, created, lastSeen, tokenHash FROM devices"_s,
        [&](const Statement &s) {
            StoredDevice device;
            device.row.id = s.id<DeviceId>(1);
            device.row.deviceName = s.text(2);
            device.row.created = s.integer(3);
            device.row.lastSeen = s.integer(4);
            device.tokenHash = s.bytes(5);
            state.users[s.id<UserId>(0)].state.devices.push_back(std::move(device));
        });
}

Status readRest(Database &database, MemoryState &state)
{
    auto done = each(database, u"SELECT name, user FROM names"_s,
        [&](const Statement &s) { state.names.emplace(s.text(0), s.id<UserId>(1)); });
    if (!done)
        return done;
    done = each(
        database, u"SELECT user, chat, at, since, gone FROM derived"_s, [&](const Statement &s) {
            ChatState at{s.integer(2), s.optionalInteger(3)};
            at.gone = optionalEnum<MemberState>(s, 4);
            state.derived.push_back({s.id<ChatId>(1), s.id<UserId>(0), at});
        });
    if (!done)
        return done;
    return each(database, u"SELECT epoch FROM store"_s,
        [&](const Statement &s) { state.epoch = s.id<Epoch>(0); });
}

bool isBefore(const StoredDevice &one, const StoredDevice &other)
{
    return one.row.id < other.row.id;
}

std::optional<QString> difference(const MemoryChat &one, const MemoryChat &other)
{
    if (one.state != other.state)
        return u"its aggregate"_s;
    if (one.entries != other.entries)
        return u"its entries"_s;
    if (one.rows != other.rows)
        return u"its rows"_s;
    if (one.operations != other.operations)
        return u"its operations"_s;
    return std::nullopt;
}

std::optional<QString> difference(MemoryUser one, MemoryUser other)
{
    for (MemoryUser *user : {&one, &other}) {
        std::ranges::sort(user->state.devices, isBefore);
        user->state.privacy = {};
    }
    if (one.state != other.state)
        return u"the aggregate"_s;
    if (one.keys != other.keys)
        return u"the state"_s;
    return std::nullopt;
}

/// A chat of which only marks or nothing was tried leaves a trace in memory, none in a file.
bool isNothing(const MemoryChat &chat)
{
    return !chat.state && chat.operations.empty();
}

std::vector<std::tuple<UserId, ChatId, qint64>> promises(const MemoryState &state)
{
    std::vector<std::tuple<UserId, ChatId, qint64>> all;
    for (const Derived &derived : state.derived)
        all.emplace_back(derived.user, derived.chat, derived.at.at);
    std::ranges::sort(all);
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

} // namespace

Result<MemoryState> readStore(Database &database)
{
    MemoryState state;
    for (const auto read : {readChats, readMembers, readLog, readOperations, readUsers, readRest}) {
        if (auto done = read(database, state); !done)
            return done.error();
    }
    return state;
}

std::optional<QString> difference(const MemoryState &one, const MemoryState &other)
{
    if (one.epoch != other.epoch)
        return u"the epoch"_s;
    for (const auto *from : {&one, &other}) {
        const MemoryState &to = from == &one ? other : one;
        for (const auto &[id, chat] : from->chats) {
            const auto found = to.chats.find(id);
            if (found == to.chats.end()) {
                if (!isNothing(chat))
                    return u"chat %1 is in one only"_s.arg(id.text().left(6));
            } else if (auto what = difference(chat, found->second)) {
                return u"chat %1: %2"_s.arg(id.text().left(6), *what);
            }
        }
    }
    if (one.users.size() != other.users.size())
        return u"how many users there are"_s;
    for (const auto &[id, user] : one.users) {
        const auto found = other.users.find(id);
        if (found == other.users.end())
            return u"a user is in one only"_s;
        if (auto what = difference(user, found->second))
            return u"user %1: %2"_s.arg(user.state.profile.userName, *what);
    }
    if (one.names != other.names)
        return u"the names"_s;
    if (promises(one) != promises(other))
        return u"the derived writes that are promised"_s;
    return std::nullopt;
}

QString StoreHeads::text() const
{
    return u"heads %1, operations %2, marks %3, users %4, devices %5, derived %6, names %7"_s
        .arg(chats)
        .arg(operations)
        .arg(marks)
        .arg(users)
        .arg(devices)
        .arg(derived)
        .arg(names);
}

Result<StoreHeads> readHeads(Database &database)
{
    StoreHeads heads;
    const auto done = each(database,
        u"SELECT (SELECT sum(head) FROM chats), (SELECT count(*) FROM operations), "
        "(SELECT sum(delivered + read) FROM members), (SELECT sum(revision) FROM users), "
        "(SELECT sum(lastSeen - created + 1) FROM devices), (SELECT count(*) FROM derived), "
        "(SELECT count(*) FROM names)"_s,
        [&](const Statement &s) {
            heads = {s.integer(0), s.integer(1), s.integer(2), s.integer(3), s.integer(4),
                s.integer(5), s.integer(6)};
        });
    return done ? Result<StoreHeads>(heads) : done.error();
}

StoreHeads headsOf(const MemoryState &state)
{
    StoreHeads heads;
    for (const auto &[id, chat] : state.chats) {
        heads.operations += qint64(chat.operations.size());
        if (!chat.state)
            continue;
        heads.chats += chat.state->head;
        for (const auto &[user, member] : chat.state->members)
            heads.marks += member.delivered + member.read;
    }
    for (const auto &[id, user] : state.users) {
        heads.users += user.state.revision;
        for (const StoredDevice &device : user.state.devices)
            heads.devices += device.row.lastSeen - device.row.created + 1;
    }
    heads.derived = qint64(promises(state).size());
    heads.names = qint64(state.names.size());
    return heads;
}

} // namespace parley::simulation
