// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/codec/field.h"

namespace parley {

/// A value of any wire type in which no field is absent, and no two numbers are the same.
class Filler {
public:
    template <typename T>
    T make()
    {
        T value{};
        fill(value);
        return value;
    }

private:
    template <typename T>
    void fill(T &value)
    {
        if constexpr (WireStruct<T>)
            forEachField<T>([&](const auto &f) { fill(value.*f.member); });
        else if constexpr (IsVector<T>::value) {
            fill(value.emplace_back());
            if constexpr (!WireStruct<typename T::value_type>)
                fill(value.emplace_back());
        } else if constexpr (IsOptional<T>::value)
            fill(value.emplace());
        else if constexpr (IsId<T>::value)
            value = T::fromArray({quint8(++m_last), 1});
        else if constexpr (std::same_as<T, QByteArray>)
            value = QByteArray::number(++m_last);
        else if constexpr (std::same_as<T, QString>)
            value = QString::number(++m_last);
        else if constexpr (std::same_as<T, bool>)
            value = true;
        else
            value = static_cast<T>(++m_last % 100);
    }

    int m_last = 0;
};

} // namespace parley
