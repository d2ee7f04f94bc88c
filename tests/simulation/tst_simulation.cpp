// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/simulation/world.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

using namespace parley::simulation;

namespace {

constexpr quint64 fixedWorlds = 60;
constexpr quint64 freshWorlds = 20;

QStringList traceOf(quint64 seed)
{
    QTemporaryDir folder;
    World world(seed, folder.path());
    QStringList lines;
    world.trace = [&](const QString &line) { lines << line; };
    if (const auto wrong = world.run())
        lines << *wrong;
    return lines;
}

} // namespace

class TestSimulation : public QObject {
    Q_OBJECT

private slots:
    void holdsInWorldsWithEveryFault();
    void holdsInFreshWorlds();
    void livesTheSameLifeAgain();
    void noticesWhatIsLost();
};

void TestSimulation::holdsInWorldsWithEveryFault()
{
    Counts counts;
    for (quint64 seed = 1; seed <= fixedWorlds; ++seed) {
        QTemporaryDir folder;
        World world(seed, folder.path());
        const auto wrong = world.run();
        QVERIFY2(!wrong,
            qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(wrong.value_or(QString()))));
        for (const auto &[what, count] : world.counts())
            counts[what] += count;
    }
    // What was never tried was not shown to hold.
    for (const char *fault : {"push lost", "connection cut", "device crash", "server crash",
             "restore", "store unavailable", "outcome unknown", "head moved", "clock jump",
             "half open", "lagging"})
        QVERIFY2(counts[QStringLiteral("fault: ") + QLatin1String(fault)] > 0, fault);
    for (int kind = 1; kind <= 14; ++kind)
        QVERIFY2(counts[QStringLiteral("operation: kind %1").arg(kind)] > 0,
            qPrintable(QString::number(kind)));
    QVERIFY(counts[QStringLiteral("case: duplicate answered")] > 0);
}

void TestSimulation::holdsInFreshWorlds()
{
    const quint64 first = QRandomGenerator::system()->generate64() >> 16;
    for (quint64 seed = first; seed < first + freshWorlds; ++seed) {
        QTemporaryDir folder;
        const auto wrong = World(seed, folder.path()).run();
        QVERIFY2(!wrong,
            qPrintable(QStringLiteral("parley-sim --seed %1: %2")
                           .arg(seed)
                           .arg(wrong.value_or(QString()))));
    }
}

void TestSimulation::livesTheSameLifeAgain()
{
    for (const quint64 seed : {3u, 17u}) {
        const QStringList first = traceOf(seed);
        QVERIFY(first.size() > 10);
        QCOMPARE(traceOf(seed), first);
    }
}

void TestSimulation::noticesWhatIsLost()
{
    // The checks themselves must be able to fail: a store that loses what it acknowledged.
    QTemporaryDir folder;
    World world(4, folder.path());
    world.loseSomethingAcknowledged = true;
    QVERIFY(world.run());
}

QTEST_GUILESS_MAIN(TestSimulation)
#include "tst_simulation.moc"
