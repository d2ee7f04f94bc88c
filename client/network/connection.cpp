// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/network/connection.h"

#include "client/network/certificatepin.h"

#include <QtCore/QLoggingCategory>
#include <QtNetwork/QSslConfiguration>
#include <QtNetwork/QSslSocket>
#include <QtWebSockets/QWebSocket>

using namespace Qt::StringLiterals;

namespace parley {

Q_LOGGING_CATEGORY(connectionLog, "parley.connection")

Connection::Connection(QObject *parent)
    : QObject(parent)
{
}

Connection::~Connection()
{
    release();
}

void Connection::open(const ServerAddress &address, const QByteArray &pin)
{
    release();
    m_pin = pin;
    m_certificate = QSslCertificate();
    m_detail.clear();
    m_certificateProblem = ConnectProblem::None;
    m_isEncrypted = address.url.scheme() == "wss"_L1;
    m_wasReached = false;
    m_isSecured = false;
    m_error = QAbstractSocket::UnknownSocketError;
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
    connect(m_socket, &QWebSocket::connected, this, &Connection::onConnected);
    connect(m_socket, &QWebSocket::disconnected, this, &Connection::onEnded);
    connect(m_socket, &QWebSocket::binaryMessageReceived, this, &Connection::onFrame);
    connect(m_socket, &QWebSocket::textMessageReceived, this,
        [this] { end(ConnectProblem::NotAServer); });
    connect(m_socket, &QWebSocket::sslErrors, this, &Connection::onSslErrors);
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
    // Only now is there a socket below: without its word, "refused" and "speaks otherwise" look
    // the same.
    if (auto *below = m_socket->findChild<QAbstractSocket *>()) {
        if (auto *secure = qobject_cast<QSslSocket *>(below))
            connect(secure, &QSslSocket::encrypted, this, [this] { m_isSecured = true; });
        connect(below, &QAbstractSocket::connected, this, [this] { m_wasReached = true; });
        connect(below, &QAbstractSocket::errorOccurred, this,
            [this](QAbstractSocket::SocketError error) { m_error = error; });
    }
}

void Connection::onConnected()
{
    if (m_isEncrypted) {
        m_certificate = m_socket->sslConfiguration().peerCertificate();
        // A pinned server that now shows a certificate which anybody trusts is not the pinned one.
        const auto problem = judgeCertificate(m_certificate, {}, m_pin);
        if (problem != ConnectProblem::None) {
            end(problem);
            return;
        }
    }
    m_isOpen = true;
    emit opened();
}

void Connection::onSslErrors(const QList<QSslError> &errors)
{
    m_certificate = m_socket->sslConfiguration().peerCertificate();
    m_certificateProblem = judgeCertificate(m_certificate, errors, m_pin);
    QStringList texts;
    for (const QSslError &error : errors)
        texts += error.errorString();
    m_detail = texts.join("; "_L1);
    if (m_certificateProblem == ConnectProblem::None)
        m_socket->ignoreSslErrors(errors);
}

void Connection::onFrame(const QByteArray &bytes)
{
    const auto frame = decodeServerFrame(bytes);
    if (!frame) {
        qCWarning(
            connectionLog, "closing: the server sent no frame: %s", errorName(frame.error().code));
        end(ConnectProblem::NotAServer);
        return;
    }
    emit received(*frame);
}

void Connection::send(const ClientFrame &frame)
{
    if (!m_isOpen)
        return;
    m_socket->sendBinaryMessage(encodeCommand(frame.request, frame.command));
}

void Connection::close()
{
    release();
}

QHostAddress Connection::localAddress() const
{
    return m_socket ? m_socket->localAddress() : QHostAddress();
}

void Connection::onEnded()
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

void Connection::end(ConnectProblem problem)
{
    if (m_socket && m_detail.isEmpty())
        m_detail = m_socket->errorString();
    release();
    emit closed(problem);
}

void Connection::release()
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

ConnectProblem Connection::problem() const
{
    if (m_certificateProblem != ConnectProblem::None)
        return m_certificateProblem;
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
