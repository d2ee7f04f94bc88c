// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "tests/support/linkcapture.h"
#include "tests/support/tcpproxy.h"
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
        int bytesPerSecond = 0;
        bool isStalled = false;
        std::function<bool(const QByteArray &)> isLost;
        int lostFrames = 0;
    };

    ProxyLink(QTcpSocket *client, quint16 targetPort, Weather &weather,
        std::unique_ptr<LinkCapture> capture, QObject *parent);

    void reset();
    void resetAfter(qint64 bytes);
    /// For good: what was silent once never speaks again.
    void silence(TcpProxy::Silence silence);
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
    std::optional<TcpProxy::Silence> m_silence;
    std::unique_ptr<LinkCapture> m_capture;
    bool m_hasEnded = false;

    void readClient();
    void readServer();
    QByteArray readFrom(QTcpSocket &socket);
    bool isSilent(const QTcpSocket *to) const;
    void pass(QTcpSocket *to, const QByteArray &bytes);
    void passNarrowly(QTcpSocket *to, const QByteArray &bytes);
    void deliver();
    void write(const Chunk &chunk);
    void peerClosed(QTcpSocket *other);
    void end();
};

} // namespace parley
