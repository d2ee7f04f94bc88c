// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/assert.h"
#include "shared/error.h"

#include <utility>
#include <variant>

namespace parley {

/// A value, or the error that took its place. Nothing here throws.
template <typename T>
class [[nodiscard]] Result {
public:
    Result(T value)
        : m_held(std::in_place_index<0>, std::move(value))
    {
    }
    Result(Error error)
        : m_held(std::in_place_index<1>, std::move(error))
    {
    }
    Result(ErrorCode code)
        : m_held(std::in_place_index<1>, Error(code))
    {
    }

    explicit operator bool() const { return m_held.index() == 0; }
    const T &operator*() const & { return value(); }
    T &operator*() & { return value(); }
    T &&operator*() && { return std::move(value()); }
    const T *operator->() const { return &value(); }
    T *operator->() { return &value(); }
    const Error &error() const
    {
        PARLEY_ASSERT(m_held.index() == 1);
        return std::get<1>(m_held);
    }

private:
    const T &value() const
    {
        PARLEY_ASSERT(m_held.index() == 0);
        return std::get<0>(m_held);
    }
    T &value()
    {
        PARLEY_ASSERT(m_held.index() == 0);
        return std::get<0>(m_held);
    }
    std::variant<T, Error> m_held;
};

/// Success without a value: `return Done{};`.
struct Done { };
using Status = Result<Done>;

} // namespace parley
