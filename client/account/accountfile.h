// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/account/profile.h"
#include "client/account/tokenstore.h"
#include "shared/id.h"

namespace parley {

/// Whom a profile is signed in as, and where: everything but the token. A value.
struct StoredAccount {
    QString address;
    QString serverName;
    UserId user;
    QString userName;
    DeviceId device;
    QByteArray fingerprint; ///< of the pinned certificate, or empty
    TokenPlace tokenPlace = TokenPlace::Keychain;
    friend bool operator==(const StoredAccount &, const StoredAccount &) = default;
};

/// account.json in the profile's folder.
class AccountFile {
public:
    explicit AccountFile(const Profile &profile)
        : m_path(profile.file(QStringLiteral("account.json")))
    {
    }

    /// NotFound when there is none, Damaged when it cannot be understood.
    Result<StoredAccount> load() const;
    Status save(const StoredAccount &account) const;
    Status remove() const;

private:
    QString m_path;
};

} // namespace parley
