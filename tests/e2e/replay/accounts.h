// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "tests/e2e/replay/dayplan.h"
#include "tests/e2e/replay/speaker.h"

namespace parley {

/// Makes an account and a device's token for each person, through the control socket of the server
/// on `dataFolder`. Who has an account already gets a token alone.
Result<std::vector<Speaker::Ticket>> makeAccounts(const std::vector<PlannedPerson> &people,
    const QString &dataFolder, const QString &serverAddress);

} // namespace parley
