// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

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
/// Uses the system's own word where Qt has a backend for it, and looks at the network interfaces
/// every few seconds, which also sees a cable that is pulled inside a network namespace.
class NetworkWatcher : public QObject {
    Q_OBJECT
public:
    static constexpr int lookEveryMs = 2'000;

    explicit NetworkWatcher(QObject *parent = nullptr);

    /// False when no interface but the loopback has an address.
    bool hasNetwork() const { return m_hasNetwork; }
    /// Whether the machine still has this address.
    static bool hasAddress(const QHostAddress &address);

signals:
    /// The set of addresses changed: what was connected may be dead, what was out of reach may not.
    void changed();

private:
    void look();
    static QSet<QString> addresses();

    QTimer m_timer;
    QSet<QString> m_addresses;
    bool m_hasNetwork = true;
};

} // namespace parley
