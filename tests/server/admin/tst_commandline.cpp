// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/tools/parleyctl/commandline.h"

#include <QtCore/QDir>
#include <QtCore/QJsonArray>
#include <QtTest/QTest>

using namespace parley;
using namespace Qt::StringLiterals;

class tst_CommandLine : public QObject {
    Q_OBJECT

private slots:
    void readsCommands_data();
    void readsCommands();
    void refusesWhatItDoesNotUnderstand_data();
    void refusesWhatItDoesNotUnderstand();
    void takesTheFolderFromTheEnvironmentOrTheOption();
    void readsAPasswordFromStandardInputOnly();
    void writesTablesForPeople();
};

void tst_CommandLine::readsCommands_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QJsonObject>("question");
    QTest::newRow("status") << u"status"_s << QJsonObject{{u"command"_s, u"status"_s}};
    QTest::newRow("user add") << u"user add ada --display-name Ada --admin"_s
                              << QJsonObject{{u"command"_s, u"user.add"_s}, {u"name"_s, u"ada"_s},
                                     {u"displayName"_s, u"Ada"_s}, {u"admin"_s, true}};
    QTest::newRow("options first")
        << u"user add --admin ada"_s
        << QJsonObject{{u"command"_s, u"user.add"_s}, {u"name"_s, u"ada"_s}, {u"admin"_s, true}};
    QTest::newRow("invite") << u"invite create --hours 5 --note x"_s
                            << QJsonObject{{u"command"_s, u"invite.create"_s}, {u"hours"_s, 5},
                                   {u"note"_s, u"x"_s}};
    QTest::newRow("revoke") << u"invite revoke abc"_s
                            << QJsonObject{
                                   {u"command"_s, u"invite.revoke"_s}, {u"invite"_s, u"abc"_s}};
    QTest::newRow("token") << u"token create --user ada --count 3"_s
                           << QJsonObject{{u"command"_s, u"token.create"_s}, {u"name"_s, u"ada"_s},
                                  {u"count"_s, 3}};
    QTest::newRow("devices") << u"device list ada"_s
                             << QJsonObject{
                                    {u"command"_s, u"device.list"_s}, {u"name"_s, u"ada"_s}};
    QTest::newRow("device") << u"device revoke ada AAAAAAAAAAAAAAAAAAAAAA"_s
                            << QJsonObject{{u"command"_s, u"device.revoke"_s},
                                   {u"name"_s, u"ada"_s},
                                   {u"device"_s, u"AAAAAAAAAAAAAAAAAAAAAA"_s}};
    QTest::newRow("device that begins like an option")
        << u"device revoke ada --AAAAAAAAAAAAAAAAAAAA"_s
        << QJsonObject{{u"command"_s, u"device.revoke"_s}, {u"name"_s, u"ada"_s},
               {u"device"_s, u"--AAAAAAAAAAAAAAAAAAAA"_s}};
    QTest::newRow("backup") << u"backup /safe/parley.db"_s
                            << QJsonObject{
                                   {u"command"_s, u"backup"_s}, {u"file"_s, u"/safe/parley.db"_s}};
    QTest::newRow("backup from here")
        << u"backup ../parley.db"_s
        << QJsonObject{{u"command"_s, u"backup"_s},
               {u"file"_s, QDir::cleanPath(QDir::currentPath() + u"/../parley.db"_s)}};
}

void tst_CommandLine::readsCommands()
{
    QFETCH(QString, line);
    QFETCH(QJsonObject, question);
    const auto asked = parseArguments(line.split(u' '), u"/data"_s);
    QVERIFY2(asked, asked ? "" : qPrintable(asked.error().text));
    QCOMPARE(asked->question, question);
    QVERIFY(!asked->initialises);
}

