// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/network/connectproblem.h"
#include "client/network/serveraddress.h"
#include "shared/protocol/frame.h"

#include <QtCore/QObject>
#include <QtNetwork/QHostAddress>
#include <QtNetwork/QSslCertificate>

namespace parley {

/// One way of carrying frames to a server, used once: opened, closed, gone. Belongs to a
/// connection; one thread, with an event loop.
///
/// What a server may send is bounded before its first byte, and its certificate is judged before
/// the first byte of ours.
class Transport : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// Once. opened() or closed() follows, never within this call.
    virtual void open(const ServerAddress &address, const QByteArray &pin) = 0;
    virtual void send(const ClientFrame &frame) = 0;
    /// Emits nothing more, writes what was sent before if it can be, and deletes itself.
    virtual void leave() = 0;

    /// The address of this machine that it goes out from; null when that is not known.
    virtual QHostAddress localAddress() const { return {}; }
    /// The last one that was seen; null for none.
    virtual QSslCertificate certificate() const = 0;
    /// What the network library says about the last problem.
    virtual QString detail() const = 0;

signals:
    /// The server was reached, and its certificate is the right one; no answer yet.
    void reached();
    void opened();
    /// It ended by itself, or never came to be.
    void closed(parley::ConnectProblem problem);
    void received(const parley::ServerFrame &frame);
};

} // namespace parley
