// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/platform/networkwatcher.h"

#include <QtNetwork/QNetworkInterface>

namespace parley {

NetworkWatcher::NetworkWatcher(QObject *parent)
    : QObject(parent)
    , m_addresses(addresses())
    , m_hasNetwork(!m_addresses.isEmpty())
{
    connect(&m_news, &NetworkNews::interfacesChanged, this, &NetworkWatcher::look);
    // The address may have been there before the way to the server was.
    connect(&m_news, &NetworkNews::defaultRouteCame, this, &NetworkWatcher::changed);
    connect(&m_timer, &QTimer::timeout, this, &NetworkWatcher::look);
    if (!isToldBySystem())
        m_timer.start(lookEveryMs);
}

QSet<QString> NetworkWatcher::addresses()
{
    QSet<QString> result;
    const auto interfaces = QNetworkInterface::allInterfaces();
    for (const QNetworkInterface &each : interfaces) {
        const auto flags = each.flags();
        const bool isUp = flags.testFlag(QNetworkInterface::IsUp)
            && flags.testFlag(QNetworkInterface::IsRunning)
            && !flags.testFlag(QNetworkInterface::IsLoopBack);
        if (!isUp)
            continue;
        const auto entries = each.addressEntries();
        for (const QNetworkAddressEntry &entry : entries) {
            if (!entry.ip().isLinkLocal())
                result.insert(entry.ip().toString());
        }
    }
    return result;
}

bool NetworkWatcher::hasAddress(const QHostAddress &address)
{
    return address.isNull() || address.isLoopback() || addresses().contains(address.toString());
}

void NetworkWatcher::look()
{
    const QSet<QString> now = addresses();
    if (now == m_addresses)
        return;
    m_addresses = now;
    m_hasNetwork = !now.isEmpty();
    emit changed();
}

} // namespace parley
