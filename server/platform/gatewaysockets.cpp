// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/platform/gatewaysockets.h"

#include <QtNetwork/QSslSocket>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

namespace parley {
namespace {

// What Qt does not understand it leaves open. It closes what cannot be made non-blocking, but no
// accepted socket is such a one.
void closeRefused([[maybe_unused]] qintptr descriptor)
{
#ifdef Q_OS_UNIX
    ::close(int(descriptor));
#endif
}

class QtSockets : public GatewaySockets {
public:
    explicit QtSockets(const std::optional<QSslConfiguration> &tls)
        : m_tls(tls)
    {
    }

    std::unique_ptr<QTcpSocket> open(qintptr descriptor) const override
    {
        std::unique_ptr<QTcpSocket> socket;
        if (m_tls)
            socket = std::make_unique<QSslSocket>();
        else
            socket = std::make_unique<QTcpSocket>();
        if (socket->setSocketDescriptor(descriptor))
            return socket;
        closeRefused(descriptor);
        return nullptr;
    }

    bool secure(QTcpSocket &socket, std::function<void()> done) const override
    {
        auto *tls = qobject_cast<QSslSocket *>(&socket);
        if (!tls)
            return false;
        tls->setSslConfiguration(*m_tls);
        QObject::connect(tls, &QSslSocket::encrypted, tls, std::move(done));
        tls->startServerEncryption();
        return true;
    }

private:
    std::optional<QSslConfiguration> m_tls;
};

} // namespace

std::unique_ptr<GatewaySockets> makeQtSockets(const std::optional<QSslConfiguration> &tls)
{
    return std::make_unique<QtSockets>(tls);
}

} // namespace parley
