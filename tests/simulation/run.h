// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "tests/simulation/world.h"

namespace parley::simulation {

/// What one world came to.
struct Lived {
    quint64 seed = 0;
    std::optional<QString> violation;
    Counts counts;
    qint64 operations = 0;
    qint64 people = 0;
    qint64 devices = 0;
    qint64 faultKinds = 0;
    int steps = 0;
};

/// Lives one world, in a folder of its own that is gone afterwards.
Lived liveWorld(quint64 seed, const WorldOptions &options,
    const std::function<void(const QString &)> &trace = {});

/// What every campaign must have used: faults, commands, operations and features.
QStringList mustBeUsed(StoreKind store);
/// Those of them that `counts` has not.
QStringList unused(const Counts &counts, StoreKind store);

std::optional<StoreKind> storeKind(const QString &name);
QString storeName(StoreKind store);

} // namespace parley::simulation
