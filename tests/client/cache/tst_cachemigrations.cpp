// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/cache/sqlitecache.h"

#include "shared/sqlite/sqlscript.h"
#include "tests/client/cache/sample.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QRegularExpression>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace parley;

namespace {

QStringList schema(Database &database)
{
    QStringList lines;
    // What a virtual table keeps is made by it.
    auto row = database.statement(u"SELECT sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' "
                                  "AND name NOT IN (SELECT name FROM pragma_table_list "
                                  "WHERE type = 'shadow') "
                                  "ORDER BY type = 'trigger', type DESC, name"_s);
    while (*row.step())
        lines += row.text(0) + u';';
    return lines;
}

/// SQL that makes the same database again.
QStringList dump(Database &database)
{
    QStringList lines = schema(database);
    const auto triggers = lines.filter(QRegularExpression(u"^CREATE TRIGGER"_s));
    lines = lines.mid(0, lines.size() - triggers.size()); // what they do was done
    QStringList tables;
    auto table = database.statement(u"SELECT name FROM pragma_table_list WHERE type = 'table' "
                                    "AND name NOT LIKE 'sqlite_%' ORDER BY name"_s);
    while (*table.step())
        tables += table.text(0);
    for (const QString &name : std::as_const(tables)) {
        QStringList columns;
        auto column = database.statement(u"SELECT name FROM pragma_table_info(?)"_s);
        column.bind(name);
        while (*column.step())
            columns += u"quote(%1)"_s.arg(column.text(0));
        auto row =
            database.statement(u"SELECT %1 FROM %2"_s.arg(columns.join(u" || ', ' || "_s), name));
        while (*row.step())
            lines += u"INSERT INTO %1 VALUES(%2);"_s.arg(name, row.text(0));
    }
    lines += triggers;
    for (const QString &pragma : {u"application_id"_s, u"user_version"_s})
        lines += u"PRAGMA %1=%2;"_s.arg(pragma).arg(
            database.integer(u"PRAGMA "_s + pragma)->value_or(0));
    return lines;
}

bool makeGolden(const QString &path)
{
    const QTemporaryDir folder;
    const auto cache = SqliteCache::open(folder.path());
    QFile file(path);
    if (!cache || !file.open(QIODevice::WriteOnly | QIODevice::NewOnly))
        return false;
    (*cache)->begin();
    CacheSample().save(**cache);
    if (!(*cache)->commit())
        return false;
    file.write("-- SPDX-"
               "FileCopyrightText: 2026 The Parley authors\n"
               "-- SPDX-"
               "License-Identifier: MPL-2.0\n"
               "-- A cache as its schema's first program left it. Never edited.\n");
    for (const QString &line : dump((*cache)->database()))
        file.write(line.toUtf8() + '\n');
    return true;
}

} // namespace

class CacheMigrationsTest : public QObject {
    Q_OBJECT
private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void everySchemaHasItsGoldenFile();
    void migrationsStillMakeTheirGoldenSchema_data() { goldenFiles(); }
    void migrationsStillMakeTheirGoldenSchema();
    void anOldCacheKeepsWhatItHolds_data() { goldenFiles(); }
    void anOldCacheKeepsWhatItHolds();

private:
    static QDir golden() { return QDir(QStringLiteral(PARLEY_GOLDEN_FOLDER)); }
    static void goldenFiles();
    bool build(const QString &file) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void CacheMigrationsTest::goldenFiles()
{
    QTest::addColumn<QString>("file");
    const QStringList files = golden().entryList({u"cache_*.sql"_s}, QDir::Files, QDir::Name);
    for (const QString &file : files)
        QTest::newRow(qPrintable(file)) << file;
}

bool CacheMigrationsTest::build(const QString &name) const
{
    QFile file(golden().filePath(name));
    const auto database =
        Database::open(SqliteCache::fileIn(m_folder->path()), Database::Mode::ReadWrite);
    if (!database || !file.open(QIODevice::ReadOnly))
        return false;
    const QStringList statements = splitScript(QString::fromUtf8(file.readAll()));
    return !statements.isEmpty() && std::ranges::all_of(statements, [&](const QString &one) {
        return bool((*database)->execute(one));
    });
}

void CacheMigrationsTest::everySchemaHasItsGoldenFile()
{
    for (int number = 1; number <= SqliteCache::migrations().newest(); ++number)
        QVERIFY(golden().exists(u"cache_%1.sql"_s.arg(number, 4, 10, QLatin1Char('0'))));
}

void CacheMigrationsTest::migrationsStillMakeTheirGoldenSchema()
{
    QFETCH(QString, file);
    QVERIFY(build(file));
    const auto old =
        Database::open(SqliteCache::fileIn(m_folder->path()), Database::Mode::ReadWrite);
    const auto fresh = Database::open(u":memory:"_s, Database::Mode::ReadWrite);
    QVERIFY(SqliteCache::migrations().applyUpTo(**fresh, file.mid(6, 4).toInt()));
    QCOMPARE(schema(**old), schema(**fresh));
}

void CacheMigrationsTest::anOldCacheKeepsWhatItHolds()
{
    QFETCH(QString, file);
    QVERIFY(build(file));
    const auto cache = SqliteCache::open(m_folder->path());
    QVERIFY2(cache, cache ? "" : qPrintable(cache.error().text));
    QCOMPARE(CacheSample().difference(**cache), QString());
    QVERIFY((*cache)->database().quickCheck());
    const auto fresh = Database::open(u":memory:"_s, Database::Mode::ReadWrite);
    QVERIFY(SqliteCache::migrations().apply(**fresh));
    QCOMPARE(schema((*cache)->database()), schema(**fresh));
}

/// With `--make-golden FILE` writes a golden file of the newest schema instead of testing.
int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (argc == 3 && QByteArrayView(argv[1]) == "--make-golden")
        return makeGolden(QString::fromLocal8Bit(argv[2])) ? 0 : 1;
    CacheMigrationsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_cachemigrations.moc"
