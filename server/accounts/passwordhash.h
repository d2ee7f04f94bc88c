// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/result.h"

namespace parley {

/// What one Argon2id hash costs.
struct PasswordCost {
    qint64 memoryBytes = qint64(64) * 1024 * 1024;
    qint64 operations = 2;
};

/// Hashes passwords by Argon2id as libsodium does (crypto_pwhash_str). Any thread; each call takes
/// the memory and the time that its cost says, so it is called from the bounded pool alone.
class PasswordHasher {
public:
    /// Makes the hash that unknown users are checked against: takes one hash's time.
    static Result<PasswordHasher> create(PasswordCost cost);

    /// Unavailable when the memory is not there.
    Result<QByteArray> hash(const QByteArray &password) const;
    bool matches(const QByteArray &hash, const QByteArray &password) const;
    /// Costs what a check of a real password costs, and is never right.
    void checkNothing(const QByteArray &password) const;
    /// True when the hash was made at another cost.
    bool needsRehash(const QByteArray &hash) const;

private:
    explicit PasswordHasher(PasswordCost cost)
        : m_cost(cost)
    {
    }

    PasswordCost m_cost;
    QByteArray m_dummy;
};

} // namespace parley
