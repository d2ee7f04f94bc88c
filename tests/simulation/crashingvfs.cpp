// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/simulation/crashingvfs.h"

#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlQuery>

#include <sqlite3.h>

namespace parley::simulation {

/// What an open file is to SQLite. `base` comes first: SQLite knows nothing of the rest.
struct CrashingDisk::Handle {
    sqlite3_file base;
    CrashingDisk *disk;
    int generation;
    int level; ///< of SQLite's file locks
    unsigned sharedMask; ///< of the shared memory's locks
    unsigned exclusiveMask;
    FilePointer file;
    std::shared_ptr<SharedMemory> memory;

    bool isStale() const { return generation != disk->m_generation; }
};

struct CrashingVfs::Registry {
    sqlite3_vfs vfs{};
    sqlite3_vfs *system = nullptr;
    std::vector<CrashingDisk *> disks;
    SeededRandom random{0};
};

/// The C functions that SQLite calls.
struct CrashingVfs::Calls {
    using Handle = CrashingDisk::Handle;
    static constexpr int regionLocks = 8;

    static Handle *handle(sqlite3_file *file) { return reinterpret_cast<Handle *>(file); }

    static int close(sqlite3_file *base)
    {
        Handle *h = handle(base);
        if (!h->isStale()) {
            unlock(base, SQLITE_LOCK_NONE);
            shmUnmap(base, 0);
        }
        h->file.~shared_ptr();
        h->memory.~shared_ptr();
        return SQLITE_OK;
    }
    static int read(sqlite3_file *base, void *to, int amount, sqlite3_int64 offset)
    {
        Handle *h = handle(base);
        if (h->isStale())
            return SQLITE_IOERR_READ;
        return h->disk->read(*h->file, static_cast<char *>(to), amount, offset);
    }
    static int write(sqlite3_file *base, const void *from, int amount, sqlite3_int64 offset)
    {
        Handle *h = handle(base);
        if (h->isStale())
            return SQLITE_IOERR_WRITE;
        return h->disk->write(*h->file, static_cast<const char *>(from), amount, offset);
    }
    static int truncate(sqlite3_file *base, sqlite3_int64 size)
    {
        Handle *h = handle(base);
        return h->isStale() ? SQLITE_IOERR_TRUNCATE : h->disk->truncate(*h->file, size);
    }
    static int sync(sqlite3_file *base, int)
    {
        Handle *h = handle(base);
        return h->isStale() ? SQLITE_IOERR_FSYNC : h->disk->sync(*h->file);
    }
    static int fileSize(sqlite3_file *base, sqlite3_int64 *size)
    {
        Handle *h = handle(base);
        if (h->isStale() || h->disk->refuse(CrashingDisk::Call::Other))
            return SQLITE_IOERR_FSTAT;
        *size = h->file->now.size();
        return SQLITE_OK;
    }
    static int lock(sqlite3_file *base, int level)
    {
        Handle *h = handle(base);
        if (h->isStale() || h->disk->isDown())
            return SQLITE_IOERR_LOCK;
        if (h->level >= level)
            return SQLITE_OK;
        CrashingDisk::File &file = *h->file;
        const auto isOther = [h](const Handle *owner) { return owner && owner != h; };
        if (level == SQLITE_LOCK_SHARED) {
            if (isOther(file.exclusive) || isOther(file.pending))
                return SQLITE_BUSY;
            ++file.sharers;
        } else {
            if (isOther(file.reserved) || isOther(file.pending))
                return SQLITE_BUSY;
            file.reserved = h;
            if (level == SQLITE_LOCK_EXCLUSIVE) {
                file.pending = h;
                if (file.sharers > 1) {
                    h->level = SQLITE_LOCK_PENDING;
                    return SQLITE_BUSY;
                }
                file.exclusive = h;
            }
        }
        h->level = level;
        return SQLITE_OK;
    }
    static int unlock(sqlite3_file *base, int level)
    {
        Handle *h = handle(base);
        if (h->isStale() || h->level <= level)
            return SQLITE_OK;
        CrashingDisk::File &file = *h->file;
        for (const Handle **owner : {&file.reserved, &file.pending, &file.exclusive}) {
            if (*owner == h)
                *owner = nullptr;
        }
        if (level == SQLITE_LOCK_NONE && h->level >= SQLITE_LOCK_SHARED)
            --file.sharers;
        h->level = level;
        return SQLITE_OK;
    }
    static int checkReservedLock(sqlite3_file *base, int *result)
    {
        *result = handle(base)->file->reserved != nullptr ? 1 : 0;
        return SQLITE_OK;
    }
    static int fileControl(sqlite3_file *, int, void *) { return SQLITE_NOTFOUND; }
    static int sectorSize(sqlite3_file *) { return 512; }
    // As the file system of Unix says: a torn write harms nothing outside of what it wrote.
    static int deviceCharacteristics(sqlite3_file *) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

