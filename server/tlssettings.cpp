// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/tlssettings.h"

#include <QtCore/QFile>
#include <QtNetwork/QSslCertificate>
#include <QtNetwork/QSslKey>

namespace parley {
namespace {

using namespace Qt::StringLiterals;

Result<QSslKey> readKey(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error(
            ErrorCode::Damaged, u"cannot read the key %1: %2"_s.arg(path, file.errorString()));
    const QByteArray pem = file.readAll();
    for (const QSsl::KeyAlgorithm algorithm : {QSsl::Ec, QSsl::Rsa}) {
        const QSslKey key(pem, algorithm);
        if (!key.isNull())
            return key;
    }
    return Error(ErrorCode::Damaged, u"%1 holds no private key in PEM"_s.arg(path));
}

} // namespace

Result<std::optional<QSslConfiguration>> tlsSettings(const Config::Listen &listen)
{
    if (listen.certificate.isEmpty())
        return std::optional<QSslConfiguration>();
    const QList<QSslCertificate> chain = QSslCertificate::fromPath(
        listen.certificate, QSsl::Pem, QSslCertificate::PatternSyntax::FixedString);
    if (chain.isEmpty())
        return Error(
            ErrorCode::Damaged, u"%1 holds no certificate in PEM"_s.arg(listen.certificate));
    const auto key = readKey(listen.privateKey);
    if (!key)
        return key.error();
    QSslConfiguration settings = QSslConfiguration::defaultConfiguration();
    settings.setProtocol(QSsl::TlsV1_2OrLater);
    settings.setPeerVerifyMode(QSslSocket::VerifyNone); // clients have tokens, not certificates
    settings.setLocalCertificateChain(chain);
    settings.setPrivateKey(*key);
    return std::optional(settings);
}

} // namespace parley
