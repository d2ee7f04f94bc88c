// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/accounts/passwordhash.h"
#include "server/queue/values.h"

namespace parley {

/// A password to check, or to make a hash of: what the bounded pool is asked to do.
struct HashJob {
    Origin origin;
    QByteArray password; ///< as passwordBytes() makes it
    enum class Kind : quint8 { Check, Make } kind = Kind::Check;
    QByteArray hash; ///< Check: the user's; empty for one who is unknown or has no password
};

struct HashAnswer {
    Origin origin;
    bool matches = false;
    /// Made, or made anew because the cost of the old one is not today's.
    std::optional<QByteArray> hash;
    std::optional<Error> error;
};

/// Does the work, in the time and memory of one hash (two when a hash is made anew).
HashAnswer workOn(const HashJob &job, const PasswordHasher &hasher);

} // namespace parley
