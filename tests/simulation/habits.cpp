// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/core/statekeys.h"
#include "tests/simulation/forgery.h"
#include "tests/simulation/world.h"

/// What people do beside writing: they read, look, keep things, and pry.
namespace parley::simulation {

void World::readOn(Device &device, const ChatId &chat)
{
    const Chat *known = device.core().chat(chat);
    if (!known || known->seq() == 0)
        return;
    ++m_server.counts[QStringLiteral("feature: read")];
    const bool isAll = m_random.pick(2) == 0;
    (void)device.core().markRead(chat, isAll ? known->seq() : 1 + m_random.pick(int(known->seq())));
}

void World::keepState(Device &device, const ChatId &chat)
{
    const int what = m_random.pick(10);
    if (what < 2) {
        ++m_server.counts[QStringLiteral("feature: privacy switched")];
        const Privacy privacy{m_random.pick(2) == 0, m_random.pick(2) == 0, m_random.pick(2) == 0};
        (void)device.core().setState(statekeys::privacy(), toCbor(privacy));
        return;
    }
    std::optional<QByteArray> value;
    if (m_random.pick(3) > 0)
        value = QByteArray::number(m_random.pick(100));
    const QString key = what < 5 ? statekeys::mute(chat)
        : what < 7               ? statekeys::draft(chat)
        : what < 9               ? statekeys::unread(chat)
                                 : QStringLiteral("folder/%1").arg(m_random.pick(3));
    ++m_server.counts[QStringLiteral("feature: ") + key.section(QLatin1Char('/'), 0, 0)];
    (void)device.core().setState(key, value);
}

/// What is on the screen. Plain peers show less.
void World::look(Device &device, const ChatId &chat)
{
    ClientCore &core = device.core();
    if (device.peer == Peer::Plain)
        return;
    const Chat *known = core.chat(chat);
    const qint64 seq = known ? known->seq() : 0;
    switch (m_random.pick(9)) {
    case 0:
        core.focus(m_random.pick(4) == 0 ? std::nullopt : std::optional(chat));
        break;
    case 1:
        core.watch({someUser(), someUser()});
        break;
    case 2:
        core.setActive(m_random.pick(2) == 0);
        break;
    case 3:
    case 4:
        core.setTyping(chat, m_random.pick(3) > 0);
        break;
    case 5:
        if (seq > 1) {
            ++m_server.counts[QStringLiteral("feature: history wanted")];
            const qint64 low = 1 + m_random.pick(int(seq));
            core.wantHistory(chat, low, low + m_random.pick(20));
        }
        break;
    case 6:
        core.wantUsers({someUser()});
        break;
    case 7:
        if (const auto row = someMessage(device, chat))
            core.wantDelivery(chat, row->id, 7);
        break;
    case 8:
        core.setBackfill(m_random.pick(2) == 0);
        break;
    }
}

/// Asks for what may be no business of this person's. What is answered is judged on its way out.
void World::pry(Device &device)
{
    const auto &chats = m_server.state().chats;
    if (chats.empty())
        return;
    auto chosen = chats.begin();
    std::advance(chosen, m_random.pick(int(chats.size())));
    const ChatId &chat = chosen->first;
    const bool isMine = device.core().chat(chat) && device.core().chat(chat)->isMine();
    if (m_random.pick(2) == 0) {
        const int what = m_random.pick(5);
        if ((what < 2 && sayAgain(device)) || (what == 2 && takeAnId(device, chat)))
            return;
        ++m_server.counts[QStringLiteral("case: forgery")];
        if (const auto forged = forgery(m_random, chat, chosen->second, m_server.nowMs))
            device.ask(*forged);
        return;
    }
    const qint64 place = 1 + m_random.pick(50);
    switch (m_random.pick(isMine ? 9 : 13)) {
    case 0:
    case 1: {
        History history;
        history.chat = chat;
        (m_random.pick(2) ? history.before : history.around) = place;
        history.limit = 100;
        return device.ask(history);
    }
    case 2:
        return device.ask(Members{chat, {}});
    case 3:
        return device.ask(Marks{chat, {}});
    case 4:
        return device.ask(Devices{});
    case 5:
        return device.ask(FindUser{QStringLiteral("user%1").arg(m_random.pick(6))});
    case 6: {
        SetProfile profile;
        profile.status = QStringLiteral("Status %1").arg(m_random.pick(100));
        return device.ask(profile);
    }
    case 7:
        return device.ask(Users{m_users});
    case 8:
        return device.ask(Watch{m_users});
    case 9:
        return device.ask(Page{chat, place - 1, 0});
    case 10:
        return device.ask(MarkUp{chat, place, place});
    case 11:
        return device.ask(Typing{chat, true});
    case 12:
        return device.ask(Focus{chat});
    }
}

/// Says what was answered long ago again: as it was, or something else under the same id.
bool World::sayAgain(Device &device)
{
    const bool wasAccepted = m_random.pick(2) == 0;
    const auto &sends = wasAccepted ? device.acceptedSends : device.refusedSends;
    if (sends.empty())
        return false;
    Send send = sends[size_t(m_random.pick(int(sends.size())))];
    Operation &operation = send.operations.front();
    device.saidAgain.insert(operation.id);
    // A restored store may not know the id any more.
    const bool changes = wasAccepted && operation.kind == Kind::Message && !m_server.wasRestored
        && m_random.pick(2) == 0;
    if (changes)
        operation.payload = newPayload(device);
    ++m_server.counts[changes ? QStringLiteral("case: an id used twice")
            : wasAccepted     ? QStringLiteral("case: accepted, said again")
                              : QStringLiteral("case: refused, said again")];
    device.ask(send);
    return true;
}

/// Says something under the id of what another person has said there.
bool World::takeAnId(Device &device, const ChatId &chat)
{
    // A restored store may not know the id any more.
    if (m_server.wasRestored)
        return false;
    std::vector<const Send *> others;
    for (const auto &other : m_devices) {
        for (const Send &send : other->acceptedSends) {
            if (other->user != device.user && send.chat == chat)
                others.push_back(&send);
        }
    }
    if (others.empty())
        return false;
    Send send = *others[size_t(m_random.pick(int(others.size())))];
    if (send.operations.front().kind == Kind::Message)
        send.operations.front().payload = newPayload(device);
    ++m_server.counts[QStringLiteral("case: the id of another")];
    tell(QStringLiteral("%1 takes the id %2 of another")
             .arg(device.name, send.operations.front().id.text()));
    device.ask(send);
    return true;
}

/// A person gets a new device, or removes one of theirs.
void World::manageDevices(Device &device)
{
    const auto owner = std::find(m_users.begin(), m_users.end(), device.user);
    std::vector<Device *> others;
    for (const auto &each : m_devices) {
        if (each.get() != &device && each->user == device.user && !each->isRevoked)
            others.push_back(each.get());
    }
    if (m_random.pick(2) == 0 || others.empty()) {
        if (others.size() < 2 && m_server.isUp() && m_server.mayAddDevices()) {
            tell(device.name + QStringLiteral(" gets a companion"));
            ++m_server.counts[QStringLiteral("feature: new device")];
            addDevice(device.user, owner - m_users.begin());
        }
        return;
    }
    if (!device.isConnected() || !device.core().isLive() || others.size() < 2)
        return;
    Device *removed = others[size_t(m_random.pick(int(others.size())))];
    tell(QStringLiteral("%1 removes %2").arg(device.name, removed->name));
    ++m_server.counts[QStringLiteral("feature: device removed")];
    removed->isRevoked = true;
    device.ask(RevokeDevice{removed->id});
    // Who has stolen it comes back in this very moment.
    if (removed->isConnected() && m_random.pick(2) == 0) {
        removed->abandon();
        removed->connect();
    }
}

} // namespace parley::simulation
