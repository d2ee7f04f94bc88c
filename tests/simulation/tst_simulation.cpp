// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/simulation/crashingvfs.h"
#include "tests/simulation/run.h"

#include <QtCore/QLoggingCategory>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

using namespace parley::simulation;

namespace {

constexpr quint64 fixedWorlds = 12;
constexpr quint64 freshWorlds = 4;
constexpr quint64 otherWorlds = 4;

QStringList traceOf(quint64 seed)
{
    QStringList lines;
    const Lived lived = liveWorld(seed, {}, [&](const QString &line) { lines << line; });
    lines << lived.violation.value_or(QStringLiteral("held"));
    return lines;
}

} // namespace

class TestSimulation : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void holdsInWorldsWithEveryFault();
    void holdsInFreshWorlds();
    void holdsOnTheReferenceEngine();
    void holdsOnTheHostileStore();
    void livesTheSameLifeAgain();
    void noticesWhatIsLost();

private:
    void live(quint64 first, quint64 count, StoreKind store);
    Counts m_counts;
};

void TestSimulation::initTestCase()
{
    if (!CrashingVfs::isInUse())
        QSKIP("Qt's plugin for SQLite brings a library of its own: no disk can crash");
    // Disks fail here all the time, and the product says so.
    QLoggingCategory::setFilterRules(
        QStringLiteral("*.info=false\n*.warning=false\n*.critical=false"));
}

void TestSimulation::live(quint64 first, quint64 count, StoreKind store)
{
    WorldOptions options;
    options.store = store;
    for (quint64 seed = first; seed < first + count; ++seed) {
        const Lived lived = liveWorld(seed, options);
        QVERIFY2(!lived.violation,
            qPrintable(QStringLiteral("parley-sim --store %1 --seed %2: %3")
                           .arg(storeName(store))
                           .arg(seed)
                           .arg(lived.violation.value_or(QString()))));
        QVERIFY(lived.operations >= 100);
        QVERIFY(lived.people >= 3);
        for (const auto &[what, number] : lived.counts)
            m_counts[what] += number;
    }
}

void TestSimulation::holdsInWorldsWithEveryFault()
{
    live(1, fixedWorlds, StoreKind::Sqlite);
}

void TestSimulation::holdsInFreshWorlds()
{
    live(QRandomGenerator::system()->generate64() >> 16, freshWorlds, StoreKind::Sqlite);
}

void TestSimulation::holdsOnTheReferenceEngine()
{
    live(1, otherWorlds, StoreKind::Memory);
}

void TestSimulation::holdsOnTheHostileStore()
{
    live(1, otherWorlds, StoreKind::Hostile);
    // What was never tried was not shown to hold. A campaign is stricter: it wants everything.
    for (const char *what : {"fault: connection cut", "fault: device crash", "command: send",
             "command: history", "operation: kind 2", "case: duplicate answered"})
        QVERIFY2(m_counts[QLatin1String(what)] > 0, what);
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
    WorldOptions options;
    options.store = StoreKind::Memory;
    World world(4, folder.path(), options);
    world.loseSomethingAcknowledged = true;
    QVERIFY(world.run());
}

QTEST_GUILESS_MAIN(TestSimulation)
#include "tst_simulation.moc"
