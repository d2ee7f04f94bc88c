// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/support/certificates.h"

#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>

using namespace Qt::StringLiterals;

namespace parley {

namespace {

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool openssl(const QStringList &arguments)
{
    QProcess process;
    process.start(u"openssl"_s, arguments);
    return process.waitForFinished(30'000) && process.exitCode() == 0;
}

} // namespace

std::optional<TestCertificate> TestCertificate::make(const QString &host, Validity validity)
{
    const QTemporaryDir folder;
    const QString key = folder.filePath(u"key.pem"_s);
    const QString request = folder.filePath(u"request.pem"_s);
    const QString certificate = folder.filePath(u"certificate.pem"_s);
    const bool isRequested = openssl({u"req"_s, u"-newkey"_s, u"rsa:2048"_s, u"-nodes"_s,
        u"-subj"_s, u"/CN="_s + host, u"-keyout"_s, key, u"-out"_s, request});
    // A negative number of days lies in the past.
    const QString days = validity == Validity::Valid ? u"30"_s : u"-1"_s;
    const bool isMade = isRequested
        && openssl({u"x509"_s, u"-req"_s, u"-in"_s, request, u"-signkey"_s, key, u"-days"_s, days,
            u"-out"_s, certificate});
    if (!isMade)
        return std::nullopt;
    TestCertificate made{QSslCertificate(contents(certificate)), QSslKey(contents(key), QSsl::Rsa)};
    return made.certificate.isNull() || made.key.isNull() ? std::nullopt : std::optional(made);
}

} // namespace parley
