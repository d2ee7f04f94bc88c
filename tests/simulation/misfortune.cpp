// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/simulation/world.h"

/// What goes wrong in a step.
namespace parley::simulation {
namespace {

constexpr int longestPauseMs = 120'000;
constexpr int longestSlownessMs = 45'000;
constexpr qint64 dayMs = 86'400'000;

} // namespace

void World::misfortune()
{
    for (const auto &device : m_devices)
        device->step();
    networkMisfortune();
    deviceMisfortune();
    serverMisfortune();
}

void World::networkMisfortune()
{
    if (m_random.chance(m_mix.frameCut)) {
        Device &device = someDevice();
        if (device.isConnected()) {
            tell(device.name + QStringLiteral(": cut"));
            device.cut();
        }
    }
    if (m_random.chance(m_mix.halfOpen)) {
        Device &device = someDevice();
        if (device.isConnected()) {
            tell(device.name + QStringLiteral(": half open"));
            ++m_server.counts[QStringLiteral("fault: half open")];
            device.wire()->isSilent = true;
        }
    }
    if (m_random.chance(m_mix.doubled)) {
        Device &device = someDevice();
        if (device.isConnected()) {
            tell(device.name + QStringLiteral(": connects again"));
            device.abandon();
            device.connect();
        }
    }
    if (m_random.chance(m_mix.slowPeer)) {
        ++m_server.counts[QStringLiteral("fault: slow peer")];
        someDevice().becomeSlow(m_random.pick(longestSlownessMs));
    }
    if (m_random.chance(m_mix.pause)) {
        ++m_server.counts[QStringLiteral("fault: pause")];
        Device &device = someDevice();
        tell(device.name + QStringLiteral(": sleeps"));
        device.sleep(m_random.pick(longestPauseMs));
    }
}

void World::deviceMisfortune()
{
    if (m_random.chance(m_mix.deviceCrash)) {
        Device &device = someDevice();
        tell(device.name + QStringLiteral(": crash"));
        ++m_server.counts[QStringLiteral("fault: device crash")];
        device.crash(m_random.chance(m_mix.powerLoss) ? CrashingDisk::Crash::PowerLoss
                                                      : CrashingDisk::Crash::Kill);
    }
    if (m_random.chance(m_mix.deviceStorageCrash))
        someDevice().dieAtStorage(1 + m_random.pick(40));
    if (m_random.chance(m_mix.deviceFull)) {
        Device &device = someDevice();
        tell(device.name + QStringLiteral(": disk full"));
        ++m_server.counts[QStringLiteral("fault: device's disk full")];
        device.failDisk(CrashingDisk::Failure::Full, 5 + m_random.pick(40));
    }
    if (m_random.chance(m_mix.deviceError)) {
        Device &device = someDevice();
        tell(device.name + QStringLiteral(": disk fails"));
        ++m_server.counts[QStringLiteral("fault: device's disk fails")];
        device.failDisk(CrashingDisk::Failure::Error, 5 + m_random.pick(40));
    }
    if (m_random.chance(m_mix.clockJump)) {
        ++m_server.counts[QStringLiteral("fault: clock jump")];
        someDevice().jumpClock((m_random.pick(2) ? 1 : -1) * qint64(m_random.pick(1000)) * dayMs);
    }
}

void World::serverMisfortune()
{
    if (m_random.chance(m_mix.serverCrash)) {
        tell(QStringLiteral("server: crash"));
        m_server.crash();
        m_server.boot();
    }
    if (m_mix.restore > 0 && m_random.chance(m_mix.restore * 2)) {
        tell(QStringLiteral("server: backup"));
        m_server.backup();
    }
    if (m_random.chance(m_mix.restore)) {
        tell(QStringLiteral("server: restore"));
        m_server.restore();
    }
    m_server.misfortune();
}

} // namespace parley::simulation
