// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/network/connectproblem.h"

#include <QtNetwork/QSslCertificate>
#include <QtNetwork/QSslConfiguration>
#include <QtNetwork/QSslError>

namespace parley {

/// SHA-256 of the certificate as it travels, 32 bytes.
QByteArray fingerprintOf(const QSslCertificate &certificate);

/// Whether a server's certificate is the one that we want. There is no way to ignore an error.
///
/// With a pin only that very certificate will do, whoever signed it, until it expires. Without one
/// the usual rules hold; a self-signed certificate that is otherwise in order may be pinned after a
/// person has seen its fingerprint.
ConnectProblem judgeCertificate(
    const QSslCertificate &certificate, const QList<QSslError> &errors, const QByteArray &pin);

/// What became of that question on the connections of one transport.
struct CertificateCheck {
    QByteArray pin;
    QSslCertificate certificate; ///< the last one that was seen
    ConnectProblem problem = ConnectProblem::None;

    /// Looks at what the other side showed; true when it is the right one.
    bool accepts(const QSslConfiguration &connection, const QList<QSslError> &errors);
};

/// What the network library says about them, in one line.
QString textOf(const QList<QSslError> &errors);

} // namespace parley
