// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/simulation/world.h"

#include "tests/simulation/crashingvfs.h"
#include "tests/simulation/embeddedstore.h"
#include "tests/simulation/hostilestore.h"
#include "tests/simulation/sqliteworldstore.h"

#include <QtCore/QDir>

namespace parley::simulation {
namespace {

constexpr int stepsBetweenChecks = 100;

Mix drawn(SeededRandom &random, quint64 seed, const WorldOptions &options)
{
    CrashingVfs::reseed(seed);
    if (options.mix)
        return *options.mix;
    Mix mix = Mix::draw(random, options.without);
    if (options.steps > 0)
        mix.steps = options.steps;
    return mix;
}

} // namespace

World::World(quint64 seed, const QString &folder, const WorldOptions &options)
    : m_random(seed)
    , m_mix(drawn(m_random, seed, options))
    , m_folder(folder)
    , m_server(m_random, m_mix, [&](Counts &counts) { return makeStore(options.store, counts); })
{
}

World::~World() = default;

std::unique_ptr<WorldStore> World::makeStore(StoreKind kind, Counts &counts)
{
    switch (kind) {
    case StoreKind::Memory:
        break;
    case StoreKind::Sqlite: {
        const QString folder = m_folder + QStringLiteral("/server");
        QDir().mkpath(folder);
        return std::make_unique<SqliteWorldStore>(m_random, m_mix, counts, folder);
    }
    case StoreKind::Hostile: {
        SeededRandom random(m_random.next());
        const Hostility hostility = Hostility::draw(random);
        return std::make_unique<HostileStore>(random.next(), hostility, counts);
    }
    }
    return std::make_unique<EmbeddedStore>(m_random, m_mix, counts);
}

std::optional<QString> World::run()
{
    populate();
    if (auto wrong = live())
        return wrong;
    if (loseSomethingAcknowledged)
        m_server.backup();
    if (auto wrong = comeToRest())
        return wrong;
    if (loseSomethingAcknowledged) {
        const auto told = m_server.acknowledged;
        m_server.restore();
        m_server.acknowledged = told;
    }
    return checkEverything();
}

std::optional<QString> World::live()
{
    qint64 done = 0;
    for (m_stepsDone = 0; m_stepsDone < m_mix.steps && done < m_mix.operations; ++m_stepsDone) {
        step();
        if (auto wrong = violation())
            return wrong;
        if (m_stepsDone % stepsBetweenChecks == 0) {
            done = operations();
            if (auto wrong = checkAcknowledged())
                return wrong;
        }
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

int World::faultKinds() const
{
    return int(std::count_if(counts().begin(), counts().end(), [](const auto &item) {
        return item.second > 0 && item.first.startsWith(QLatin1String("fault: "));
    }));
}

void World::populate()
{
    for (int i = 0; i < m_mix.people; ++i) {
        m_users.push_back(m_server.addUser(QStringLiteral("user%1").arg(i)));
        const int devices = 1 + m_random.pick(2) + (i == 0 ? 1 : 0);
        for (int d = 0; d < devices; ++d)
            addDevice(m_users.back(), i);
    }
    // A group to begin with; people make more, and direct chats.
    Device &first = *m_devices.front();
    const auto group = first.core().createGroup(
        QStringLiteral("Group"), std::vector<UserId>(m_users.begin() + 1, m_users.end() - 1));
    if (group)
        first.remember(
            *group, first.core().outbox().items(*group).back().operation.id, Kind::Create);
    first.settle();
}

Device &World::addDevice(const UserId &user, qsizetype person)
{
    const auto number = std::count_if(m_devices.begin(), m_devices.end(),
        [&](const auto &device) { return device->user == user; });
    const QString name = QStringLiteral("u%1d%2").arg(person).arg(number);
    const Peer peer = m_random.chance(m_mix.plainDevices) ? Peer::Plain
        : m_random.chance(m_mix.newerDevices)             ? Peer::Newer
                                                          : Peer::Whole;
    ++m_server.counts[peer == Peer::Plain ? QStringLiteral("feature: a plain peer")
            : peer == Peer::Newer         ? QStringLiteral("feature: a newer peer")
                                          : QStringLiteral("feature: a whole peer")];
    m_devices.push_back(std::make_unique<Device>(
        m_server, user, name, m_folder + QLatin1Char('/') + name, m_random.next(), m_mix, peer));
    Device &device = *m_devices.back();
    device.onFrame = trace;
    device.mustSeeNoGap = m_mix.isGapless() && !m_server.losesPushes();
    return device;
}

void World::step()
{
    const int what = m_random.pick(100);
    if (what < 38) {
        Device &device = someDevice();
        if (device.isOn() && !device.isPaused() && !device.isRevoked)
            act(device);
    } else if (what < 82) {
        network();
    } else if (what < 94) {
        passTime(m_random.pick(4) == 0 ? m_random.pick(30'000) : m_random.pick(400));
    } else if (Device &device = someDevice(); !device.isConnected()) {
        device.connect();
    }
    misfortune();
}

void World::network()
{
    const int times = 4 + m_random.pick(24);
    for (int i = 0; i < times; ++i) {
        Device &device = someDevice();
        const int burst = 1 + m_random.pick(6);
        switch (m_random.pick(5)) {
        case 0:
            for (int n = 0; n < burst && device.transmit(); ++n) { }
            break;
        case 1:
            for (int n = 0; n < burst && device.receive(); ++n) { }
            break;
        case 2:
            m_server.stepService();
            break;
        case 3:
            for (int n = 0; n < burst * 2 && m_server.stepMailbox(); ++n) { }
            break;
        case 4:
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
