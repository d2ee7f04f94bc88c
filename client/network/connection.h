// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/network/transport.h"
#include "client/network/transportchoice.h"

#include <QtCore/QTimer>

namespace parley {

/// One way to a server, at one time: frames go in and out, decoded. Its owner decides when to open
/// it, how long to wait, and when to close it; it finds out itself how frames get through: by a
/// WebSocket, or by long polling where something in between lets none pass. One thread, with an
/// event loop.
///
/// What a server may send is bounded before its first byte. The certificate is judged before
/// opened() is emitted.
class Connection : public QObject {
    Q_OBJECT
public:
    /// A server that was reached, but does not finish the WebSocket's handshake.
    static constexpr int upgradeMs = 4'000;

    explicit Connection(QObject *parent = nullptr);
    ~Connection() override;

    /// Ends what there was, silently, and begins. opened() or closed() follows.
    void open(const ServerAddress &address, const QByteArray &pin);
    void send(const ClientFrame &frame);
    /// Ends it; nothing is emitted. What was sent before is still written if it can be.
    void close();
    bool isOpen() const { return m_isOpen; }
    /// It was open when it ended last, and no frame had come.
    bool isMute() const { return m_isMute; }
    /// How frames travel while it is open.
    TransportKind transport() const { return m_kind; }
    /// The network may be another one: what is known about its ways is forgotten.
    void forgetWays() { m_choice.forget(); }
    /// The address of this machine that the connection goes out from.
    QHostAddress localAddress() const;

    /// The last one that was seen; null for none.
    QSslCertificate certificate() const;
    /// What the network library says about the last problem.
    QString detail() const;

signals:
    void opened();
    /// The way ended by itself, or never came to be.
    void closed(parley::ConnectProblem problem);
    void received(const parley::ServerFrame &frame);

private:
    void begin(TransportKind kind);
    void onOpened();
    void onReceived(const ServerFrame &frame);
    void onClosed(ConnectProblem problem);
    void onUpgradeTimeout();
    void release();

    Transport *m_transport = nullptr;
    TransportKind m_kind = TransportKind::WebSocket;
    TransportKind m_first = TransportKind::WebSocket; ///< of this attempt
    TransportChoice m_choice;
    ServerAddress m_address;
    QByteArray m_pin;
    QTimer m_upgrade;
    std::optional<ConnectProblem> m_problem; ///< of the first one
    QSslCertificate m_certificate;
    QString m_detail;
    qint64 m_openedMs = 0;
    bool m_isOpen = false;
    bool m_hasHeard = false;
    bool m_isMute = false;
};

} // namespace parley
