// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/network/certificatepin.h"

#include <QtCore/QCryptographicHash>

namespace parley {

namespace {

/// What is wrong with every self-signed certificate, and says nothing once it is pinned.
bool isAboutTrust(const QSslError &error)
{
    switch (error.error()) {
    case QSslError::SelfSignedCertificate:
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::CertificateUntrusted:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::InvalidCaCertificate:
    case QSslError::HostNameMismatch:
        return true;
    default:
        return false;
    }
}

} // namespace

QByteArray fingerprintOf(const QSslCertificate &certificate)
{
    return certificate.digest(QCryptographicHash::Sha256);
}

ConnectProblem judgeCertificate(
    const QSslCertificate &certificate, const QList<QSslError> &errors, const QByteArray &pin)
{
    const bool isOnlyAboutTrust = std::ranges::all_of(errors, isAboutTrust);
    if (!pin.isEmpty()) {
        if (certificate.isNull() || fingerprintOf(certificate) != pin)
            return ConnectProblem::CertificateChanged;
        return isOnlyAboutTrust ? ConnectProblem::None : ConnectProblem::CertificateInvalid;
    }
    if (errors.isEmpty())
        return ConnectProblem::None;
    const bool mayBePinned = certificate.isSelfSigned() && isOnlyAboutTrust;
    return mayBePinned ? ConnectProblem::CertificateUnknown : ConnectProblem::CertificateInvalid;
}

bool CertificateCheck::accepts(const QSslConfiguration &connection, const QList<QSslError> &errors)
{
    certificate = connection.peerCertificate();
    problem = judgeCertificate(certificate, errors, pin);
    return problem == ConnectProblem::None;
}

QString textOf(const QList<QSslError> &errors)
{
    QStringList texts;
    for (const QSslError &error : errors)
        texts += error.errorString();
    return texts.join(QLatin1String("; "));
}

} // namespace parley