    static int shmMap(sqlite3_file *base, int region, int bytes, int extend, void volatile **to)
    {
        Handle *h = handle(base);
        *to = nullptr;
        if (h->isStale() || h->disk->refuse(CrashingDisk::Call::Other))
            return SQLITE_IOERR_SHMMAP;
        if (!h->memory) {
            if (!h->file->memory)
                h->file->memory = std::make_shared<CrashingDisk::SharedMemory>();
            h->memory = h->file->memory;
            ++h->memory->users;
        }
        auto &regions = h->memory->regions;
        if (size_t(region) >= regions.size() && !extend)
            return SQLITE_OK;
        while (size_t(region) >= regions.size())
            regions.push_back(std::make_unique<char[]>(size_t(bytes)));
        *to = regions[size_t(region)].get();
        return SQLITE_OK;
    }
    static int shmLock(sqlite3_file *base, int first, int count, int flags)
    {
        Handle *h = handle(base);
        if (h->isStale() || h->disk->isDown())
            return (flags & SQLITE_SHM_UNLOCK) ? SQLITE_OK : SQLITE_IOERR_SHMLOCK;
        const bool isShared = (flags & SQLITE_SHM_SHARED) != 0;
        const bool isUnlock = (flags & SQLITE_SHM_UNLOCK) != 0;
        if (!isUnlock && !mayLock(*h, first, count, isShared))
            return SQLITE_BUSY;
        for (int i = first; i < first + count; ++i)
            setLock(*h, i, isShared, isUnlock);
        return SQLITE_OK;
    }
    static bool mayLock(const Handle &h, int first, int count, bool isShared)
    {
        for (int i = first; i < first + count; ++i) {
            const auto &lock = h.memory->locks[size_t(i)];
            if (lock.exclusive && lock.exclusive != &h)
                return false;
            const int ownShare = (h.sharedMask >> i) & 1;
            if (!isShared && lock.shared > ownShare)
                return false;
        }
        return true;
    }
    static void setLock(Handle &h, int i, bool isShared, bool isUnlock)
    {
        auto &lock = h.memory->locks[size_t(i)];
        const unsigned bit = 1u << i;
        unsigned &mask = isShared ? h.sharedMask : h.exclusiveMask;
        const bool isHeld = (mask & bit) != 0;
        if (isHeld != isUnlock)
            return;
        mask ^= bit;
        if (isShared)
            lock.shared += isUnlock ? -1 : 1;
        else
            lock.exclusive = isUnlock ? nullptr : &h;
    }
    static void shmBarrier(sqlite3_file *) { }
    static int shmUnmap(sqlite3_file *base, int)
    {
        Handle *h = handle(base);
        if (!h->memory)
            return SQLITE_OK;
        for (int i = 0; i < regionLocks; ++i) {
            setLock(*h, i, true, true);
            setLock(*h, i, false, true);
        }
        if (--h->memory->users == 0 && h->file->memory == h->memory)
            h->file->memory.reset();
        h->memory.reset();
        return SQLITE_OK;
    }

    static const sqlite3_io_methods *methods()
    {
        static const sqlite3_io_methods all = {2, close, read, write, truncate, sync, fileSize,
            lock, unlock, checkReservedLock, fileControl, sectorSize, deviceCharacteristics, shmMap,
            shmLock, shmBarrier, shmUnmap, nullptr, nullptr};
        return &all;
    }

