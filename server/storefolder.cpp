// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/storefolder.h"

#include "server/store/sqlite/sqlitestore.h"
#include "server/store/sqlite/storefile.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QLoggingCategory>

namespace parley {
namespace {

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(logServer, "parley.server")

/// Remembers what became of the one append.
class OneOutcome : public StoreListener {
public:
    void loaded(Loaded) override { }
    void appended(quint64, std::vector<Outcome> outcomes) override { outcome = outcomes.front(); }
    Outcome outcome = Outcome::Unavailable;
};

constexpr QFile::Permissions ownersAlone = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;

bool isOpenToOthers(const QFileInfo &folder)
{
    constexpr QFile::Permissions others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup
        | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    return (folder.permissions() & others) != QFile::Permissions();
}

/// Somebody else's folder (/tmp, a home) must not be closed to those who use it.
Status takeFolder(const QString &folder)
{
    const QFileInfo found(folder);
    if (!found.isDir())
        return Error(ErrorCode::Unavailable, u"%1 is no folder: name another"_s.arg(folder));
    // Of a folder with a store, the store tells what is to be done. An empty file is none: anybody
    // could have put it there.
    const QString store = storefile::path(folder);
    const bool hasStore = QFileInfo(store).size() > 0 && !storefile::isUnmade(store);
    if (!isOpenToOthers(found) || hasStore)
        return Done{};
    if (!QDir(folder).isEmpty(
            QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot))
        return Error(ErrorCode::Forbidden,
            u"the folder %1 is open to other users and not empty: name an empty or a new one, or "
            "close it (chmod 0700) if it is for the server alone"_s.arg(folder));
    if (!QFile::setPermissions(folder, ownersAlone))
        return Error(ErrorCode::Forbidden,
            u"the folder %1 is open to other users and belongs to somebody else: name a new one, "
            "or give it to this user"_s.arg(folder));
    return Done{};
}

Status makeFolder(const QString &given)
{
    const QString folder = QDir::cleanPath(given);
    if (QFileInfo::exists(folder))
        return takeFolder(folder);
    if (!QDir().mkpath(QFileInfo(folder).absolutePath()) || !QDir().mkdir(folder, ownersAlone))
        return Error(ErrorCode::Unavailable, u"cannot make the folder %1"_s.arg(folder));
    return Done{};
}

/// A server that was killed: read the whole file, beside serving.
void checkBehind(StoreReaders &readers)
{
    auto opened = readers.open();
    auto *reader = opened ? dynamic_cast<SqliteReader *>(opened->get()) : nullptr;
    if (!reader)
        return;
    if (const auto sound = reader->check(); !sound)
        qCCritical(logServer, "the store is damaged: %s Stop the server and restore a backup.",
            qUtf8Printable(sound.error().text));
    else
        qCInfo(logServer, "the store is sound");
}

} // namespace

Result<ServiceThread::Opened> openStoreFolder(const QString &folder, Random &random)
{
    auto store = SqliteStore::open(folder, random);
    if (!store)
        return store.error();
    ServiceThread::Opened opened;
    opened.readers = (*store)->readers();
    if ((*store)->wasLeftOpen()) {
        qCInfo(
            logServer, "the last server was not stopped cleanly: checking the store while serving");
        opened.check = checkBehind;
    }
    opened.backup = [folder](const QString &path) { return backUpStoreFolder(folder, path); };
    opened.housekeep = [sqlite = store->get()] { sqlite->dropDeleted(); };
    opened.store = *std::move(store);
    return opened;
}

Status createStoreFolder(const QString &folder, const InviteState &invite, Random &random)
{
    if (const auto made = makeFolder(folder); !made)
        return made;
    auto store = SqliteStore::create(folder, random);
    if (!store)
        return store.error();
    OneOutcome listener;
    (*store)->setListener(&listener);
    (*store)->append(1, {DirectoryAppend{{}, invite}});
    if (listener.outcome != Outcome::Applied)
        return Error(ErrorCode::Unavailable, u"cannot write to the store in %1"_s.arg(folder));
    return Done{};
}

Result<qint64> backUpStoreFolder(const QString &folder, const QString &path)
{
    const QFileInfo file(path);
    if (file.exists())
        return Error(ErrorCode::Conflict,
            u"the file %1 exists already: name another, or move it away"_s.arg(path));
    if (!file.absoluteDir().exists())
        return Error(ErrorCode::NotFound,
            u"there is no folder %1: make it, or name another"_s.arg(file.absolutePath()));
    const Status written = storefile::writeBackup(storefile::path(folder), path);
    if (!written) {
        const QString text = u"no backup was written to %1: %2"_s.arg(path, written.error().text);
        qCWarning(logServer, "%s", qUtf8Printable(text));
        return Error(written.error().code, text);
    }
    const qint64 bytes = QFileInfo(path).size();
    qCInfo(logServer, "a backup of %lld bytes is in %s", static_cast<long long>(bytes),
        qUtf8Printable(path));
    return bytes;
}

} // namespace parley
