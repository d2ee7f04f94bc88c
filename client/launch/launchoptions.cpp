// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/launch/launchoptions.h"

#include "shared/limits.h"
#include "shared/product.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QFile>
#include <QtCore/QRegularExpression>

namespace parley {

namespace {

QCommandLineOption option(const char *names, const char *about, const char *value)
{
    return {QString::fromLatin1(names).split(u' '), QString::fromLatin1(about),
        QString::fromLatin1(value)};
}

struct Known {
    QCommandLineOption profile =
        option("profile", "Keep this person apart from the others on this machine.", "name");
    QCommandLineOption data = option("data", "Folder in which the profiles are.", "folder");
    QCommandLineOption server =
        option("server", "Server to sign in to, as host, host:port or address.", "address");
    QCommandLineOption token = option("token-file token",
        "Sign in with the device token in this file (made by an administrator), and keep it in "
        "a file of the profile.",
        "file");
    QCommandLineOption geometry =
        option("geometry", "Size and place of the window, as 1280x800+20+10.", "WxH+X+Y");
    QCommandLineOption theme = option("theme", "light, dark or system, for this run.", "theme");
    QCommandLineOption chat = option("open-chat", "Chat to open, by its id or its title.", "chat");
    QCommandLineOption automation = option("automation",
        "Let programs on this machine read what the window shows, by this local socket.", "socket");
    QCommandLineOption journal = option("delivery-journal",
        "Write down which messages the server has accepted, without their text, so that an "
        "administrator can audit the server.",
        "file");
    QCommandLineOption aside{QStringLiteral("set-cache-aside"),
        QStringLiteral("Check the local copy of your messages; when it is damaged, set it aside, "
                       "with what was not sent yet, and fetch it again from the server.")};
    QCommandLineOption screenshot =
        option("screenshot", "Save a picture of the window once it is still, and quit.", "file");
};

Error wrong(const QString &sentence)
{
    return {ErrorCode::Malformed, sentence};
}

bool isProfileName(const QString &name)
{
    static const QRegularExpression pattern(QStringLiteral("\\A[A-Za-z0-9][A-Za-z0-9._-]*\\z"));
    return name.size() <= LaunchOptions::profileLength && pattern.match(name).hasMatch();
}

std::optional<ProfileSettings::Theme> themeOf(const QString &name)
{
    if (name == QLatin1String("light"))
        return ProfileSettings::Light;
    if (name == QLatin1String("dark"))
        return ProfileSettings::Dark;
    if (name == QLatin1String("system"))
        return ProfileSettings::System;
    return std::nullopt;
}

Status check(const QCommandLineParser &parser, const Known &known, LaunchOptions &options)
{
    if (parser.isSet(known.profile) && !isProfileName(options.profile))
        return wrong(QStringLiteral(
            "A profile's name has up to %1 letters, digits, dots, dashes and underscores.")
                         .arg(LaunchOptions::profileLength));
    if (parser.isSet(known.geometry)
        && !parseGeometry(parser.value(known.geometry), options.size, options.position))
        return wrong(QStringLiteral("--geometry wants WIDTHxHEIGHT+X+Y, as 1280x800+20+10."));
    if (parser.isSet(known.theme)) {
        options.theme = themeOf(parser.value(known.theme));
        if (!options.theme)
            return wrong(QStringLiteral("--theme is light, dark or system."));
    }
    if (!options.tokenFile.isEmpty() && options.server.isEmpty())
        return wrong(QStringLiteral("--token-file also wants --server."));
    return Done{};
}

} // namespace

Result<LaunchOptions> LaunchOptions::parse(const QStringList &arguments)
{
    const Known known;
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("%1: talk on a server of your own.").arg(QLatin1String(productName)));
    const auto help = parser.addHelpOption();
    const auto version = parser.addVersionOption();
    parser.addOptions({known.profile, known.data, known.server, known.token, known.geometry,
        known.theme, known.chat, known.automation, known.journal, known.aside, known.screenshot});
    if (!parser.parse(arguments))
        return wrong(parser.errorText());
    if (!parser.positionalArguments().isEmpty())
        return wrong(
            QStringLiteral("Unexpected: %1").arg(parser.positionalArguments().constFirst()));

    LaunchOptions options;
    options.showHelp = parser.isSet(help);
    options.showVersion = parser.isSet(version);
    // There is no application yet that could know its name.
    options.help =
        parser.helpText().replace(QLatin1String("<executable_name>"), QLatin1String("parley"));
    options.profile = parser.value(known.profile);
    options.dataFolder = parser.value(known.data);
    options.server = parser.value(known.server);
    options.tokenFile = parser.value(known.token);
    options.openChat = parser.value(known.chat);
    options.automationSocket = parser.value(known.automation);
    options.deliveryJournal = parser.value(known.journal);
    options.setsCacheAside = parser.isSet(known.aside);
    options.screenshot = parser.value(known.screenshot);
    const auto checked = check(parser, known, options);
    if (!checked)
        return checked.error();
    return options;
}

bool parseGeometry(const QString &text, std::optional<QSize> &size, std::optional<QPoint> &position)
{
    static const QRegularExpression pattern(QStringLiteral(
        "\\A(?:([1-9]\\d{0,4})x([1-9]\\d{0,4}))?(?:([+-]\\d{1,5})([+-]\\d{1,5}))?\\z"));
    const auto match = pattern.match(text);
    if (!match.hasMatch() || text.isEmpty())
        return false;
    if (!match.captured(1).isEmpty())
        size = QSize(match.captured(1).toInt(), match.captured(2).toInt());
    if (!match.captured(3).isEmpty())
        position = QPoint(match.captured(3).toInt(), match.captured(4).toInt());
    return true;
}

Result<QByteArray> readToken(const QString &file)
{
    QFile source(file);
    if (!source.open(QIODevice::ReadOnly))
        return Error(ErrorCode::NotFound, QStringLiteral("%1 cannot be read.").arg(file));
    const auto text = source.read(LaunchOptions::tokenFileBytes).trimmed();
    const auto token = QByteArray::fromBase64Encoding(
        text, QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    if (!token || (*token).size() != limits::tokenBytes)
        return Error(ErrorCode::Malformed, QStringLiteral("%1 holds no token.").arg(file));
    return *token;
}

} // namespace parley
