// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QObject>
#include <QtNetwork/QTcpServer>
#include <QtNetwork/QTcpSocket>

namespace parley {

/// An HTTP proxy on loopback, as some companies have one: it passes plain requests on, and does
/// with WebSockets what it is told. Lives on the test's thread, whose event loop must turn.
class StrictProxy : public QObject {
    Q_OBJECT
public:
    /// Passes on to a port of 127.0.0.1.
    explicit StrictProxy(quint16 targetPort);

    QString url() const; ///< ws://

    enum class Upgrades : quint8 {
        Passed,
        Refused, ///< answered with 403
        Swallowed, ///< never answered
        Cut, ///< passed, and cut off as soon as the client says something
    };
    void setUpgrades(Upgrades upgrades) { m_upgrades = upgrades; }

    int passed() const { return m_passed; } ///< WebSockets that were let through
    int stopped() const { return m_stopped; } ///< those that were not
    int requests() const { return m_requests; } ///< connections for anything else

private:
    void accept();
    void readHead(QTcpSocket *client);
    void refuse(QTcpSocket *client);
    void join(QTcpSocket *client, bool isCut);

    QTcpServer m_server;
    quint16 m_targetPort;
    Upgrades m_upgrades = Upgrades::Passed;
    int m_passed = 0;
    int m_stopped = 0;
    int m_requests = 0;
};

} // namespace parley