    static int open(sqlite3_vfs *, const char *name, sqlite3_file *base, int flags, int *outFlags)
    {
        Registry &all = registry();
        const QString path = QString::fromUtf8(name);
        CrashingDisk *disk = name ? find(path) : nullptr;
        if (!disk)
            return all.system->xOpen(all.system, name, base, flags, outFlags);
        base->pMethods = nullptr;
        CrashingDisk::FilePointer file;
        const int done = disk->open(path, (flags & SQLITE_OPEN_CREATE) != 0, file);
        if (done != SQLITE_OK)
            return done;
        new (base) Handle{{methods()}, disk, disk->m_generation, SQLITE_LOCK_NONE, 0, 0,
            std::move(file), nullptr};
        if (outFlags)
            *outFlags = flags;
        return SQLITE_OK;
    }
    static int erase(sqlite3_vfs *, const char *name, int isDurable)
    {
        Registry &all = registry();
        CrashingDisk *disk = find(QString::fromUtf8(name));
        if (!disk)
            return all.system->xDelete(all.system, name, isDurable);
        return disk->erase(QString::fromUtf8(name), isDurable != 0);
    }
    static int access(sqlite3_vfs *, const char *name, int flags, int *result)
    {
        Registry &all = registry();
        CrashingDisk *disk = find(QString::fromUtf8(name));
        if (!disk)
            return all.system->xAccess(all.system, name, flags, result);
        if (disk->refuse(CrashingDisk::Call::Other))
            return SQLITE_IOERR_ACCESS;
        // As on Unix: an empty file does not count as existing.
        const QByteArray content = disk->content(QString::fromUtf8(name));
        *result = flags == SQLITE_ACCESS_EXISTS ? !content.isEmpty()
                                                : disk->exists(QString::fromUtf8(name));
        return SQLITE_OK;
    }
    static int fullPathname(sqlite3_vfs *, const char *name, int size, char *to)
    {
        Registry &all = registry();
        if (!find(QString::fromUtf8(name)))
            return all.system->xFullPathname(all.system, name, size, to);
        sqlite3_snprintf(size, to, "%s", name);
        return SQLITE_OK;
    }
    static int randomness(sqlite3_vfs *, int size, char *to)
    {
        registry().random.fill(std::span(reinterpret_cast<quint8 *>(to), size_t(size)));
        return size;
    }
    static int sleep(sqlite3_vfs *, int microseconds) { return microseconds; }
    static int currentTime(sqlite3_vfs *, double *days)
    {
        *days = 2460000.5;
        return SQLITE_OK;
    }
    static int currentTimeInt64(sqlite3_vfs *, sqlite3_int64 *ms)
    {
        *ms = sqlite3_int64(24600005) * 8640000;
        return SQLITE_OK;
    }
};

CrashingVfs::Registry &CrashingVfs::registry()
{
    static Registry all;
    if (all.system)
        return all;
    all.system = sqlite3_vfs_find(nullptr);
    all.vfs = *all.system;
    all.vfs.pNext = nullptr;
    all.vfs.zName = "parley-crashing";
    all.vfs.iVersion = 2;
    all.vfs.szOsFile = std::max(all.system->szOsFile, int(sizeof(CrashingDisk::Handle)));
    all.vfs.xOpen = Calls::open;
    all.vfs.xDelete = Calls::erase;
    all.vfs.xAccess = Calls::access;
    all.vfs.xFullPathname = Calls::fullPathname;
    all.vfs.xRandomness = Calls::randomness;
    all.vfs.xSleep = Calls::sleep;
    all.vfs.xCurrentTime = Calls::currentTime;
    all.vfs.xCurrentTimeInt64 = Calls::currentTimeInt64;
    sqlite3_vfs_register(&all.vfs, 1);
    return all;
}

void CrashingVfs::add(CrashingDisk *disk)
{
    registry().disks.push_back(disk);
}

void CrashingVfs::remove(CrashingDisk *disk)
{
    std::erase(registry().disks, disk);
}

CrashingDisk *CrashingVfs::find(const QString &path)
{
    for (CrashingDisk *disk : registry().disks) {
        if (path.startsWith(disk->folder()))
            return disk;
    }
    return nullptr;
}

void CrashingVfs::reseed(quint64 seed)
{
    registry().random = SeededRandom(seed);
    sqlite3_randomness(0, nullptr); // forgets what it has: draws anew from the line above
}

bool CrashingVfs::isInUse()
{
    (void)registry();
    const QString name = QStringLiteral("crashing-vfs-probe");
    bool isOurs = false;
    {
        QSqlDatabase probe = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
        probe.setConnectOptions(QStringLiteral("QSQLITE_OPEN_URI"));
        // Opens only where the name of the file system is known.
        probe.setDatabaseName(QStringLiteral("file::memory:?vfs=parley-crashing"));
        isOurs = probe.open();
    }
    QSqlDatabase::removeDatabase(name);
    return isOurs;
}

} // namespace parley::simulation
