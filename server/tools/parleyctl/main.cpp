// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/admin/adminclient.h"
#include "server/tools/parleyctl/auditcommand.h"
#include "server/tools/parleyctl/commandline.h"
#include "shared/product.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QJsonDocument>
#include <QtCore/QProcess>

#include <cstdio>

using namespace parley;
using namespace Qt::StringLiterals;

namespace {

constexpr int failed = 1;
constexpr int wrongUsage = 2;
constexpr int notClean = 3;

int complain(const Error &error, bool asJson, int exitCode = failed)
{
    const QString code = QString::fromLatin1(errorName(error.code));
    const QString text = error.text.isEmpty() ? code : error.text;
    if (asJson) {
        const QJsonObject answer{{u"ok"_s, false}, {u"error"_s, code}, {u"text"_s, text}};
        std::printf("%s\n", QJsonDocument(answer).toJson(QJsonDocument::Compact).constData());
    }
    std::fprintf(stderr, "parleyctl: %s\n", qUtf8Printable(text));
    return exitCode;
}

/// The store is made by the program that owns it.
int initialise(const AdminQuestion &asked)
{
    const QFileInfo beside(QCoreApplication::applicationDirPath() + u"/parleyd"_s);
    QStringList arguments{u"--initialise"_s, u"--data"_s, asked.dataFolder};
    if (asked.asJson)
        arguments.append(u"--json"_s);
    const int exitCode =
        QProcess::execute(beside.isExecutable() ? beside.filePath() : u"parleyd"_s, arguments);
    if (exitCode < 0)
        return complain(
            Error(ErrorCode::NotFound, u"cannot start parleyd, which makes the store"_s),
            asked.asJson);
    return exitCode;
}

QString readPassword()
{
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return {};
    QByteArray line = input.readLine();
    while (line.endsWith('\n') || line.endsWith('\r'))
        line.chop(1);
    return QString::fromUtf8(line);
}

void print(const QByteArray &text)
{
    std::fwrite(text.constData(), 1, size_t(text.size()), stdout);
}

int audit(const AdminQuestion &asked)
{
    const auto done = auditDelivery(asked.journals, asked.dataFolder);
    if (!done)
        return complain(done.error(), asked.asJson);
    print(asked.asJson ? QJsonDocument(done->answer()).toJson(QJsonDocument::Compact) + '\n'
                       : done->forPeople().toUtf8());
    return done->findings().empty() ? 0 : notClean;
}

int ask(const AdminQuestion &asked)
{
    auto client = AdminClient::connect(asked.dataFolder);
    if (!client)
        return complain(client.error(), asked.asJson);
    const QString command = asked.question.value("command"_L1).toString();
    const auto answer = (*client)->ask(
        asked.question, command == "backup"_L1 ? AdminClient::backupMs : AdminClient::answerMs);
    if (!answer)
        return complain(answer.error(), asked.asJson);
    print(asked.asJson ? QJsonDocument(*answer).toJson(QJsonDocument::Compact) + '\n'
                       : forPeople(command, *answer).toUtf8());
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = application.arguments().mid(1);
    if (arguments.contains("--help"_L1) || arguments.contains("-h"_L1)) {
        std::printf("%s", qUtf8Printable(usage()));
        return 0;
    }
    if (arguments.contains("--version"_L1)) {
        std::printf("parleyctl %s\n", productVersion);
        return 0;
    }
    auto asked = parseArguments(arguments, qEnvironmentVariable("PARLEY_DATA"));
    if (!asked)
        return complain(asked.error(), arguments.contains("--json"_L1), wrongUsage);
    if (asked->initialises)
        return initialise(*asked);
    if (!asked->journals.isEmpty())
        return audit(*asked);
    if (asked->readsPassword)
        asked->question.insert(u"password"_s, readPassword());
    return ask(*asked);
}
