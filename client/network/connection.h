// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/network/connectproblem.h"
#include "client/network/serveraddress.h"
#include "shared/protocol/frame.h"

#include <QtCore/QObject>
#include <QtNetwork/QAbstractSocket>
#include <QtNetwork/QHostAddress>
#include <QtNetwork/QSslCertificate>
#include <QtNetwork/QSslError>

QT_BEGIN_NAMESPACE
class QWebSocket;
QT_END_NAMESPACE

namespace parley {

/// One way to a server, at one time: frames go in and out, decoded. Its owner decides when to open
/// it, how long to wait, and when to close it. One thread, with an event loop.
///
/// What a server may send is bounded before its first byte. The certificate is judged before
/// opened() is emitted.
class Connection : public QObject {
    Q_OBJECT
public:
    explicit Connection(QObject *parent = nullptr);
    ~Connection() override;

    /// Ends what there was, silently, and begins. opened() or closed() follows.
    void open(const ServerAddress &address, const QByteArray &pin);
    void send(const ClientFrame &frame);
    /// Ends it; nothing is emitted. What was sent before is still written if it can be.
    void close();
    bool isOpen() const { return m_isOpen; }
    /// The address of this machine that the connection goes out from.
    QHostAddress localAddress() const;

    /// The last one that was seen; null for none.
    const QSslCertificate &certificate() const { return m_certificate; }
    /// What the network library says about the last problem.
    const QString &detail() const { return m_detail; }

signals:
    void opened();
    /// The way ended by itself, or never came to be.
    void closed(parley::ConnectProblem problem);
    void received(const parley::ServerFrame &frame);

private:
    void onConnected();
    void onFrame(const QByteArray &bytes);
    void onSslErrors(const QList<QSslError> &errors);
    void onEnded();
    void end(ConnectProblem problem);
    void release();
    ConnectProblem problem() const;

    QWebSocket *m_socket = nullptr;
    QByteArray m_pin;
    QSslCertificate m_certificate;
    QString m_detail;
    ConnectProblem m_certificateProblem = ConnectProblem::None;
    QAbstractSocket::SocketError m_error = QAbstractSocket::UnknownSocketError;
    bool m_isEncrypted = false;
    bool m_isOpen = false;
    bool m_wasReached = false; ///< something accepted the connection at all
    bool m_isSecured = false; ///< TLS is there
};

} // namespace parley
