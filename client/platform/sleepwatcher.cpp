// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/platform/sleepwatcher.h"

#ifdef PARLEY_HAS_DBUS
#include <QtDBus/QDBusConnection>
#include <QtDBus/QDBusConnectionInterface>
#endif

namespace parley {

#ifdef PARLEY_HAS_DBUS

namespace {
constexpr char loginService[] = "org.freedesktop.login1";
constexpr char loginPath[] = "/org/freedesktop/login1";
constexpr char loginInterface[] = "org.freedesktop.login1.Manager";
} // namespace

void SleepWatcher::watchSystem()
{
    QDBusConnection bus = QDBusConnection::systemBus();
    m_isToldBySystem = bus.isConnected()
        && bus.connect(QLatin1String(loginService), QLatin1String(loginPath),
            QLatin1String(loginInterface), QStringLiteral("PrepareForSleep"), this,
            SLOT(onPrepareForSleep(bool)));
}

#else

// Windows (WM_POWERBROADCAST) and macOS (NSWorkspaceDidWakeNotification) would tell sooner; neither
// was run yet, and the clocks serve there.
void SleepWatcher::watchSystem() { }

#endif

SleepWatcher::SleepWatcher(QObject *parent)
    : QObject(parent)
{
    watchSystem();
}

SleepWatcher::~SleepWatcher() = default;

void SleepWatcher::onPrepareForSleep(bool goesToSleep)
{
    if (!goesToSleep)
        emit woke();
}

void SleepWatcher::compare(qint64 wallMs, qint64 steadyMs)
{
    const qint64 aheadMs = wallMs - steadyMs;
    const bool hasJumped = m_hasCompared && aheadMs - m_wallAheadMs >= jumpMs;
    m_wallAheadMs = aheadMs;
    m_hasCompared = true;
    if (hasJumped)
        emit woke();
}

} // namespace parley
