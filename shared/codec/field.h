// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/id.h"

#include <QtCore/QByteArray>
#include <QtCore/QString>

#include <concepts>
#include <optional>
#include <tuple>
#include <type_traits>
#include <vector>

namespace parley {

/// At most so many: items of a list, bytes of a text in UTF-8, bytes of a byte string.
template <qsizetype Count>
struct AtMost {
};
template <qsizetype Count>
inline constexpr AtMost<Count> atMost{};

/// One field of a wire type: its key, where it lives, what it means, how much it may hold.
/// Optional, list and bool fields may be absent (nothing, empty, false); all others must be there.
template <typename Owner, typename T, qsizetype Most>
struct Field {
    const char *key;
    T Owner::*member;
    const char *about;
    static constexpr qsizetype most = Most; ///< -1: the frame's own limits hold
    using Value = T;
};

template <typename Owner, typename T>
constexpr auto field(const char *key, T Owner::*member, const char *about)
{
    return Field<Owner, T, -1>{key, member, about};
}
template <typename Owner, typename T, qsizetype Most>
constexpr auto field(const char *key, T Owner::*member, const char *about, AtMost<Most>)
{
    return Field<Owner, T, Most>{key, member, about};
}

/// A struct with `static constexpr auto fields = std::tuple{field(…), …}` and a `name`.
template <typename T>
concept WireStruct = requires
{
    T::fields;
    T::name;
};

template <typename T>
struct IsOptional : std::false_type {
};
template <typename T>
struct IsOptional<std::optional<T>> : std::true_type {
};
template <typename T>
struct IsVector : std::false_type {
};
template <typename T>
struct IsVector<std::vector<T>> : std::true_type {
};
template <typename T>
struct IsId : std::false_type {
};
template <typename Tag>
struct IsId<Id<Tag>> : std::true_type {
};

template <typename T>
inline constexpr bool mayBeAbsent =
    IsOptional<T>::value || IsVector<T>::value || std::same_as<T, bool>;

/// True when an absent field says the same.
template <typename T>
bool isAbsent(const T &value)
{
    if constexpr (IsOptional<T>::value)
        return !value.has_value();
    else if constexpr (IsVector<T>::value)
        return value.empty();
    else if constexpr (std::same_as<T, bool>)
        return !value;
    else
        return false;
}

/// Calls `visit(field)` for each field of T, in order.
template <WireStruct T, typename Visitor>
constexpr void forEachField(Visitor &&visit)
{
    std::apply([&](const auto &...each) { (visit(each), ...); }, T::fields);
}

template <WireStruct T>
inline constexpr size_t fieldCount = std::tuple_size_v<std::remove_cvref_t<decltype(T::fields)>>;

} // namespace parley
