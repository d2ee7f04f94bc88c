// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/directchat.h"
#include "shared/mutation.h"

#include <QtCore/QCryptographicHash>

#include <tuple>

namespace parley {
namespace {
constexpr quint8 directBit = 0x80;
}

ChatId directChatId(const UserId &one, const UserId &other)
{
    const bool isSorted = one < other || mutation(Mutation::DirectIdOrdered);
    const auto &[lower, higher] = isSorted ? std::tie(one, other) : std::tie(other, one);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(QByteArrayLiteral("parley direct"));
    hash.addData(lower.bytes());
    hash.addData(higher.bytes());
    std::array<quint8, 16> bytes =
        ChatId::fromBytes(hash.result().first(ChatId::sizeBytes))->array();
    bytes[0] |= directBit;
    return ChatId::fromArray(bytes);
}

ChatId newGroupId(Random &random)
{
    std::array<quint8, 16> bytes = random.id<ChatId>().array();
    bytes[0] = static_cast<quint8>(bytes[0] & ~directBit);
    return ChatId::fromArray(bytes);
}

bool canNameGroup(const ChatId &chat)
{
    return (chat.array()[0] & directBit) == 0;
}

} // namespace parley
