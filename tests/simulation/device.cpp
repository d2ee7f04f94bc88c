// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/simulation/device.h"

#include <QtCore/QDir>

/// What happens to a device: it is switched on, dies, and loses its connection.
namespace parley::simulation {
namespace {

QString made(const QString &folder)
{
    QDir().mkpath(folder);
    return folder;
}

} // namespace

Device::Device(ServerSide &server, const UserId &owner, const QString &deviceName,
    const QString &folder, quint64 seed, const Mix &mix, Peer kind)
    : name(deviceName)
    , user(owner)
    , peer(kind)
    , m_server(server)
    , m_mix(mix)
    , m_folder(made(folder))
    , m_disk(folder, seed ^ 0xD15Cu)
    , m_random(seed)
{
    m_token = server.addDevice(owner, id);
    switchOn();
}

Device::~Device() = default;

void Device::violate(const QString &what)
{
    if (!violation)
        violation = QStringLiteral("%1: %2").arg(name, what);
}

void Device::switchOn()
{
    if (isOn())
        return;
    if (open())
        return;
    m_core.reset();
    m_cache.reset();
    if (m_disk.isDown())
        die(m_random.chance(m_mix.powerLoss));
}

bool Device::open()
{
    auto cache = SqliteCache::open(m_folder);
    if (!cache) {
        if (m_healAfter == 0 && !m_disk.isDown())
            violate(QStringLiteral("the cache does not open: ") + cache.error().text);
        return false;
    }
    m_cache = *std::move(cache);
    if (m_mix.checkpointPages > 0)
        (void)m_cache->database().execute(
            QStringLiteral("PRAGMA wal_autocheckpoint=%1").arg(m_mix.checkpointPages));
    m_core = std::make_unique<ClientCore>(*m_cache, m_random, user);
    m_core->tick(moment());
    if (auto loaded = m_core->load(); !loaded) {
        if (m_healAfter == 0 && !m_disk.isDown())
            violate(QStringLiteral("the cache does not load: ") + loaded.error().text);
        return false;
    }
    // What was not synced may be gone with the power.
    m_lastRevision = 0;
    settle();
    return isOn();
}

Moment Device::moment() const
{
    return {m_server.nowMs + m_clockOffMs, m_server.nowMs};
}

void Device::connect()
{
    if (!isOn() || m_wire || !m_server.isUp() || m_isSignedOut || isPaused())
        return;
    m_wire = m_server.accept();
    if (!m_wire)
        return;
    m_wire->device = id;
    m_core->tick(moment());
    const bool isPlain = peer == Peer::Plain;
    m_core->connected({m_token, isPlain ? std::nullopt : std::optional(id),
        isPlain ? QString() : QStringLiteral("simulated")});
    settle();
}

void Device::disconnect()
{
    if (!m_wire)
        return;
    const auto wire = std::exchange(m_wire, nullptr);
    m_server.forget(wire);
    if (!isOn())
        return;
    m_core->tick(moment());
    m_core->disconnected();
    settle();
}

void Device::abandon()
{
    if (!m_wire || !isOn())
        return;
    ++m_server.counts[QStringLiteral("fault: connected twice")];
    m_wire->isSilent = true;
    m_abandoned.push_back(std::exchange(m_wire, nullptr));
    m_core->tick(moment());
    m_core->disconnected();
    settle();
}

void Device::cut()
{
    if (!m_wire)
        return;
    ++m_server.counts[QStringLiteral("fault: connection cut")];
    if (!m_wire->isStuck() && !m_wire->isClosed) {
        for (int i = m_random.pick(4); i > 0 && transmit(); --i) { }
        // A frame of which only a part came: to a WebSocket it never was there, to anything else it
        // is nonsense.
        if (m_wire && !m_wire->isClosed && !m_wire->toServer.empty() && m_random.pick(3) == 0) {
            ++m_server.counts[QStringLiteral("fault: frame torn")];
            const QByteArray &whole = m_wire->toServer.front();
            m_wire->session().received(
                whole.first(m_random.pick(int(whole.size()))), m_server.nowMs);
        }
        for (int i = m_random.pick(4); i > 0 && receive(); --i) { }
    }
    disconnect();
}

void Device::crash(CrashingDisk::Crash how)
{
    if (!isOn())
        return;
    m_disk.goDown();
    die(how == CrashingDisk::Crash::PowerLoss);
    switchOn();
}

/// The machine's power, or its process, is gone; what survived is there when it is switched on.
void Device::die(bool isPowerLoss)
{
    if (m_wire) {
        // The server hears of it at once, or only by the silence.
        if (m_random.pick(4) == 0) {
            m_wire->isSilent = true;
            m_abandoned.push_back(std::exchange(m_wire, nullptr));
        } else {
            m_server.forget(std::exchange(m_wire, nullptr));
        }
    }
    m_disk.goDown();
    m_core.reset();
    m_cache.reset();
    ++m_server.counts[isPowerLoss ? QStringLiteral("fault: device loses power")
                                  : QStringLiteral("fault: device killed")];
    m_disk.restart(isPowerLoss ? CrashingDisk::Crash::PowerLoss : CrashingDisk::Crash::Kill);
}

void Device::failDisk(CrashingDisk::Failure failure, int forSteps)
{
    if (!isOn() || m_healAfter > 0)
        return;
    m_healAfter = forSteps;
    if (failure == CrashingDisk::Failure::Full)
        m_disk.failAt(1 + m_random.pick(10), failure, CrashingDisk::Lasting::ForEver);
    else if (m_random.pick(2) == 0)
        m_disk.failAt(1 + m_random.pick(60), failure, CrashingDisk::Lasting::Once);
    else
        m_disk.failOften(0.03, failure);
}

void Device::step()
{
    if (m_healAfter > 0 && --m_healAfter == 0) {
        m_disk.heal();
        // The person starts it again: a core that could not read its cache does nothing more.
        if (isOn())
            crash(CrashingDisk::Crash::Kill);
    }
    if (!isOn() && m_random.pick(8) == 0)
        switchOn();
    std::erase_if(m_abandoned, [this](const auto &wire) {
        const bool isOver = wire->isClosed;
        if (isOver)
            m_server.forget(wire);
        return isOver;
    });
}

void Device::endFaults()
{
    m_disk.heal();
    m_disk.crashAt(0);
    m_pausedUntilMs = m_slowUntilMs = 0;
    if (std::exchange(m_healAfter, 0) > 0 && isOn())
        crash(CrashingDisk::Crash::Kill);
    switchOn();
    if (!isOn())
        return;
    // Without the digest a push that was lost is found by the next connection.
    if (peer == Peer::Plain)
        disconnect();
    if (!isOn())
        return;
    m_core->setBackfill(true);
    tick();
}

void Device::remember(const ChatId &chat, const MessageId &message, Kind kind)
{
    wished.push_back(Wished{chat, message, user, kind, qint64(wished.size())});
    ++m_server.counts[QStringLiteral("operation: kind %1").arg(int(kind))];
}

} // namespace parley::simulation
