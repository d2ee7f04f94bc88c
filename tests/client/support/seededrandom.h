// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/random.h"

#include <random>

namespace parley {

/// The same bytes for the same seed, everywhere.
class SeededRandom : public Random {
public:
    explicit SeededRandom(quint64 seed)
        : m_generator(seed)
    {
    }
    void fill(std::span<quint8> bytes) override
    {
        for (quint8 &byte : bytes)
            byte = static_cast<quint8>(m_generator() >> 32);
    }

private:
    std::mt19937_64 m_generator;
};

} // namespace parley
