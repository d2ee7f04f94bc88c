// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/simulation/embeddedstore.h"

#include "tests/simulation/storefaults.h"

namespace parley::simulation {

FaultyStore::Fault chooseFault(SeededRandom &random, const Mix &mix, Counts &counts)
{
    if (random.chance(mix.storeUnavailable)) {
        ++counts[QStringLiteral("fault: store unavailable")];
        return FaultyStore::Fault::Unavailable;
    }
    if (random.chance(mix.storeUnknown)) {
        ++counts[QStringLiteral("fault: outcome unknown")];
        return random.chance(0.5) ? FaultyStore::Fault::UnknownApplied
                                  : FaultyStore::Fault::UnknownLost;
    }
    if (random.chance(mix.storeMoved)) {
        ++counts[QStringLiteral("fault: head moved")];
        return FaultyStore::Fault::HeadMoved;
    }
    return FaultyStore::Fault::None;
}

EmbeddedStore::EmbeddedStore(SeededRandom &random, const Mix &mix, Counts &counts)
    : m_random(random)
    , m_mix(mix)
    , m_counts(counts)
    , m_memory(std::make_unique<MemoryStore>(random))
{
}

WorldStore::Opened EmbeddedStore::open()
{
    auto store = std::make_unique<FaultyStore>(*m_memory);
    store->choose = [this] {
        return m_hasFaults ? chooseFault(m_random, m_mix, m_counts) : FaultyStore::Fault::None;
    };
    Opened opened;
    opened.store = std::move(store);
    opened.readers.push_back(*m_memory->readers()->open());
    return opened;
}

bool EmbeddedStore::restore()
{
    if (!m_backup)
        return false;
    m_memory = std::make_unique<MemoryStore>(*m_backup, m_random);
    return true;
}

} // namespace parley::simulation
