// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/accounts/passwordhash.h"

#include <sodium.h>

namespace parley {

Result<PasswordHasher> PasswordHasher::create(PasswordCost cost)
{
    if (sodium_init() < 0)
        return Error(ErrorCode::Unavailable, QStringLiteral("libsodium does not start"));
    PasswordHasher hasher(cost);
    QByteArray secret(32, Qt::Uninitialized);
    randombytes_buf(secret.data(), size_t(secret.size()));
    auto dummy = hasher.hash(secret);
    if (!dummy)
        return dummy.error();
    hasher.m_dummy = *std::move(dummy);
    return hasher;
}

Result<QByteArray> PasswordHasher::hash(const QByteArray &password) const
{
    std::array<char, crypto_pwhash_STRBYTES> text{};
    if (crypto_pwhash_str(text.data(), password.constData(), quint64(password.size()),
            quint64(m_cost.operations), size_t(m_cost.memoryBytes))
        != 0)
        return Error(ErrorCode::Unavailable, QStringLiteral("no memory to hash a password"));
    return QByteArray(text.data());
}

bool PasswordHasher::matches(const QByteArray &hash, const QByteArray &password) const
{
    return crypto_pwhash_str_verify(
               hash.constData(), password.constData(), quint64(password.size()))
        == 0;
}

void PasswordHasher::checkNothing(const QByteArray &password) const
{
    // The dummy's password is random and forgotten.
    std::ignore = matches(m_dummy, password);
}

bool PasswordHasher::needsRehash(const QByteArray &hash) const
{
    return crypto_pwhash_str_needs_rehash(
               hash.constData(), quint64(m_cost.operations), size_t(m_cost.memoryBytes))
        != 0;
}

} // namespace parley