void tst_CommandLine::refusesWhatItDoesNotUnderstand_data()
{
    QTest::addColumn<QString>("line");
    QTest::newRow("nothing") << u""_s;
    QTest::newRow("half") << u"user"_s;
    QTest::newRow("another word") << u"user destroy ada"_s;
    QTest::newRow("no name") << u"user add"_s;
    QTest::newRow("two names") << u"user add ada bob"_s;
    QTest::newRow("unknown option") << u"user add ada --fast"_s;
    QTest::newRow("option without value") << u"user add ada --display-name"_s;
    QTest::newRow("no number") << u"token create --user ada --count many"_s;
    QTest::newRow("token for nobody") << u"token create"_s;
    QTest::newRow("devices of nobody") << u"device list"_s;
    QTest::newRow("no device") << u"device revoke ada"_s;
    QTest::newRow("device that is an unknown option") << u"device revoke ada --all"_s;
    QTest::newRow("name like an option") << u"device list --AAAAAAAAAAAAAAAAAAAA"_s;
    QTest::newRow("backup to nowhere") << u"backup"_s;
    QTest::newRow("two backups") << u"backup a b"_s;
    QTest::newRow("nothing to audit") << u"audit-delivery"_s;
    QTest::newRow("data without folder") << u"status --data"_s;
}

void tst_CommandLine::refusesWhatItDoesNotUnderstand()
{
    QFETCH(QString, line);
    const auto asked = parseArguments(line.split(u' ', Qt::SkipEmptyParts), u"/data"_s);
    QVERIFY(!asked);
    QVERIFY(!asked.error().text.isEmpty());
}

void tst_CommandLine::takesTheFolderFromTheEnvironmentOrTheOption()
{
    QCOMPARE(parseArguments({u"status"_s}, u"/data"_s)->dataFolder, u"/data"_s);
    const QStringList given{u"--data"_s, u"/other"_s, u"init"_s, u"--json"_s};
    const auto asked = parseArguments(given, u"/data"_s);
    QCOMPARE(asked->dataFolder, u"/other"_s);
    QVERIFY(asked->initialises);
    QVERIFY(asked->asJson);
    QVERIFY(!parseArguments({u"status"_s}, {}));
}

void tst_CommandLine::readsAPasswordFromStandardInputOnly()
{
    const auto asked =
        parseArguments({u"user"_s, u"add"_s, u"ada"_s, u"--password-stdin"_s}, u"/d"_s);
    QVERIFY(asked->readsPassword);
    QVERIFY(!asked->question.contains(u"password"_s));
}

void tst_CommandLine::writesTablesForPeople()
{
    const QJsonObject answer{{u"users"_s,
        QJsonArray{QJsonObject{
            {u"name"_s, u"ada"_s}, {u"displayName"_s, u"Ada Lovelace"_s}, {u"devices"_s, 2}}}}};
    const QStringList lines = forPeople(u"user.list"_s, answer).split(u'\n');
    QVERIFY(lines[0].startsWith(u"name  displayName   admin"_s));
    QVERIFY(lines[1].startsWith(u"ada   Ada Lovelace"_s));
    // A name is its client's word: no terminal is to obey it.
    const QJsonObject devices{{u"devices"_s,
        QJsonArray{QJsonObject{{u"id"_s, u"AAAAAAAAAAAAAAAAAAAAAA"_s},
            {u"name"_s, u"a\x1b[2J\nphone"_s}, {u"created"_s, u"2024-01-01T00:00:00Z"_s},
            {u"lastSeen"_s, u"2024-01-02T00:00:00Z"_s}}}}};
    const QStringList listed = forPeople(u"device.list"_s, devices).split(u'\n');
    QCOMPARE(listed.size(), 3);
    QVERIFY(listed[0].startsWith(u"id                      name"_s));
    QCOMPARE(listed[1],
        u"AAAAAAAAAAAAAAAAAAAAAA  a\uFFFD[2J\uFFFDphone  2024-01-01T00:00:00Z  2024-01-02T00:00:00Z"_s);
    QCOMPARE(
        forPeople(u"device.revoke"_s, {{u"ok"_s, true}, {u"name"_s, u"a\x1b[2J\u202Eb\u2028c"_s}}),
        u"name: a\uFFFD[2J\uFFFDb\uFFFDc\n"_s);
    QCOMPARE(
        forPeople(u"token.create"_s, {{u"tokens"_s, QJsonArray{u"a"_s, u"b"_s}}}), u"a\nb\n"_s);
    QCOMPARE(forPeople(u"status"_s, {{u"ok"_s, true}, {u"users"_s, 3}}), u"users: 3\n"_s);
}

QTEST_GUILESS_MAIN(tst_CommandLine)
#include "tst_commandline.moc"
