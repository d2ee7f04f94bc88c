// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/simulation/world.h"

namespace parley::simulation {
namespace {

constexpr int fewestUsers = 3;
constexpr int restRounds = 400;
/// Catching up asks and answers a few times for each chat; more is a busy loop.
constexpr int busyRounds = 2'000;
constexpr qint64 restStepMs = 5'000;
/// So many quiet rounds are two digests after the last activity.
constexpr int quietRounds = 60;

} // namespace

World::World(quint64 seed, const QString &folder)
    : m_random(seed)
    , m_mix(Mix::draw(m_random))
    , m_server(m_random, m_mix)
    , m_folder(folder)
{
}

std::optional<QString> World::run()
{
    populate();
    for (const auto &device : m_devices)
        device->onFrame = trace;
    for (int i = 0; i < m_mix.steps; ++i) {
        step();
        if (auto wrong = violation())
            return wrong;
        if (i % 50 == 0) {
            if (auto wrong = checkAcknowledged())
                return wrong;
        }
    }
    if (loseSomethingAcknowledged)
        m_server.backup();
    comeToRest();
    if (loseSomethingAcknowledged) {
        const auto told = m_server.acknowledged;
        m_server.restore();
        m_server.acknowledged = told;
    }
    if (auto wrong = violation())
        return wrong;
    if (auto wrong = checkLogs())
        return wrong;
    if (auto wrong = checkAcknowledged())
        return wrong;
    if (auto wrong = checkWishes())
        return wrong;
    for (const auto &device : m_devices) {
        if (auto wrong = checkDevice(*device))
            return QStringLiteral("%1: %2").arg(device->name, *wrong);
    }
    return std::nullopt;
}

qint64 World::operations() const
{
    qint64 count = 0;
    for (const auto &device : m_devices)
        count += qint64(device->wished.size());
    return count;
}

void World::populate()
{
    const int users = fewestUsers + m_random.pick(2);
    for (int i = 0; i < users; ++i) {
        m_users.push_back(m_server.addUser(QStringLiteral("user%1").arg(i)));
        const int devices = 1 + m_random.pick(2) + (i == 0 ? 1 : 0);
        for (int d = 0; d < devices; ++d) {
            const QString name = QStringLiteral("u%1d%2").arg(i).arg(d);
            m_devices.push_back(std::make_unique<Device>(m_server, m_users.back(), name,
                m_folder + QLatin1Char('/') + name, m_random.next()));
        }
    }
    // A group and a direct chat to begin with; people make more.
    Device &first = *m_devices.front();
    const auto group = first.core().createGroup(
        QStringLiteral("Group"), std::vector<UserId>(m_users.begin() + 1, m_users.end() - 1));
    if (group)
        first.remember(
            *group, first.core().outbox().items(*group).back().operation.id, Kind::Create);
    first.settle();
}

void World::step()
{
    const int what = m_random.pick(100);
    if (what < 14)
        act(someDevice());
    else if (what < 80)
        network();
    else if (what < 92)
        passTime(m_random.pick(4) == 0 ? m_random.pick(30'000) : m_random.pick(400));
    else if (Device &device = someDevice(); !device.isConnected())
        device.connect();
    misfortune();
}

void World::network()
{
    const int times = 1 + m_random.pick(12);
    for (int i = 0; i < times; ++i) {
        Device &device = someDevice();
        switch (m_random.pick(6)) {
        case 0:
            device.transmit();
            break;
        case 1:
            device.receive();
            break;
        case 2:
        case 3:
            m_server.stepService();
            break;
        case 4:
            m_server.stepMailbox();
            break;
        case 5:
            if (m_random.pick(m_mix.slowReads) == 0)
                m_server.stepReader();
            break;
        }
    }
}

void World::passTime(qint64 ms)
{
    m_server.nowMs += ms;
    m_server.tick();
    for (const auto &device : m_devices)
        device->tick();
}

void World::misfortune()
{
    if (m_random.chance(m_mix.frameCut)) {
        Device &device = someDevice();
        if (device.isConnected()) {
            tell(device.name + QStringLiteral(": cut"));
            ++m_server.counts[QStringLiteral("fault: connection cut")];
            device.disconnect();
        }
    }
    if (m_random.chance(m_mix.halfOpen)) {
        Device &device = someDevice();
        if (device.isConnected()) {
            ++m_server.counts[QStringLiteral("fault: half open")];
            device.wire()->isSilent = true;
        }
    }
    if (m_random.chance(m_mix.deviceCrash)) {
        Device &device = someDevice();
        tell(device.name + QStringLiteral(": crash"));
        ++m_server.counts[QStringLiteral("fault: device crash")];
        device.crash();
    }
    if (m_random.chance(m_mix.clockJump)) {
        ++m_server.counts[QStringLiteral("fault: clock jump")];
        someDevice().jumpClock(
            (m_random.pick(2) ? 1 : -1) * qint64(m_random.pick(1000)) * 86'400'000);
    }
    if (m_random.chance(m_mix.serverCrash)) {
        tell(QStringLiteral("server: crash"));
        m_server.crash();
        m_server.boot();
    }
    if (m_mix.restore > 0 && m_random.chance(m_mix.restore * 2))
        m_server.backup();
    if (m_random.chance(m_mix.restore)) {
        tell(QStringLiteral("server: restore"));
        m_server.restore();
    }
}

bool World::deliverAll()
{
    bool moved = false;
    int rounds = 0;
    for (bool again = true; again;) {
        again = false;
        if (++rounds > busyRounds) {
            m_server.violation = QStringLiteral("client and server talk without end, without time");
            return false;
        }
        for (const auto &device : m_devices) {
            while (device->transmit())
                again = true;
        }
        while (m_server.stepService() || m_server.stepReader() || m_server.stepMailbox())
            again = true;
        for (const auto &device : m_devices) {
            while (device->receive())
                again = true;
        }
        moved = moved || again;
        if (violation())
            return false;
    }
    return moved;
}

void World::comeToRest()
{
    m_hasFaults = false;
    m_server.hasFaults = false;
    int quiet = 0;
    for (int round = 0; round < restRounds && quiet < quietRounds; ++round) {
        for (const auto &device : m_devices) {
            if (!device->isConnected())
                device->connect();
        }
        deliverAll();
        passTime(restStepMs);
        const bool idle = std::all_of(m_devices.begin(), m_devices.end(), [](const auto &device) {
            return device->isConnected() && device->core().isLive()
                && device->core().outbox().isIdle();
        });
        quiet = idle ? quiet + 1 : 0;
        if (violation())
            return;
    }
    deliverAll();
}

std::optional<QString> World::violation()
{
    if (m_server.violation)
        return m_server.violation;
    for (const auto &device : m_devices) {
        if (device->violation)
            return device->violation;
    }
    return std::nullopt;
}

} // namespace parley::simulation
