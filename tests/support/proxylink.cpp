// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/support/proxylink.h"

#include <QtNetwork/QHostAddress>

namespace parley {

namespace {

/// What the proxy itself may swallow of a reader that is stalled; the kernel's buffers come on top.
constexpr qint64 stalledBytes = 16 * 1024;
constexpr int kernelBytes = 32 * 1024;
constexpr int resetMs = 100;
constexpr qsizetype narrowBytes = 1024; ///< what passes a narrow line at once

} // namespace

ProxyLink::ProxyLink(QTcpSocket *client, quint16 targetPort, Weather &weather,
    std::unique_ptr<LinkCapture> capture, QObject *parent)
    : QObject(parent)
    , m_weather(weather)
    , m_client(client)
    , m_capture(std::move(capture))
{
    m_client->setParent(this);
    m_clock.start();
    m_timer.setSingleShot(true);
    m_server.setReadBufferSize(stalledBytes);
    m_client->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    connect(&m_timer, &QTimer::timeout, this, &ProxyLink::deliver);
    connect(m_client, &QTcpSocket::readyRead, this, &ProxyLink::readClient);
    connect(&m_server, &QTcpSocket::readyRead, this, &ProxyLink::readServer);
    connect(&m_server, &QTcpSocket::connected, this, &ProxyLink::readClient);
    connect(m_client, &QTcpSocket::disconnected, this, [this] { peerClosed(&m_server); });
    connect(&m_server, &QTcpSocket::disconnected, this, [this] { peerClosed(m_client); });
    connect(&m_server, &QTcpSocket::errorOccurred, this, [this] { peerClosed(m_client); });
    m_server.connectToHost(QHostAddress(QHostAddress::LocalHost), targetPort);
    m_server.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    // Else the kernel takes megabytes for a reader that does not read.
    m_server.setSocketOption(QAbstractSocket::ReceiveBufferSizeSocketOption, kernelBytes);
}

void ProxyLink::reset()
{
    m_underWay.clear();
    m_client->abort();
    m_server.abort();
    end();
}

void ProxyLink::resetAfter(qint64 bytes)
{
    m_bytesLeft = bytes;
    QTimer::singleShot(resetMs, this, [this] { reset(); });
}

void ProxyLink::look()
{
    readClient();
    readServer();
}

void ProxyLink::readClient()
{
    if (m_server.state() == QAbstractSocket::ConnectedState && m_client->isOpen())
        pass(&m_server, readFrom(*m_client));
}

QByteArray ProxyLink::readFrom(QTcpSocket &socket)
{
    const auto bytes = socket.readAll();
    if (m_capture && !bytes.isEmpty())
        m_capture->write(&socket == m_client ? LinkCapture::Direction::ToServer
                                             : LinkCapture::Direction::ToClient,
            bytes);
    return bytes;
}

// Bytes that are missing in the middle of a stream are no network's doing.
void ProxyLink::silence(TcpProxy::Silence silence)
{
    m_silence = m_silence.value_or(silence) == silence ? silence : TcpProxy::Silence::BothWays;
}

bool ProxyLink::isSilent(const QTcpSocket *to) const
{
    const auto way = to == m_client ? TcpProxy::Silence::ToClient : TcpProxy::Silence::ToServer;
    return m_silence == TcpProxy::Silence::BothWays || m_silence == way;
}

void ProxyLink::readServer()
{
    if (m_weather.isStalled || !m_server.isOpen())
        return;
    // The buffer is bounded: reading makes room, and room makes the socket read on.
    while (!m_hasEnded) {
        const auto bytes = readFrom(m_server);
        if (bytes.isEmpty())
            return;
        for (const auto &part : m_frames.feed(bytes)) {
            if (!part.payload.isEmpty() && m_weather.isLost && m_weather.isLost(part.payload))
                ++m_weather.lostFrames;
            else
                pass(m_client, part.bytes);
        }
    }
}

void ProxyLink::pass(QTcpSocket *to, const QByteArray &bytes)
{
    if (bytes.isEmpty() || isSilent(to) || m_hasEnded)
        return;
    if (m_weather.bytesPerSecond > 0)
        return passNarrowly(to, bytes);
    const Chunk chunk{m_clock.elapsed() + m_weather.delayMs, to, bytes};
    if (m_weather.delayMs == 0 && m_underWay.empty()) {
        write(chunk);
        return;
    }
    m_underWay.push_back(chunk);
    deliver();
}

void ProxyLink::passNarrowly(QTcpSocket *to, const QByteArray &bytes)
{
    for (qsizetype at = 0; at < bytes.size(); at += narrowBytes) {
        const auto piece = bytes.mid(at, narrowBytes);
        const qint64 freeMs = m_underWay.empty() ? 0 : m_underWay.back().dueMs;
        m_underWay.push_back({std::max(freeMs, m_clock.elapsed() + m_weather.delayMs)
                + piece.size() * 1000 / m_weather.bytesPerSecond,
            to, piece});
    }
    deliver();
}

void ProxyLink::deliver()
{
    while (!m_underWay.empty() && m_underWay.front().dueMs <= m_clock.elapsed()) {
        const auto chunk = std::move(m_underWay.front());
        m_underWay.pop_front();
        if (!isSilent(chunk.to))
            write(chunk);
    }
    if (!m_underWay.empty() && !m_timer.isActive())
        m_timer.start(
            static_cast<int>(std::max<qint64>(0, m_underWay.front().dueMs - m_clock.elapsed())));
}

void ProxyLink::write(const Chunk &chunk)
{
    if (!chunk.to->isOpen())
        return;
    if (!m_bytesLeft || *m_bytesLeft > chunk.bytes.size()) {
        chunk.to->write(chunk.bytes);
        if (m_bytesLeft)
            *m_bytesLeft -= chunk.bytes.size();
        return;
    }
    chunk.to->write(chunk.bytes.left(*m_bytesLeft));
    chunk.to->flush();
    reset();
}

// What was under way still arrives before the end does.
void ProxyLink::peerClosed(QTcpSocket *other)
{
    // Who is silenced is not told that the other one has gone, either.
    if (isSilent(other) || m_hasEnded)
        return;
    if (other == m_client)
        readServer();
    while (!m_underWay.empty() && !m_hasEnded) {
        const auto chunk = std::move(m_underWay.front());
        m_underWay.pop_front();
        if (chunk.to == other)
            write(chunk);
    }
    other->disconnectFromHost();
    if (other->state() == QAbstractSocket::UnconnectedState)
        end();
}

void ProxyLink::end()
{
    if (m_hasEnded)
        return;
    m_hasEnded = true;
    emit ended();
}

} // namespace parley
