// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtDBus/QDBusConnection>
#include <QtDBus/QDBusMessage>

namespace parley {

/// Plays logind on the bus that DBUS_SYSTEM_BUS_ADDRESS names.
class Logind {
public:
    Logind()
        : m_bus(QDBusConnection::connectToBus(
            qEnvironmentVariable("DBUS_SYSTEM_BUS_ADDRESS"), QStringLiteral("logind")))
    {
        m_bus.registerService(QStringLiteral("org.freedesktop.login1"));
    }
    ~Logind() { QDBusConnection::disconnectFromBus(QStringLiteral("logind")); }
    Logind(const Logind &) = delete;
    Logind &operator=(const Logind &) = delete;

    void sleep() { prepareForSleep(true); }
    void wake() { prepareForSleep(false); }

private:
    void prepareForSleep(bool begins)
    {
        QDBusMessage signal = QDBusMessage::createSignal(QStringLiteral("/org/freedesktop/login1"),
            QStringLiteral("org.freedesktop.login1.Manager"), QStringLiteral("PrepareForSleep"));
        signal << begins;
        m_bus.send(signal);
    }

    QDBusConnection m_bus;
};

} // namespace parley
