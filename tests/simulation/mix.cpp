// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/simulation/mix.h"

#include <array>

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

Mix Mix::draw(SeededRandom &random)
{
    const auto oneOf = [&](auto... values) {
        const std::array choices{double(values)...};
        return choices[size_t(random.pick(int(choices.size())))];
    };
    Mix mix;
    mix.pushLoss = oneOf(0, 0, 0.05, 0.3);
    mix.frameCut = oneOf(0, 0.01, 0.03, 0.08);
    mix.deviceCrash = oneOf(0, 0.005, 0.02);
    mix.serverCrash = oneOf(0, 0, 0.003, 0.01);
    mix.restore = oneOf(0, 0, 0, 0.004);
    mix.storeUnavailable = oneOf(0, 0, 0.05);
    mix.storeUnknown = oneOf(0, 0, 0.05, 0.2);
    mix.storeMoved = oneOf(0, 0, 0.05);
    mix.clockJump = oneOf(0, 0.005);
    mix.halfOpen = oneOf(0, 0, 0.01);
    mix.slowReads = int(oneOf(1, 3, 10));
    mix.sendQueueBytes = qint64(oneOf(1024 * 1024, 1024 * 1024, 4000, 1500));
    mix.steps = int(oneOf(400, 800, 1200));
    return mix;
}

} // namespace parley::simulation
