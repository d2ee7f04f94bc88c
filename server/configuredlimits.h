// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/config.h"
#include "server/messages/servicelimits.h"

namespace parley {

/// What the configuration sets of the message service's limits: the service itself knows no file.
ServiceLimits configuredLimits(const Config &config);

} // namespace parley
