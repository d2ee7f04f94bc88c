// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/server.h"
#include "server/tlssettings.h"
#include "shared/platform/stopsignals.h"
#include "shared/product.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

#include <cstdio>

using namespace parley;
using namespace Qt::StringLiterals;

namespace {

constexpr int failed = 1;
constexpr int wrongUsage = 2;

struct Options {
    QCommandLineOption config{u"config"_s, u"Read this configuration."_s, u"file"_s};
    QCommandLineOption data{u"data"_s, u"Serve this data folder."_s, u"folder"_s};
    QCommandLineOption listen{u"listen"_s, u"Listen here; port 0 takes any."_s, u"address:port"_s};
    QCommandLineOption initialise{
        u"initialise"_s, u"Make a new store and print an invite for the first admin."_s};
    QCommandLineOption checkConfig{u"check-config"_s, u"Check the configuration, and end."_s};
    QCommandLineOption json{u"json"_s, u"With --initialise: print JSON."_s};
};

void print(const QJsonObject &answer)
{
    std::printf("%s\n", QJsonDocument(answer).toJson(QJsonDocument::Compact).constData());
}

int complain(const Error &error, bool asJson, int exitCode = failed)
{
    const QString code = QString::fromLatin1(errorName(error.code));
    const QString text = error.text.isEmpty() ? code : error.text;
    if (asJson)
        print({{u"ok"_s, false}, {u"error"_s, code}, {u"text"_s, text}});
    std::fprintf(stderr, "parleyd: %s\n", qUtf8Printable(text));
    return exitCode;
}

Status applyListen(const QString &given, Config &config)
{
    const qsizetype colon = given.lastIndexOf(u':');
    bool isPort = false;
    const int port = given.mid(colon + 1).toInt(&isPort);
    if (colon <= 0 || !isPort || port < 0 || port > 65'535)
        return Error(ErrorCode::Malformed, u"--listen wants address:port, not '%1'"_s.arg(given));
    config.listen.address = given.left(colon);
    if (config.listen.address.startsWith(u'[') && config.listen.address.endsWith(u']'))
        config.listen.address = config.listen.address.mid(1, config.listen.address.size() - 2);
    config.listen.port = port;
    config.places.insert(u"listen.address"_s, u"--listen"_s);
    config.places.insert(u"listen.port"_s, u"--listen"_s);
    return Done{};
}

Result<Config> readConfig(const QCommandLineParser &arguments, const Options &options)
{
    const auto environment = QProcessEnvironment::systemEnvironment();
    auto config = arguments.isSet(options.config)
        ? Config::load(arguments.value(options.config), environment)
        : Config::defaults(environment);
    if (!config)
        return config;
    if (arguments.isSet(options.data)) {
        config->server.dataFolder = arguments.value(options.data);
        config->places.insert(u"server.data_folder"_s, u"--data"_s);
    }
    if (arguments.isSet(options.listen)) {
        if (const auto done = applyListen(arguments.value(options.listen), *config); !done)
            return done.error();
    }
    return config;
}

int initialise(const Config &config, bool asJson)
{
    const auto code = Server::initialise(config);
    if (!code)
        return complain(code.error(), asJson);
    if (asJson) {
        print({{u"ok"_s, true}, {u"dataFolder"_s, config.server.dataFolder}, {u"invite"_s, *code}});
    } else {
        std::printf(
            "A new store is in %s.\nInvite for the first admin, once, within %lld hours:\n\n"
            "    %s\n\n",
            qUtf8Printable(config.server.dataFolder),
            static_cast<long long>(config.accounts.inviteHours), qUtf8Printable(*code));
    }
    return 0;
}

/// Reads the files that the configuration names, as a start does.
int checkConfig(const Config &config)
{
    if (const auto tls = tlsSettings(config.listen); !tls)
        return complain(tls.error(), false, wrongUsage);
    std::printf("the configuration is good\n");
    return 0;
}

int serve(const Config &config, QCoreApplication &application)
{
    const StopSignals stopSignals;
    auto server = Server::start(config);
    if (!server)
        return complain(server.error(), false);
    QObject::connect(
        &stopSignals, &StopSignals::stopRequested, &application, &QCoreApplication::quit);
    std::printf("listening on %s\n", qUtf8Printable((*server)->url()));
    std::fflush(stdout);
    const int exitCode = QCoreApplication::exec();
    (*server)->stop();
    std::printf("stopped\n");
    return exitCode;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication::setApplicationName(u"parleyd"_s);
    QCoreApplication::setApplicationVersion(QLatin1String(productVersion));
    QCoreApplication application(argc, argv);
    qSetMessagePattern(u"%{time yyyy-MM-ddThh:mm:ss.zzz} %{type} %{category}: %{message}"_s);

    const Options options;
    QCommandLineParser arguments;
    arguments.setApplicationDescription(u"A chat server that runs on one file."_s);
    arguments.addHelpOption();
    arguments.addVersionOption();
    arguments.addOptions({options.config, options.data, options.listen, options.initialise,
        options.checkConfig, options.json});
    arguments.process(application);
    const bool asJson = arguments.isSet(options.json) && arguments.isSet(options.initialise);
    if (!arguments.positionalArguments().isEmpty())
        return complain(
            Error(ErrorCode::Malformed,
                u"what is '%1'? See --help."_s.arg(arguments.positionalArguments().constFirst())),
            asJson, wrongUsage);

    const auto config = readConfig(arguments, options);
    if (!config)
        return complain(config.error(), asJson, wrongUsage);
    if (arguments.isSet(options.initialise))
        return initialise(*config, asJson);
    if (const auto good = config->check(); !good)
        return complain(good.error(), asJson, wrongUsage);
    if (arguments.isSet(options.checkConfig))
        return checkConfig(*config);
    return serve(*config, application);
}
