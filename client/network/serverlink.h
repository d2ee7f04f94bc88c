// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/core/backoff.h"
#include "client/core/moment.h"
#include "client/network/connection.h"
#include "client/network/connectionstatus.h"
#include "client/platform/networkwatcher.h"
#include "client/platform/sleepwatcher.h"

#include <QtCore/QTimer>

namespace parley {

/// The present time, by both clocks.
Moment presentMoment();

/// Keeps a connection to one server while one is wanted: tries, waits, tries again, at once when
/// the network or the machine wakes. Belongs to the client; one thread, with an event loop.
class ServerLink : public QObject {
    Q_OBJECT
public:
    explicit ServerLink(Random &random, QObject *parent = nullptr);

    void start(const ServerAddress &address, const QByteArray &pin);
    /// No connection is wanted any more, and why.
    void stop(const ConnectionStatus &status = {});
    bool isStarted() const { return m_isStarted; }

    void send(const ClientFrame &frame) { m_connection.send(frame); }
    bool isOpen() const { return m_connection.isOpen(); }
    /// The connection is of no use: as if it had been lost.
    void drop();
    /// The session is there and has caught up.
    void caughtUp();
    void goneAway(qint64 windowMs) { m_reconnect.goneAway(windowMs); }
    /// The next loss was a refusal: not again before so long.
    void refused(ErrorCode code, qint64 retryAfterMs);
    /// The person wants it now.
    void retryNow();

    const ConnectionStatus &status() const { return m_status; }

signals:
    void opened();
    void lost();
    void received(const parley::ServerFrame &frame);
    void statusChanged(const parley::ConnectionStatus &status);

private:
    void tryNow();
    void onOpened();
    void onClosed(ConnectProblem problem);
    void onNetworkChanged();
    void onWoke();
    void onTimer();
    void begin();
    void schedule();
    void updateStatus();
    bool isOffline() const;

    Connection m_connection;
    Reconnect m_reconnect;
    NetworkWatcher m_network;
    SleepWatcher m_sleep;
    QTimer m_timer;
    QTimer m_clocks;
    ServerAddress m_address;
    QByteArray m_pin;
    ConnectionStatus m_status;
    ConnectionStatus m_stopped;
    ConnectProblem m_problem = ConnectProblem::None;
    std::optional<ErrorCode> m_refusal;
    qint64 m_leastMs = 0;
    qint64 m_tryEndsMs = 0;
    bool m_isStarted = false;
    bool m_isTrying = false;
    bool m_isCaughtUp = false;
};

} // namespace parley
