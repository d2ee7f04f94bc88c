// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0

// Runs simulated worlds: `parley-sim --seed N` replays one and prints what happens in it,
// `--seeds A..B` runs a campaign.
#include "tests/simulation/world.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>
#include <QtCore/QElapsedTimer>
#include <QtCore/QTemporaryDir>
#include <QtCore/QTextStream>

using namespace parley::simulation;

namespace {

std::optional<QString> runWorld(
    quint64 seed, Counts &counts, qint64 &operations, const std::function<void(QString)> &trace)
{
    QTemporaryDir folder;
    World world(seed, folder.path());
    world.trace = trace;
    const auto wrong = world.run();
    for (const auto &[what, count] : world.counts())
        counts[what] += count;
    operations += world.operations();
    return wrong;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QTextStream out(stdout);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOption(
        {QStringLiteral("seed"), QStringLiteral("Replay one world."), QStringLiteral("N")});
    parser.addOption(
        {QStringLiteral("seeds"), QStringLiteral("Run a campaign."), QStringLiteral("A..B")});
    parser.process(app);

    Counts counts;
    qint64 operations = 0;
    if (parser.isSet(QStringLiteral("seed"))) {
        const quint64 seed = parser.value(QStringLiteral("seed")).toULongLong();
        const auto wrong =
            runWorld(seed, counts, operations, [&](const QString &line) { out << line << "\n"; });
        out << (wrong ? QStringLiteral("violated: ") + *wrong : QStringLiteral("held")) << "\n";
        return wrong ? 1 : 0;
    }
    const QStringList range = parser.value(QStringLiteral("seeds")).split(QStringLiteral(".."));
    if (range.size() != 2)
        parser.showHelp(2);
    const quint64 first = range[0].toULongLong();
    const quint64 last = range[1].toULongLong();
    QElapsedTimer timer;
    timer.start();
    int failed = 0;
    for (quint64 seed = first; seed <= last; ++seed) {
        if (const auto wrong = runWorld(seed, counts, operations, {})) {
            ++failed;
            out << "seed " << seed << ": " << *wrong << "\n";
            out.flush();
        }
    }
    const double seconds = double(timer.elapsed()) / 1000;
    const quint64 worlds = last - first + 1;
    for (const auto &[what, count] : counts)
        out << what << ": " << count << "\n";
    out << worlds << " worlds, " << failed << " failed, " << operations << " operations, "
        << QString::number(double(worlds) / seconds, 'f', 1) << " worlds/s\n";
    return failed ? 1 : 0;
}
