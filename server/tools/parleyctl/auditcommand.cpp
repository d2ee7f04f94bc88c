// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/tools/parleyctl/auditcommand.h"

#include "server/admin/adminclient.h"
#include "server/admin/logpage.h"
#include "server/store/sqlite/sqlitereader.h"
#include "server/store/sqlite/storefile.h"
#include "shared/sqlite/folderlock.h"

#include <QtCore/QFile>

namespace parley {
namespace {

using namespace Qt::StringLiterals;

Status takeJournal(const QString &path, DeliveryAudit &audit)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error(ErrorCode::NotFound, u"%1: %2"_s.arg(path, file.errorString()));
    const auto journal = readDeliveryJournal(file.readAll());
    if (!journal)
        return Error(journal.error().code, u"%1: %2"_s.arg(path, journal.error().text));
    audit.take(*journal);
    return Done{};
}

/// No server has the folder, and none may take it meanwhile.
Status compareClosed(const QString &dataFolder, DeliveryAudit &audit)
{
    if (!QFile::exists(storefile::path(dataFolder)))
        return Error(ErrorCode::NotFound, u"there is no store in %1"_s.arg(dataFolder));
    const auto lock = FolderLock::take(dataFolder);
    if (!lock)
        return lock.error();
    const auto reader = SqliteReader::open(storefile::path(dataFolder));
    if (!reader)
        return reader.error();
    return audit.compare([&](const QJsonObject &question) { return logPage(**reader, question); });
}

} // namespace

Result<DeliveryAudit> auditDelivery(const QStringList &journals, const QString &dataFolder)
{
    DeliveryAudit audit;
    for (const QString &path : journals) {
        if (const auto taken = takeJournal(path, audit); !taken)
            return taken.error();
    }
    const auto server = AdminClient::connect(dataFolder);
    const auto compared = server
        ? audit.compare([&](const QJsonObject &question) { return (*server)->ask(question); })
        : compareClosed(dataFolder, audit);
    if (!compared)
        return compared.error();
    return audit;
}

} // namespace parley
