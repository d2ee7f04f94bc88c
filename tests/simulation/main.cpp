// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0

// Runs simulated worlds: `parley-sim --seed N` replays one and prints what happens in it,
// `--seeds A..B` runs a campaign.
#include "tests/simulation/campaign.h"
#include "tests/simulation/crashingvfs.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>
#include <QtCore/QCryptographicHash>
#include <QtCore/QLoggingCategory>
#include <QtCore/QTextStream>

using namespace parley::simulation;
using namespace Qt::StringLiterals;

namespace {

int replay(quint64 seed, const WorldOptions &options, bool isQuiet)
{
    QTextStream out(stdout);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const Lived lived = liveWorld(seed, options, [&](const QString &line) {
        hash.addData(line.toUtf8());
        if (!isQuiet)
            out << line << "\n";
    });
    if (isQuiet) {
        for (const auto &[what, count] : lived.counts)
            out << what << ": " << count << "\n";
    }
    out << "the trace's hash: " << hash.result().toHex().left(16) << "\n"
        << lived.operations << " operations, " << lived.people << " people, " << lived.devices
        << " devices, " << lived.faultKinds << " kinds of fault, " << lived.steps << " steps\n"
        << (lived.violation ? u"violated: "_s + *lived.violation : u"held"_s) << "\n";
    return lived.violation ? 1 : 0;
}

} // namespace

int main(int argc, char **argv)
{
    QHashSeed::setDeterministicGlobalSeed();
    QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions({
        {u"seed"_s, u"Replay one world."_s, u"N"_s},
        {u"quiet"_s, u"With --seed: print only what came of it."_s},
        {u"seeds"_s, u"Run a campaign."_s, u"A..B"_s},
        {u"jobs"_s, u"In so many processes."_s, u"J"_s, u"1"_s},
        {u"store"_s,
            u"What the servers run on: sqlite (the product's engine on a disk that crashes), "
            "memory (the reference engine), or hostile (many partitions and several owners)."_s,
            u"NAME"_s, u"sqlite"_s},
        {u"without"_s, u"Faults that do not happen: "_s + Mix::faultNames().join(u", "_s),
            u"FAULT,..."_s},
        {u"steps"_s, u"Live no longer than so many steps."_s, u"N"_s},
        {u"ledger"_s, u"Append what came of the campaign to a file."_s, u"FILE"_s},
        {u"verbose"_s, u"Let the product log what it warns of."_s},
        {u"worker"_s, u"For the campaign itself."_s, u"STRIDE"_s},
    });
    parser.process(app);
    // Disks fail here all the time, and the product says so.
    if (!parser.isSet(u"verbose"_s))
        QLoggingCategory::setFilterRules(u"*.info=false\n*.warning=false\n*.critical=false"_s);

    QTextStream errors(stderr);
    WorldOptions options;
    const auto store = storeKind(parser.value(u"store"_s));
    if (!store) {
        errors << "There is no store " << parser.value(u"store"_s) << "\n";
        return 2;
    }
    options.store = *store;
    options.without = parser.value(u"without"_s).split(u',', Qt::SkipEmptyParts);
    options.steps = parser.value(u"steps"_s).toInt();
    if (!CrashingVfs::isInUse()) {
        errors << "Qt's plugin for SQLite brings a library of its own: no disk can crash.\n";
        return 2;
    }
    if (parser.isSet(u"seed"_s))
        return replay(parser.value(u"seed"_s).toULongLong(), options, parser.isSet(u"quiet"_s));
    const QStringList range = parser.value(u"seeds"_s).split(u".."_s);
    if (range.size() != 2)
        parser.showHelp(2);
    const quint64 first = range[0].toULongLong();
    const quint64 last = range[1].toULongLong();
    if (parser.isSet(u"worker"_s))
        return Campaign::work(first, last, parser.value(u"worker"_s).toULongLong(), options);
    Campaign campaign({first, last, std::max(1, parser.value(u"jobs"_s).toInt()), options});
    const bool held = campaign.run();
    if (parser.isSet(u"ledger"_s))
        addToLedger(parser.value(u"ledger"_s), campaign.ledgerLine());
    return held ? 0 : 1;
}
