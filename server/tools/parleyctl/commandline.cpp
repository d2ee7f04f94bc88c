// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/tools/parleyctl/commandline.h"

#include "shared/id.h"

#include <QtCore/QDir>
#include <QtCore/QJsonArray>

namespace parley {
namespace {

using namespace Qt::StringLiterals;

/// An option of a command and the key of the question that it fills.
struct Option {
    const char *name;
    const char *key;
    enum Kind : quint8 { Text, Number, Flag } kind;
};

struct Form {
    const char *words; ///< as typed
    const char *command; ///< as asked
    std::vector<const char *> arguments; ///< keys of what stands behind the words
    std::vector<Option> options;
};

const std::vector<Form> &forms()
{
    static const std::vector<Form> all{
        {"status", "status", {}, {}},
        {"user add", "user.add", {"name"},
            {{"--display-name", "displayName", Option::Text}, {"--admin", "admin", Option::Flag},
                {"--password-stdin", "password", Option::Flag}}},
        {"user list", "user.list", {}, {}},
        {"user disable", "user.disable", {"name"}, {}},
        {"user enable", "user.enable", {"name"}, {}},
        {"device list", "device.list", {"name"}, {}},
        {"device revoke", "device.revoke", {"name", "device"}, {}},
        {"invite create", "invite.create", {},
            {{"--hours", "hours", Option::Number}, {"--admin", "admin", Option::Flag},
                {"--note", "note", Option::Text}}},
        {"invite list", "invite.list", {}, {}},
        {"invite revoke", "invite.revoke", {"invite"}, {}},
        {"token create", "token.create", {},
            {{"--user", "name", Option::Text}, {"--count", "count", Option::Number},
                {"--device", "device", Option::Text}}},
        {"backup", "backup", {"file"}, {}},
        {"audit-delivery", "audit-delivery", {"journal"}, {}},
        {"init", "init", {}, {}},
    };
    return all;
}

Error wrong(const QString &text)
{
    return Error(ErrorCode::Malformed, text);
}

/// The options that every command has; takes them out of the list.
Status takeCommon(QStringList &arguments, AdminQuestion &asked)
{
    asked.asJson = arguments.removeAll(u"--json"_s) > 0;
    const qsizetype data = arguments.indexOf(u"--data"_s);
    if (data >= 0) {
        if (data + 1 >= arguments.size())
            return wrong(u"--data wants a folder"_s);
        asked.dataFolder = arguments.takeAt(data + 1);
        arguments.removeAt(data);
    }
    return Done{};
}

const Form *takeForm(QStringList &arguments)
{
    for (const Form &form : forms()) {
        const QStringList words = QString::fromLatin1(form.words).split(u' ');
        if (arguments.mid(0, words.size()) != words)
            continue;
        arguments = arguments.mid(words.size());
        return &form;
    }
    return nullptr;
}

Status takeOption(const Option &option, QStringList &arguments, AdminQuestion &asked)
{
    const QString name = QString::fromLatin1(option.name);
    const QString key = QString::fromLatin1(option.key);
    if (option.kind == Option::Flag) {
        if (key == "password"_L1)
            asked.readsPassword = true;
        else
            asked.question.insert(key, true);
        return Done{};
    }
    if (arguments.isEmpty())
        return wrong(name + u" wants a value"_s);
    const QString value = arguments.takeFirst();
    if (option.kind == Option::Text) {
        asked.question.insert(key, value);
        return Done{};
    }
    bool isNumber = false;
    const qint64 number = value.toLongLong(&isNumber);
    if (!isNumber)
        return wrong(name + u" wants a number"_s);
    asked.question.insert(key, number);
    return Done{};
}

/// Takes any number of files.
bool isAudit(const Form &form)
{
    return form.command == QByteArrayView("audit-delivery");
}

/// An id may begin with two dashes; nothing else does that is no option.
bool mayBe(const QString &key, const QString &word)
{
    return !word.startsWith(u"--"_s)
        || (key == "device"_L1 && DeviceId::fromText(word.toLatin1()).has_value());
}

/// The server has a working directory of its own: a file is meant from ours.
QString asSent(const QString &key, const QString &word)
{
    return key == "file"_L1 ? QDir::cleanPath(QDir::current().absoluteFilePath(word)) : word;
}

Status takeRest(const Form &form, QStringList arguments, AdminQuestion &asked)
{
    auto next = form.arguments.begin();
    while (!arguments.isEmpty()) {
        const QString word = arguments.takeFirst();
        const QString key = next == form.arguments.end() ? QString() : QString::fromLatin1(*next);
        const auto option = std::find_if(form.options.begin(), form.options.end(),
            [&](const Option &each) { return word == QLatin1String(each.name); });
        if (option != form.options.end()) {
            if (auto taken = takeOption(*option, arguments, asked); !taken)
                return taken;
        } else if (key.isEmpty() || !mayBe(key, word)) {
            return wrong(u"what is '%1'? See --help."_s.arg(word));
        } else if (isAudit(form)) {
            asked.journals.append(word);
        } else {
            asked.question.insert(key, asSent(key, word));
            ++next;
        }
    }
    if (next != form.arguments.end() && asked.journals.isEmpty())
        return wrong(
            u"%1 wants the %2"_s.arg(QString::fromLatin1(form.words), QString::fromLatin1(*next)));
    if (form.command == QByteArrayView("token.create") && !asked.question.contains("name"_L1))
        return wrong(u"token create wants --user NAME"_s);
    return Done{};
}

/// Devices and people are called what their clients said: no terminal is to obey it.
QString inOneLine(QString text)
{
    for (QChar &each : text) {
        const auto category = each.category();
        if (category == QChar::Other_Control || category == QChar::Other_Format
            || category == QChar::Separator_Line || category == QChar::Separator_Paragraph)
            each = QChar::ReplacementCharacter;
    }
    return text;
}

QString table(const QJsonArray &rows, const QStringList &keys)
{
    std::vector<QStringList> lines{keys};
    for (const auto &row : rows) {
        QStringList line;
        for (const QString &key : keys)
            line.append(inOneLine(row.toObject().value(key).toVariant().toString()));
        lines.push_back(line);
    }
    QList<qsizetype> widths(keys.size(), 0);
    for (const QStringList &line : lines) {
        for (qsizetype i = 0; i < line.size(); ++i)
            widths[i] = std::max(widths[i], line[i].size());
    }
    QString text;
    for (const QStringList &line : lines) {
        QString padded;
        for (qsizetype i = 0; i < line.size(); ++i)
            padded += line[i].leftJustified(widths[i] + 2);
        text += padded.trimmed() + u'\n';
    }
    return text;
}

QString lines(const QJsonObject &answer)
{
    QString text;
    for (auto each = answer.begin(); each != answer.end(); ++each) {
        if (each.key() != "ok"_L1)
            text += each.key() + u": "_s + inOneLine(each.value().toVariant().toString()) + u'\n';
    }
    return text;
}

} // namespace

Result<AdminQuestion> parseArguments(const QStringList &given, const QString &defaultFolder)
{
    AdminQuestion asked;
    asked.dataFolder = defaultFolder;
    QStringList arguments = given;
    if (auto taken = takeCommon(arguments, asked); !taken)
        return taken.error();
    const Form *form = takeForm(arguments);
    if (!form)
        return wrong(u"what is to be done? See --help."_s);
    if (auto taken = takeRest(*form, arguments, asked); !taken)
        return taken.error();
    if (asked.dataFolder.isEmpty())
        return wrong(u"name the server's data folder: --data DIR, or PARLEY_DATA"_s);
    asked.initialises = form->command == QByteArrayView("init");
    asked.question.insert(u"command"_s, QString::fromLatin1(form->command));
    return asked;
}

QString usage()
{
    return QStringLiteral(
        "parleyctl [--data DIR] [--json] COMMAND\n"
        "\n"
        "  init                                     make a new store, and its first invite\n"
        "  status                                   is the server there, and what does it hold?\n"
        "  user add NAME [--display-name TEXT] [--admin] [--password-stdin]\n"
        "  user list | user disable NAME | user enable NAME\n"
        "  device list USER | device revoke USER DEVICE-ID\n"
        "  invite create [--hours N] [--admin] [--note TEXT]\n"
        "  invite list | invite revoke ID-OR-CODE\n"
        "  token create --user NAME [--count N] [--device TEXT]\n"
        "  backup FILE                              copy the running server's store\n"
        "  audit-delivery JOURNAL...                is all there that clients were told is there?\n"
        "\n"
        "DIR is the server's data folder; PARLEY_DATA names it too.\n");
}

QString forPeople(const QString &command, const QJsonObject &answer)
{
    if (command == "user.list"_L1)
        return table(answer.value("users"_L1).toArray(),
            {u"name"_s, u"displayName"_s, u"admin"_s, u"disabled"_s, u"devices"_s, u"created"_s});
    if (command == "invite.list"_L1)
        return table(answer.value("invites"_L1).toArray(),
            {u"id"_s, u"state"_s, u"expires"_s, u"admin"_s, u"note"_s});
    if (command == "device.list"_L1)
        return table(answer.value("devices"_L1).toArray(),
            {u"id"_s, u"name"_s, u"created"_s, u"lastSeen"_s});
    if (command == "token.create"_L1) {
        QString text;
        const QJsonArray tokens = answer.value("tokens"_L1).toArray();
        for (const auto &token : tokens)
            text += token.toString() + u'\n';
        return text;
    }
    return lines(answer);
}

} // namespace parley
