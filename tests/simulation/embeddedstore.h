// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/store/memory/memorystore.h"
#include "tests/simulation/mix.h"
#include "tests/simulation/worldstore.h"

namespace parley::simulation {

/// The reference engine, for one server, with outcomes that the world chooses.
class EmbeddedStore : public WorldStore {
public:
    EmbeddedStore(SeededRandom &random, const Mix &mix, Counts &counts);

    Opened open() override;
    void backup() override { m_backup = m_memory->backup(); }
    bool restore() override;
    const MemoryState &state() const override { return m_memory->state(); }
    void endFaults() override { m_hasFaults = false; }

private:
    SeededRandom &m_random;
    Mix m_mix;
    Counts &m_counts;
    std::unique_ptr<MemoryStore> m_memory;
    std::optional<MemoryState> m_backup;
    bool m_hasFaults = true;
};

} // namespace parley::simulation
