// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/server/store/engines.h"

#include "server/store/memory/memorystore.h"
#include "server/store/sqlite/sqlitestore.h"
#include "server/store/sqlite/storefile.h"
#include "tests/simulation/hostilestore.h"

#include <QtCore/QFile>

using namespace Qt::StringLiterals;

namespace parley {

namespace {

class MemoryEngine : public Engine {
public:
    MemoryEngine() { use(std::make_unique<MemoryStore>(m_random)); }
    ~MemoryEngine() override { m_driver.reset(); }
    Store &store() override { return *m_store; }
    std::unique_ptr<StoreReader> reader() override { return *m_store->readers()->open(); }
    void reopen() override { } // it outlives whoever uses it
    void takeBackup() override { m_backup = m_store->backup(); }
    void restore() override { use(std::make_unique<MemoryStore>(m_backup, m_random)); }

private:
    void use(std::unique_ptr<MemoryStore> store)
    {
        m_driver.reset();
        m_store = std::move(store);
        m_driver = std::make_unique<Driver>(*m_store);
    }

    SeededRandom m_random{7};
    MemoryState m_backup;
    std::unique_ptr<MemoryStore> m_store;
};

/// Lets everything happen before it returns, and tells a batch as a whole.
class SettledStore : public Store, private StoreListener {
public:
    explicit SettledStore(simulation::HostileStore &engine)
        : m_engine(engine)
        , m_owner(engine.open().store)
    {
        m_owner->setListener(this);
    }
    void setListener(StoreListener *listener) override { m_listener = listener; }
    void load(LoadRequest request) override
    {
        m_owner->load(std::move(request));
        m_engine.settle();
    }
    void append(quint64 batch, std::vector<Append> appends) override
    {
        m_outcomes.assign(appends.size(), Outcome::Unknown);
        m_owner->append(batch, std::move(appends));
        m_engine.settle();
        m_listener->appended(batch, m_outcomes);
    }
    Epoch epoch() const override { return m_owner->epoch(); }
    Result<std::vector<Derived>> pendingDerived() override { return m_owner->pendingDerived(); }

private:
    void loaded(Loaded answer) override { m_listener->loaded(std::move(answer)); }
    void appended(quint64, std::vector<Outcome>) override
    {
        PARLEY_UNREACHABLE("it answers append by append");
    }
    void appendedOne(quint64, size_t place, Outcome outcome) override
    {
        m_outcomes.at(place) = outcome;
    }

    simulation::HostileStore &m_engine;
    std::unique_ptr<Store> m_owner;
    std::vector<Outcome> m_outcomes;
    StoreListener *m_listener = nullptr;
};

class HostileEngine : public Engine {
public:
    HostileEngine() { reopen(); }
    ~HostileEngine() override { m_driver.reset(); }
    Store &store() override { return *m_store; }
    std::unique_ptr<StoreReader> reader() override
    {
        return std::move(m_engine.open().readers.front());
    }
    void reopen() override
    {
        m_driver.reset();
        m_store = std::make_unique<SettledStore>(m_engine);
        m_driver = std::make_unique<Driver>(*m_store);
    }
    void takeBackup() override { m_engine.backup(); }
    void restore() override { PARLEY_ASSERT(m_engine.restore()); }

private:
    simulation::Counts m_counts;
    simulation::HostileStore m_engine{7, {}, m_counts};
    std::unique_ptr<SettledStore> m_store;
};

} // namespace

std::unique_ptr<Engine> makeMemoryEngine()
{
    return std::make_unique<MemoryEngine>();
}

std::unique_ptr<Engine> makeHostileEngine()
{
    return std::make_unique<HostileEngine>();
}

SqliteEngine::SqliteEngine()
{
    auto made = SqliteStore::create(m_folder.path(), m_random);
    PARLEY_ASSERT(made);
    m_store = *std::move(made);
    m_driver = std::make_unique<Driver>(*m_store);
}

SqliteEngine::~SqliteEngine()
{
    close();
}

Store &SqliteEngine::store()
{
    return *m_store;
}

std::unique_ptr<StoreReader> SqliteEngine::reader()
{
    auto reader = m_store->readers()->open();
    PARLEY_ASSERT(reader);
    return *std::move(reader);
}

void SqliteEngine::reopen()
{
    close();
    open();
}

void SqliteEngine::takeBackup()
{
    QFile::remove(m_folder.filePath(u"backup.db"_s));
    PARLEY_ASSERT(m_store->backup(m_folder.filePath(u"backup.db"_s)));
}

void SqliteEngine::restore()
{
    close();
    const QString path = storefile::path(m_folder.path());
    PARLEY_ASSERT(QFile::remove(path));
    PARLEY_ASSERT(QFile::copy(m_folder.filePath(u"backup.db"_s), path));
    open();
}

void SqliteEngine::open()
{
    auto opened = SqliteStore::open(m_folder.path(), m_random);
    PARLEY_ASSERT(opened);
    m_store = *std::move(opened);
    m_driver = std::make_unique<Driver>(*m_store);
}

void SqliteEngine::close()
{
    m_driver.reset();
    m_store.reset();
}

} // namespace parley
