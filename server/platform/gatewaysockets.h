// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/result.h"

#include <QtNetwork/QSslConfiguration>
#include <QtNetwork/QTcpSocket>

#include <functional>
#include <memory>

namespace parley {

/// Makes the sockets of accepted connections. Shared by the gateways' threads.
class GatewaySockets {
public:
    virtual ~GatewaySockets() = default;
    /// Takes over an accepted descriptor; nothing when it is of no use, and it is closed then.
    virtual std::unique_ptr<QTcpSocket> open(qintptr descriptor) const = 0;
    /// Begins TLS on a socket that was opened here, if there is any, and returns whether there is.
    /// `done` is called when all went well; otherwise the socket disconnects.
    virtual bool secure(QTcpSocket &socket, std::function<void()> done) const = 0;
};

/// QTcpSocket and QSslSocket.
std::unique_ptr<GatewaySockets> makeQtSockets(const std::optional<QSslConfiguration> &tls);

/// Sockets that keep little (thinsocket.h), where this system has them, else Qt's. Damaged when
/// certificate and key cannot be used.
Result<std::unique_ptr<GatewaySockets>> makeThinSockets(
    const std::optional<QSslConfiguration> &tls);

} // namespace parley
