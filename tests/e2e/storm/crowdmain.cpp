// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/e2e/storm/crowd.h"
#include "tests/support/commandear.h"
#include "tests/support/openfiles.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>
#include <QtCore/QFile>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace parley;

namespace {

constexpr int tellEveryMs = 50;

std::vector<Crowd::Ticket> ticketsIn(const QString &path)
{
    std::vector<Crowd::Ticket> tickets;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return tickets;
    for (const auto &line : file.readAll().split('\n')) {
        const auto words = line.split(' ');
        const auto user = words.size() == 3 ? UserId::fromText(words[1]) : std::nullopt;
        if (user)
            tickets.push_back({QString::fromUtf8(words[0]), *user,
                QByteArray::fromBase64(words[2], QByteArray::Base64UrlEncoding)});
    }
    return tickets;
}

void tell(const Crowd::State &state)
{
    std::printf("state %d %d %d %d %d\n", state.clients, state.online, state.inChats,
        state.mostTries, state.tries);
    std::fflush(stdout);
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Many clients in one process."_s);
    parser.addHelpOption();
    parser.addOptions({
        {u"data"_s, u"Folder in which the profiles are."_s, u"DIR"_s},
        {u"server"_s, u"Where to sign in."_s, u"URL"_s},
        {u"tickets"_s, u"Name, id and token of each, a line each."_s, u"FILE"_s},
    });
    parser.process(application);
    allowManyOpenFiles();
    auto tickets = ticketsIn(parser.value(u"tickets"_s));
    if (tickets.empty())
        return 1;
    Crowd crowd(parser.value(u"data"_s), parser.value(u"server"_s), std::move(tickets));
    const CommandEar ear([&crowd](const QByteArrayList &words) {
        if (words[0] == "gather")
            crowd.gather();
        else if (words[0] == "say")
            crowd.say();
        else if (words[0] == "note")
            crowd.noteTries();
        else if (words[0] == "count" && words.size() == 2)
            crowd.count(words[1].toLongLong());
        else if (words[0] == "end")
            QCoreApplication::quit();
    });
    QTimer timer;
    Crowd::State told;
    QObject::connect(&timer, &QTimer::timeout, &crowd, [&] {
        if (const auto state = crowd.state(); state != std::exchange(told, state))
            tell(state);
    });
    timer.start(tellEveryMs);
    crowd.come();
    return QCoreApplication::exec();
}
