// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/simulation/mix.h"

#include <array>

namespace parley::simulation {
namespace {

struct Fault {
    const char *name;
    double Mix::*rate;
    double rare;
    double often;
    int presence; ///< of ten worlds
};

constexpr std::array allFaults{
    Fault{"push lost", &Mix::pushLoss, 0.05, 0.3, 4},
    Fault{"connection cut", &Mix::frameCut, 0.01, 0.05, 7},
    Fault{"half open", &Mix::halfOpen, 0.002, 0.01, 3},
    Fault{"connected twice", &Mix::doubled, 0.002, 0.01, 3},
    Fault{"slow peer", &Mix::slowPeer, 0.003, 0.01, 4},
    Fault{"pause", &Mix::pause, 0.002, 0.01, 3},
    Fault{"device crash", &Mix::deviceCrash, 0.003, 0.01, 4},
    Fault{"device dies while storing", &Mix::deviceStorageCrash, 0.003, 0.01, 4},
    Fault{"device's disk full", &Mix::deviceFull, 0.001, 0.004, 2},
    Fault{"device's disk fails", &Mix::deviceError, 0.001, 0.004, 2},
    Fault{"clock jump", &Mix::clockJump, 0.002, 0.005, 5},
    Fault{"server crash", &Mix::serverCrash, 0.001, 0.004, 4},
    Fault{"restore", &Mix::restore, 0.001, 0.002, 2},
    Fault{"server dies while storing", &Mix::storageCrash, 0.001, 0.005, 4},
    Fault{"server's disk full", &Mix::diskFull, 0.001, 0.004, 2},
    Fault{"server's disk fails", &Mix::diskError, 0.001, 0.004, 2},
    Fault{"server reads half", &Mix::shortRead, 0.001, 0.003, 2},
    Fault{"store unavailable", &Mix::storeUnavailable, 0.02, 0.05, 3},
    Fault{"outcome unknown", &Mix::storeUnknown, 0.05, 0.2, 4},
    Fault{"head moved", &Mix::storeMoved, 0.02, 0.05, 3},
};

} // namespace

Mix Mix::draw(SeededRandom &random, const QStringList &without)
{
    const auto oneOf = [&](auto... values) {
        const std::array choices{double(values)...};
        return choices[size_t(random.pick(int(choices.size())))];
    };
    Mix mix;
    for (const Fault &fault : allFaults) {
        const double rate = oneOf(fault.rare, fault.often);
        const bool happens = random.pick(10) < fault.presence;
        if (happens && !without.contains(QLatin1String(fault.name)))
            mix.*fault.rate = rate;
    }
    mix.powerLoss = oneOf(0, 0.5, 1);
    mix.checkpointPages = int(oneOf(0, 10, 60, 300));
    mix.slowReads = int(oneOf(1, 3, 10));
    mix.sendQueueBytes = qint64(oneOf(1024 * 1024, 1024 * 1024, 30'000, 12'000));
    if (without.contains(QLatin1String("lagging")))
        mix.sendQueueBytes = 1024 * 1024;
    mix.batchOperations = int(oneOf(32, 5, 1));
    mix.historyRows = int(oneOf(100, 10, 3));
    // What small pages leave out is fetched piece by piece; worlds without them are faster.
    if (random.pick(3) == 0) {
        mix.pages.openRows = qint64(oneOf(limits::openRows, 6, 2));
        mix.pages.replayEntries = qint64(oneOf(limits::replayEntries, 30, 8));
        mix.pages.pageEntries = qint64(oneOf(limits::pageEntries, 10, 3));
    }
    mix.plainDevices = oneOf(0, 0, 0.3);
    mix.newerDevices = oneOf(0, 0, 0.3);
    mix.people = int(oneOf(3, 3, 4, 4, 5));
    mix.operations = int(oneOf(300, 320, 350, 420));
    mix.hasQuota = random.pick(3) == 0;
    return mix;
}

QStringList Mix::faultNames()
{
    QStringList names;
    for (const Fault &fault : allFaults)
        names << QLatin1String(fault.name);
    names << QStringLiteral("lagging");
    return names;
}

QStringList Mix::faults() const
{
    QStringList names;
    for (const Fault &fault : allFaults) {
        if (this->*fault.rate > 0)
            names << QLatin1String(fault.name);
    }
    return names;
}

bool Mix::isGapless() const
{
    return pushLoss == 0 && storeUnknown == 0 && storeMoved == 0 && restore == 0
        && sendQueueBytes >= 1024 * 1024;
}

} // namespace parley::simulation
