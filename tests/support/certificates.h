// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtNetwork/QSslCertificate>
#include <QtNetwork/QSslKey>

#include <optional>

namespace parley {

/// A certificate and its key, made for one test.
struct TestCertificate {
    QSslCertificate certificate;
    QSslKey key;

    enum class Validity { Valid, Expired };
    /// Self-signed, for `host`. Nothing when the openssl program is not installed.
    static std::optional<TestCertificate> make(
        const QString &host, Validity validity = Validity::Valid);
};

} // namespace parley
