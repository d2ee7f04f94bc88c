// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/gateway/peerconnection.h"

#include <QtCore/QDateTime>
#include <QtNetwork/QSslSocket>

#include <chrono>

namespace parley {
namespace {

constexpr qint64 closeMs = 5'000; ///< for the peer to take what was written
constexpr qint64 frameOverheadBytes = 64 * 1024;

} // namespace

qint64 steadyMs()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

PeerConnection::PeerConnection(const SessionWorld &world, GatewayWays &ways, SessionRef ref,
    std::unique_ptr<QWebSocket> socket, QTcpSocket *transport, std::unique_ptr<Visit> visit)
    : m_world(world)
    , m_ways(ways)
    , m_socket(std::move(socket))
    , m_transport(transport)
    , m_visit(std::move(visit))
    , m_session(world, *this, ref, m_visit->address(), steadyMs())
{
    const quint64 most = m_world.config.limits.announced.clientFrameBytes;
    m_socket->setMaxAllowedIncomingFrameSize(most);
    m_socket->setMaxAllowedIncomingMessageSize(most);
    connect(m_socket.get(), &QWebSocket::binaryMessageReceived, this,
        [this](const QByteArray &frame) { m_session.received(frame, steadyMs()); });
    connect(m_socket.get(), &QWebSocket::textMessageReceived, this,
        [this] { m_session.receivedGarbage(); });
    connect(m_socket.get(), &QWebSocket::disconnected, this, [this] {
        m_session.disconnected();
        emit ended();
    });
    if (m_transport) {
        // A frame must fit in this buffer as a whole; more than that no peer can make us keep.
        m_transport->setReadBufferSize(qint64(most) + frameOverheadBytes);
        connect(m_transport, &QTcpSocket::bytesWritten, this,
            [this] { m_session.drained(steadyMs()); });
        connect(m_transport, &QTcpSocket::readyRead, this, &PeerConnection::watchFlood);
    }
}

PeerConnection::~PeerConnection()
{
    // Closing them below would call back into what is gone by then.
    m_socket->disconnect(this);
    if (m_transport)
        m_transport->disconnect(this);
}

void PeerConnection::tick(qint64 nowMs)
{
    if (m_closingSinceMs) {
        if (nowMs - *m_closingSinceMs >= closeMs)
            abort();
        return;
    }
    m_session.tick(nowMs);
}

void PeerConnection::abort()
{
    m_socket->abort();
}

void PeerConnection::write(const QByteArray &frame)
{
    m_socket->sendBinaryMessage(frame);
}

qint64 PeerConnection::waitingBytes() const
{
    qint64 waiting = m_socket->bytesToWrite();
    if (const auto *tls = qobject_cast<const QSslSocket *>(m_transport.data()))
        waiting += tls->encryptedBytesToWrite();
    return waiting;
}

void PeerConnection::close()
{
    if (m_closingSinceMs)
        return;
    m_closingSinceMs = steadyMs();
    m_socket->close();
}

qint64 PeerConnection::wallMs() const
{
    return QDateTime::currentMSecsSinceEpoch();
}

/// Pings are answered below us, frame by frame: whoever sends them and takes no answers is let go.
void PeerConnection::watchFlood()
{
    const qint64 most = m_world.config.limits.sendQueueBytes * (Outgoing::answerFactor + 1);
    if (waitingBytes() > most)
        abort();
}

} // namespace parley
