// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "tests/bench/run.h"

/// Each adds its figures to the run's result. What went wrong is among the run's faults.
namespace parley::bench {

/// Pairs who talk without pause, or at a fixed rate.
void runPairs(Run &run);
/// The same without pause, alone, beside many who do nothing, and alone again.
void runBeside(Run &run);
/// Who does nothing: what that takes of memory.
void runIdle(Run &run);
/// Everybody leaves and comes back, over and over.
void runStorm(Run &run);
/// A few write in a group of many.
void runFanOut(Run &run);
/// One who was away reads everything.
void runCatchUp(Run &run);

} // namespace parley::bench
