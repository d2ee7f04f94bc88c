// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/platform/networknews.h"

#include <QtCore/QObject>
#include <QtCore/QSet>
#include <QtCore/QTimer>

QT_BEGIN_NAMESPACE
class QHostAddress;
class QString;
QT_END_NAMESPACE

namespace parley {

/// Tells when this machine gets or loses a network, or changes it. One thread, with an event loop.
///
/// Looks at the network interfaces when the system says that something changed (NetworkNews), and
/// every few seconds where the system does not tell everything.
class NetworkWatcher : public QObject {
    Q_OBJECT
public:
    static constexpr int lookEveryMs = 2'000;

    explicit NetworkWatcher(QObject *parent = nullptr);

    /// Whether every change is told at once; else some are seen when it looks again.
    bool isToldBySystem() const { return m_news.isComplete(); }
    /// False when no interface but the loopback has an address.
    bool hasNetwork() const { return m_hasNetwork; }
    /// Whether the machine still has this address.
    static bool hasAddress(const QHostAddress &address);

signals:
    /// The addresses or the way out changed: what was connected may be dead, what was out of reach
    /// may not.
    void changed();

private:
    void look();
    static QSet<QString> addresses();

    NetworkNews m_news;
    QTimer m_timer;
    QSet<QString> m_addresses;
    bool m_hasNetwork = true;
};

} // namespace parley
