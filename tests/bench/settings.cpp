// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/bench/settings.h"

#include "shared/assert.h"
#include "shared/limits.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace parley::bench {

using namespace Qt::StringLiterals;

namespace {

struct Number {
    const char *name;
    qint64 Settings::*member;
    const char *about;
};

constexpr Number numbers[] = {
    {"pid", &Settings::pid, "Of the server that runs, for its CPU and memory."},
    {"pairs", &Settings::pairs, "saturation, rate, beside: pairs of users who talk."},
    {"outstanding", &Settings::outstanding,
        "saturation, beside, fanout: messages of one user under way."},
    {"text", &Settings::textBytes, "Bytes of the text of a message."},
    {"rate", &Settings::rate, "rate: messages a second, of all together."},
    {"sessions", &Settings::sessions, "idle, storm: users who sign in."},
    {"members", &Settings::members, "fanout: members of the group, all online."},
    {"senders", &Settings::senders, "fanout: how many of them write."},
    {"idle", &Settings::idle, "beside: sessions that do nothing."},
    {"chats", &Settings::chats, "catchup: chats with news."},
    {"messages", &Settings::messages, "catchup: messages missed, in all chats together."},
    {"parallel", &Settings::parallel, "Connections that are being made at once."},
    {"operations", &Settings::operations, "Messages in one send, at most; Parley's client: 32."},
    {"sends", &Settings::sendsAtOnce, "Sends of a chat without an answer; Parley's client: 1."},
};

[[noreturn]] void complain(const QString &text)
{
    std::fprintf(stderr, "parley-bench: %s\n", qPrintable(text));
    std::exit(2);
}

void addOptions(QCommandLineParser &parser)
{
    parser.addOptions({
        {u"server"_s, u"A server that runs, instead of one of its own."_s, u"URL"_s},
        {u"tokens"_s, u"Its users: a line each with name, id and token."_s, u"FILE"_s},
        {u"parleyd"_s, u"The program to start."_s, u"FILE"_s, QStringLiteral(PARLEYD)},
        {u"config"_s, u"Its configuration."_s, u"FILE"_s, QStringLiteral(PARLEY_BENCH_LIMITS)},
        {u"data"_s, u"Its data folder: a new one, which is kept."_s, u"DIR"_s},
        {u"tls"_s, u"By TLS."_s},
        {u"pin"_s, u"The server on core 1 alone, the load on core 0."_s},
        {u"register"_s, u"xmpp: makes the accounts first."_s},
        {u"seconds"_s, u"How long it is measured."_s, u"S"_s, u"10"_s},
        {u"warm-up"_s, u"How long it runs before that."_s, u"S"_s, u"1"_s},
    });
    const Settings defaults;
    for (const Number &number : numbers)
        parser.addOption({QString::fromLatin1(number.name), QString::fromLatin1(number.about),
            u"N"_s, QString::number(defaults.*number.member)});
}

double secondsOf(const QCommandLineParser &parser, const QString &name)
{
    bool isGood = false;
    const double seconds = parser.value(name).toDouble(&isGood);
    if (!isGood || seconds < 0 || seconds > 3'600)
        complain(u"--%1 wants seconds, at most an hour"_s.arg(name));
    return seconds;
}

void takeNumbers(const QCommandLineParser &parser, Settings &settings)
{
    for (const Number &number : numbers) {
        const QString name = QString::fromLatin1(number.name);
        bool isGood = false;
        const qint64 value = parser.value(name).toLongLong(&isGood);
        const bool isPid = number.member == &Settings::pid;
        if (!isGood || value < (isPid ? 0 : 1) || value > 10'000'000)
            complain(u"--%1 wants a number from 1 on"_s.arg(name));
        settings.*number.member = value;
    }
    if (settings.operations > limits::batchOperations)
        complain(u"--operations: at most 32"_s);
    if (settings.members < 2 || settings.senders > settings.members)
        complain(u"--senders: at most as many as --members, of which there are two or more"_s);
}

void checkServer(const Settings &settings)
{
    static const QStringList schemes{u"ws"_s, u"wss"_s, u"xmpp"_s, u"mqtt"_s, u"relay"_s};
    if (settings.isServerOwn())
        return;
    if (!schemes.contains(settings.server.scheme()) || settings.server.port() <= 0
        || settings.server.host() != "127.0.0.1"_L1)
        complain(u"--server wants %1://127.0.0.1:PORT"_s.arg(schemes.join(u'|')));
    const bool isOfParleyAlone =
        settings.scenario == "fanout"_L1 || settings.scenario == "catchup"_L1;
    if (isOfParleyAlone && !settings.isParley())
        complain(u"%1 speaks Parley's protocol alone"_s.arg(settings.scenario));
    if (settings.isParley() && settings.tickets.isEmpty())
        complain(u"--tokens: name the file of the server's users"_s);
}

} // namespace

Settings Settings::fromArguments()
{
    static const QStringList scenarios{
        u"saturation"_s, u"rate"_s, u"idle"_s, u"storm"_s, u"fanout"_s, u"beside"_s, u"catchup"_s};
    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Loads a server and prints one line of JSON. Linux, loopback."_s);
    parser.addHelpOption();
    parser.addPositionalArgument(u"SCENARIO"_s, scenarios.join(u", "_s));
    addOptions(parser);
    parser.process(*QCoreApplication::instance());
    const QStringList arguments = parser.positionalArguments();
    if (arguments.size() != 1 || !scenarios.contains(arguments.first()))
        complain(u"name one scenario: "_s + scenarios.join(u", "_s));

    Settings settings;
    settings.scenario = arguments.first();
    settings.server = QUrl(parser.value(u"server"_s));
    settings.tickets = parser.value(u"tokens"_s);
    settings.program = parser.value(u"parleyd"_s);
    settings.config = parser.value(u"config"_s);
    settings.data = parser.value(u"data"_s);
    settings.isTls = parser.isSet(u"tls"_s) || settings.server.scheme() == "wss"_L1;
    settings.isPinned = parser.isSet(u"pin"_s);
    settings.isRegistering = parser.isSet(u"register"_s);
    settings.seconds = secondsOf(parser, u"seconds"_s);
    settings.warmUpSeconds = secondsOf(parser, u"warm-up"_s);
    takeNumbers(parser, settings);
    checkServer(settings);
    return settings;
}

bool Settings::isParley() const
{
    return isServerOwn() || server.scheme() == "ws"_L1 || server.scheme() == "wss"_L1;
}

QString Settings::optionOf(qint64 Settings::*number)
{
    const auto found = std::ranges::find(numbers, number, &Number::member);
    PARLEY_ASSERT(found != std::end(numbers));
    return QString::fromLatin1(found->name);
}

size_t Settings::users() const
{
    if (scenario == "fanout"_L1)
        return static_cast<size_t>(members);
    if (scenario == "catchup"_L1)
        return static_cast<size_t>(chats) + 1;
    if (scenario == "idle"_L1 || scenario == "storm"_L1)
        return static_cast<size_t>(sessions + sessions % 2);
    return static_cast<size_t>(2 * pairs + (scenario == "beside"_L1 ? idle + idle % 2 : 0));
}

} // namespace parley::bench
