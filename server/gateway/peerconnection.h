// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/gateway/session.h"
#include "server/gateway/visit.h"

#include <QtCore/QPointer>
#include <QtNetwork/QTcpSocket>
#include <QtWebSockets/QWebSocket>

namespace parley {

/// The ways from a gateway to the other parts, for all its connections.
class GatewayWays {
public:
    virtual ~GatewayWays() = default;
    virtual SessionHost::Sent toService(Queued command) = 0;
    virtual void toServiceSurely(Queued command) = 0;
    virtual SessionHost::Sent toReaders(ReadJob job) = 0;
    virtual SessionHost::Sent toHashing(HashJob job) = 0;
    virtual void toPresence(PresenceInput input) = 0;
};

/// A WebSocket and its session. Owned by its gateway, on its thread.
class PeerConnection : public QObject, private SessionHost {
    Q_OBJECT
public:
    /// Takes the WebSocket and sets its limits before its first byte is read. `transport` is the
    /// socket below it.
    PeerConnection(const SessionWorld &world, GatewayWays &ways, SessionRef ref,
        std::unique_ptr<QWebSocket> socket, QTcpSocket *transport, std::unique_ptr<Visit> visit);
    ~PeerConnection() override;

    Session &session() { return m_session; }
    /// Deadlines of the session, and of a close that the peer does not finish.
    void tick(qint64 nowMs);
    void abort();
    /// Closes once what was written is gone.
    void close() override;

signals:
    void ended();

private:
    Sent toService(Queued command) override { return m_ways.toService(std::move(command)); }
    void toServiceSurely(Queued command) override { m_ways.toServiceSurely(std::move(command)); }
    Sent toReaders(ReadJob job) override { return m_ways.toReaders(std::move(job)); }
    Sent toHashing(HashJob job) override { return m_ways.toHashing(std::move(job)); }
    void toPresence(PresenceInput input) override { m_ways.toPresence(std::move(input)); }
    void write(const QByteArray &frame) override;
    qint64 waitingBytes() const override;
    void signedIn() override { m_visit->signedIn(); }
    qint64 wallMs() const override;

    void watchFlood();

    const SessionWorld &m_world;
    GatewayWays &m_ways;
    std::unique_ptr<QWebSocket> m_socket;
    QPointer<QTcpSocket> m_transport;
    std::unique_ptr<Visit> m_visit;
    Session m_session;
    std::optional<qint64> m_closingSinceMs;
};

/// Milliseconds of the clock that never jumps.
qint64 steadyMs();

} // namespace parley
