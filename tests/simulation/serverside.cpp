// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/simulation/serverside.h"

#include "server/accounts/secrets.h"

namespace parley::simulation {
namespace {

/// How long a server is stopped, or gone.
constexpr int longestPauseMs = 90'000;
constexpr int longestOutageMs = 120'000;

/// Enough for a group of everybody.
constexpr quint32 fewMembers = 5;
constexpr quint32 manyMembers = 100'000;

Config worldConfig(const Mix &mix)
{
    Config config;
    // A world does in a moment what people do in a day: rates are not what is tried here.
    config.limits.commandsBurst = config.limits.commandsPerSecond = 1'000'000;
    config.limits.addressBurst = config.limits.addressPerSecond = 1'000'000;
    config.limits.requestsPerHour = 100'000;
    config.limits.announced.messagesBurst = config.limits.announced.messagesPerSecond = 1'000'000;
    config.limits.announced.chatsPerHour = 100'000;
    config.limits.announced.addedMembersPerHour = mix.hasQuota ? fewMembers : manyMembers;
    config.limits.sendQueueBytes = mix.sendQueueBytes;
    if (mix.people % 2 == 1)
        config.accounts.asking = QStringLiteral("direct");
    if (mix.batchOperations > 0)
        config.limits.announced.batchOperations = quint32(mix.batchOperations);
    return config;
}

} // namespace

ServerSide::ServerSide(SeededRandom &random, const Mix &mix, const MakeStore &makeStore)
    : m_random(random)
    , m_mix(mix)
    , m_config(worldConfig(mix))
    , m_oracle([this]() -> const MemoryState & { return state(); })
    , m_store(makeStore(counts))
    , m_nodes(size_t(m_store->owners()))
    , m_downUntilMs(m_nodes.size(), 0)
{
    boot();
}

bool ServerSide::isUp() const
{
    return std::any_of(
        m_nodes.begin(), m_nodes.end(), [](const auto &node) { return node && !node->isPaused(); });
}

void ServerSide::boot()
{
    for (size_t i = 0; i < m_nodes.size(); ++i) {
        if (m_nodes[i] || (m_hasFaults && nowMs < m_downUntilMs[i]))
            continue;
        auto opened = m_store->open();
        if (!opened.store) {
            if (!m_hasFaults && !m_store->isDown() && !violation)
                violation = QStringLiteral("the store does not open");
            continue;
        }
        m_nodes[i] = std::make_unique<Node>(*this, quint32(i) + 1, std::move(opened));
        if (m_nodes[i]->hasStarted())
            continue;
        // Whoever watches over it starts it again.
        m_nodes[i].reset();
        if (!m_hasFaults && !m_store->isDown())
            violation = QStringLiteral("the service did not start");
    }
    followLogs();
}

void ServerSide::crash()
{
    ++counts[QStringLiteral("fault: server crash")];
    const size_t which = m_nodes.size() == 1 ? 0 : size_t(m_random.pick(int(m_nodes.size())));
    if (m_nodes.size() == 1)
        m_store->goDown();
    m_nodes[which].reset();
    if (m_nodes.size() == 1)
        m_store->comeUp();
    if (m_nodes.size() > 1 && m_random.pick(2) == 0) {
        ++counts[QStringLiteral("fault: owner gone for a while")];
        m_downUntilMs[which] = nowMs + m_random.pick(longestOutageMs);
    }
}

void ServerSide::restore()
{
    // Of several servers some live through it, and do not know.
    std::vector<bool> survives(m_nodes.size(), false);
    if (m_nodes.size() > 1) {
        for (size_t i = 0; i < m_nodes.size(); ++i)
            survives[i] = m_nodes[i] && m_random.pick(2) == 0;
    }
    for (size_t i = 0; i < m_nodes.size(); ++i) {
        if (!survives[i])
            m_nodes[i].reset();
    }
    if (m_store->restore()) {
        ++counts[QStringLiteral("fault: restore")];
        m_oracle.forget();
        m_outcomes.forget();
        m_marks.clear();
        acknowledged.clear();
        wasRestored = true;
        for (size_t i = 0; i < m_nodes.size(); ++i) {
            if (!survives[i])
                continue;
            ++counts[QStringLiteral("fault: owner lived through a restore")];
            m_nodes[i]->cutAll();
        }
        followLogs();
    }
    boot();
}

void ServerSide::noteDeath()
{
    if (!violation)
        violation = m_store->violation();
    if (!m_store->isDown())
        return;
    ++counts[QStringLiteral("fault: server dies while storing")];
    for (auto &node : m_nodes)
        node.reset();
    m_store->comeUp();
}

void ServerSide::finish()
{
    m_store->finish();
    if (!violation)
        violation = m_store->violation();
}

void ServerSide::misfortune()
{
    m_store->misfortune();
    noteDeath();
    if (m_nodes.size() == 1) {
        // Whoever watches over it starts it again.
        if (!m_nodes.front() && m_random.pick(4) == 0)
            boot();
        return;
    }
    if (m_random.chance(m_store->ownerPause())) {
        if (Node *node = someNode()) {
            ++counts[QStringLiteral("fault: owner stopped for a while")];
            node->pausedUntilMs = nowMs + m_random.pick(longestPauseMs);
        }
    }
}

void ServerSide::endFaults()
{
    m_hasFaults = false;
    if (m_mix.hasQuota) {
        // What a server counts ends with it.
        m_config.limits.announced.addedMembersPerHour = manyMembers;
        for (auto &node : m_nodes)
            node.reset();
    }
    m_store->endFaults();
    noteDeath();
    for (const auto &node : m_nodes) {
        if (node)
            node->pausedUntilMs = 0;
    }
    boot();
}

Node *ServerSide::someNode()
{
    if (m_nodes.size() == 1)
        return m_nodes.front().get();
    std::vector<Node *> up;
    for (const auto &node : m_nodes) {
        if (node && !node->isPaused())
            up.push_back(node.get());
    }
    return up.empty() ? nullptr : up[size_t(m_random.pick(int(up.size())))];
}

std::shared_ptr<Wire> ServerSide::accept()
{
    Node *node = someNode();
    return node ? node->accept(++m_lastSession) : nullptr;
}

void ServerSide::forget(const std::shared_ptr<Wire> &wire)
{
    wire->cut();
    for (const auto &node : m_nodes) {
        if (node)
            node->drop(wire);
    }
}

UserId ServerSide::addUser(const QString &name)
{
    CreateUser create;
    create.user = m_random.id<UserId>();
    create.userName = create.foldedName = create.displayName = name;
    m_nodes.front()->handle(create);
    settle();
    return create.user;
}

QByteArray ServerSide::addDevice(const UserId &user, DeviceId &device)
{
    QByteArray token(limits::tokenBytes, '\0');
    m_random.fill(std::span(reinterpret_cast<quint8 *>(token.data()), size_t(token.size())));
    device = m_random.id<DeviceId>();
    m_nodes.front()->handle(MintToken{user, device, QStringLiteral("device"), tokenHash(token)});
    settle();
    if (hasDevice(user, device))
        m_devices.emplace_back(device, user);
    return token;
}

bool ServerSide::hasDevice(const UserId &user, const DeviceId &device) const
{
    const auto stored = state().users.find(user);
    return stored != state().users.end()
        && std::any_of(stored->second.state.devices.begin(), stored->second.state.devices.end(),
            [&](const StoredDevice &each) { return each.row.id == device; });
}

void ServerSide::settle()
{
    m_store->settle();
    followLogs();
}

bool ServerSide::stepService()
{
    const bool storeFirst = m_nodes.size() > 1 && m_random.pick(2) == 0;
    bool moved = storeFirst && m_store->step();
    if (!moved) {
        // One after the other, from any of them on.
        const size_t first = m_nodes.size() == 1 ? 0 : size_t(m_random.pick(int(m_nodes.size())));
        for (size_t i = 0; i < m_nodes.size() && !moved; ++i) {
            Node *node = m_nodes[(first + i) % m_nodes.size()].get();
            moved = node && !node->isPaused() && node->stepService();
        }
    }
    if (!moved && !storeFirst)
        moved = m_store->step();
    noteDeath();
    if (moved) {
        followLogs();
        checkMarks();
        noteRemovals();
    }
    return moved;
}

bool ServerSide::stepReader()
{
    for (const auto &node : m_nodes) {
        if (node && !node->isPaused() && node->stepReader())
            return true;
    }
    return false;
}

bool ServerSide::stepMailbox()
{
    for (const auto &node : m_nodes) {
        if (node && !node->isPaused() && node->stepMailbox())
            return true;
    }
    return false;
}

void ServerSide::tick()
{
    m_store->tick(nowMs);
    for (const auto &node : m_nodes) {
        if (node && !node->isPaused())
            node->tick();
    }
    noteDeath();
    if (m_nodes.size() > 1)
        boot();
    followLogs();
}

bool ServerSide::losesPush()
{
    const double rate = losesLastWords ? 0.5 : m_hasFaults ? m_mix.pushLoss : 0;
    if (rate == 0 || !m_random.chance(rate))
        return false;
    ++counts[QStringLiteral("fault: push lost")];
    return true;
}

void ServerSide::judge(Wire &wire, const QByteArray &frame)
{
    if (violation)
        return;
    const auto decoded = decodeServerFrame(frame);
    if (!decoded) {
        violation = QStringLiteral("the server made a frame that cannot be read");
        return;
    }
    if (const auto *event = std::get_if<Event>(&*decoded);
        event && std::holds_alternative<Lagging>(*event))
        ++counts[QStringLiteral("fault: lagging")];
    // 12: what a connection holds is bounded, whatever the peer does.
    if (wire.mostWaitingBytes > m_config.limits.sendQueueBytes + limits::serverFrameBytes)
        violation = QStringLiteral("12: the send queue of a connection is not bounded");
    const UserId user = wire.session().user();
    if (user.isNull())
        return;
    if (auto wrong = m_oracle.judge(user, wire.device, *decoded, wire.asked))
        violation = wrong;
    const auto *answer = std::get_if<Answer>(&*decoded);
    const auto asked = answer ? wire.asked.find(answer->request) : wire.asked.end();
    if (asked == wire.asked.end())
        return;
    if (const auto *send = std::get_if<Send>(&asked->second)) {
        if (auto wrong = m_outcomes.wrong(state(), user, *send, *fromCbor<SendReply>(answer->body)))
            violation = wrong;
    } else if (const auto *revoke = std::get_if<RevokeDevice>(&asked->second)) {
        if (hasDevice(user, revoke->device))
            violation = QStringLiteral("8: a device is there that was said to be removed");
    }
}

/// A device that is no longer there was removed.
void ServerSide::noteRemovals()
{
    for (const auto &[device, owner] : m_devices) {
        if (m_oracle.isRemoved(device) || hasDevice(owner, device))
            continue;
        if (m_nodes.size() > 1)
            m_oracle.removedSomewhere(device);
        else
            m_oracle.removed(device);
    }
}

void ServerSide::followLogs()
{
    for (const auto &[id, chat] : state().chats)
        m_oracle.follow(id, chat);
}

void ServerSide::checkMarks()
{
    for (const auto &[id, chat] : state().chats) {
        if (!chat.state)
            continue;
        for (const auto &[user, member] : chat.state->members) {
            auto &before = m_marks[{id, user}];
            if (member.delivered < before.first || member.read < before.second)
                violation = QStringLiteral("6: a watermark of the server went back");
            before = {member.delivered, member.read};
        }
    }
}

} // namespace parley::simulation
