// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "tests/server/messages/faultystore.h"
#include "tests/simulation/mix.h"

namespace parley::simulation {

/// What an engine answers to one append instead of the truth, if anything.
FaultyStore::Fault chooseFault(SeededRandom &random, const Mix &mix, Counts &counts);

} // namespace parley::simulation
