// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/sqlite/sqlscript.h"

#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace parley;

class TestSqlScript : public QObject {
    Q_OBJECT

private slots:
    void splitsAtSemicolonsOutsideOfQuotesAndComments()
    {
        const QStringList parts = splitScript(u"-- one; two\n"
                                              "CREATE TABLE a(x DEFAULT 'it''s; y');\n"
                                              "/* ; */ INSERT INTO \"b;c\" VALUES(1);;\n"
                                              "SELECT 1 -- last\n"_s);
        QCOMPARE(parts.size(), 3);
        QCOMPARE(parts[0], u"CREATE TABLE a(x DEFAULT 'it''s; y')"_s);
        QCOMPARE(parts[1], u"INSERT INTO \"b;c\" VALUES(1)"_s);
        QCOMPARE(parts[2], u"SELECT 1"_s);
    }

    void keepsTheBodyOfATriggerTogether()
    {
        const QStringList parts = splitScript(u"CREATE TRIGGER t AFTER INSERT ON a BEGIN\n"
                                              "  UPDATE a SET x = CASE WHEN x THEN 1 ELSE 2 END;\n"
                                              "  DELETE FROM b;\n"
                                              "END;\n"
                                              "CREATE TABLE trigger_end(x);"_s);
        QCOMPARE(parts.size(), 2);
        QVERIFY(parts[0].endsWith("END"_L1));
        QCOMPARE(parts[1], u"CREATE TABLE trigger_end(x)"_s);
    }

    void givesNothingForAnEmptyScript()
    {
        QVERIFY(splitScript(u" \n-- nothing\n;"_s).isEmpty());
        QVERIFY(splitScript(u"/* open"_s).isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestSqlScript)
#include "tst_sqlscript.moc"
