// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/assert.h"
#include "tests/bench/parleyspeaker.h"
#include "tests/bench/scenarios.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDateTime>
#include <QtCore/QJsonDocument>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace parley;
using namespace parley::bench;

namespace {

constexpr int loadCore = 0;

struct Scenario {
    const char *name;
    void (*run)(Run &);
    std::vector<qint64 Settings::*> parameters;
};

const Scenario &scenarioOf(const Settings &settings)
{
    static const Scenario scenarios[] = {
        {"saturation", runPairs,
            {&Settings::pairs, &Settings::outstanding, &Settings::textBytes, &Settings::operations,
                &Settings::sendsAtOnce}},
        {"rate", runPairs,
            {&Settings::pairs, &Settings::rate, &Settings::textBytes, &Settings::operations,
                &Settings::sendsAtOnce}},
        {"idle", runIdle, {&Settings::sessions}},
        {"storm", runStorm, {&Settings::sessions, &Settings::parallel}},
        {"fanout", runFanOut,
            {&Settings::members, &Settings::senders, &Settings::outstanding, &Settings::textBytes,
                &Settings::operations}},
        {"beside", runBeside,
            {&Settings::pairs, &Settings::outstanding, &Settings::idle, &Settings::textBytes}},
        {"catchup", runCatchUp, {&Settings::chats, &Settings::messages, &Settings::textBytes}},
    };
    for (const Scenario &scenario : scenarios) {
        if (settings.scenario == QLatin1String(scenario.name))
            return scenario;
    }
    PARLEY_UNREACHABLE("a scenario that the command line does not allow");
}

int complain(const Error &error)
{
    std::fprintf(stderr, "parley-bench: %s\n", qPrintable(error.text));
    return 2;
}

void print(const Run &run, const Scenario &scenario, const ProcessFigures &before)
{
    const Settings &settings = run.settings;
    QJsonObject line = run.result;
    QJsonObject parameters{
        {u"seconds"_s, settings.seconds}, {u"warm-up"_s, settings.warmUpSeconds}};
    for (const auto parameter : scenario.parameters)
        parameters.insert(Settings::optionOf(parameter), settings.*parameter);
    line.insert(u"program"_s, u"parley-bench"_s);
    line.insert(u"scenario"_s, settings.scenario);
    line.insert(u"protocol"_s, settings.isServerOwn() ? u"parley"_s : settings.server.scheme());
    line.insert(u"parameters"_s, parameters);
    line.insert(u"tls"_s, settings.isTls);
    line.insert(u"pinned"_s, settings.isPinned);
    line.insert(u"began"_s, QDateTime::currentDateTimeUtc().toString(Qt::ISODate));
    line.insert(u"rssBeforeKib"_s, before.residentKib);
    line.insert(u"rssAfterKib"_s, run.server().residentKib);
    // From its start: near the length of the run, it is the load that was measured.
    line.insert(u"loadCpuSeconds"_s, figuresOf(QCoreApplication::applicationPid()).cpuSeconds);
    line.insert(u"errors"_s, qint64(run.faults.count()));
    if (run.faults.count() > 0)
        line.insert(u"firstError"_s, run.faults.first());
    std::printf("%s\n", QJsonDocument(line).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
}

int runAgainst(const Settings &settings, const std::vector<Ticket> &tickets, int port, qint64 pid)
{
    Loop loop;
    Route route(loop, static_cast<quint16>(port),
        settings.isTls ? Route::Security::Tls : Route::Security::Plain);
    Faults faults;
    const Phrases phrases(static_cast<size_t>(settings.textBytes),
        static_cast<size_t>(settings.operations), static_cast<size_t>(settings.sendsAtOnce));
    Run run{settings, loop, route, faults, tickets, phrases, pid};
    const Scenario &scenario = scenarioOf(settings);
    const ProcessFigures before = run.server();
    scenario.run(run);
    if (pid > 0 && run.server().residentKib == 0)
        faults.add("the server is gone");
    print(run, scenario, before);
    return faults.count() == 0 ? 0 : 1;
}

int runOnOwnServer(const Settings &settings)
{
    OwnServer server(settings);
    const auto tickets = server.start(settings.users());
    if (!tickets)
        return complain(tickets.error());
    const int exitCode = runAgainst(settings, *tickets, server.port(), server.pid());
    if (exitCode != 0)
        std::fprintf(stderr, "%s", qPrintable(server.lastWords()));
    return exitCode;
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const Settings settings = Settings::fromArguments();
    if (settings.isTls && !Route::canTls())
        return complain(Error(ErrorCode::Unsupported, u"built without OpenSSL: no TLS"_s));
    allowManyFiles();
    if (settings.isPinned)
        pinTo(loadCore);
    if (settings.isServerOwn())
        return runOnOwnServer(settings);
    const auto tickets = settings.needsTickets()
        ? readTickets(settings.tickets, settings.users())
        : Result<std::vector<Ticket>>(inventTickets(settings.users()));
    if (!tickets)
        return complain(tickets.error());
    return runAgainst(settings, *tickets, settings.server.port(), settings.pid);
}
