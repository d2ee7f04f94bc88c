// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/cache/sqlitecache.h"
#include "server/store/memory/memoryappender.h"
#include "server/store/sqlite/sqlitestore.h"
#include "server/store/sqlite/storefile.h"
#include "tests/server/store/chatwriter.h"
#include "tests/server/store/driver.h"
#include "tests/simulation/storecontent.h"
#include "tests/simulation/sweep.h"
#include "tests/simulation/temporaryplace.h"

#include <QtCore/QDir>
#include <QtCore/QTemporaryDir>

using namespace Qt::StringLiterals;

/// What is done to whole files: made, opened, brought up to date, copied, cleaned, restored.
namespace parley::simulation {
namespace {

using Crash = CrashingDisk::Crash;
using Wrong = std::optional<QString>;

constexpr char deletedPayload[] = "<sim:deleted>";

/// A machine with one folder on its disk.
class FileLife : public SweptLife {
public:
    explicit FileLife(const SweptManner &manner)
        : m_folder(temporaryPlace())
        , m_random(manner.seed)
        , m_crash(manner.crash)
        , m_disk(m_folder.path(), manner.seed)
    {
    }
    CrashingDisk &disk() override { return m_disk; }

    Wrong recover() override
    {
        close();
        m_disk.restart(m_crash);
        if (!m_done && m_done.error().text.isEmpty())
            return u"a refusal without a sentence"_s;
        return judge();
    }

protected:
    /// Without a word, as a process that dies.
    virtual void close() { }
    virtual Wrong judge() = 0;
    QString folder() const { return m_folder.path(); }
    QString path(const char *name) const { return m_folder.filePath(QLatin1String(name)); }

    static Wrong unsound(Database &database)
    {
        auto check = database.statement(u"PRAGMA integrity_check"_s);
        const auto row = check.step();
        const bool isSound = row && *row && check.text(0) == u"ok"_s;
        while (isSound) {
            const auto more = check.step();
            if (!more || !*more)
                break;
        }
        return isSound ? std::nullopt : Wrong(u"the file is not sound"_s);
    }

