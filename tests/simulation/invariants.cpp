// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/simulation/laws.h"
#include "tests/simulation/world.h"

/// What must hold, by the numbers of the protocol's section on it. Each message of a violation
/// begins with its number. Where each is checked:
///
///  1  what an outbox took and nobody refused is in the log once     checkWishes
///  2  seq is dense, ids are unique                                  checkLogs
///  3  what was confirmed survives                                   checkAcknowledged; the SQLite
///     engine's witness (sqliteworldstore.cpp) after every crash
///  4  first in, first out                                           checkWishes
///  5  rows of held intervals are the server's                       checkChat
///  6  watermarks never go back                                      devices and ServerSide,
///  always;
///     all have the server's at rest                                 checkChat
///  7  no claim without its row                                      checkChat
///  8  nothing uncommitted is said                                   the oracle, every frame
///  9  well within three heartbeats                                  rest.cpp
/// 10  old snapshot and entries make a fresh snapshot                compareWithAFreshDevice
/// 11  nobody is sent what they may not read                         the oracle, every frame
/// 12  a connection's memory is bounded                              ServerSide::judge
/// 13  peers without, or with unknown, features                      they live in the same worlds
/// 14  deleted payloads are gone                                     checkLogs, the oracle, and the
///     bytes of the SQLite engine's files
/// 15  unread is what counting says                                  checkLogs, checkChat
/// 16  two owners harm nothing                                       worlds on the hostile store
/// 17  where nothing is missed there is no gap                       Device::noteGap
namespace parley::simulation {

namespace {

QString place(int number, const ChatId &chat, const QString &what)
{
    return QStringLiteral("%1: chat %2: %3").arg(number).arg(chat.text().left(6), what);
}

qint64 unreadByCounting(const MemoryChat &chat, const UserId &user, qint64 read)
{
    return std::count_if(chat.rows.begin(), chat.rows.end(), [&](const auto &item) {
        const Row &row = item.second;
        return row.kind == Kind::Message && row.sender != user && row.seq > read;
    });
}

/// A member knows the marks of all members; of who hides reads it may still know an old one.
bool hasMarksOf(const Chat &chat, const MemoryChat &stored, const UserId &viewer)
{
    const auto &members = stored.state->members;
    const MemberRow &own = members.at(viewer).row;
    if (own.state != MemberState::Member)
        return true;
    return std::all_of(members.begin(), members.end(), [&](const auto &item) {
        const auto &[user, member] = item;
        if (member.row.state != MemberState::Member)
            return true;
        const Mark held = chat.mark(user);
        const bool isHidden = user != viewer && (own.receiptsOff || member.row.receiptsOff);
        return held.delivered == member.delivered && (isHidden || held.read == member.read);
    });
}

} // namespace

std::optional<QString> World::checkEverything()
{
    if (auto wrong = compareWithAFreshDevice())
        return wrong;
    m_server.finish();
    if (auto wrong = violation())
        return wrong;
    for (const auto check : {&World::checkLogs, &World::checkAcknowledged}) {
        if (auto wrong = (this->*check)())
            return wrong;
    }
    if (auto wrong = checkWishes())
        return wrong;
    for (const auto &device : m_devices) {
        if (!mustBeWell(*device))
            continue;
        if (auto wrong = checkDevice(*device))
            return QStringLiteral("%1: %2").arg(*wrong, device->name);
    }
    return std::nullopt;
}

std::optional<QString> World::checkLogs() const
{
    if (const auto law = brokenLaw(m_server.state().chats))
        return law;
    for (const auto &[id, chat] : m_server.state().chats) {
        if (!chat.state)
            continue;
        std::set<MessageId> seen;
        qint64 expected = 0;
        for (const Entry &entry : chat.entries) {
            if (entry.seq != ++expected)
                return place(2, id, QStringLiteral("the log is not dense"));
            if (!seen.insert(entry.id).second)
                return place(2, id, QStringLiteral("an id stands twice in the log"));
        }
        if (chat.state->head != expected)
            return place(2, id, QStringLiteral("the head is not the last entry"));
        if (const auto law = brokenLaw(chat))
            return place(11, id, *law);
        for (const auto &[seq, row] : chat.rows) {
            if (row.deleted && !row.payload.isEmpty())
                return place(14, id, QStringLiteral("a deleted payload is still there"));
        }
        for (const auto &[user, member] : chat.state->members) {
            if (chat.state->unread(user) != unreadByCounting(chat, user, member.read))
                return place(15, id, QStringLiteral("unread is not what counting says"));
        }
    }
    return std::nullopt;
}

std::optional<QString> World::checkAcknowledged() const
{
    for (const auto &[operation, seq] : m_server.acknowledged) {
        const auto chat = m_server.state().chats.find(operation.first);
        if (chat == m_server.state().chats.end())
            return place(3, operation.first, QStringLiteral("a confirmed chat is gone"));
        const auto known = chat->second.operations.find(operation.second);
        if (known == chat->second.operations.end() || known->second.seq != seq)
            return place(
                3, operation.first, QStringLiteral("a confirmed operation is gone, or elsewhere"));
    }
    return std::nullopt;
}

std::optional<QString> World::checkWishes()
{
    const auto &chats = m_server.state().chats;
    for (const auto &device : m_devices) {
        if (!mustBeWell(*device))
            continue;
        std::map<ChatId, qint64> lastSeq;
        const std::set<MessageId> discarded(device->discarded.begin(), device->discarded.end());
        for (const Wished &wish : device->wished) {
            const auto chat = chats.find(wish.chat);
            const auto known = chat == chats.end() ? nullptr : &chat->second.operations;
            const auto found = known ? known->find(wish.id) : decltype(known->find(wish.id)){};
            if (!known || found == known->end()) {
                const OutboxItem *waiting = device->core().outbox().find(wish.chat, wish.id);
                if (waiting && !waiting->failure)
                    return place(1, wish.chat, QStringLiteral("something was never answered"));
                // A direct chat that the other one has made since a restore is what was wanted.
                const bool isThere = m_server.wasRestored && wish.kind == Kind::Create && known
                    && chat->second.state && chat->second.state->row.kind == ChatKind::Direct;
                if (!waiting && !isThere && !discarded.contains(wish.id)
                    && !device->refused.contains(wish.id))
                    return place(1, wish.chat,
                        QStringLiteral("kind %1 of %2 (%3) is lost")
                            .arg(int(wish.kind))
                            .arg(device->name, wish.id.text()));
                continue;
            }
            if (!found->second.seq || device->saidAgain.contains(wish.id))
                continue;
            // After a restore what was sent again comes behind what was sent since.
            if (!m_server.wasRestored && *found->second.seq < lastSeq[wish.chat])
                return place(4, wish.chat, QStringLiteral("the order of writing is broken"));
            lastSeq[wish.chat] = *found->second.seq;
        }
    }
    return std::nullopt;
}

std::optional<QString> World::checkDevice(Device &device)
{
    for (const auto &[id, stored] : m_server.state().chats) {
        if (!stored.state)
            continue;
        if (auto wrong = checkChat(device, id, stored))
            return place(5, id, *wrong);
    }
    return std::nullopt;
}

std::optional<QString> World::checkChat(Device &device, const ChatId &id, const MemoryChat &stored)
{
    const auto member = stored.state->members.find(device.user);
    const bool served = member != stored.state->members.end()
        && (member->second.row.state == MemberState::Member
            || member->second.row.state == MemberState::Invited);
    const Chat *chat = device.core().chat(id);
    if (!served)
        return chat && chat->isMine() ? std::optional(QStringLiteral("thinks that it belongs here"))
                                      : std::nullopt;
    if (!chat || !chat->isMine())
        return QStringLiteral("does not know that it belongs here");
    const qint64 since = member->second.row.since;
    if (chat->seq() != stored.state->head || !chat->held.covers(since, stored.state->head))
        return QStringLiteral("has holes at rest");
    std::vector<Row> expected;
    for (const auto &[seq, row] : stored.rows) {
        if (seq >= since)
            expected.push_back(row);
    }
    const std::vector<Row> held = device.cache().rows(
        id, Interval{since, stored.state->head}, Cache::Order::OldestFirst, 100'000);
    if (held.size() != expected.size())
        return QStringLiteral("7: it has not the rows that it claims");
    if (held != expected)
        return QStringLiteral("its rows are not the server's");
    if (!hasMarksOf(*chat, stored, device.user))
        return QStringLiteral("its watermarks are not the server's");
    if (device.core().screen().unread(*chat)
        != unreadByCounting(stored, device.user, chat->readUpTo(device.user)))
        return QStringLiteral("15: unread is not what counting says");
    return std::nullopt;
}

} // namespace parley::simulation
