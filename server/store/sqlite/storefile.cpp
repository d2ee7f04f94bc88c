// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/store/sqlite/storefile.h"

#include "server/store/sqlite/storetables.h"
#include "shared/mutation.h"
#include "shared/platform/syncfolder.h"
#include "shared/sqlite/transaction.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QtEndian>

using namespace Qt::StringLiterals;

namespace parley::storefile {

namespace {

constexpr qint32 applicationId = 0x50524c53; // "PRLS"
constexpr qint64 largestPage = 65'536;

Error damaged(const QString &path, const QString &found)
{
    return {ErrorCode::Damaged,
        u"The store %1 is damaged (%2). Stop here: move it away with its -wal, -shm and -journal "
        "files, and restore a backup in its place."_s.arg(path, found)};
}

/// A store writes ahead, into a log: only its very first write has a journal.
bool hasJournal(const QString &path)
{
    return QFileInfo(path + u"-journal"_s).size() > 0;
}

Status identify(Database &database, Random &random)
{
    auto transaction = Transaction::begin(database);
    if (!transaction)
        return transaction.error();
    StoreTables store(database);
    const auto identity = store.identity();
    if (!identity)
        return identity.error();
    if (*identity && !(*identity)->isBackup)
        return Done{};
    const bool keepsEpoch = *identity && mutation(Mutation::EpochNotRedrawn);
    const Epoch epoch = keepsEpoch ? (*identity)->epoch : random.id<Epoch>();
    if (auto done = store.setIdentity({epoch, false}); !done)
        return done;
    return transaction->commit();
}

Status prepare(Database &database, Random &random)
{
    if (QFileInfo(database.path()).size() <= checkedAtOpenBytes) {
        if (auto sound = database.quickCheck(); !sound)
            return sound;
    }
    if (auto done = migrations().apply(database); !done)
        return done;
    return identify(database, random);
}

Status copyAsBackup(const QString &from, const QString &path)
{
    {
        // A connection of its own: whoever serves the store goes on.
        const auto source = openReader(from);
        if (!source)
            return source.error();
        if (auto copied = (*source)->copyTo(path); !copied)
            return copied;
    }
    const auto copy = Database::open(path, Database::Mode::ReadWrite);
    if (!copy)
        return copy.error();
    StoreTables store(**copy);
    const auto identity = store.identity();
    if (!identity)
        return identity.error();
    PARLEY_ASSERT(*identity);
    if (auto marked = store.setIdentity({(*identity)->epoch, true}); !marked)
        return marked;
    // Closing it would do the same, and not say when that fails.
    return (*copy)->checkpoint();
}

} // namespace

QString path(const QString &folder)
{
    return QDir(folder).filePath(u"parley.db"_s);
}

const Migrations &migrations()
{
    static const Migrations all(u":/parley/store"_s, applicationId, u"store"_s);
    return all;
}

bool isUnmade(const QString &path)
{
    return hasJournal(path) && QFileInfo(path).size() <= largestPage;
}

// https://sqlite.org/fileformat.html: bytes 16..17 the page size, 28..31 the number of pages.
Status checkLength(const QString &path)
{
    QFile file(path);
    if (QFileInfo(path + u"-wal"_s).size() > 0)
        return Done{}; // the rest is still in the log
    if (hasJournal(path))
        return damaged(path, u"another file's journal lies beside it"_s);
    if (!file.open(QIODevice::ReadOnly))
        return Error(ErrorCode::Unavailable,
            u"The store %1 cannot be read: %2"_s.arg(path, file.errorString()));
    const QByteArray header = file.read(100);
    if (header.isEmpty())
        return damaged(path, u"it is empty; if it was never used, delete it and make a new one"_s);
    if (header.size() < 100)
        return damaged(path, u"it ends within its header"_s);
    const qint64 stated = qFromBigEndian<quint16>(header.constData() + 16);
    const qint64 pageBytes = stated == 1 ? 65536 : stated;
    const qint64 pages = qFromBigEndian<quint32>(header.constData() + 28);
    if (file.size() < pages * pageBytes)
        return damaged(
            path, u"it has %1 bytes and should have %2"_s.arg(file.size()).arg(pages * pageBytes));
    return Done{};
}

Result<std::unique_ptr<Database>> openWriter(const QString &path, Random &random)
{
    auto database = Database::open(path, Database::Mode::ReadWrite);
    const Status prepared = database ? prepare(**database, random) : Status(database.error());
    if (prepared)
        return database;
    if (prepared.error().code == ErrorCode::Damaged)
        return damaged(path, prepared.error().text);
    return prepared.error();
}

Result<std::unique_ptr<Database>> openReader(const QString &path)
{
    auto database = Database::open(path, Database::Mode::ReadOnly);
    if (!database)
        return database;
    if (auto known = migrations().check(**database); !known)
        return known.error();
    return database;
}

Status writeBackup(const QString &from, const QString &path)
{
    if (QFile::exists(path))
        return Error(ErrorCode::Conflict, u"The file %1 exists already"_s.arg(path));
    const QString unfinished = path + u".part"_s;
    const auto removeUnfinished = [&unfinished] {
        for (const QString &ending : {u""_s, u"-wal"_s, u"-shm"_s})
            QFile::remove(unfinished + ending);
    };
    removeUnfinished();
    auto done = copyAsBackup(from, unfinished);
    if (done && !QFile::rename(unfinished, path))
        done = Error(ErrorCode::Unavailable, u"The backup cannot be named %1"_s.arg(path));
    if (!done) {
        // What there is of it would only take room, on a disk that may be full.
        removeUnfinished();
        return done;
    }
    // The copy itself was synced when its identity was committed and its log taken in.
    if (auto synced = syncFolder(QFileInfo(path).absolutePath()); !synced) {
        QFile::remove(path);
        return synced;
    }
    return Done{};
}

} // namespace parley::storefile
