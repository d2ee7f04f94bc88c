// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/e2e/compare/comparison.h"
#include "tests/e2e/kill/killrun.h"
#include "tests/support/ledger.h"
#include "tests/support/world.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace parley;

namespace {

constexpr int programMs = 3'600'000;

void print(const QString &sentence)
{
    std::printf("%s\n", qPrintable(sentence));
    std::fflush(stdout);
}

struct Options {
    KillRun::Settings run;
    QString ledger;
    bool isKeeping = false;
};

Options optionsFrom(const QCoreApplication &application)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Kills and stops the real server and real clients at random moments, over a bad network; "
        "then every file, journal and captured byte is audited. Exits 0 when nothing is lost, "
        "doubled or altered."_s);
    parser.addHelpOption();
    parser.addOptions({
        {u"server-cycles"_s, u"How often the server is the victim."_s, u"N"_s, u"10"_s},
        {u"client-cycles"_s, u"How often a client is."_s, u"N"_s, u"10"_s},
        {u"seed"_s, u"Whom, when and how."_s, u"N"_s, u"1"_s},
        {u"keep"_s, u"Work in this new folder, and leave everything there."_s, u"DIR"_s},
        {u"calm"_s, u"Nothing but kills: the network is a good one."_s},
        {u"ledger"_s, u"Add a line about this run to the ledger."_s, u"FILE"_s},
    });
    parser.process(application);
    Options options;
    options.run.serverCycles = parser.value(u"server-cycles"_s).toInt();
    options.run.clientCycles = parser.value(u"client-cycles"_s).toInt();
    options.run.seed = parser.value(u"seed"_s).toUInt();
    options.run.folder = parser.value(u"keep"_s);
    options.run.hasWeather = !parser.isSet(u"calm"_s);
    options.run.chatterProgram = QStringLiteral(PARLEY_CHATTER);
    options.ledger = parser.value(u"ledger"_s);
    options.isKeeping = parser.isSet(u"keep"_s);
    return options;
}

QString figuresText(const KillRun::Figures &figures)
{
    QStringList gusts;
    for (const auto &[kind, count] : figures.gusts)
        gusts += u"%1 %2"_s.arg(count).arg(WeatherForecast::nameOf(kind));
    return u"%1 server kills, %2 server stops, %3 client kills, %4 client stops; %5 connections; "
           "%6 acknowledged; server at most %7 MiB; %8 s; weather: %9"_s.arg(figures.serverKills)
               .arg(figures.serverPauses)
               .arg(figures.clientKills)
               .arg(figures.clientPauses)
               .arg(figures.connections)
               .arg(figures.journalLines)
               .arg(figures.mostServerBytes / 1024 / 1024)
               .arg(figures.totalMs / 1000)
               .arg(gusts.join(u", "_s));
}

/// A program that judges: what it prints is ours, 0 is clean.
bool isClean(const QString &program, const QStringList &arguments)
{
    QProcess judging;
    judging.setProcessChannelMode(QProcess::MergedChannels);
    judging.start(program, arguments);
    const bool hasEnded = judging.waitForFinished(programMs);
    print(QString::fromUtf8(judging.readAll().trimmed()));
    return hasEnded && judging.exitStatus() == QProcess::NormalExit && judging.exitCode() == 0;
}

/// All three that can judge, each by its own means.
bool isAudited(const KillRun &run)
{
    const auto findings =
        compare::compareAll({run.dataFolder(), {run.peopleFolder()}, {}, compare::Rest::AtRest});
    if (!findings || !findings->faults.isEmpty()) {
        print(findings ? findings->faults.mid(0, 20).join(u'\n') : findings.error().text);
        return false;
    }
    print(u"compared: "_s + findings->summary());
    QStringList arguments{QStringLiteral(PARLEY_AUDITOR), u"--server"_s, run.dataFolder(),
        u"--links"_s, run.captureFolder()};
    for (const auto &journal : run.journals())
        arguments << u"--journal"_s << journal;
    arguments << run.peopleFolder();
    const bool isAuditorClean = isClean(u"python3"_s, arguments);
    const bool isDeliveryClean = isClean(QStringLiteral(PARLEYCTL),
        QStringList{u"--data"_s, run.dataFolder(), u"audit-delivery"_s} + run.journals());
    return isAuditorClean && isDeliveryClean;
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    auto options = optionsFrom(application);
    QTemporaryDir folder(testFolder(u"kill"_s));
    if (!options.isKeeping)
        options.run.folder = folder.path();
    KillRun run(options.run);
    const auto done = run.run();
    if (!done)
        print(u"FAILED: "_s + done.error().text);
    print(figuresText(run.figures()));
    const bool isGood = done && isAudited(run);
    if (!isGood) {
        folder.setAutoRemove(false);
        print(u"FAILED with seed %1; everything is in %2"_s.arg(options.run.seed)
                  .arg(options.run.folder));
    }
    if (!options.ledger.isEmpty())
        addToLedger(options.ledger,
            {u"parley-kill"_s, QString::number(options.run.seed),
                u"%1 server + %2 client cycles"_s.arg(options.run.serverCycles)
                    .arg(options.run.clientCycles),
                isGood ? 0 : 1, figuresText(run.figures())});
    return isGood ? 0 : 1;
}
