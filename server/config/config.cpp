// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/config.h"

#include "server/config/configkeys.h"
#include "server/config/tomlfile.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtNetwork/QHostAddress>

#include <array>

namespace parley {
namespace {

using namespace Qt::StringLiterals;

constexpr qint64 configFileBytes = 1024 * 1024;

Error wrong(const QString &where, const QString &what)
{
    return Error(ErrorCode::Malformed, where + u": "_s + what);
}

/// `key` is at fault: names where it was set, or itself.
Error wrongAt(const Config &config, const QString &key, const QString &what)
{
    return wrong(config.places.value(key, key), what);
}

bool isOurs(const QString &variable, const std::vector<ConfigKey> &keys)
{
    for (const ConfigKey &key : keys) {
        const QString prefix = u"PARLEY_"_s + QString::fromLatin1(key.section).toUpper() + u'_';
        if (variable.startsWith(prefix))
            return true;
    }
    return false;
}

/// A variable of one of our sections that names no key is a mistake that should not pass unseen.
Status applyEnvironment(const std::vector<ConfigKey> &keys, const QProcessEnvironment &environment,
    QMap<QString, QString> &places)
{
    const QStringList variables = environment.keys();
    for (const QString &variable : variables) {
        if (!isOurs(variable, keys))
            continue;
        const auto key = std::find_if(keys.begin(), keys.end(),
            [&](const ConfigKey &each) { return each.environmentName() == variable; });
        if (key == keys.end())
            return wrong(variable, u"there is no such setting"_s);
        if (const auto done = key->setFromText(environment.value(variable)); !done)
            return wrong(variable, done.error().text);
        places.insert(key->name(), variable);
    }
    return Done{};
}

/// Paths in a file are meant from where the file is.
void anchorPaths(Config &config, const QString &path)
{
    const QDir folder = QFileInfo(path).absoluteDir();
    for (QString *each :
        {&config.server.dataFolder, &config.listen.certificate, &config.listen.privateKey}) {
        if (!each->isEmpty() && QDir::isRelativePath(*each))
            *each = QDir::cleanPath(folder.filePath(*each));
    }
}

Status checkListen(const Config &config)
{
    const Config::Listen &listen = config.listen;
    const std::array files{std::pair(u"listen.certificate"_s, listen.certificate),
        std::pair(u"listen.private_key"_s, listen.privateKey)};
    const QHostAddress address(listen.address);
    if (address.isNull())
        return wrongAt(config, u"listen.address"_s, u"'%1' is no IP address"_s.arg(listen.address));
    if (listen.certificate.isEmpty() != listen.privateKey.isEmpty())
        return wrongAt(config,
            listen.certificate.isEmpty() ? u"listen.private_key"_s : u"listen.certificate"_s,
            u"listen.certificate and listen.private_key go together: set both, or neither"_s);
    if (listen.certificate.isEmpty() && !address.isLoopback() && !listen.plainAnywhere)
        return wrongAt(config, u"listen.address"_s,
            u"without TLS the server listens on 127.0.0.1 or ::1 only: set listen.certificate and "
            "listen.private_key (or listen.plain_anywhere = true behind a proxy that does TLS)"_s);
    for (const auto &[key, file] : files) {
        if (!file.isEmpty() && !QFileInfo(file).isReadable())
            return wrongAt(config, key, u"cannot read '%1'"_s.arg(file));
    }
    for (const QString &proxy : listen.proxies) {
        if (QHostAddress(proxy).isNull())
            return wrongAt(config, u"listen.proxies"_s, u"'%1' is no IP address"_s.arg(proxy));
    }
    return Done{};
}

} // namespace

Result<Config> Config::parse(
    const QByteArray &toml, const QString &path, const QProcessEnvironment &environment)
{
    Config config;
    const auto keys = keysOf(config);
    if (const auto done = readToml(toml, path, keys, config.places); !done)
        return done.error();
    anchorPaths(config, path);
    if (const auto done = applyEnvironment(keys, environment, config.places); !done)
        return done.error();
    return config;
}

Result<Config> Config::load(const QString &path, const QProcessEnvironment &environment)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error(ErrorCode::NotFound, u"%1: %2"_s.arg(path, file.errorString()));
    if (file.size() > configFileBytes)
        return wrong(path, u"larger than any configuration file"_s);
    return parse(file.readAll(), path, environment);
}

Result<Config> Config::defaults(const QProcessEnvironment &environment)
{
    Config config;
    if (const auto done = applyEnvironment(keysOf(config), environment, config.places); !done)
        return done.error();
    return config;
}

Status Config::check() const
{
    if (server.dataFolder.isEmpty())
        return wrongAt(*this, u"server.data_folder"_s,
            u"must be set: here, by --data, or by PARLEY_SERVER_DATA_FOLDER"_s);
    if (server.name.isEmpty() || server.name.toUtf8().size() > 256)
        return wrongAt(*this, u"server.name"_s, u"must have 1 to 256 bytes"_s);
    if (!QStringList{u"everywhere"_s, u"direct"_s, u"nowhere"_s}.contains(accounts.asking))
        return wrongAt(*this, u"accounts.asking"_s,
            u"must be \"everywhere\", \"direct\" or \"nowhere\", not \"%1\""_s.arg(
                accounts.asking));
    if (times.silenceMs <= times.heartbeatMs)
        return wrongAt(*this, u"times.silence_ms"_s,
            u"must be above times.heartbeat_ms (%1)"_s.arg(times.heartbeatMs));
    const ServerLimits &sizes = limits.announced;
    if (sizes.batchBytes < sizes.payloadBytes)
        return wrongAt(*this, u"limits.batch_bytes"_s,
            u"must be at least limits.payload_bytes (%1): one message is sent as a batch, too"_s
                .arg(sizes.payloadBytes));
    if (sizes.clientFrameBytes < 2 * sizes.batchBytes)
        return wrongAt(*this, u"limits.client_frame_bytes"_s,
            u"must be at least twice limits.batch_bytes (%1): ids, keys and lists come with it"_s
                .arg(sizes.batchBytes));
    return checkListen(*this);
}

} // namespace parley
