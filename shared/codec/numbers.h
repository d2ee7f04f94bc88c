// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/codec/cbor.h"

namespace parley {

/// Every 64 bit number of the wire counts something or is a time in milliseconds: none is negative,
/// none beyond this. A peer's numbers may so be added to each other without a thought.
inline constexpr qint64 wireNumberMost = qint64(1) << 53;

template <typename T>
bool numbersFit(const T &value)
{
    if constexpr (WireStruct<T>) {
        bool fit = true;
        forEachField<T>([&](const auto &f) { fit = fit && numbersFit(value.*f.member); });
        return fit;
    } else if constexpr (IsVector<T>::value) {
        for (const auto &item : value) {
            if (!numbersFit(item))
                return false;
        }
        return true;
    } else if constexpr (IsOptional<T>::value) {
        return !value || numbersFit(*value);
    } else if constexpr (std::same_as<T, qint64>) {
        return value >= 0 && value <= wireNumberMost;
    } else {
        return true;
    }
}

/// What a peer said, unless a number in it is out of range: then Malformed.
template <typename T>
Result<T> withinRange(Result<T> value)
{
    if (value && !numbersFit(*value))
        return Error(ErrorCode::Malformed, QStringLiteral("number out of range"));
    return value;
}

/// A value that came from a peer, as CBOR.
template <typename T>
Result<T> fromPeer(const QByteArray &bytes)
{
    return withinRange(fromCbor<T>(bytes));
}

} // namespace parley
