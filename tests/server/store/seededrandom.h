// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/random.h"

#include <QtCore/QRandomGenerator>

namespace parley {

/// The same bytes for the same seed.
class SeededRandom : public Random {
public:
    explicit SeededRandom(quint32 seed)
        : m_generator(seed)
    {
    }
    void fill(std::span<quint8> bytes) override
    {
        for (quint8 &byte : bytes)
            byte = static_cast<quint8>(m_generator.bounded(256));
    }

private:
    QRandomGenerator m_generator;
};

} // namespace parley
