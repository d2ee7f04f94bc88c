// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/sqlite/database.h"
#include "shared/sqlite/queryplan.h"

#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace parley;

class TestQueryPlan : public QObject {
    Q_OBJECT

private slots:
    void findsTheStatementThatReadsAWholeTable()
    {
        auto opened = Database::open(u":memory:"_s, Database::Mode::ReadWrite);
        QVERIFY(opened);
        Database &database = **opened;
        QVERIFY(database.execute(u"CREATE TABLE rows(id INTEGER PRIMARY KEY, x)"_s));
        QVERIFY(database.execute(u"CREATE TABLE one(x)"_s));
        QVERIFY(database.run(u"INSERT INTO rows(x) VALUES(?)"_s, 1));
        QVERIFY(database.integer(u"SELECT x FROM rows WHERE id=?"_s, 1));
        QVERIFY(database.integer(u"SELECT x FROM one"_s));
        QVERIFY(fullScans(database, {u"one"_s})->isEmpty());
        QVERIFY(database.integer(u"SELECT r.id FROM rows AS r WHERE r.x=?"_s, 1));
        const auto scans = fullScans(database, {u"one"_s});
        QVERIFY(scans);
        QCOMPARE(scans->size(), 1);
        QVERIFY(scans->first().contains("r.x=?"_L1));
    }

    void knowsASearchInAFullTextIndexFromAScan()
    {
        auto opened = Database::open(u":memory:"_s, Database::Mode::ReadWrite);
        Database &database = **opened;
        QVERIFY(database.execute(u"CREATE VIRTUAL TABLE words USING fts5(body)"_s));
        QVERIFY(database.integer(u"SELECT rowid FROM words WHERE words MATCH ?"_s, u"x"_s));
        QVERIFY(fullScans(database)->isEmpty());
        QVERIFY(database.integer(u"SELECT rowid FROM words WHERE body=?"_s, u"x"_s));
        QCOMPARE(fullScans(database)->size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestQueryPlan)
#include "tst_queryplan.moc"
