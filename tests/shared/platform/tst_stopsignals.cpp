// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/platform/stopsignals.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <csignal>

using namespace parley;

class TestStopSignals : public QObject {
    Q_OBJECT

private slots:
    void tellsOfEachWishToEnd_data();
    void tellsOfEachWishToEnd();
    void tellsOfManyAtOnceAtLeastOnce();
    void leavesAHangUpIgnored();
    void mayBeMadeAgain();
};

void TestStopSignals::tellsOfEachWishToEnd_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("terminate") << SIGTERM;
    QTest::newRow("interrupt") << SIGINT;
#ifdef SIGHUP
    QTest::newRow("hang up") << SIGHUP;
#endif
}

void TestStopSignals::tellsOfEachWishToEnd()
{
#ifdef Q_OS_UNIX
    QFETCH(int, signal);
    const StopSignals stopSignals;
    QSignalSpy stops(&stopSignals, &StopSignals::stopRequested);
    std::raise(signal);
    QVERIFY(stops.count() > 0 || stops.wait());
    QCOMPARE(stops.count(), 1);
#else
    QSKIP("Windows sends no signals to oneself");
#endif
}

void TestStopSignals::tellsOfManyAtOnceAtLeastOnce()
{
#ifdef Q_OS_UNIX
    const StopSignals stopSignals;
    QSignalSpy stops(&stopSignals, &StopSignals::stopRequested);
    for (int i = 0; i < 100'000; ++i)
        std::raise(SIGTERM); // more than the pipe holds
    QVERIFY(stops.count() > 0 || stops.wait());
#else
    QSKIP("Windows sends no signals to oneself");
#endif
}

void TestStopSignals::leavesAHangUpIgnored()
{
#ifdef SIGHUP
    std::signal(SIGHUP, SIG_IGN);
    {
        const StopSignals stopSignals;
        QSignalSpy stops(&stopSignals, &StopSignals::stopRequested);
        std::raise(SIGHUP);
        std::raise(SIGTERM);
        QVERIFY(stops.count() > 0 || stops.wait());
        QCOMPARE(stops.count(), 1);
    }
    QVERIFY(std::signal(SIGHUP, SIG_DFL) == SIG_IGN);
#else
    QSKIP("There is no such signal");
#endif
}

void TestStopSignals::mayBeMadeAgain()
{
    for (int i = 0; i < 3; ++i)
        const StopSignals stopSignals;
#ifdef Q_OS_UNIX
    QVERIFY(std::signal(SIGTERM, SIG_DFL) == SIG_DFL);
#endif
}

QTEST_GUILESS_MAIN(TestStopSignals)
#include "tst_stopsignals.moc"
