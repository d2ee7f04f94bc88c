// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/simulation/crashingvfs.h"
#include "tests/simulation/sweepruns.h"

#include <QtCore/QLoggingCategory>
#include <QtTest/QtTest>

using namespace parley::simulation;

namespace {

/// Places for each fault and scenario, in a build without optimisation; parley-sweep has no limit.
constexpr qint64 mostPlaces = 5;
constexpr int scenariosWanted = 30;

} // namespace

class TestSweep : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void holdsAfterAFault_data();
    void holdsAfterAFault();
    void noticesADiskThatDoesNotSync_data();
    void noticesADiskThatDoesNotSync();
};

void TestSweep::initTestCase()
{
    if (!CrashingVfs::isInUse())
        QSKIP("Qt's plugin for SQLite brings a library of its own: no disk can crash");
    // Disks fail here all the time, and the product says so.
    QLoggingCategory::setFilterRules(
        QStringLiteral("*.warning=false\n*.critical=false\nparley.*.info=false"));
    QVERIFY(sweptScenarios().size() >= scenariosWanted);
}

void TestSweep::holdsAfterAFault_data()
{
    QTest::addColumn<int>("number");
    int number = 0;
    for (const SweptScenario &scenario : sweptScenarios())
        QTest::newRow(qPrintable(scenario.name)) << number++;
}

void TestSweep::holdsAfterAFault()
{
    QFETCH(int, number);
    const SweptScenario scenario = sweptScenarios()[size_t(number)];
    const Swept swept = Sweep({1, mostPlaces, false}).run(scenario);
    const QString line = SweepRuns::line(scenario.name, swept);
    QVERIFY2(!swept.violation, qPrintable(line));
    // What was never reached was not shown to hold.
    QVERIFY2(swept.changes > 0, qPrintable(line));
    QVERIFY2(swept.lives[size_t(SweptFault::PowerLoss)] > 0, qPrintable(line));
    QVERIFY2(swept.lives[size_t(SweptFault::ErrorForEver)] > 0, qPrintable(line));
    qInfo("%s", qPrintable(line));
}

void TestSweep::noticesADiskThatDoesNotSync_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"server/message", "server/mark", "client/outbox", "client/draft"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestSweep::noticesADiskThatDoesNotSync()
{
    QFETCH(QString, name);
    const auto all = sweptScenarios();
    const auto scenario = std::find_if(
        all.begin(), all.end(), [&](const SweptScenario &each) { return each.name == name; });
    QVERIFY(scenario != all.end());
    bool isNoticed = false;
    for (quint64 seed = 1; seed <= 20 && !isNoticed; ++seed)
        isNoticed = Sweep({seed, 3, true}).run(*scenario).violation.has_value();
    QVERIFY(isNoticed);
}

QTEST_GUILESS_MAIN(TestSweep)
#include "tst_sweep.moc"
