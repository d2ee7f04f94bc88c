// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/platform/gatewaysockets.h"

#include "server/platform/thinsocket.h"

namespace parley {
namespace {

class ThinSockets : public GatewaySockets {
public:
    explicit ThinSockets(std::shared_ptr<const TlsContext> tls)
        : m_tls(std::move(tls))
    {
    }

    std::unique_ptr<QTcpSocket> open(qintptr descriptor) const override
    {
        if (!m_tls)
            return std::make_unique<ThinSocket>(descriptor);
        // Without memory for a stream the socket is closed by going out of scope, unencrypted.
        auto stream = m_tls->accept(descriptor);
        const bool isSecure = stream != nullptr;
        auto socket = std::make_unique<ThinSocket>(descriptor, std::move(stream));
        return isSecure ? std::move(socket) : nullptr;
    }

    bool secure(QTcpSocket &socket, std::function<void()> done) const override
    {
        auto *thin = qobject_cast<ThinSocket *>(&socket);
        if (!m_tls || !thin)
            return false;
        QObject::connect(thin, &ThinSocket::encrypted, thin, std::move(done));
        return true;
    }

private:
    std::shared_ptr<const TlsContext> m_tls;
};

} // namespace

Result<std::unique_ptr<GatewaySockets>> makeThinSockets(const std::optional<QSslConfiguration> &tls)
{
    if (!tls)
        return std::unique_ptr<GatewaySockets>(std::make_unique<ThinSockets>(nullptr));
    auto context = TlsContext::make(*tls);
    if (!context)
        return context.error();
    return std::unique_ptr<GatewaySockets>(std::make_unique<ThinSockets>(*std::move(context)));
}

} // namespace parley
