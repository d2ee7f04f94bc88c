// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0

// What a person with a long history feels: fills a cache with real lines and measures the client on
// it.
//   parley-client-bench [--messages N] [--chats N] [--logs FOLDER] [--keep FOLDER] [SCENARIO...]
#include "tests/bench/client/clientmeasures.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>
#include <QtCore/QDateTime>
#include <QtCore/QElapsedTimer>
#include <QtCore/QJsonDocument>
#include <QtCore/QTemporaryDir>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace parley;
using namespace parley::bench;

namespace {

constexpr int starts = 7;
constexpr int queries = 300;

const QStringList scenarios{u"index"_s, u"start"_s, u"open"_s, u"search"_s};

int complain(const QString &sentence)
{
    std::fprintf(stderr, "parley-client-bench: %s\n", qPrintable(sentence));
    return 2;
}

void addOptions(QCommandLineParser &parser)
{
    parser.addHelpOption();
    parser.addOption({u"messages"_s, u"So many in the cache."_s, u"N"_s, u"100000"_s});
    parser.addOption({u"chats"_s, u"In so many chats."_s, u"N"_s, u"200"_s});
    parser.addOption({u"logs"_s, u"What people say: a folder of IRC logs."_s, u"FOLDER"_s,
        QStringLiteral(PARLEY_DEMO_FOLDER)});
    parser.addOption(
        {u"keep"_s, u"Makes the cache in this folder, and leaves it there."_s, u"FOLDER"_s});
    parser.addPositionalArgument(
        u"scenarios"_s, scenarios.join(u", "_s) + u"; all by default"_s, u"[SCENARIO...]"_s);
}

Result<QJsonObject> measure(const QString &scenario, const Subject &subject)
{
    if (scenario == "index"_L1)
        return measureIndex(subject);
    if (scenario == "start"_L1)
        return measureStart(subject, starts);
    if (scenario == "open"_L1)
        return measureOpening(subject);
    return measureSearch(subject, queries);
}

void print(const QString &scenario, const Subject &subject, QJsonObject figures)
{
    figures[u"scenario"_s] = scenario;
    figures[u"messages"_s] = subject.messages;
    figures[u"chats"_s] = int(subject.chats.size());
    std::printf("%s\n", QJsonDocument(figures).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
}

int run(const QCommandLineParser &parser)
{
    QTemporaryDir temporary;
    Subject subject;
    subject.options.dataFolder =
        parser.isSet(u"keep"_s) ? parser.value(u"keep"_s) : temporary.path();
    subject.options.profile = u"bench"_s;
    subject.options.tokenPlace = TokenPlace::File;
    subject.messages = parser.value(u"messages"_s).toInt();
    CachePlan plan;
    plan.messages = subject.messages;
    plan.chats = parser.value(u"chats"_s).toInt();
    plan.newestMs = QDateTime::currentMSecsSinceEpoch();
    if (plan.messages < 1 || plan.chats < 1)
        return complain(u"--messages and --chats are numbers above zero"_s);

    const auto profile = Profile::at(subject.options.dataFolder, subject.options.profile);
    if (!profile)
        return complain(profile.error().text);
    if (QFileInfo::exists(profile->folder()))
        return complain(u"%1 is there already"_s.arg(profile->folder()));
    auto said = readSaid(parser.value(u"logs"_s));
    if (!said)
        return complain(said.error().text);
    subject.said = *std::move(said);

    QElapsedTimer timer;
    timer.start();
    auto chats = generateCache(*profile, plan, subject.said);
    if (!chats)
        return complain(chats.error().text);
    subject.chats = *std::move(chats);
    print(u"fill"_s, subject, {{u"seconds"_s, double(timer.elapsed()) / 1000}});

    const QStringList wanted = parser.positionalArguments();
    for (const QString &scenario : scenarios) {
        // The others are measured on a cache that is in order, as it is after its first day.
        if (scenario != "index"_L1 && !wanted.isEmpty() && !wanted.contains(scenario))
            continue;
        const auto figures = measure(scenario, subject);
        if (!figures)
            return complain(figures.error().text);
        print(scenario, subject, *figures);
    }
    return 0;
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication::setApplicationName(u"parley-client-bench"_s);
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    addOptions(parser);
    parser.process(application);
    for (const QString &name : parser.positionalArguments()) {
        if (!scenarios.contains(name))
            return complain(u"%1 is none of %2"_s.arg(name, scenarios.join(u", "_s)));
    }
    return run(parser);
}
