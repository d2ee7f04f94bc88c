// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/e2e/storm/storm.h"
#include "tests/support/ledger.h"
#include "tests/support/openfiles.h"
#include "tests/support/world.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace parley;

namespace {

// What is promised.
constexpr qint64 syncedMostMs = 60'000;
constexpr int triesMost = 3;
constexpr qint64 serverBytes = 64LL * 1024 * 1024;
constexpr qint64 bytesPerClient = 64LL * 1024;

void print(const QString &sentence)
{
    std::printf("%s\n", qPrintable(sentence));
    std::fflush(stdout);
}

QString mebibytes(qint64 bytes)
{
    return u"%1 MiB"_s.arg(bytes / 1024 / 1024);
}

QString seconds(qint64 ms)
{
    return QString::number(static_cast<double>(ms) / 1000, 'f', 1) + u" s"_s;
}

QString figuresText(const Storm::Figures &figures)
{
    return u"online %1 after the server listened, all equal after %2; at most %3 tries each, %4 in "
           "all; server %5 before, at most %6, %7 after; it listened after %8; %9"_s
               .arg(seconds(figures.onlineMs), seconds(figures.equalMs))
               .arg(figures.mostTries)
               .arg(figures.tries)
               .arg(mebibytes(figures.quietBytes), mebibytes(figures.mostBytes),
                   mebibytes(figures.afterBytes), seconds(figures.startMs), figures.summary);
}

bool isAsPromised(const Storm::Figures &figures, int clients)
{
    // Under a sanitizer a process takes several times the memory.
    const int times = std::max(1, qEnvironmentVariableIntValue("PARLEY_MEMORY_TIMES"));
    const qint64 bytesMost = times * (serverBytes + clients * bytesPerClient);
    if (figures.onlineMs > syncedMostMs)
        print(u"FAILED: online later than %1"_s.arg(seconds(syncedMostMs)));
    if (figures.mostTries > triesMost)
        print(u"FAILED: more than %1 tries"_s.arg(triesMost));
    if (figures.mostBytes > bytesMost)
        print(u"FAILED: more than %1 of memory"_s.arg(mebibytes(bytesMost)));
    return figures.onlineMs <= syncedMostMs && figures.mostTries <= triesMost
        && figures.mostBytes <= bytesMost;
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Kills a server under many real clients, starts it again, and sees them all come back."_s);
    parser.addHelpOption();
    parser.addOptions({
        {u"clients"_s, u"How many."_s, u"N"_s, u"2000"_s},
        {u"processes"_s, u"In how many processes; unless said, one for each 1,000."_s, u"N"_s},
        {u"down"_s, u"How long there is no server."_s, u"MS"_s, u"3000"_s},
        {u"ledger"_s, u"Add a line about this run to the ledger."_s, u"FILE"_s},
    });
    parser.process(application);
    allowManyOpenFiles();
    const QTemporaryDir folder(testFolder(u"storm"_s));
    Storm::Settings settings;
    settings.folder = folder.path();
    settings.crowdProgram = QStringLiteral(PARLEY_CROWD);
    settings.clients = parser.value(u"clients"_s).toInt();
    settings.downMs = parser.value(u"down"_s).toInt();
    settings.processes = parser.isSet(u"processes"_s) ? parser.value(u"processes"_s).toInt()
                                                      : (settings.clients + 999) / 1000;
    Storm storm(settings);
    const auto done = storm.run();
    if (!done)
        print(u"FAILED: "_s + done.error().text);
    const auto &figures = storm.figures();
    print(u"%1 clients were there after %2"_s.arg(settings.clients).arg(seconds(figures.comeMs)));
    print(figuresText(figures));
    const bool isGood = done && isAsPromised(figures, settings.clients);
    if (parser.isSet(u"ledger"_s))
        addToLedger(parser.value(u"ledger"_s),
            {u"parley-storm"_s, u"-"_s, u"%1 clients"_s.arg(settings.clients), isGood ? 0 : 1,
                figuresText(figures)});
    return isGood ? 0 : 1;
}
