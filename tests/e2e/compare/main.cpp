// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/e2e/compare/comparison.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace parley;

namespace {

constexpr int faultsShown = 50;

void print(FILE *to, const QString &line)
{
    std::fprintf(to, "%s\n", qPrintable(line));
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Compares the closed files of clients with the server's, row by row. Exits 0 when all is "
        "equal, 1 when something differs, 2 when a file cannot be read."_s);
    parser.addHelpOption();
    const QCommandLineOption serverOption(
        u"server"_s, u"The server's data folder, or the file in it."_s, u"PATH"_s);
    const QCommandLineOption journalOption(
        u"journal"_s, u"What clients saw acknowledged; may be given again."_s, u"FILE"_s);
    const QCommandLineOption underWayOption(
        u"under-way"_s, u"The devices need not be at the head, nor their outboxes empty."_s);
    parser.addOptions({serverOption, journalOption, underWayOption});
    parser.addPositionalArgument(
        u"devices"_s, u"Caches, or folders in which they lie."_s, u"[PATH…]"_s);
    parser.process(application);

    compare::Files files;
    files.server = parser.value(serverOption);
    files.devices = parser.positionalArguments();
    files.journals = parser.values(journalOption);
    files.rest = parser.isSet(underWayOption) ? compare::Rest::UnderWay : compare::Rest::AtRest;
    if (files.server.isEmpty())
        parser.showHelp(2);
    const auto findings = compare::compareAll(files);
    if (!findings) {
        print(stderr, findings.error().text);
        return 2;
    }
    for (qsizetype index = 0; index < std::min<qsizetype>(faultsShown, findings->faults.size());
         ++index)
        print(stderr, findings->faults[index]);
    if (findings->faults.size() > faultsShown)
        print(stderr, u"… and %1 more"_s.arg(findings->faults.size() - faultsShown));
    print(stdout, findings->summary());
    return findings->faults.isEmpty() ? 0 : 1;
}
