// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/network/handshake.h"

#include "client/network/certificatepin.h"
#include "shared/product.h"

#include <QtCore/QDateTime>
#include <QtCore/QSysInfo>

using namespace Qt::StringLiterals;

namespace parley {

QString appName()
{
    return u"%1 %2 (%3)"_s
        .arg(QLatin1String(productName), QLatin1String(productVersion),
            QSysInfo::prettyProductName())
        .left(100);
}

Handshake::Handshake(const ServerAddress &address, const QByteArray &pin, const Auth &auth,
    const std::optional<DeviceId> &device, QObject *parent)
    : QObject(parent)
    , m_address(address)
    , m_pin(pin)
    , m_auth(auth)
    , m_device(device)
{
    connect(&m_connection, &Connection::opened, this, &Handshake::onOpened);
    connect(&m_connection, &Connection::received, this, &Handshake::onReceived);
    connect(&m_connection, &Connection::closed, this, &Handshake::onClosed);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] { finish(ConnectProblem::Unreachable); });
    m_timer.start(mostMs);
    m_connection.open(address, pin);
}

void Handshake::onOpened()
{
    Hello hello;
    hello.versions = {protocolVersion};
    hello.app = appName();
    hello.auth = m_auth;
    hello.device = m_device;
    m_connection.send({1, hello});
}

/// Closed without a word after it had opened: something in between may let only some frames pass.
/// The connection knows now, and takes another way.
void Handshake::onClosed(ConnectProblem problem)
{
    if (problem == ConnectProblem::Unreachable && m_connection.isMute()
        && !std::exchange(m_hasTriedAgain, true)) {
        m_connection.open(m_address, m_pin);
        return;
    }
    finish(problem);
}

void Handshake::onReceived(const ServerFrame &frame)
{
    if (const auto *refused = std::get_if<Refused>(&frame)) {
        m_outcome.refusal = refused->refusal;
        finish(refused->refusal.code == ErrorCode::UpgradeRequired ? ConnectProblem::TooOld
                                                                   : ConnectProblem::Refused);
        return;
    }
    const auto *answer = std::get_if<Answer>(&frame);
    if (!answer || answer->request != 1)
        return;
    auto welcome = fromCbor<Welcome>(answer->body);
    if (!welcome) {
        finish(ConnectProblem::NotAServer);
        return;
    }
    m_outcome.welcome = *std::move(welcome);
    finish(ConnectProblem::None);
}

void Handshake::finish(ConnectProblem problem)
{
    if (std::exchange(m_isFinished, true))
        return;
    m_timer.stop();
    m_outcome.problem = problem;
    const QSslCertificate certificate = m_connection.certificate();
    if (!certificate.isNull()) {
        m_outcome.fingerprint = fingerprintOf(certificate);
        m_outcome.issuer = certificate.issuerDisplayName();
        m_outcome.validFromMs = certificate.effectiveDate().toMSecsSinceEpoch();
        m_outcome.validToMs = certificate.expiryDate().toMSecsSinceEpoch();
    }
    m_outcome.detail = m_connection.detail();
    m_connection.close();
    emit finished(m_outcome);
    deleteLater();
}

} // namespace parley
