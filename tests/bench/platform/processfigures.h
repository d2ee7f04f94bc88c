// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QtGlobal>

namespace parley::bench {

/// What the system says about a process; all 0 for one that is not there, or not known (0).
struct ProcessFigures {
    double cpuSeconds = 0; ///< of the program and in the system for it, all threads
    qint64 residentKib = 0;
};
ProcessFigures figuresOf(qint64 pid);

/// From now on the calling thread, and what it starts, run on this core alone.
void pinTo(int core);
/// The calling process is asked to end when the thread that started it does.
void endWithParent();
/// As many open files as may be had.
void allowManyFiles();

} // namespace parley::bench
