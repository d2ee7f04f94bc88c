// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/simulation/world.h"

/// What people do with their devices.
namespace parley::simulation {
namespace {

/// The operation that an intent has just put into the outbox.
std::optional<Operation> newest(ClientCore &core, const ChatId &chat)
{
    const auto &items = core.outbox().items(chat);
    return items.empty() ? std::nullopt : std::optional(items.back().operation);
}

} // namespace

std::optional<ChatId> World::someChat(Device &device)
{
    std::vector<ChatId> chats;
    for (const Have &have : device.core().have())
        chats.push_back(have.chat);
    for (const ChatId &chat : device.core().outbox().chats())
        chats.push_back(chat);
    if (chats.empty())
        return std::nullopt;
    return chats[size_t(m_random.pick(int(chats.size())))];
}

std::optional<Row> World::someMessage(Device &device, const ChatId &chat)
{
    const Chat *known = device.core().chat(chat);
    if (!known || known->seq() == 0)
        return std::nullopt;
    const qint64 low = std::max<qint64>(1, known->seq() - 20);
    std::vector<Row> rows =
        device.cache().rows(chat, Interval{low, known->seq()}, Cache::Order::NewestFirst, 20);
    std::erase_if(rows, [](const Row &row) { return row.kind != Kind::Message; });
    if (rows.empty())
        return std::nullopt;
    return rows[size_t(m_random.pick(int(rows.size())))];
}

void World::act(Device &device)
{
    const auto chat = someChat(device);
    const int what = m_random.pick(100);
    if (!chat || what < 2) {
        const UserId other = m_users[size_t(m_random.pick(int(m_users.size())))];
        if (other != device.user) {
            if (const auto made = device.core().createDirect(other)) {
                if (const auto operation = newest(device.core(), *made); operation
                    && operation->kind == Kind::Create
                    && (device.wished.empty() || device.wished.back().id != operation->id))
                    device.remember(*made, operation->id, Kind::Create);
            }
        }
    } else if (what < 50) {
        say(device, *chat);
    } else if (what < 70) {
        change(device, *chat);
    } else if (what < 80) {
        governGroup(device, *chat);
    } else if (what < 93) {
        readOn(device, *chat);
    } else {
        keepState(device, *chat);
    }
    device.settle();
}

void World::say(Device &device, const ChatId &chat)
{
    NewMessage message;
    message.payload = device.name.toUtf8() + ' ' + QByteArray::number(device.wished.size());
    if (m_random.pick(5) == 0) {
        if (const auto answered = someMessage(device, chat))
            message.replyTo = answered->id;
    }
    if (const auto id = device.core().compose(chat, message)) {
        device.remember(chat, *id, Kind::Message);
        tell(QStringLiteral("%1 says %2").arg(device.name, QString::fromUtf8(message.payload)));
    }
}

void World::change(Device &device, const ChatId &chat)
{
    const auto row = someMessage(device, chat);
    if (!row)
        return;
    const size_t before = device.core().outbox().items(chat).size();
    Status done = Done{};
    switch (m_random.pick(5)) {
    case 0:
    case 1:
        done = device.core().edit(chat, row->id, ContentType::Text,
            "edit by " + device.name.toUtf8() + ' ' + QByteArray::number(m_random.pick(1000)));
        break;
    case 2:
        done = device.core().remove(chat, row->id);
        break;
    case 3:
        done = device.core().react(chat, row->id, QString::number(m_random.pick(3)));
        break;
    case 4:
        done = device.core().unreact(chat, row->id, QString::number(m_random.pick(3)));
        break;
    }
    if (done && device.core().outbox().items(chat).size() > before) {
        const auto operation = newest(device.core(), chat);
        device.remember(chat, operation->id, operation->kind);
    }
}

void World::governGroup(Device &device, const ChatId &chat)
{
    const UserId other = m_users[size_t(m_random.pick(int(m_users.size())))];
    const size_t before = device.core().outbox().items(chat).size();
    Status done = Done{};
    switch (m_random.pick(9)) {
    case 0:
    case 1:
        done = device.core().addMember(chat, other);
        break;
    case 2:
    case 3:
        done = device.core().removeMember(chat, other);
        break;
    case 4:
        done = device.core().setTitle(chat, QStringLiteral("Title %1").arg(m_random.pick(50)));
        break;
    case 5:
        done = device.core().setRole(chat, other,
            m_random.pick(4) == 0  ? Role::Owner
                : m_random.pick(2) ? Role::Admin
                                   : Role::Member);
        break;
    case 6:
        done = device.core().changeOwnMembership(chat, Kind::Accept);
        break;
    case 7:
        done =
            device.core().changeOwnMembership(chat, m_random.pick(2) ? Kind::Block : Kind::Unblock);
        break;
    case 8:
        if (m_random.pick(4) == 0)
            done = device.core().changeOwnMembership(chat, Kind::Leave);
        break;
    }
    if (done && device.core().outbox().items(chat).size() > before) {
        const auto operation = newest(device.core(), chat);
        device.remember(chat, operation->id, operation->kind);
        tell(QStringLiteral("%1 governs, kind %2").arg(device.name).arg(int(operation->kind)));
    }
}

void World::readOn(Device &device, const ChatId &chat)
{
    const Chat *known = device.core().chat(chat);
    if (known && known->seq() > 0)
        (void)device.core().markRead(chat, 1 + m_random.pick(int(known->seq())));
}

void World::keepState(Device &device, const ChatId &chat)
{
    if (m_random.pick(5) == 0) {
        const Privacy privacy{m_random.pick(2) == 0, m_random.pick(2) == 0, m_random.pick(2) == 0};
        (void)device.core().setState(QStringLiteral("privacy"), toCbor(privacy));
        return;
    }
    std::optional<QByteArray> value;
    if (m_random.pick(3) > 0)
        value = QByteArray::number(m_random.pick(100));
    (void)device.core().setState(QStringLiteral("mute/") + chat.text(), value);
}

} // namespace parley::simulation
