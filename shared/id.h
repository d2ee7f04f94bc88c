// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QHashFunctions>
#include <QtCore/QString>

#include <array>
#include <compare>
#include <cstring>
#include <functional>
#include <optional>

namespace parley {

/// 16 bytes that name one thing. The tag makes a chat's id another type than a user's.
template <typename Tag>
class Id {
public:
    static constexpr qsizetype sizeBytes = 16;

    constexpr Id() = default;

    /// Nothing unless `bytes` has exactly 16 bytes.
    static std::optional<Id> fromBytes(QByteArrayView bytes)
    {
        if (bytes.size() != sizeBytes)
            return std::nullopt;
        Id id;
        std::memcpy(id.m_bytes.data(), bytes.data(), sizeBytes);
        return id;
    }
    static Id fromArray(const std::array<quint8, 16> &bytes)
    {
        Id id;
        id.m_bytes = bytes;
        return id;
    }
    /// From base64url without padding (22 characters), as in JSON, logs and command lines.
    static std::optional<Id> fromText(QByteArrayView text)
    {
        const auto decoded = QByteArray::fromBase64Encoding(text.toByteArray(),
            QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
        return decoded ? fromBytes(*decoded) : std::nullopt;
    }

    QByteArray bytes() const
    {
        return QByteArray(reinterpret_cast<const char *>(m_bytes.data()), sizeBytes);
    }
    QByteArrayView view() const
    {
        return QByteArrayView(reinterpret_cast<const char *>(m_bytes.data()), sizeBytes);
    }
    const std::array<quint8, 16> &array() const { return m_bytes; }
    QString text() const
    {
        return QString::fromLatin1(
            bytes().toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
    }
    bool isNull() const { return m_bytes == std::array<quint8, 16>{}; }

    friend auto operator<=>(const Id &, const Id &) = default;
    friend bool operator==(const Id &, const Id &) = default;
    friend size_t qHash(const Id &id, size_t seed = 0)
    {
        return qHashBits(id.m_bytes.data(), sizeBytes, seed);
    }

private:
    std::array<quint8, 16> m_bytes{};
};

using UserId = Id<struct UserTag>;
using DeviceId = Id<struct DeviceTag>;
using ChatId = Id<struct ChatTag>;
/// Of an operation, and of the message that it makes: a UUIDv7 by the client, for ever.
using MessageId = Id<struct MessageTag>;
using MediaId = Id<struct MediaTag>;
/// Drawn when a store is created or restored: who holds another one starts over.
using Epoch = Id<struct EpochTag>;

} // namespace parley

template <typename Tag>
struct std::hash<parley::Id<Tag>> {
    size_t operator()(const parley::Id<Tag> &id) const noexcept { return qHash(id); }
};
