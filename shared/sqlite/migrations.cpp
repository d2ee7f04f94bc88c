// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/sqlite/migrations.h"

#include "shared/product.h"
#include "shared/sqlite/database.h"
#include "shared/sqlite/sqlscript.h"
#include "shared/sqlite/transaction.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QRegularExpression>

using namespace Qt::StringLiterals;

namespace parley {

namespace {

QString headerValue(const QString &script, const QString &key)
{
    const QRegularExpression line(
        u"^-- %1: (\\S+)\\s*$"_s.arg(key), QRegularExpression::MultilineOption);
    return line.match(script).captured(1);
}

} // namespace

Migrations::Migrations(const QString &folder, qint32 applicationId, QString fileNoun)
    : m_applicationId(applicationId)
    , m_fileNoun(std::move(fileNoun))
{
    PARLEY_ASSERT(applicationId != 0);
    const QStringList names = QDir(folder).entryList({u"*.sql"_s}, QDir::Files, QDir::Name);
    for (const QString &name : names) {
        PARLEY_ASSERT(name.first(4).toInt() == int(m_scripts.size()) + 1);
        m_scripts.push_back(read(QDir(folder).filePath(name)));
    }
    PARLEY_ASSERT(!m_scripts.empty());
}

Migrations::Script Migrations::read(const QString &path)
{
    QFile file(path);
    PARLEY_ASSERT(file.open(QIODevice::ReadOnly));
    const QString script = QString::fromUtf8(file.readAll());
    Script result{file.fileName(), splitScript(script),
        headerValue(script, u"oldest schema"_s).toInt(), headerValue(script, u"oldest program"_s)};
    PARLEY_ASSERT(result.oldestSchema > 0 && !result.oldestProgram.isEmpty());
    return result;
}

Result<int> Migrations::version(Database &database) const
{
    const auto application = database.integer(u"PRAGMA application_id"_s);
    if (!application)
        return application.error();
    const auto schema = database.integer(u"PRAGMA user_version"_s);
    if (!schema)
        return schema.error();
    const auto tables = database.integer(u"SELECT count(*) FROM sqlite_schema"_s);
    if (!tables)
        return tables.error();
    const bool isEmpty = tables->value_or(0) == 0 && schema->value_or(0) == 0;
    if (!isEmpty && application->value_or(0) != m_applicationId)
        return Error(ErrorCode::Damaged,
            u"%1 is a database, but not a %2 of %3. Name another file, or move this one away."_s
                .arg(database.path(), m_fileNoun, QLatin1String(productName)));
    return int(schema->value_or(0));
}

Status Migrations::refuseNewer(Database &database, int version) const
{
    auto row = database.statement(u"SELECT oldestSchema, oldestProgram FROM compatibility"_s);
    const auto found = row.step();
    if (!found)
        return found.error();
    if (*found && row.integer(0) <= newest())
        return Done{};
    return Error(ErrorCode::UpgradeRequired,
        u"%1 was written by a newer %2 (%3 schema %4; this program knows %5). "
        "Install %2 %6 or newer, or restore a backup from before the upgrade."_s.arg(
            database.path(), QLatin1String(productName), m_fileNoun, QString::number(version),
            QString::number(newest()), *found ? row.text(1) : u"of that version"_s));
}

Status Migrations::applyUpTo(Database &database, int number) const
{
    PARLEY_ASSERT(number <= newest());
    const auto now = version(database);
    if (!now)
        return now.error();
    if (*now > newest())
        return refuseNewer(database, *now);
    for (int next = *now + 1; next <= number; ++next) {
        if (auto done = run(database, next); !done)
            return done;
    }
    return Done{};
}

Status Migrations::check(Database &database) const
{
    const auto now = version(database);
    if (!now)
        return now.error();
    if (*now > newest())
        return refuseNewer(database, *now);
    if (*now < newest())
        return Error(ErrorCode::NotFound,
            u"%1 is not a complete %2 yet: its owner has to open it first."_s.arg(
                database.path(), m_fileNoun));
    return Done{};
}

Status Migrations::run(Database &database, int number) const
{
    const Script &script = m_scripts[size_t(number - 1)];
    auto transaction = Transaction::begin(database);
    if (!transaction)
        return transaction.error();
    QStringList statements{u"PRAGMA application_id=%1"_s.arg(m_applicationId),
        u"CREATE TABLE IF NOT EXISTS compatibility(only INTEGER PRIMARY KEY CHECK(only = 1), "
        "oldestSchema INTEGER NOT NULL, oldestProgram TEXT NOT NULL) STRICT"_s};
    statements += script.statements;
    statements += u"PRAGMA user_version=%1"_s.arg(number);
    for (const QString &statement : std::as_const(statements)) {
        if (auto done = database.execute(statement); !done) {
            Error error = done.error();
            error.text = u"%1: migration %2: %3"_s.arg(database.path(), script.name, error.text);
            return error;
        }
    }
    const auto said = database.run(u"INSERT OR REPLACE INTO compatibility VALUES(1, ?, ?)"_s,
        script.oldestSchema, script.oldestProgram);
    return said ? transaction->commit() : said;
}

} // namespace parley
