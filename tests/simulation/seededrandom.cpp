// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/simulation/seededrandom.h"

namespace parley::simulation {

quint64 SeededRandom::next()
{
    quint64 value = (m_state += 0x9E3779B97F4A7C15u);
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9u;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EBu;
    return value ^ (value >> 31);
}

void SeededRandom::fill(std::span<quint8> bytes)
{
    for (quint8 &byte : bytes)
        byte = static_cast<quint8>(next());
}

} // namespace parley::simulation
