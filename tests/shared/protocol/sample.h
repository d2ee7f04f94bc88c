// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/codec/field.h"

/// Values of any wire type, every field filled, different for each seed.
namespace parley {

/// Keeps lists short below this depth: what is tested is each field, not size.
template <typename T>
void fillSample(T &value, quint32 &seed, int depth = 0)
{
    ++seed;
    if constexpr (WireStruct<T>)
        forEachField<T>([&](const auto &f) { fillSample(value.*f.member, seed, depth + 1); });
    else if constexpr (IsOptional<T>::value)
        fillSample(value.emplace(), seed, depth);
    else if constexpr (IsVector<T>::value) {
        value.clear();
        const quint32 count = depth > 3 ? 1 : 1 + seed % 2;
        for (quint32 i = 0; i < count; ++i)
            fillSample(value.emplace_back(), seed, depth + 1);
    } else if constexpr (IsId<T>::value) {
        std::array<quint8, 16> bytes{};
        for (size_t i = 0; i < bytes.size(); ++i)
            bytes[i] = static_cast<quint8>(seed * 31 + i * 7 + 1);
        value = T::fromArray(bytes);
    } else if constexpr (std::same_as<T, QByteArray>)
        value = QByteArray::number(seed) + QByteArray("\x00\xff", 2);
    else if constexpr (std::same_as<T, QString>)
        value = QStringLiteral("né \u4f60 \U0001F600 ") + QString::number(seed);
    else if constexpr (std::same_as<T, bool>)
        value = true;
    else if constexpr (std::is_enum_v<T>)
        value = static_cast<T>(1 + seed % 3);
    else if constexpr (sizeof(T) == 8)
        value = static_cast<T>(seed) + (T(1) << 52);
    else
        value = static_cast<T>(seed);
}

template <typename T>
T sample(quint32 seed)
{
    T value;
    fillSample(value, seed);
    return value;
}

} // namespace parley
