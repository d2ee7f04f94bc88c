// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/codec/field.h"

#include <algorithm>
#include <array>
#include <limits>

namespace parley {

/// Ids that exist in the world that is tried, so that made-up values often name something.
struct KnownIds {
    std::vector<UserId> users;
    std::vector<ChatId> chats;
    std::vector<MessageId> messages;
    std::vector<DeviceId> devices;

    template <typename IdType>
    const std::vector<IdType> *of() const
    {
        if constexpr (std::same_as<IdType, UserId>)
            return &users;
        else if constexpr (std::same_as<IdType, ChatId>)
            return &chats;
        else if constexpr (std::same_as<IdType, MessageId>)
            return &messages;
        else if constexpr (std::same_as<IdType, DeviceId>)
            return &devices;
        else
            return nullptr;
    }
};

/// Bytes that decide: whoever makes them, a fuzzer or a property, steers what is built from them.
/// Used up, it gives zeros. Does not own the bytes.
class Feed {
public:
    explicit Feed(QByteArrayView bytes)
        : m_bytes(bytes)
    {
    }

    bool isEmpty() const { return m_at >= m_bytes.size(); }
    quint8 byte() { return isEmpty() ? quint8(0) : quint8(m_bytes[m_at++]); }
    bool flip() { return byte() & 1; }
    quint32 pick(quint32 bound) { return bound < 2 ? 0 : word() % bound; }
    quint32 word() { return quint32(byte()) | quint32(byte()) << 8; }
    quint64 long64()
    {
        quint64 number = 0;
        for (int i = 0; i < 8; ++i)
            number = number << 8 | byte();
        return number;
    }
    QByteArray take(qsizetype most)
    {
        const qsizetype size = std::min(most, m_bytes.size() - m_at);
        const QByteArray taken = m_bytes.sliced(m_at, size).toByteArray();
        m_at += size;
        return taken;
    }
    /// All that is left.
    QByteArray rest() { return take(m_bytes.size() - m_at); }

    /// Mostly small, now and then at an edge of its type.
    template <std::integral T>
    T number()
    {
        const quint8 kind = byte();
        if (kind < 170)
            return static_cast<T>(kind % 24);
        if (kind < 246)
            return static_cast<T>(word());
        if (kind < 250)
            return static_cast<T>(long64());
        using Limits = std::numeric_limits<T>;
        constexpr std::array<T, 6> edges{Limits::max(), Limits::min(), T(Limits::max() - 1),
            T(Limits::max() / 2), T(Limits::max() / 2 + 1), T(-1)};
        return edges[kind % edges.size()];
    }

private:
    QByteArrayView m_bytes;
    qsizetype m_at = 0;
};

/// Fills any wire value from its list of fields: every field may be there or not, lists are short,
/// ids are known ones or made up. A new type is covered as soon as it is defined.
template <typename T>
void fill(Feed &feed, const KnownIds &known, T &value, int depth = 0)
{
    if constexpr (WireStruct<T>)
        forEachField<T>([&](const auto &f) { fill(feed, known, value.*f.member, depth + 1); });
    else if constexpr (IsOptional<T>::value) {
        if (feed.flip())
            fill(feed, known, value.emplace(), depth);
        else
            value.reset();
    } else if constexpr (IsVector<T>::value) {
        value.clear();
        const quint8 size = feed.byte();
        // Long ones now and then: what is bounded is to be tried at its bound.
        const int count = size == 255 ? 40 : depth > 3 ? size % 2 : size % 4;
        for (int i = 0; i < count; ++i)
            fill(feed, known, value.emplace_back(), depth + 1);
    } else if constexpr (IsId<T>::value) {
        const quint8 which = feed.byte();
        const auto *pool = known.of<T>();
        if (pool && !pool->empty() && which < 240) {
            value = (*pool)[which % pool->size()];
            return;
        }
        std::array<quint8, 16> bytes;
        bytes.fill(which);
        value = T::fromArray(bytes);
    } else if constexpr (std::same_as<T, QByteArray>)
        value = feed.take(feed.byte() % 40);
    else if constexpr (std::same_as<T, QString>)
        value = QString::fromUtf8(feed.take(feed.byte() % 24));
    else if constexpr (std::same_as<T, bool>)
        value = feed.flip();
    else if constexpr (std::is_enum_v<T>)
        value = static_cast<T>(feed.byte() % 17);
    else
        value = feed.number<T>();
}

template <typename T>
T filled(Feed &feed, const KnownIds &known)
{
    T value;
    fill(feed, known, value);
    return value;
}

/// One of a list of types, made up.
template <typename List>
typename List::Variant filledOneOf(Feed &feed, const KnownIds &known)
{
    quint32 count = 0;
    List::forEach([&]<typename T>() { ++count; });
    const quint32 which = feed.byte() % count;
    typename List::Variant made;
    quint32 index = 0;
    List::forEach([&]<typename T>() {
        if (index++ == which)
            made = filled<T>(feed, known);
    });
    return made;
}

} // namespace parley
