// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/result.h"

namespace parley {

/// The password as it is hashed: NFC, as UTF-8. The same on every keyboard and system.
QByteArray passwordBytes(const QString &password);

/// WeakPassword for one that guessing finds first: outside 8 to 1,024 bytes, common, repetitive, a
/// keyboard's or the alphabet's row, or the user's or the server's name with little around it. No
/// rules about which kinds of characters it has.
Status checkNewPassword(
    const QString &password, const QString &userName, const QString &serverName);

/// True for the lower-case text of one of the commonest passwords.
bool isCommonPassword(QStringView lowerCase);

} // namespace parley
