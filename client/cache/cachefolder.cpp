// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/cache/sqlitecache.h"

#include <QtCore/QDateTime>
#include <QtCore/QDir>
#include <QtCore/QFile>

using namespace Qt::StringLiterals;

/// The cache's file and its folder: opening, setting aside, wiping.
namespace parley {

namespace {

constexpr qint32 cacheApplicationId = 0x50614361; // "PaCa"
constexpr auto ownerOnly = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
const QStringList fileEndings{QString(), u"-wal"_s, u"-shm"_s, u"-journal"_s};

Status makeFolder(const QString &folder)
{
    if (!QDir().mkpath(folder))
        return Error(ErrorCode::Unavailable,
            u"The folder %1 cannot be made: it must be in a place that you may write to."_s.arg(
                folder));
    if (!QFile::setPermissions(folder, ownerOnly))
        return Error(ErrorCode::Unavailable,
            u"The folder %1 cannot be closed to other users: it must belong to you."_s.arg(folder));
    return Done{};
}

} // namespace

QString SqliteCache::fileIn(const QString &folder)
{
    return QDir(folder).filePath(u"cache.sqlite"_s);
}

Migrations SqliteCache::migrations()
{
    return Migrations(u":/parley/cache"_s, cacheApplicationId, u"cache"_s);
}

Error SqliteCache::explained(const Error &error, const QString &folder)
{
    if (error.code == ErrorCode::Busy)
        return {error.code,
            u"This profile is open in another window or process. Close it there first, or use "
            "another --profile. (%1)"_s.arg(error.text)};
    if (error.code == ErrorCode::Damaged)
        return {error.code,
            u"The local copy of your messages in %1 is damaged. Start with --set-cache-aside to "
            "have it set aside and fetched again from the server; what you wrote and was not sent "
            "yet stays in the file that is set aside. (%2)"_s.arg(folder, error.text)};
    return error;
}

Result<std::unique_ptr<SqliteCache>> SqliteCache::open(const QString &folder)
{
    if (auto made = makeFolder(folder); !made)
        return made.error();
    auto lock = FolderLock::take(folder);
    if (!lock)
        return explained(lock.error(), folder);
    auto database = Database::open(fileIn(folder), Database::Mode::ReadWrite);
    if (!database)
        return explained(database.error(), folder);
    if (auto done = migrations().apply(**database); !done)
        return explained(done.error(), folder);
    return std::unique_ptr<SqliteCache>(new SqliteCache(*std::move(lock), *std::move(database)));
}

Result<QString> SqliteCache::setAside(const QString &folder)
{
    const auto lock = FolderLock::take(folder);
    if (!lock)
        return explained(lock.error(), folder);
    const QString stamp = QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-HHmmss"_s);
    const QString aside = QDir(folder).filePath(u"cache-damaged-%1.sqlite"_s.arg(stamp));
    for (const QString &ending : fileEndings) {
        const QString file = fileIn(folder) + ending;
        if (QFile::exists(file) && !QFile::rename(file, aside + ending))
            return Error(ErrorCode::Unavailable, u"%1 cannot be renamed"_s.arg(file));
    }
    return aside;
}

Status SqliteCache::wipe(const QString &folder)
{
    if (!QDir(folder).exists())
        return Done{};
    const auto lock = FolderLock::take(folder);
    if (!lock)
        return explained(lock.error(), folder);
    const QStringList names = QDir(folder).entryList({u"cache*.sqlite*"_s}, QDir::Files);
    for (const QString &name : names) {
        if (!QFile::remove(QDir(folder).filePath(name)))
            return Error(
                ErrorCode::Unavailable, u"%1 cannot be deleted"_s.arg(QDir(folder).filePath(name)));
    }
    return Done{};
}

} // namespace parley
