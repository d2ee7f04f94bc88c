// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/configuredlimits.h"

namespace parley {

namespace {

Asking askingOf(const Config &config)
{
    if (config.accounts.asking == QLatin1String("nowhere"))
        return Asking::Nowhere;
    return config.accounts.asking == QLatin1String("direct") ? Asking::InDirectChats
                                                             : Asking::Everywhere;
}

} // namespace

ServiceLimits configuredLimits(const Config &config)
{
    ServiceLimits limits;
    limits.announced = config.limits.announced;
    limits.asking = askingOf(config);
    limits.requestsPerHour = config.limits.requestsPerHour;
    return limits;
}

} // namespace parley
