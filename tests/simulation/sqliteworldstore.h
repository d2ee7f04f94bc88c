// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "tests/simulation/crashingdisk.h"
#include "tests/simulation/mix.h"
#include "tests/simulation/worldstore.h"

namespace parley {
class SqliteStore;
}

namespace parley::simulation {

/// The product's own engine on a disk that crashes. Beside it goes a reference in memory that is
/// told only what the engine said was applied: whatever survives a crash must be the reference, or
/// the reference with what was under way.
class SqliteWorldStore : public WorldStore {
public:
    /// `folder` must exist and be empty.
    SqliteWorldStore(SeededRandom &random, const Mix &mix, Counts &counts, const QString &folder);
    ~SqliteWorldStore() override;

    Opened open() override;
    bool isDown() const override { return m_disk.isDown(); }
    CrashingDisk *disk() override { return &m_disk; }
    void goDown() override { m_disk.goDown(); }
    void comeUp() override;
    void misfortune() override;
    void endFaults() override;
    void finish() override;
    void backup() override;
    bool restore() override;
    const MemoryState &state() const override { return m_reference; }
    std::optional<QString> violation() const override { return m_violation; }

private:
    class Witness;
    struct Held;
    class Owner;

    Result<std::unique_ptr<SqliteStore>> openFile();
    /// Takes what survived for the reference, if it is what may have survived.
    void compare(SqliteStore &store, bool isWhole);
    void applied(const Append &append);
    void violate(const QString &what);
    QString path(const char *name) const;

    SeededRandom &m_random;
    Mix m_mix;
    Counts &m_counts;
    CrashingDisk m_disk;
    SqliteStore *m_open = nullptr; ///< while a server has it
    MemoryState m_reference;
    std::optional<MemoryState> m_backup;
    /// Batches that failed, or were under way, since one was applied: at most one is in the file.
    std::vector<std::vector<Append>> m_uncertain;
    bool m_isRestored = false;
    std::set<QByteArray> m_gone; ///< payloads that were deleted or replaced
    int m_healAfter = 0; ///< steps until the disk works again; 0 while it does
    bool m_hasFaults = true;
    std::optional<QString> m_violation;
};

} // namespace parley::simulation
