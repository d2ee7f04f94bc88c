// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/account/accountfile.h"
#include "server/server.h"
#include "tests/e2e/replay/accounts.h"
#include "tests/e2e/replay/replay.h"
#include "tests/support/openfiles.h"
#include "tests/support/world.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QUrl>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace parley;

namespace {

constexpr int clientThreads = 2;

struct Options {
    QString day;
    QString replies;
    QString server;
    QString control;
    QString inProcess;
    QString profiles;
    QString journal;
    Replay::Settings replay;
};

int fail(const QString &sentence)
{
    std::fprintf(stderr, "parley-replay: %s\n", qPrintable(sentence));
    return 1;
}

void print(const QString &sentence)
{
    std::printf("%s\n", qPrintable(sentence));
    std::fflush(stdout);
}

Options optionsFrom(const QCoreApplication &application)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Replays a day of an IRC channel through real clients and the real server."_s);
    parser.addHelpOption();
    parser.addOptions({
        {u"day"_s, u"The log."_s, u"FILE.log"_s},
        {u"replies"_s, u"Its reply links; beside the log unless said otherwise."_s, u"FILE"_s},
        {u"server"_s, u"A server that runs: its address."_s, u"URL"_s},
        {u"control"_s, u"With --server: its data folder, for accounts and tokens."_s, u"DIR"_s},
        {u"in-process"_s, u"Instead: run the server here, on a fresh data folder."_s, u"DIR"_s},
        {u"profiles"_s, u"Where the clients keep their files."_s, u"DIR"_s},
        {u"journal"_s, u"Where to write what was acknowledged; in --profiles unless said."_s,
            u"FILE"_s},
        {u"speed"_s, u"How many times faster than life; 0: as fast as it goes."_s, u"N"_s, u"0"_s},
        {u"cuts"_s, u"How many connections to reset on the way."_s, u"N"_s, u"0"_s},
        {u"seed"_s, u"Which ones."_s, u"N"_s, u"1"_s},
        {u"everyone-stays"_s, u"Nobody goes before the end of the day."_s},
    });
    parser.process(application);
    Options options;
    options.day = parser.value(u"day"_s);
    const QFileInfo day(options.day);
    options.replies = parser.isSet(u"replies"_s)
        ? parser.value(u"replies"_s)
        : day.dir().filePath(day.completeBaseName() + u".replies"_s);
    options.server = parser.value(u"server"_s);
    options.control = parser.value(u"control"_s);
    options.inProcess = parser.value(u"in-process"_s);
    options.profiles = parser.value(u"profiles"_s);
    options.journal =
        parser.isSet(u"journal"_s) ? parser.value(u"journal"_s) : options.profiles + u"/journal"_s;
    options.replay.title = u"#ubuntu, %1"_s.arg(day.completeBaseName());
    options.replay.speed = parser.value(u"speed"_s).toDouble();
    options.replay.cuts = parser.value(u"cuts"_s).toInt();
    options.replay.seed = parser.value(u"seed"_s).toUInt();
    options.replay.isEveryoneStaying = parser.isSet(u"everyone-stays"_s);
    const bool hasServer =
        !options.inProcess.isEmpty() || (!options.server.isEmpty() && !options.control.isEmpty());
    if (options.day.isEmpty() || options.profiles.isEmpty() || !hasServer)
        parser.showHelp(2);
    return options;
}

parley::Result<QByteArray> contents(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error(ErrorCode::NotFound, path + u": "_s + file.errorString());
    return file.readAll();
}

struct Day {
    IrcCounts counts;
    qsizetype lines = 0;
    DayPlan plan;
};

parley::Result<Day> readDay(const Options &options)
{
    const auto log = contents(options.day);
    if (!log)
        return log.error();
    const auto links = contents(options.replies);
    if (!links)
        return links.error();
    const auto replies = parseIrcReplies(*links);
    if (!replies)
        return Error(replies.error().code, options.replies + u": "_s + replies.error().text);
    const auto lines = parseIrcLog(*log);
    auto plan = planDay(lines, *replies);
    if (!plan)
        return plan.error();
    return Day{countIrcLines(lines), static_cast<qsizetype>(lines.size()), *std::move(plan)};
}

parley::Result<std::unique_ptr<Server>> serverFor(Options &options)
{
    const auto config = openHouse(options.inProcess);
    if (const auto made = Server::initialise(config); !made)
        return made.error();
    auto server = Server::start(config);
    if (!server)
        return server;
    options.server = (*server)->url();
    options.control = options.inProcess;
    return server;
}

