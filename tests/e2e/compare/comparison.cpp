// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/e2e/compare/comparison.h"

#include "tests/e2e/compare/journal.h"

#include <QtCore/QDirIterator>
#include <QtCore/QFileInfo>

namespace parley::compare {

using namespace Qt::StringLiterals;

namespace {

QString serverFile(const QString &path)
{
    return QFileInfo(path).isDir() ? path + u"/parley.db"_s : path;
}

QStringList deviceFiles(const QStringList &paths)
{
    QStringList files;
    for (const auto &path : paths) {
        if (!QFileInfo(path).isDir()) {
            files += path;
            continue;
        }
        QDirIterator each(
            path, {u"cache.sqlite"_s}, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (each.hasNext())
            files += each.next();
    }
    files.sort();
    return files;
}

} // namespace

Result<Findings> compareAll(const Files &files)
{
    Findings findings;
    const auto server = readServer(serverFile(files.server), findings);
    if (!server)
        return server.error();
    for (const auto &path : deviceFiles(files.devices))
        if (const auto done = compareDevice(path, *server, files.rest, findings); !done)
            return Error(done.error().code, path + u": "_s + done.error().text);
    for (const auto &path : files.journals)
        if (const auto done = compareJournal(path, *server, findings); !done)
            return done.error();
    return findings;
}

} // namespace parley::compare
