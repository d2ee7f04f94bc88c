// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "tests/support/websocketframes.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QTimer>
#include <QtNetwork/QTcpSocket>

#include <deque>
#include <functional>
#include <optional>

namespace parley {

/// One connection through a TcpProxy: a socket to the client, one to the server, and what is under
/// way between them. Owned by the proxy's worker, on its thread.
class ProxyLink : public QObject {
    Q_OBJECT
public:
    /// What holds for all links of a proxy.
    struct Weather {
        int delayMs = 0;
        bool isStalled = false;
        std::function<bool(const QByteArray &)> isLost;
        int lostFrames = 0;
    };

    ProxyLink(QTcpSocket *client, quint16 targetPort, Weather &weather, QObject *parent);

    void reset();
    void resetAfter(qint64 bytes);
    void halfOpen() { m_isHalfOpen = true; }
    /// The weather changed: read what waits.
    void look();

signals:
    void ended();

private:
    struct Chunk {
        qint64 dueMs = 0;
        QTcpSocket *to = nullptr;
        QByteArray bytes;
    };

    Weather &m_weather;
    QTcpSocket *m_client;
    QTcpSocket m_server;
    QElapsedTimer m_clock;
    QTimer m_timer;
    WebSocketFrames m_frames;
    std::deque<Chunk> m_underWay;
    std::optional<qint64> m_bytesLeft;
    bool m_isHalfOpen = false;
    bool m_hasEnded = false;

    void readClient();
    void readServer();
    void pass(QTcpSocket *to, const QByteArray &bytes);
    void deliver();
    void write(const Chunk &chunk);
    void peerClosed(QTcpSocket *other);
    void end();
};

} // namespace parley
