// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/directchat.h"

#include <QtCore/QCryptographicHash>

#include <algorithm>

namespace parley {

ChatId directChatId(const UserId &one, const UserId &other)
{
    const auto [lower, higher] = std::minmax(one, other);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(QByteArrayLiteral("parley direct"));
    hash.addData(lower.bytes());
    hash.addData(higher.bytes());
    return *ChatId::fromBytes(hash.result().first(ChatId::sizeBytes));
}

} // namespace parley
