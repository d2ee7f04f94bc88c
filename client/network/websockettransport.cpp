// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/network/websockettransport.h"

#include "client/network/certificatepin.h"

#include <QtCore/QLoggingCategory>
#include <QtNetwork/QSslConfiguration>
#include <QtNetwork/QSslSocket>
#include <QtWebSockets/QWebSocket>

using namespace Qt::StringLiterals;

namespace parley {

namespace {

Q_LOGGING_CATEGORY(webSocketLog, "parley.connection")

} // namespace

WebSocketTransport::~WebSocketTransport()
{
    release();
}

void WebSocketTransport::open(const ServerAddress &address, const QByteArray &pin)
{
    m_check.pin = pin;
    m_isEncrypted = address.url.scheme() == "wss"_L1;
    if (!m_isEncrypted && !address.isLoopback) {
        QMetaObject::invokeMethod(
            this, [this] { end(ConnectProblem::NotEncrypted); }, Qt::QueuedConnection);
        return;
    }

    m_socket = new QWebSocket(QString(), QWebSocketProtocol::VersionLatest, this);
    m_socket->setMaxAllowedIncomingFrameSize(quint64(limits::serverFrameBytes));
    m_socket->setMaxAllowedIncomingMessageSize(quint64(limits::serverFrameBytes));
    if (m_isEncrypted) {
        QSslConfiguration ssl = QSslConfiguration::defaultConfiguration();
        ssl.setProtocol(QSsl::TlsV1_2OrLater);
        m_socket->setSslConfiguration(ssl);
    }
    connect(m_socket, &QWebSocket::connected, this, &WebSocketTransport::onConnected);
    connect(m_socket, &QWebSocket::disconnected, this, &WebSocketTransport::onEnded);
    connect(m_socket, &QWebSocket::binaryMessageReceived, this, &WebSocketTransport::onFrame);
    connect(m_socket, &QWebSocket::textMessageReceived, this,
        [this] { end(ConnectProblem::NotAServer); });
    connect(m_socket, &QWebSocket::sslErrors, this, &WebSocketTransport::onSslErrors);
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    const auto failed = &QWebSocket::errorOccurred;
#else
    const auto failed = qOverload<QAbstractSocket::SocketError>(&QWebSocket::error);
#endif
    connect(m_socket, failed, this, [this](QAbstractSocket::SocketError error) {
        if (m_error == QAbstractSocket::UnknownSocketError)
            m_error = error;
        onEnded();
    });
    m_socket->open(address.url);
    watchBelow();
}

/// Only once it opens is there a socket below: without its word, "refused" and "speaks otherwise"
/// look the same.
void WebSocketTransport::watchBelow()
{
    auto *below = m_socket->findChild<QAbstractSocket *>();
    if (!below)
        return;
    if (auto *secure = qobject_cast<QSslSocket *>(below)) {
        connect(secure, &QSslSocket::encrypted, this, [this] {
            m_isSecured = true;
            emit reached();
        });
    }
    connect(below, &QAbstractSocket::connected, this, [this] {
        m_wasReached = true;
        if (!m_isEncrypted)
            emit reached();
    });
    connect(below, &QAbstractSocket::errorOccurred, this,
        [this](QAbstractSocket::SocketError error) { m_error = error; });
}

void WebSocketTransport::onConnected()
{
    // A pinned server that now shows a certificate which anybody trusts is not the pinned one.
    if (m_isEncrypted && !m_check.accepts(m_socket->sslConfiguration(), {})) {
        end(m_check.problem);
        return;
    }
    m_isOpen = true;
    emit opened();
}

void WebSocketTransport::onSslErrors(const QList<QSslError> &errors)
{
    m_detail = textOf(errors);
    if (m_check.accepts(m_socket->sslConfiguration(), errors))
        m_socket->ignoreSslErrors(errors);
}

void WebSocketTransport::onFrame(const QByteArray &bytes)
{
    const auto frame = decodeServerFrame(bytes);
    if (!frame) {
        qCWarning(
            webSocketLog, "closing: the server sent no frame: %s", errorName(frame.error().code));
        end(ConnectProblem::NotAServer);
        return;
    }
    emit received(*frame);
}

void WebSocketTransport::send(const ClientFrame &frame)
{
    if (!m_isOpen)
        return;
    m_socket->sendBinaryMessage(encodeCommand(frame.request, frame.command));
}

void WebSocketTransport::leave()
{
    blockSignals(true);
    release();
    deleteLater();
}

QString WebSocketTransport::detail() const
{
    return m_detail;
}

QHostAddress WebSocketTransport::localAddress() const
{
    return m_socket ? m_socket->localAddress() : QHostAddress();
}

void WebSocketTransport::onEnded()
{
    // Qt says "disconnected" before it says why: the reason may come within this very call.
    QWebSocket *ended = m_socket;
    QMetaObject::invokeMethod(
        this,
        [this, ended] {
            if (ended == m_socket && m_socket)
                end(problem());
        },
        Qt::QueuedConnection);
}

void WebSocketTransport::end(ConnectProblem problem)
{
    if (m_socket && m_detail.isEmpty())
        m_detail = m_socket->errorString();
    release();
    emit closed(problem);
}

void WebSocketTransport::release()
{
    m_isOpen = false;
    if (!m_socket)
        return;
    QWebSocket *socket = std::exchange(m_socket, nullptr);
    socket->disconnect(this);
    socket->close();
    // It may be the one that called us.
    socket->deleteLater();
}

ConnectProblem WebSocketTransport::problem() const
{
    if (m_check.problem != ConnectProblem::None)
        return m_check.problem;
    if (m_isOpen)
        return ConnectProblem::Unreachable;
    switch (m_error) {
    case QAbstractSocket::HostNotFoundError:
        return ConnectProblem::ServerNotFound;
    case QAbstractSocket::SslHandshakeFailedError:
    case QAbstractSocket::SslInvalidUserDataError:
        // What does not answer a TLS greeting in kind speaks plainly.
        return ConnectProblem::NotEncrypted;
    case QAbstractSocket::NetworkError:
    case QAbstractSocket::SocketTimeoutError:
        return ConnectProblem::Unreachable;
    default:
        if (!m_wasReached)
            return ConnectProblem::Unreachable;
        return m_isEncrypted && !m_isSecured ? ConnectProblem::NotEncrypted
                                             : ConnectProblem::NotAServer;
    }
}

} // namespace parley
