// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/e2e/kill/chatter.h"
#include "tests/support/commandear.h"
#include "tests/support/world.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>
#include <QtCore/QFile>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace parley;

namespace {

void follow(const QByteArrayList &words, Chatter &chatter)
{
    if (words[0] == "go") {
        chatter.go();
    } else if (words[0] == "stop") {
        chatter.stop();
    } else if (words[0] == "retry") {
        chatter.retry();
    } else if (words[0] == "end") {
        chatter.end();
        QCoreApplication::quit();
    } else if (words[0] == "found") {
        std::vector<UserId> users;
        for (const auto &word : words.mid(1))
            if (const auto user = UserId::fromText(word))
                users.push_back(*user);
        chatter.found(users);
    }
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(u"A client without a window that talks all the time."_s);
    parser.addHelpOption();
    parser.addOptions({
        {u"data"_s, u"Folder in which the profiles are."_s, u"DIR"_s},
        {u"profile"_s, u"Which one."_s, u"NAME"_s},
        {u"server"_s, u"Where to sign in."_s, u"URL"_s},
        {u"token-file"_s, u"And with which token."_s, u"FILE"_s},
        {u"delivery-journal"_s, u"Where to write what was accepted."_s, u"FILE"_s},
        {u"seed"_s, u"What it says and does."_s, u"N"_s, u"1"_s},
    });
    parser.process(application);
    QFile tokenFile(parser.value(u"token-file"_s));
    if (!tokenFile.open(QIODevice::ReadOnly)) {
        std::fprintf(stderr, "%s cannot be read\n", qPrintable(tokenFile.fileName()));
        return 1;
    }
    auto options = programOf(parser.value(u"data"_s), parser.value(u"profile"_s));
    options.deliveryJournal = parser.value(u"delivery-journal"_s);
    Chatter chatter(options,
        {parser.value(u"server"_s),
            QByteArray::fromBase64(tokenFile.readAll().trimmed(), QByteArray::Base64UrlEncoding),
            parser.value(u"seed"_s).toUInt()});
    QObject::connect(&chatter, &Chatter::told, &chatter, [](const QString &line) {
        std::printf("%s\n", qPrintable(line));
        std::fflush(stdout);
    });
    const CommandEar ear([&chatter](const QByteArrayList &words) { follow(words, chatter); });
    return QCoreApplication::exec();
}
