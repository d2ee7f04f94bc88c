// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/platform/sleepwatcher.h"

#include "tests/client/support/logind.h"

#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace parley;

/// Run by itself once more inside a private bus that plays the system's.
class SleepWatcherTest : public QObject {
    Q_OBJECT
private slots:
    void hearsLogind();
    void seesAJumpOfTheClocks();
    void passesOnABusOfItsOwn();

private:
    static bool hasBus() { return qEnvironmentVariableIsSet("PARLEY_TEST_BUS"); }
};

void SleepWatcherTest::hearsLogind()
{
    if (!hasBus())
        QSKIP("no bus here: see passesOnABusOfItsOwn");
    SleepWatcher watcher;
    QVERIFY(watcher.isToldBySystem());
    QSignalSpy woke(&watcher, &SleepWatcher::woke);
    Logind logind;
    logind.sleep();
    QTest::qWait(100);
    QCOMPARE(woke.size(), 0);
    logind.wake();
    QTRY_COMPARE(woke.size(), 1);
}

void SleepWatcherTest::seesAJumpOfTheClocks()
{
    SleepWatcher watcher;
    QSignalSpy woke(&watcher, &SleepWatcher::woke);
    watcher.compare(1'000'000, 500);
    watcher.compare(1'002'000, 2'500);
    QCOMPARE(woke.size(), 0);
    watcher.compare(1'002'000 + SleepWatcher::jumpMs - 1, 2'500);
    QCOMPARE(woke.size(), 0);
    watcher.compare(9'000'000, 4'500);
    QCOMPARE(woke.size(), 1);
    watcher.compare(9'002'000, 6'500);
    QCOMPARE(woke.size(), 1);
    watcher.compare(1'000, 8'500); // set back by hand: no sleep
    QCOMPARE(woke.size(), 1);
}

void SleepWatcherTest::passesOnABusOfItsOwn()
{
    if (hasBus())
        QSKIP("this is on it");
    const QString session = QStandardPaths::findExecutable(QStringLiteral("dbus-run-session"));
    if (session.isEmpty())
        QSKIP("dbus-run-session is not installed");
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    const QString script =
        QStringLiteral("PARLEY_TEST_BUS=1 DBUS_SYSTEM_BUS_ADDRESS=$DBUS_SESSION_BUS_ADDRESS "
                       "exec \"$1\" hearsLogind");
    process.start(session,
        {QStringLiteral("--"), QStringLiteral("sh"), QStringLiteral("-c"), script,
            QStringLiteral("sh"), QCoreApplication::applicationFilePath()});
    QVERIFY(process.waitForFinished(60'000));
    const QByteArray said = process.readAll();
    QVERIFY2(process.exitCode() == 0 && said.contains("PASS   : SleepWatcherTest::hearsLogind"),
        said.constData());
}

QTEST_GUILESS_MAIN(SleepWatcherTest)
#include "tst_sleepwatcher.moc"
