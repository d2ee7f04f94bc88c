// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/simulation/world.h"

/// What must hold, in the words of the protocol's section on it.
namespace parley::simulation {

namespace {

QString place(const ChatId &chat, const char *what)
{
    return QStringLiteral("chat %1: %2").arg(chat.text().left(6), QLatin1String(what));
}

/// What the device's own user state says of the chat.
QString ownWord(Device &device, const ChatId &id)
{
    const auto value = device.core().state().value(QStringLiteral("chat/") + id.text());
    const auto state = value ? fromCbor<ChatState>(*value) : Result<ChatState>(ErrorCode::NotFound);
    if (!state)
        return QStringLiteral("its state has no word of it");
    return QStringLiteral("its state: at %1, since %2")
        .arg(state->at)
        .arg(state->since.value_or(-1));
}

qint64 unreadByCounting(const MemoryChat &chat, const UserId &user, qint64 read)
{
    return std::count_if(chat.rows.begin(), chat.rows.end(), [&](const auto &item) {
        const Row &row = item.second;
        return row.kind == Kind::Message && row.sender != user && row.seq > read;
    });
}

} // namespace

/// 2: seq is dense, ids are unique. 14: deleted payloads are gone.
std::optional<QString> World::checkLogs() const
{
    for (const auto &[id, chat] : m_server.state().chats) {
        if (!chat.state)
            continue;
        std::set<MessageId> seen;
        qint64 expected = 0;
        for (const Entry &entry : chat.entries) {
            if (entry.seq != ++expected)
                return place(id, "the log is not dense");
            if (!seen.insert(entry.id).second)
                return place(id, "an id stands twice in the log");
        }
        if (chat.state->head != expected)
            return place(id, "the head is not the last entry");
        for (const auto &[seq, row] : chat.rows) {
            if (row.deleted && !row.payload.isEmpty())
                return place(id, "a deleted payload is still there");
        }
        for (const auto &[user, member] : chat.state->members) {
            if (chat.state->unread(user) != unreadByCounting(chat, user, member.read))
                return place(id, "unread is not what counting says");
        }
    }
    return std::nullopt;
}

/// 3: an ok that any client saw survives.
std::optional<QString> World::checkAcknowledged() const
{
    for (const auto &[operation, seq] : m_server.acknowledged) {
        const auto chat = m_server.state().chats.find(operation.first);
        if (chat == m_server.state().chats.end())
            return place(operation.first, "an acknowledged chat is gone");
        const auto known = chat->second.operations.find(operation.second);
        if (known == chat->second.operations.end() || known->second.seq != seq)
            return place(operation.first, "an acknowledged operation is gone, or elsewhere");
    }
    return std::nullopt;
}

/// 1: everything that was written is in the log once, or was refused. 4: in the order of writing.
std::optional<QString> World::checkWishes()
{
    for (const auto &device : m_devices) {
        std::map<ChatId, qint64> lastSeq;
        for (const Wished &wish : device->wished) {
            const auto chat = m_server.state().chats.find(wish.chat);
            const KnownOperation *known = nullptr;
            if (chat != m_server.state().chats.end()) {
                const auto found = chat->second.operations.find(wish.id);
                if (found != chat->second.operations.end())
                    known = &found->second;
            }
            if (!known) {
                // Refused without a trace: a stranger's, or one that came before its chat.
                const OutboxItem *waiting = device->core().outbox().find(wish.chat, wish.id);
                if (waiting && !waiting->failure)
                    return place(wish.chat, "something written was never answered");
                if (m_server.wasRestored || !waiting)
                    continue;
                continue;
            }
            if (!known->seq)
                continue;
            // After a restore what was sent again comes behind what was sent since.
            if (!m_server.wasRestored && *known->seq < lastSeq[wish.chat])
                return place(wish.chat, "the order of writing is broken");
            lastSeq[wish.chat] = *known->seq;
        }
    }
    return std::nullopt;
}

/// 9: at rest all devices are at the heads, with nothing left to send.
std::optional<QString> World::checkDevice(Device &device)
{
    if (!device.core().isLive())
        return QStringLiteral("not live at rest");
    if (!device.core().outbox().isIdle())
        return QStringLiteral("the outbox is not empty at rest");
    const auto user = m_server.state().users.find(device.user);
    if (device.core().state().revision() != user->second.state.revision)
        return QStringLiteral("behind in user state at rest");
    for (const auto &[id, stored] : m_server.state().chats) {
        if (!stored.state)
            continue;
        if (auto wrong = checkChat(device, id, stored))
            return place(id, wrong->toLatin1().constData());
    }
    return std::nullopt;
}

/// 5: every row that a device holds equals the server's. 7: it lacks none that it claims.
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
        return QStringLiteral("does not know that it belongs here (%1)").arg(ownWord(device, id));
    const qint64 since = member->second.row.since;
    if (chat->seq() != stored.state->head)
        return QStringLiteral("not at the head: %1 of %2").arg(chat->seq()).arg(stored.state->head);
    if (!chat->held.covers(since, stored.state->head))
        return QStringLiteral("has holes at rest");
    std::vector<Row> expected;
    for (const auto &[seq, row] : stored.rows) {
        if (seq >= since)
            expected.push_back(row);
    }
    const std::vector<Row> held = device.cache().rows(
        id, Interval{since, stored.state->head}, Cache::Order::OldestFirst, 100'000);
    if (held != expected)
        return QStringLiteral("its rows are not the server's");
    const Mark own = chat->mark(device.user);
    if (own.read != member->second.read || own.delivered != member->second.delivered)
        return QStringLiteral("its own marks are not the server's");
    if (member->second.row.state == MemberState::Member && own.delivered != stored.state->head)
        return QStringLiteral("delivered is not at the head at rest");
    if (device.core().screen().unread(*chat)
        != unreadByCounting(stored, device.user, chat->readUpTo(device.user)))
        return QStringLiteral("unread is not what counting says");
    return std::nullopt;
}

} // namespace parley::simulation
