// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "tests/simulation/crashingdisk.h"

struct sqlite3_file;
struct sqlite3_vfs;

namespace parley::simulation {

/// SQLite's way to the disks: its default file system from the first CrashingDisk on, for files
/// below their folders; all other files go to the operating system as before. Write-ahead logs work
/// between connections of this process. Waiting takes no time, and its clock stands still.
///
/// It is for a single thread, and needs a Qt plugin that uses the SQLite library of the system.
class CrashingVfs {
public:
    /// Whether Qt's connections go through it: false where Qt brings an SQLite of its own.
    static bool isInUse();
    /// What SQLite draws in this world; from now on the same for the same seed.
    static void reseed(quint64 seed);

private:
    friend class CrashingDisk;
    static void add(CrashingDisk *disk);
    static void remove(CrashingDisk *disk);
    static CrashingDisk *find(const QString &path);

    struct Calls;
    struct Registry;
    static Registry &registry();
};

} // namespace parley::simulation
