// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/result.h"

namespace parley {

/// Of a user name: so short that nobody could be told apart is refused.
inline constexpr qsizetype userNameBytesLeast = 2;

/// A user name as it is kept, and as it is compared.
struct UserName {
    QString name; ///< NFC, as its owner writes it
    QString folded; ///< NFKC and case-folded: unique on a server
};

/// Letters and digits of any script, and `.` `_` `-` (not first), 2 to 32 bytes; InvalidName.
Result<UserName> userName(const QString &text);

/// Trimmed, 1 to 128 bytes, no control or bidirectional characters; InvalidName.
Result<QString> displayName(const QString &text);

} // namespace parley
