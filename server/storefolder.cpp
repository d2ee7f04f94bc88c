// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/storefolder.h"

#include "server/store/sqlite/sqlitestore.h"

#include <QtCore/QDir>
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

Status makeFolder(const QString &folder)
{
    if (!QDir().mkpath(folder))
        return Error(ErrorCode::Unavailable, u"cannot make the folder %1"_s.arg(folder));
    QFile::setPermissions(
        folder, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
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

} // namespace parley
