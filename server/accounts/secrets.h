// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/id.h"
#include "shared/random.h"

/// Tokens and invite codes: random, shown once, kept as hashes alone.
namespace parley {

/// 256 random bits that a device signs in with.
QByteArray makeToken(Random &random);
/// What is stored of a token. A token has 256 random bits: one SHA-256 is enough, and looking a
/// hash up tells nothing about the token by its time.
QByteArray tokenHash(const QByteArray &token);

/// 130 random bits as XXXXX-XXXXX-… in Crockford's base32.
QString makeInviteCode(Random &random);
/// Of the code as a person types it: case, dashes and spaces do not matter, O is 0, I and L are 1.
QByteArray inviteHash(const QString &code);
/// The user that an invite makes, the same at each attempt.
UserId inviteUser(const QByteArray &inviteHash);

} // namespace parley
