// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/store/reader.h"
#include "server/store/store.h"
#include "tests/server/store/driver.h"
#include "tests/server/store/seededrandom.h"

#include <QtCore/QTemporaryDir>

namespace parley {

class SqliteStore;

/// One engine under test, with what every engine can do.
class Engine {
public:
    virtual ~Engine() = default;
    virtual Store &store() = 0;
    virtual std::unique_ptr<StoreReader> reader() = 0;
    /// Stops and starts again.
    virtual void reopen() = 0;
    virtual void takeBackup() = 0;
    /// Goes back to the backup.
    virtual void restore() = 0;

    Driver &driver() { return *m_driver; }

protected:
    std::unique_ptr<Driver> m_driver;
};

std::unique_ptr<Engine> makeMemoryEngine();
/// Partitioned, with nothing going wrong: what is asked happens within the call.
std::unique_ptr<Engine> makeHostileEngine();

/// In a folder of its own.
class SqliteEngine : public Engine {
public:
    SqliteEngine();
    ~SqliteEngine() override;
    Store &store() override;
    std::unique_ptr<StoreReader> reader() override;
    void reopen() override;
    void takeBackup() override;
    void restore() override;

    SqliteStore &sqlite() { return *m_store; }
    QString folder() const { return m_folder.path(); }

private:
    void open();
    void close();

    QTemporaryDir m_folder;
    SeededRandom m_random{7};
    std::unique_ptr<SqliteStore> m_store;
};

} // namespace parley
