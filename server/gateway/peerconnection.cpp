// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/gateway/peerconnection.h"

#include <QtNetwork/QSslSocket>

namespace parley {
namespace {

constexpr qint64 closeMs = 5'000; ///< for the peer to take what was written
constexpr qint64 frameOverheadBytes = 64 * 1024;

} // namespace

PeerConnection::PeerConnection(const SessionWorld &world, GatewayWays &ways, SessionRef ref,
    std::unique_ptr<QWebSocket> socket, QTcpSocket *transport, std::unique_ptr<Visit> visit)
    : ServedConnection(world, ways, ref, std::move(visit))
    , m_socket(std::move(socket))
    , m_transport(transport)
{
    const quint64 most = m_world.config.limits.announced.clientFrameBytes;
    m_socket->setMaxAllowedIncomingFrameSize(most);
    m_socket->setMaxAllowedIncomingMessageSize(most);
    connect(
        m_socket.get(), &QWebSocket::binaryMessageReceived, this, &PeerConnection::receiveBytes);
    connect(m_socket.get(), &QWebSocket::textMessageReceived, this, &PeerConnection::receiveText);
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

void PeerConnection::receiveBytes(const QByteArray &frame)
{
    if (m_language == Language::Json)
        return m_session.receivedGarbage();
    m_language = Language::Cbor;
    m_session.received(frame, steadyMs());
}

void PeerConnection::receiveText(const QString &text)
{
    if (m_language == Language::Cbor)
        return m_session.receivedGarbage();
    m_language = Language::Json;
    const QByteArray json = text.toUtf8();
    m_session.received(m_json.readCommand(json), json.size(), steadyMs());
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
    if (m_language == Language::Json)
        m_socket->sendTextMessage(QString::fromUtf8(m_json.writeServerFrame(frame)));
    else
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

/// Pings are answered below us, frame by frame: whoever sends them and takes no answers is let go.
void PeerConnection::watchFlood()
{
    const qint64 most = m_world.config.limits.sendQueueBytes * (Outgoing::answerFactor + 1);
    if (waitingBytes() > most)
        abort();
}

} // namespace parley
