// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/client/network/peer.h"

#include <QtNetwork/QSslConfiguration>
#include <QtTest/QTest>

namespace parley {

namespace {
constexpr int waitMs = 10'000;
} // namespace

Peer::Peer(const std::optional<TestCertificate> &certificate)
    : m_server(QStringLiteral("peer"),
        certificate ? QWebSocketServer::SecureMode : QWebSocketServer::NonSecureMode)
{
    if (certificate) {
        QSslConfiguration ssl = QSslConfiguration::defaultConfiguration();
        ssl.setLocalCertificate(certificate->certificate);
        ssl.setPrivateKey(certificate->key);
        ssl.setPeerVerifyMode(QSslSocket::VerifyNone);
        m_server.setSslConfiguration(ssl);
    }
    connect(&m_server, &QWebSocketServer::newConnection, this, &Peer::onConnection);
    start();
}

bool Peer::start()
{
    const bool isListening = m_server.listen(QHostAddress::LocalHost, m_port);
    m_port = m_server.serverPort();
    return isListening;
}

QString Peer::url() const
{
    const bool isSecure = m_server.secureMode() == QWebSocketServer::SecureMode;
    return QStringLiteral("%1://127.0.0.1:%2/")
        .arg(isSecure ? QStringLiteral("wss") : QStringLiteral("ws"))
        .arg(m_port);
}

void Peer::stop()
{
    m_server.close();
    cut();
}

void Peer::cut()
{
    if (!m_socket)
        return;
    QWebSocket *socket = std::exchange(m_socket, nullptr);
    socket->disconnect(this);
    socket->abort();
    socket->deleteLater();
    m_received.clear();
}

void Peer::onConnection()
{
    cut();
    m_socket = m_server.nextPendingConnection();
    ++m_connections;
    connect(m_socket, &QWebSocket::binaryMessageReceived, this, [this](const QByteArray &bytes) {
        const auto frame = decodeCommand(bytes);
        if (const auto *command = std::get_if<ClientFrame>(&frame))
            m_received.push_back(*command);
    });
    connect(m_socket, &QWebSocket::disconnected, this,
        [this] { std::exchange(m_socket, nullptr)->deleteLater(); });
}

bool Peer::waitForFrame()
{
    const size_t before = m_received.size();
    return QTest::qWaitFor([&] { return m_received.size() > before; }, waitMs);
}

void Peer::sendBytes(const QByteArray &bytes)
{
    if (m_socket)
        m_socket->sendBinaryMessage(bytes);
}

void Peer::sendText(const QString &text)
{
    if (m_socket)
        m_socket->sendTextMessage(text);
}

} // namespace parley