    QTemporaryDir m_folder;
    SeededRandom m_random;
    Crash m_crash;
    CrashingDisk m_disk;
    Status m_done = Done{}; ///< of the act
};

/// A store in which something was written and deleted.
class StoreLife : public FileLife {
public:
    explicit StoreLife(const SweptManner &manner)
        : FileLife(manner)
    {
        m_store = *SqliteStore::create(folder(), m_random);
        m_content.epoch = m_store->epoch();
        ChatWriter chat(testChat(1), m_store->epoch());
        chat.create(ChatKind::Group, {testUser(1), testUser(2)}, u"Garden"_s);
        chat.edit(chat.post(testUser(1), "first"), "first, edited");
        const MessageId gone = chat.post(testUser(2), deletedPayload);
        chat.post(testUser(2), QByteArray(3'000, 'x'));
        chat.derive(testUser(2), 1);
        write(chat.take());
        chat.remove(gone);
        chat.mark(testUser(2), 3, 2);
        write(chat.take());
    }

protected:
    void close() override
    {
        m_disk.goDown();
        m_store.reset();
    }
    void write(ChatAppend append)
    {
        (void)MemoryAppender(m_content).apply(append);
        PARLEY_ASSERT(Driver(*m_store).append(std::move(append)) == Outcome::Applied);
    }
    /// The file is left as by a process that died.
    void leave()
    {
        close();
        m_disk.restart(Crash::Kill);
    }
    Wrong open()
    {
        auto opened = SqliteStore::open(folder(), m_random);
        if (!opened)
            return u"the store does not open: "_s + opened.error().text;
        m_store = *std::move(opened);
        return unsound(m_store->database());
    }
    Wrong differs()
    {
        const auto content = readStore(m_store->database());
        if (!content)
            return u"the store cannot be read: "_s + content.error().text;
        const auto what = difference(m_content, *content);
        return what ? Wrong(u"the store is not what it was: "_s + *what) : std::nullopt;
    }
    Wrong judge() override
    {
        if (auto wrong = open())
            return wrong;
        return differs();
    }

    std::unique_ptr<SqliteStore> m_store;
    MemoryState m_content;
};

class OpeningAStore : public StoreLife {
public:
    explicit OpeningAStore(const SweptManner &manner)
        : StoreLife(manner)
    {
        leave();
    }
    void act() override
    {
        // And closed again: then the log is taken in.
        if (auto opened = SqliteStore::open(folder(), m_random); !opened)
            m_done = opened.error();
    }
};

class CleaningAStore : public StoreLife {
public:
    using StoreLife::StoreLife;
    void act() override { m_store->dropDeleted(); }

protected:
    Wrong judge() override
    {
        if (auto wrong = StoreLife::judge())
            return wrong;
        m_store->dropDeleted();
        return m_disk.holds(deletedPayload) ? Wrong(u"14: a deleted payload is still there"_s)
                                            : std::nullopt;
    }
};

class BackingUpAStore : public StoreLife {
public:
    using StoreLife::StoreLife;
    void act() override
    {
        m_done = m_store->backup(path("copy"));
        if (m_done)
            m_disk.rename(path("copy.part"), path("copy"));
    }

protected:
    Wrong judge() override
    {
        if (auto wrong = StoreLife::judge())
            return wrong;
        if (!m_done)
            return m_disk.exists(path("copy")) ? Wrong(u"half a backup has its name"_s)
                                               : std::nullopt;
        const QByteArray copy = m_disk.content(path("copy"));
        close();
        m_disk.restart(Crash::Kill);
        for (const char *name : {"parley.db", "parley.db-wal", "parley.db-journal"})
            m_disk.remove(path(name));
        m_disk.put(path("parley.db"), copy);
        if (auto wrong = open())
            return u"the backup: "_s + *wrong;
        if (m_store->epoch() == m_content.epoch)
            return u"a restored backup kept the epoch"_s;
        m_content.epoch = m_store->epoch();
        return differs();
    }
};

class RestoringAStore : public StoreLife {
public:
    explicit RestoringAStore(const SweptManner &manner)
        : StoreLife(manner)
    {
        PARLEY_ASSERT(m_store->backup(path("copy")));
        const QByteArray copy = m_disk.content(path("copy.part"));
        leave();
        for (const QString &file : m_disk.files())
            m_disk.remove(file);
        m_disk.put(path("parley.db"), copy);
    }
    void act() override
    {
        auto opened = SqliteStore::open(folder(), m_random);
        if (opened)
            m_store = *std::move(opened);
        else
            m_done = opened.error();
        m_said = m_store ? std::optional(m_store->epoch()) : std::nullopt;
    }

protected:
    Wrong judge() override
    {
        if (auto wrong = open())
            return wrong;
        const Epoch epoch = m_store->epoch();
        if (epoch == m_content.epoch)
            return u"a restored backup kept the epoch"_s;
        if (m_said && *m_said != epoch)
            return u"an epoch that was told is another one now"_s;
        m_content.epoch = epoch;
        return differs();
    }
    std::optional<Epoch> m_said;
};

class MakingAStore : public FileLife {
public:
    using FileLife::FileLife;
    void act() override
    {
        auto made = SqliteStore::create(folder(), m_random);
        if (made)
            m_store = *std::move(made);
        else
            m_done = made.error();
    }

protected:
    void close() override
    {
        m_disk.goDown();
        m_store.reset();
    }
    Wrong judge() override
    {
        auto again = SqliteStore::create(folder(), m_random);
        if (again && m_done)
            return u"a store that was made is not there"_s;
        if (!again)
            again = SqliteStore::open(folder(), m_random);
        if (!again)
            return u"the store can neither be made nor opened: "_s + again.error().text;
        m_store = *std::move(again);
        return unsound(m_store->database());
    }
    std::unique_ptr<SqliteStore> m_store;
};

/// A file of an older program, which a newer one brings up to date: the real first schema, and a
/// script that changes a table and all its rows.
class BringingUpToDate : public FileLife {
public:
    struct Kind {
        const char *folder; ///< of the real schema
        const char *first;
        const char *change;
        const char *fill;
        const char *count; ///< of rows that were changed
    };
    static constexpr int rows = 200;

    BringingUpToDate(const SweptManner &manner, const Kind &kind)
        : FileLife(manner)
        , m_kind(kind)
    {
        const QString first =
            QLatin1String(kind.folder) + QLatin1Char('/') + QLatin1String(kind.first);
        PARLEY_ASSERT(QFile::copy(first, m_scripts.filePath(QLatin1String(kind.first))));
        QFile second(m_scripts.filePath(u"0002_second.sql"_s));
        PARLEY_ASSERT(second.open(QIODevice::WriteOnly));
        second.write("-- oldest schema: 2\n-- oldest program: 0.2.0\n");
        second.write(kind.change);
        second.close();
        m_all = std::make_unique<Migrations>(m_scripts.path(), applicationId, u"store"_s);
        openFile();
        PARLEY_ASSERT(m_all->applyUpTo(*m_database, 1));
        for (int i = 0; i < rows; ++i)
            PARLEY_ASSERT(m_database->run(QLatin1String(kind.fill), testMessage(testChat(1), i)));
    }
    void act() override { m_done = m_all->apply(*m_database); }

protected:
    static constexpr qint32 applicationId = 0x50541234;
    void openFile()
    {
        auto opened = Database::open(path("older.db"), Database::Mode::ReadWrite);
        if (opened)
            m_database = *std::move(opened);
    }
    void close() override
    {
        m_disk.goDown();
        m_database.reset();
    }
    Wrong judge() override
    {
        openFile();
        if (!m_database)
            return u"the file does not open"_s;
        if (auto wrong = unsound(*m_database))
            return wrong;
        const auto version = m_database->integer(u"PRAGMA user_version"_s);
        const bool isNew = version && version->value_or(0) == 2;
        if (m_done && !isNew)
            return u"a file that was brought up to date is not"_s;
        if (auto done = m_all->apply(*m_database); !done)
            return u"the file cannot be brought up to date any more: "_s + done.error().text;
        const auto changed = m_database->integer(QLatin1String(m_kind.count));
        return changed && changed->value_or(0) == rows ? std::nullopt
                                                       : Wrong(u"rows were not brought along"_s);
    }

    const Kind m_kind;
    QTemporaryDir m_scripts{temporaryPlace()};
    std::unique_ptr<Migrations> m_all;
    std::unique_ptr<Database> m_database;
};

constexpr BringingUpToDate::Kind olderStore{":/parley/store", "0001_first.sql",
    "ALTER TABLE chats ADD COLUMN place INTEGER NOT NULL DEFAULT 0;\n"
    "UPDATE chats SET place = 7;\n",
    "INSERT INTO chats VALUES(?, 1, '', 1, 0, 2, NULL, NULL, 0, 0, 0)",
    "SELECT count(*) FROM chats WHERE place = 7"};
constexpr BringingUpToDate::Kind olderCache{":/parley/cache", "0001_begin.sql",
    "ALTER TABLE outbox ADD COLUMN place INTEGER NOT NULL DEFAULT 0;\n"
    "UPDATE outbox SET place = 7;\n",
    "INSERT INTO outbox VALUES(NULL, ?, NULL, x'00')",
    "SELECT count(*) FROM outbox WHERE place = 7"};

class CacheLife : public FileLife {
public:
    using FileLife::FileLife;

protected:
    void close() override
    {
        m_disk.goDown();
        m_cache.reset();
    }
    Status openCache()
    {
        auto opened = SqliteCache::open(folder());
        if (!opened)
            return opened.error();
        m_cache = *std::move(opened);
        return Done{};
    }
    static UserId owner() { return testUser(1); }
    Status own()
    {
        m_cache->begin();
        m_cache->saveMeta({owner(), std::nullopt, 7, 8});
        return m_cache->commit();
    }
    Wrong judge() override
    {
        if (auto opened = openCache(); !opened)
            return u"the cache does not open: "_s + opened.error().text;
        return unsound(m_cache->database());
    }
    std::unique_ptr<SqliteCache> m_cache;
};

class MakingACache : public CacheLife {
public:
    using CacheLife::CacheLife;
    void act() override
    {
        m_done = openCache();
        if (m_done)
            m_done = own();
    }

protected:
    Wrong judge() override
    {
        if (auto wrong = CacheLife::judge())
            return wrong;
        const auto user = m_cache->meta().user;
        if (m_done && user != owner())
            return u"whose cache it is was told, and is forgotten"_s;
        return user && *user != owner() ? Wrong(u"it is somebody else's cache"_s) : std::nullopt;
    }
};

class OpeningACache : public CacheLife {
public:
    explicit OpeningACache(const SweptManner &manner)
        : CacheLife(manner)
    {
        PARLEY_ASSERT(openCache() && own());
        close();
        m_disk.restart(Crash::Kill);
    }
    void act() override
    {
        m_done = openCache();
        m_cache.reset();
    }

protected:
    Wrong judge() override
    {
        if (auto wrong = CacheLife::judge())
            return wrong;
        return m_cache->meta().user == owner() ? std::nullopt : Wrong(u"the cache is empty"_s);
    }
};

template <typename Life, typename... More>
SweptScenario scenario(const char *name, const More &...more)
{
    return {QLatin1String(name),
        [more...](const SweptManner &manner) { return std::make_unique<Life>(manner, more...); }};
}

} // namespace

std::vector<SweptScenario> sweptFiles()
{
    return {
        scenario<MakingAStore>("store/make"),
        scenario<OpeningAStore>("store/open"),
        scenario<CleaningAStore>("store/drop-deleted"),
        scenario<BackingUpAStore>("store/backup"),
        scenario<RestoringAStore>("store/restore"),
        scenario<BringingUpToDate>("store/older-file", olderStore),
        scenario<MakingACache>("cache/make"),
        scenario<OpeningACache>("cache/open"),
        scenario<BringingUpToDate>("cache/older-file", olderCache),
    };
}

} // namespace parley::simulation
