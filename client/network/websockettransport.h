// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/network/certificatepin.h"
#include "client/network/transport.h"

#include <QtNetwork/QAbstractSocket>
#include <QtNetwork/QSslError>

QT_BEGIN_NAMESPACE
class QWebSocket;
QT_END_NAMESPACE

namespace parley {

/// Frames as CBOR, one binary message each.
class WebSocketTransport : public Transport {
    Q_OBJECT
public:
    using Transport::Transport;
    ~WebSocketTransport() override;

    void open(const ServerAddress &address, const QByteArray &pin) override;
    void send(const ClientFrame &frame) override;
    void leave() override;
    QHostAddress localAddress() const override;
    QSslCertificate certificate() const override { return m_check.certificate; }
    QString detail() const override;

private:
    void onConnected();
    void onFrame(const QByteArray &bytes);
    void onSslErrors(const QList<QSslError> &errors);
    void onEnded();
    void end(ConnectProblem problem);
    void release();
    void watchBelow();
    ConnectProblem problem() const;

    QWebSocket *m_socket = nullptr;
    CertificateCheck m_check;
    QString m_detail;
    QAbstractSocket::SocketError m_error = QAbstractSocket::UnknownSocketError;
    bool m_isEncrypted = false;
    bool m_isOpen = false;
    bool m_wasReached = false; ///< something accepted the connection at all
    bool m_isSecured = false; ///< TLS is there
};

} // namespace parley
