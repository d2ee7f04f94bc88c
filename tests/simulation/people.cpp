// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/simulation/payload.h"
#include "tests/simulation/world.h"

/// What people say and do in their chats.
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

void World::rememberNewest(Device &device, const ChatId &chat, size_t before, const Status &done)
{
    if (!done || !device.isOn() || device.core().outbox().items(chat).size() <= before)
        return;
    const auto operation = newest(device.core(), chat);
    device.remember(chat, operation->id, operation->kind);
    tell(QStringLiteral("%1 wants kind %2 in %3: %4")
             .arg(device.name)
             .arg(int(operation->kind))
             .arg(chat.text().left(6), operation->id.text()));
}

void World::act(Device &device)
{
    const auto chat = someChat(device);
    const int what = m_random.pick(100);
    if (!chat || what < 2)
        startChat(device);
    else if (what < 46)
        say(device, *chat);
    else if (what < 65)
        change(device, *chat);
    else if (what < 74)
        governGroup(device, *chat);
    else if (what < 83)
        readOn(device, *chat);
    else if (what < 88)
        keepState(device, *chat);
    else if (what < 92)
        look(device, *chat);
    else if (what < 93)
        settleFailures(device, *chat);
    else if (what < 97)
        pry(device);
    else
        manageDevices(device);
    device.settle();
}

void World::startChat(Device &device)
{
    if (m_random.pick(4) == 0) {
        std::vector<UserId> others;
        for (const UserId &user : m_users) {
            if (user != device.user && m_random.pick(2) == 0)
                others.push_back(user);
        }
        const auto made =
            device.core().createGroup(QStringLiteral("Group %1").arg(m_random.pick(100)), others);
        if (made)
            rememberNewest(device, *made, 0, Done{});
        return;
    }
    const UserId other = someUser();
    if (other == device.user)
        return;
    if (const auto made = device.core().createDirect(other)) {
        const auto operation = newest(device.core(), *made);
        const bool isNew = operation && operation->kind == Kind::Create
            && std::none_of(device.wished.begin(), device.wished.end(),
                [&](const Wished &wish) { return wish.id == operation->id; });
        if (isNew)
            rememberNewest(device, *made, 0, Done{});
    }
}

/// Different from all others of this world.
QByteArray World::newPayload(const Device &device)
{
    return payloadMark + device.name.toUtf8() + ' ' + QByteArray::number(m_random.next(), 36) + '>';
}

void World::say(Device &device, const ChatId &chat)
{
    NewMessage message;
    message.payload = newPayload(device);
    if (m_random.pick(40) == 0)
        message.payload += QByteArray(m_random.pick(2'000), 'x');
    if (m_random.pick(5) == 0) {
        if (const auto answered = someMessage(device, chat)) {
            message.replyTo = answered->id;
            ++m_server.counts[QStringLiteral("feature: reply")];
            if (m_random.pick(2) == 0)
                message.threadRoot = answered->id;
        }
    }
    if (m_random.pick(10) == 0) {
        message.wake.push_back(someUser());
        ++m_server.counts[QStringLiteral("feature: mention")];
    }
    const size_t before = device.core().outbox().items(chat).size();
    const auto said = device.core().compose(chat, message);
    rememberNewest(device, chat, before, said ? Status(Done{}) : Status(said.error()));
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
        done = device.core().edit(chat, row->id, ContentType::Text, newPayload(device));
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
    rememberNewest(device, chat, before, done);
}

void World::governGroup(Device &device, const ChatId &chat)
{
    const UserId other = someUser();
    size_t before = device.core().outbox().items(chat).size();
    Status done = Done{};
    switch (m_random.pick(10)) {
    case 0:
    case 1:
    case 2:
        done = device.core().addMember(chat, other);
        break;
    case 3:
        done = device.core().removeMember(chat, other);
        if (!done || m_random.pick(2) == 0)
            break;
        // And changes their mind: what the other is told of the two must come in order.
        rememberNewest(device, chat, before, done);
        before = device.core().outbox().items(chat).size();
        done = device.core().addMember(chat, other);
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
    case 7:
        done = device.core().changeOwnMembership(chat, Kind::Accept);
        break;
    case 8:
        done =
            device.core().changeOwnMembership(chat, m_random.pick(2) ? Kind::Block : Kind::Unblock);
        break;
    case 9:
        if (m_random.pick(4) == 0)
            done = device.core().changeOwnMembership(chat, Kind::Leave);
        break;
    }
    rememberNewest(device, chat, before, done);
}

/// What was refused is tried again, or given up.
void World::settleFailures(Device &device, const ChatId &chat)
{
    std::vector<MessageId> failed;
    for (const OutboxItem &item : device.core().outbox().items(chat)) {
        if (item.failure)
            failed.push_back(item.operation.id);
    }
    if (failed.empty())
        return;
    const MessageId id = failed[size_t(m_random.pick(int(failed.size())))];
    tell(QStringLiteral("%1 settles what failed: %2").arg(device.name, id.text()));
    const size_t before = device.core().outbox().items(chat).size() - 1;
    if (m_random.pick(2) == 0) {
        ++m_server.counts[QStringLiteral("feature: retry")];
        const auto done = device.core().retry(chat, id);
        // When its machine dies in the middle of it nobody knows whether that is stored.
        if (done || device.disk().isDown())
            device.discarded.push_back(id);
        rememberNewest(device, chat, before, done);
        return;
    }
    ++m_server.counts[QStringLiteral("feature: discard")];
    std::vector<MessageId> all;
    for (const OutboxItem &item : device.core().outbox().items(chat))
        all.push_back(item.operation.id);
    const bool endsChat = device.core().outbox().find(chat, id)->operation.kind == Kind::Create;
    const auto done = device.core().discard(chat, id);
    // With the creation of a chat everything that was written into it goes.
    for (const MessageId &each : all) {
        const bool mayBeGone = device.disk().isDown() && (each == id || endsChat);
        if (mayBeGone || (done && !device.core().outbox().find(chat, each)))
            device.discarded.push_back(each);
    }
}

} // namespace parley::simulation
