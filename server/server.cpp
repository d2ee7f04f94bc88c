// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/server.h"

#include "server/accounts/secrets.h"
#include "server/admin/adminclient.h"
#include "server/configuredlimits.h"
#include "server/controlthread.h"
#include "server/gateway/gatewaythread.h"
#include "server/gateway/router.h"
#include "server/presence/presencethread.h"
#include "server/queue/memoryqueue.h"
#include "server/queue/serialising.h"
#include "server/servicethread.h"
#include "server/storefolder.h"
#include "server/tlssettings.h"
#include "shared/product.h"

#include <QtCore/QDateTime>
#include <QtCore/QElapsedTimer>
#include <QtCore/QLoggingCategory>

namespace parley {
namespace {

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(logServer, "parley.server")

constexpr qint64 hourMs = 3'600'000;
constexpr qint64 mebibyte = 1024 * 1024;

/// What the thread of backups does: a reader or the admin would wait for it for minutes.
using WriteBackup = std::function<Result<qint64>(const QString &path)>;
using BackupPool = Workers<WriteBackup>;

std::unique_ptr<CommandQueue> makeQueue(const Config &config, Server::Crossing crossing)
{
    const auto capacity = size_t(config.limits.commandQueue);
    if (crossing == Server::Crossing::AsBytes)
        return std::make_unique<SerialisingQueue>(capacity);
    return std::make_unique<MemoryQueue>(capacity);
}

} // namespace

/// Everything, in the order in which it is made; it ends the other way round.
class Server::Part {
public:
    Part(const Config &given, Crossing crossing)
        : config(given)
        , limiter(config)
        , router(notifier)
        , bytesOutlet(router)
        , outlet(crossing == Crossing::AsBytes ? static_cast<ServiceOutlet &>(bytesOutlet) : router)
        , queue(makeQueue(config, crossing))
        , service(*queue, outlet, size_t(config.limits.batch))
    {
    }
    ~Part() { stop(); }

    Status start();
    void stop();

    const Config config;
    ControlThread control;
    SystemRandom random;
    Limiter limiter;

private:
    Status openStore();
    Status makePools();
    Status makeSockets();
    void makeGateways();
    bool postTo(quint32 gateway, GatewayInput input);
    Status listen();
    std::unique_ptr<ReadDesk> makeReader();
    QJsonObject status();
    bool backUp(const QString &path, AdminDesk::Written written);

