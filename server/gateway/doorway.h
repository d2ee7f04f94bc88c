// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/gateway/httphead.h"
#include "server/gateway/visit.h"

#include <QtNetwork/QTcpSocket>

namespace parley {

/// A connection that has not said yet what it wants: reads one request head, then answers it and
/// closes, or hands the socket on with the request still unread. Owned by its gateway, on its
/// thread.
class Doorway : public QObject {
    Q_OBJECT
public:
    /// Takes the socket, whose TLS is done if there is any.
    Doorway(const Config &config, Limiter &limiter, QTcpSocket *socket,
        std::unique_ptr<Visit> visit, qint64 deadlineMs);
    ~Doorway() override;

    qint64 deadlineMs() const { return m_deadlineMs; }
    QTcpSocket *takeSocket();
    std::unique_ptr<Visit> takeVisit() { return std::move(m_visit); }

signals:
    /// Take socket and visit: a WebSocket handshake waits to be read.
    void upgradeWanted();
    /// Take socket and visit: a request of a poll session waits to be read.
    void pollWanted();
    /// The socket is gone.
    void ended();

private:
    void read();
    void reply(int status, const QByteArray &text);
    bool readmit(const QHostAddress &address);

    const Config &m_config;
    Limiter &m_limiter;
    QTcpSocket *m_socket;
    std::unique_ptr<Visit> m_visit;
    qint64 m_deadlineMs;
    bool m_isAnswered = false;
};

} // namespace parley
