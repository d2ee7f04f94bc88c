// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/random.h"

#include <QtCore/QRandomGenerator>

#include <cstring>

namespace parley {

quint64 Random::below(quint64 bound)
{
    if (bound < 2)
        return 0;
    // Values over the last whole multiple would favour the low results.
    const quint64 limit = ~quint64(0) - (~quint64(0) % bound);
    for (;;) {
        std::array<quint8, 8> bytes;
        fill(bytes);
        quint64 value = 0;
        std::memcpy(&value, bytes.data(), sizeof value);
        if (value < limit)
            return value % bound;
    }
}

void SystemRandom::fill(std::span<quint8> bytes)
{
    while (!bytes.empty()) {
        const quint64 value = QRandomGenerator::system()->generate64();
        const size_t count = std::min(bytes.size(), sizeof value);
        std::memcpy(bytes.data(), &value, count);
        bytes = bytes.subspan(count);
    }
}

} // namespace parley
