// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/random.h"

#include <QtCore/QString>

#include <map>

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

/// How hostile one world is, drawn from its seed.
struct Mix {
    double pushLoss = 0; ///< a push that any bug dropped
    double frameCut = 0; ///< of a step: some connection closes
    double deviceCrash = 0; ///< of a step: a device's process ends and starts again
    double serverCrash = 0;
    double restore = 0; ///< of a step: the server comes back from its last backup
    double storeUnavailable = 0; ///< of an append
    double storeUnknown = 0;
    double storeMoved = 0;
    double clockJump = 0; ///< of a step: a device's wall clock jumps
    double halfOpen = 0; ///< of a step: a connection goes silent and stays open
    int slowReads = 1; ///< reads are overtaken by so many other events
    qint64 sendQueueBytes = 0; ///< of a session: small ones lag
    int steps = 600;

    static Mix draw(SeededRandom &random);
};

/// What a campaign has used: a count of zero means that something was never tried.
using Counts = std::map<QString, qint64>;

} // namespace parley::simulation