    CountingNotifier notifier;
    Router router;
    SerialisingOutlet bytesOutlet;
    ServiceOutlet &outlet;
    std::unique_ptr<CommandQueue> queue;
    ServiceThread service;
    std::optional<PasswordHasher> hasher;
    std::optional<SessionWorld> world;
    std::unique_ptr<GatewaySockets> sockets;
    std::vector<std::unique_ptr<Mailbox>> mailboxes;
    std::unique_ptr<PresenceThread> presence;
    std::unique_ptr<ReaderPool> readers;
    std::unique_ptr<HashingPool> hashing;
    std::unique_ptr<BackupPool> backups;
    std::vector<std::unique_ptr<GatewayThread>> gateways;
    QElapsedTimer uptime;
    bool isStopped = false;
};

Status Server::Part::start()
{
    if (auto good = config.check(); !good)
        return good;
    if (auto made = makeSockets(); !made)
        return made;
    uptime.start();
    if (auto opened = openStore(); !opened)
        return opened;
    if (auto made = makePools(); !made)
        return made;
    makeGateways();
    return listen();
}

Status Server::Part::openStore()
{
    router.setAdmin([this](InternalAnswer answer) { control.answered(std::move(answer)); });
    router.setPresence([this](UserChanged change) {
        if (presence)
            presence->handle(std::move(change));
    });
    return service.start([this] { return openStoreFolder(config.server.dataFolder, random); },
        configuredLimits(config));
}

Status Server::Part::makePools()
{
    auto made = PasswordHasher::create(PasswordCost{
        config.accounts.passwordMemoryMib * mebibyte, config.accounts.passwordOperations});
    if (!made)
        return made.error();
    hasher = *std::move(made);
    world.emplace(SessionWorld{config, service.epoch(), limiter, random});
    presence = std::make_unique<PresenceThread>(outlet, *queue);
    readers = std::make_unique<ReaderPool>(u"reader"_s, int(config.server.readerThreads),
        size_t(config.limits.readQueue), [this] { return makeReader(); });
    hashing = std::make_unique<HashingPool>(u"hashing"_s, int(config.accounts.passwordThreads),
        size_t(config.accounts.passwordQueue),
        [this] { return std::make_unique<PasswordHasher>(*hasher); });
    // One is written, one more may wait.
    backups = std::make_unique<BackupPool>(u"backup"_s, 1, 1, [this] {
        return std::make_unique<WriteBackup>(
            [this](const QString &path) { return service.backup(path); });
    });
    readers->offer([this](ReadDesk &) { service.check(); });
    return Done{};
}

std::unique_ptr<ReadDesk> Server::Part::makeReader()
{
    auto reader = service.readers().open();
    if (!reader) {
        qCCritical(
            logServer, "a reader cannot open the store: %s", qUtf8Printable(reader.error().text));
        return nullptr;
    }
    return std::make_unique<ReadDesk>(*std::move(reader));
}

Status Server::Part::makeSockets()
{
    const auto tls = tlsSettings(config.listen);
    if (!tls)
        return tls.error();
    if (!config.server.thinSockets) {
        sockets = makeQtSockets(*tls);
        return Done{};
    }
    auto made = makeThinSockets(*tls);
    if (!made)
        return made.error();
    sockets = *std::move(made);
    return Done{};
}

void Server::Part::makeGateways()
{
    const qint64 count = config.server.gatewayThreads > 0 ? config.server.gatewayThreads
                                                          : QThread::idealThreadCount();
    // All mailboxes are known to the router before anything is routed.
    for (qint64 i = 0; i < count; ++i) {
        mailboxes.push_back(std::make_unique<Mailbox>());
        router.addGateway(*mailboxes.back());
    }
    for (qint64 i = 0; i < count; ++i) {
        GatewayParts parts{*world, *queue, *readers, *hashing,
            [this](PresenceInput input) { presence->handle(std::move(input)); },
            [this](
                quint32 gateway, GatewayInput input) { return postTo(gateway, std::move(input)); },
            *sockets};
        gateways.push_back(std::make_unique<GatewayThread>(
            quint32(i + 1), std::move(parts), *mailboxes[size_t(i)]));
    }
}

bool Server::Part::postTo(quint32 gateway, GatewayInput input)
{
    if (gateway < 1 || gateway > mailboxes.size())
        return false;
    mailboxes[gateway - 1]->post(std::move(input));
    return true;
}

Status Server::Part::listen()
{
    auto adminListens = control.listenForAdmin(parley::adminSocketPath(config.server.dataFolder),
        service.readers(), [this](StoreReader &reader) {
            return AdminDesk::Parts{config, reader, *queue, *hasher, random,
                [this] { return status(); }, [] { return QDateTime::currentMSecsSinceEpoch(); },
                [this](const QString &path, AdminDesk::Written written) {
                    return backUp(path, std::move(written));
                }};
        });
    if (!adminListens)
        return adminListens;
    return control.listen(config.listen, [this, next = size_t(0)](qintptr descriptor) mutable {
        mailboxes[next++ % mailboxes.size()]->post(Incoming{descriptor});
    });
}

QJsonObject Server::Part::status()
{
    return {{u"server"_s, config.server.name}, {u"version"_s, QLatin1String(productVersion)},
        {u"address"_s, config.listen.address}, {u"port"_s, control.port()},
        {u"tls"_s, !config.listen.certificate.isEmpty()},
        {u"uptimeSeconds"_s, uptime.elapsed() / 1000}, {u"connections"_s, limiter.connections()},
        {u"gateways"_s, qint64(gateways.size())}, {u"queuedCommands"_s, qint64(queue->size())},
        {u"queuedReads"_s, qint64(readers->size())}, {u"missedWhileAway"_s, notifier.count()}};
}

bool Server::Part::backUp(const QString &path, AdminDesk::Written written)
{
    return backups->offer([this, path, written = std::move(written)](const WriteBackup &write) {
        control.post([written, bytes = write(path)] { written(bytes); });
    });
}

void Server::Part::stop()
{
    if (std::exchange(isStopped, true))
        return;
    control.stopListening();
    for (const auto &mailbox : mailboxes)
        mailbox->post(Stopping{quint32(config.times.goAwayMs), Stopping::Step::Announce});
    // What was accepted is committed and answered before its connection is closed.
    service.drain();
    for (const auto &gateway : gateways)
        gateway->stop();
    if (presence)
        presence->stop();
    if (readers)
        readers->stop();
    if (hashing)
        hashing->stop();
    if (backups)
        backups->stop();
    control.stop();
    service.stop();
}

Server::Server(std::unique_ptr<Part> part)
    : m_part(std::move(part))
{
}

Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::start(const Config &config, Crossing crossing)
{
    auto part = std::make_unique<Part>(config, crossing);
    if (auto started = part->start(); !started)
        return started.error();
    qCInfo(logServer, "serving %s", qUtf8Printable(config.server.dataFolder));
    return std::unique_ptr<Server>(new Server(std::move(part)));
}

quint16 Server::port() const
{
    return m_part->control.port();
}

QString Server::url() const
{
    const Config::Listen &listen = m_part->config.listen;
    const QString scheme = listen.certificate.isEmpty() ? u"ws"_s : u"wss"_s;
    const bool isIpv6 = listen.address.contains(u':');
    const QString host = isIpv6 ? u"["_s + listen.address + u"]"_s : listen.address;
    return u"%1://%2:%3"_s.arg(scheme, host).arg(port());
}

QString Server::adminSocketPath() const
{
    return parley::adminSocketPath(m_part->config.server.dataFolder);
}

void Server::stop()
{
    m_part->stop();
}

Result<QString> Server::initialise(const Config &config)
{
    if (config.server.dataFolder.isEmpty())
        return Error(ErrorCode::Malformed, u"name the data folder: --data DIR"_s);
    SystemRandom random;
    const QString code = makeInviteCode(random);
    const qint64 nowMs = QDateTime::currentMSecsSinceEpoch();
    InviteState invite;
    invite.codeHash = inviteHash(code);
    invite.created = nowMs;
    invite.expires = nowMs + config.accounts.inviteHours * hourMs;
    invite.admin = true;
    invite.note = u"the first admin"_s;
    if (auto made = createStoreFolder(config.server.dataFolder, invite, random); !made)
        return made.error();
    return code;
}

} // namespace parley
