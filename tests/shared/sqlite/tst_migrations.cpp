// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/sqlite/database.h"
#include "shared/sqlite/migrations.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace parley;

namespace {

constexpr qint32 testApplication = 0x54455354;

const char firstScript[] = "-- oldest schema: 1\n-- oldest program: 0.1.0\n"
                           "CREATE TABLE a(x); INSERT INTO a VALUES(1);";
const char secondScript[] = "-- oldest schema: 1\n-- oldest program: 0.1.0\n"
                            "ALTER TABLE a ADD COLUMN y;";
const char thirdScript[] = "-- oldest schema: 3\n-- oldest program: 0.9.0\n"
                           "CREATE TABLE b(x);";
const char failingScript[] = "-- oldest schema: 1\n-- oldest program: 0.1.0\n"
                             "CREATE TABLE c(x); INSERT INTO nowhere VALUES(1);";

} // namespace

class TestMigrations : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    Migrations migrations(std::initializer_list<const char *> scripts) const
    {
        QTemporaryDir scriptFolder;
        int number = 0;
        for (const char *script : scripts) {
            QFile file(
                scriptFolder.filePath(u"%1_step.sql"_s.arg(++number, 4, 10, QLatin1Char('0'))));
            if (file.open(QIODevice::WriteOnly))
                file.write(script);
        }
        return Migrations(scriptFolder.path(), testApplication, u"store"_s);
    }
    std::unique_ptr<Database> open() const
    {
        auto opened = Database::open(m_folder->filePath(u"test.db"_s), Database::Mode::ReadWrite);
        return opened ? std::move(*opened) : nullptr;
    }
    static qint64 version(Database &database)
    {
        return database.integer(u"PRAGMA user_version"_s)->value_or(-1);
    }

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void newFileRunsEveryScript()
    {
        auto database = open();
        const auto all = migrations({firstScript, secondScript});
        QVERIFY(!all.check(*database));
        QVERIFY(all.apply(*database));
        QCOMPARE(version(*database), 2);
        QCOMPARE(database->integer(u"SELECT count(y) FROM a"_s)->value_or(-1), 0);
        QVERIFY(all.apply(*database)); // nothing left to do
        QVERIFY(all.check(*database));
    }

    void olderFileRunsWhatItLacks()
    {
        auto database = open();
        QVERIFY(migrations({firstScript}).apply(*database));
        QVERIFY(database->run(u"UPDATE a SET x=5"_s));
        QVERIFY(migrations({firstScript, secondScript, thirdScript}).apply(*database));
        QCOMPARE(version(*database), 3);
        QCOMPARE(database->integer(u"SELECT x FROM a WHERE y IS NULL"_s)->value_or(-1), 5);
    }

    void newerFileThatGetsAlongIsOpened()
    {
        auto database = open();
        QVERIFY(migrations({firstScript, secondScript}).apply(*database));
        QVERIFY(migrations({firstScript}).apply(*database));
        QCOMPARE(version(*database), 2);
    }

    void newerFileIsRefusedWithWhatToDo()
    {
        auto database = open();
        QVERIFY(migrations({firstScript, secondScript, thirdScript}).apply(*database));
        const auto refused = migrations({firstScript, secondScript}).apply(*database);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::UpgradeRequired);
        QVERIFY(refused.error().text.contains("0.9.0"_L1));
        QVERIFY(refused.error().text.contains("backup"_L1));
    }

    void databaseOfAnotherKindIsRefused()
    {
        auto database = open();
        QVERIFY(database->execute(u"CREATE TABLE theirs(x)"_s));
        const auto refused = migrations({firstScript}).apply(*database);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Damaged);
        QCOMPARE(version(*database), 0);
    }

    void failingScriptLeavesNothingBehind()
    {
        auto database = open();
        const auto failed = migrations({firstScript, failingScript}).apply(*database);
        QVERIFY(!failed);
        QVERIFY(failed.error().text.contains("0002_step.sql"_L1));
        QCOMPARE(version(*database), 1);
        QVERIFY(!database->integer(u"SELECT count(*) FROM c"_s));
    }
};

QTEST_GUILESS_MAIN(TestMigrations)
#include "tst_migrations.moc"
