// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0

// A fault at every storage operation: `parley-sweep` sweeps all scenarios, `--scenario NAME` one.
#include "tests/simulation/crashingvfs.h"
#include "tests/simulation/sweepruns.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>
#include <QtCore/QLoggingCategory>
#include <QtCore/QTextStream>

using namespace parley::simulation;
using namespace Qt::StringLiterals;

namespace {

int sweepOne(const QString &name, const Sweep::Plan &plan)
{
    QTextStream out(stdout);
    for (const SweptScenario &scenario : sweptScenarios()) {
        if (scenario.name != name)
            continue;
        const Swept swept = Sweep(plan).run(scenario);
        out << SweepRuns::line(scenario.name, swept) << Qt::endl;
        return swept.violation ? 1 : 0;
    }
    QTextStream(stderr) << "There is no scenario " << name << "\n";
    return 2;
}

} // namespace

int main(int argc, char **argv)
{
    QHashSeed::setDeterministicGlobalSeed();
    QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions({
        {u"list"_s, u"Print the names of the scenarios."_s},
        {u"scenario"_s, u"Sweep this one alone."_s, u"NAME"_s},
        {u"seed"_s, u"What is lost, kept and torn at a crash comes from it."_s, u"N"_s, u"1"_s},
        {u"most"_s, u"So many places for each fault, evenly spread; 0 is all."_s, u"N"_s, u"0"_s},
        {u"jobs"_s, u"In so many processes."_s, u"J"_s, u"1"_s},
        {u"lying-disk"_s, u"Disks report syncs that they do not do: the sweep must fail."_s},
        {u"ledger"_s, u"Append what came of it to a file."_s, u"FILE"_s},
        {u"verbose"_s, u"Let the product log what it warns of."_s},
    });
    parser.process(app);
    // Disks fail here all the time, and the product says so.
    if (!parser.isSet(u"verbose"_s))
        QLoggingCategory::setFilterRules(
            u"*.warning=false\n*.critical=false\nparley.*.info=false"_s);
    QTextStream errors(stderr);
    if (!CrashingVfs::isInUse()) {
        errors << "Qt's plugin for SQLite brings a library of its own: no disk can crash.\n";
        return 2;
    }
    if (parser.isSet(u"list"_s)) {
        for (const SweptScenario &scenario : sweptScenarios())
            QTextStream(stdout) << scenario.name << "\n";
        return 0;
    }
    const Sweep::Plan plan{parser.value(u"seed"_s).toULongLong(),
        parser.value(u"most"_s).toLongLong(), parser.isSet(u"lying-disk"_s)};
    if (parser.isSet(u"scenario"_s))
        return sweepOne(parser.value(u"scenario"_s), plan);
    SweepRuns runs(plan, std::max(1, parser.value(u"jobs"_s).toInt()));
    const bool held = runs.run();
    if (parser.isSet(u"ledger"_s))
        addToLedger(parser.value(u"ledger"_s), runs.ledgerLine());
    return held ? 0 : 1;
}
