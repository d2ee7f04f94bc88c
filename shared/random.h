// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QtGlobal>

#include <array>
#include <span>

namespace parley {

/// Where random bytes come from; handed in, so that a simulation can be replayed.
class Random {
public:
    virtual ~Random() = default;
    virtual void fill(std::span<quint8> bytes) = 0;

    template <typename IdType>
    IdType id()
    {
        std::array<quint8, 16> bytes;
        fill(bytes);
        return IdType::fromArray(bytes);
    }
    /// Evenly in [0, bound); 0 for a bound of 0.
    quint64 below(quint64 bound);
};

/// The operating system's secure generator. Any thread.
class SystemRandom : public Random {
public:
    void fill(std::span<quint8> bytes) override;
};

} // namespace parley
