// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/server/store/engines.h"

#include "server/store/memory/memorystore.h"
#include "server/store/sqlite/sqlitestore.h"
#include "server/store/sqlite/storefile.h"

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

} // namespace

std::unique_ptr<Engine> makeMemoryEngine()
{
    return std::make_unique<MemoryEngine>();
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