/// The way for the clients: through a proxy if connections are to be cut.
parley::Result<std::unique_ptr<TcpProxy>> proxyFor(const Options &options)
{
    if (options.replay.cuts == 0)
        return std::unique_ptr<TcpProxy>();
    const QUrl url(options.server);
    if (url.scheme() != u"ws"_s || url.port() < 0)
        return Error(ErrorCode::Unsupported,
            u"only ws:// connections to this machine, with a port, can be cut"_s);
    return std::make_unique<TcpProxy>(static_cast<quint16>(url.port()));
}

/// The profiles outlive the proxy: whoever opens one later meets the server itself.
Status leadToServer(const std::vector<std::unique_ptr<Speaker>> &speakers, const QString &address)
{
    for (const auto &speaker : speakers) {
        const auto profile = Profile::at(speaker->options().dataFolder, speaker->options().profile);
        if (!profile)
            return profile.error();
        const AccountFile file(*profile);
        auto account = file.load();
        if (!account)
            return account.error();
        account->address = address;
        if (const auto saved = file.save(*account); !saved)
            return saved;
    }
    return Done{};
}

Status writePair(const Options &options, const DayPlan &plan)
{
    QFile file(options.profiles + u"/pair"_s);
    if (!file.open(QIODevice::WriteOnly))
        return Error(ErrorCode::Unavailable, file.fileName() + u": "_s + file.errorString());
    for (const int person : {plan.first, plan.second})
        file.write(plan.people[static_cast<size_t>(person)].userName.toUtf8() + '\n');
    return Done{};
}

void report(const Options &options, const Day &day, const Replay::Result &result)
{
    print(u"%1: %2 lines: %3"_s.arg(QFileInfo(options.day).completeBaseName())
              .arg(day.lines)
              .arg(day.counts.text()));
    print(u"  %1 people in %2 visits said %3 lines, %4 of them in the direct chat too; %5 replies "
          "(%6 to what was not said), %7 new names (%8 of people who said nothing)"_s
              .arg(day.plan.people.size())
              .arg(result.visits)
              .arg(result.said)
              .arg(result.saidDirectly)
              .arg(result.replies)
              .arg(day.plan.droppedReplies)
              .arg(result.renamed)
              .arg(day.plan.silentNickChanges));
    print(u"  %1 connections cut; %2 acknowledged; talked for %3 s, at rest after %4 s"_s
              .arg(result.cuts)
              .arg(result.acknowledged)
              .arg(static_cast<double>(result.talkMs) / 1000, 0, 'f', 1)
              .arg(static_cast<double>(result.totalMs) / 1000, 0, 'f', 1));
    for (const auto &refusal : result.refusals)
        print(u"  refused: "_s + refusal);
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    auto options = optionsFrom(application);
    allowManyOpenFiles();
    const auto day = readDay(options);
    if (!day)
        return fail(day.error().text);
    std::unique_ptr<Server> server;
    if (!options.inProcess.isEmpty()) {
        auto started = serverFor(options);
        if (!started)
            return fail(started.error().text);
        server = *std::move(started);
    }
    const auto proxy = proxyFor(options);
    if (!proxy)
        return fail(proxy.error().text);
    const auto tickets =
        makeAccounts(day->plan.people, options.control, *proxy ? (*proxy)->url() : options.server);
    if (!tickets)
        return fail(tickets.error().text);
    if (!QDir().mkpath(options.profiles))
        return fail(u"%1 cannot be made"_s.arg(options.profiles));
    const auto journal = compare::JournalWriter::open(options.journal);
    if (!journal)
        return fail(journal.error().text);

    ClientThread threads[clientThreads];
    std::vector<std::unique_ptr<Speaker>> speakers;
    for (size_t person = 0; person < tickets->size(); ++person) {
        const auto &name = day->plan.people[person].userName;
        auto program = programOf(options.profiles, name);
        program.deliveryJournal = options.profiles + u"/delivery-"_s + name;
        speakers.push_back(std::make_unique<Speaker>(
            program, threads[person % clientThreads], (*tickets)[person]));
    }
    Replay replay(day->plan, options.replay, speakers, **journal, proxy->get());
    QObject::connect(&replay, &Replay::progress, &replay, &print);
    QObject::connect(
        &replay, &Replay::finished, &application, &QCoreApplication::quit, Qt::QueuedConnection);
    replay.start();
    QCoreApplication::exec();
    for (const auto &speaker : speakers)
        speaker->go();
    if (server)
        server->stop();
    report(options, *day, replay.result());
    if (!replay.result().refusals.isEmpty())
        return 1;
    if (const auto led = leadToServer(speakers, options.server); !led)
        return fail(led.error().text);
    if (const auto written = writePair(options, day->plan); !written)
        return fail(written.error().text);
    return 0;
}
