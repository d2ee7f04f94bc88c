// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/random.h"

namespace parley::simulation {

/// All randomness of a world comes from its seed: the same number, the same world.
class SeededRandom : public Random {
public:
    explicit SeededRandom(quint64 seed)
        : m_state(seed * 0x9E3779B97F4A7C15u + 0x1234567u)
    {
    }

    void fill(std::span<quint8> bytes) override;
    quint64 next();
    /// Evenly in [0, bound).
    int pick(int bound) { return bound < 2 ? 0 : int(next() % quint64(bound)); }
    bool chance(double probability)
    {
        return probability > 0 && double(next() >> 11) / double(1ull << 53) < probability;
    }

private:
    quint64 m_state; // splitmix64
};

} // namespace parley::simulation
