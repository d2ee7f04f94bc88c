// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/support/world.h"

#include "tests/e2e/compare/comparison.h"
#include "tests/support/waiting.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>

namespace parley {

using namespace Qt::StringLiterals;

namespace {

constexpr quint32 plenty = 1'000'000;
constexpr qsizetype faultsShown = 20;

template <typename T>
T taken(Result<T> result)
{
    if (!result)
        qFatal("%s", qPrintable(result.error().text));
    return *std::move(result);
}

} // namespace

QString testFolder(const QString &name)
{
    const QFileInfo memory(u"/dev/shm"_s);
    const auto base = memory.isDir() && memory.isWritable() ? memory.filePath() : QDir::tempPath();
    return base + u"/parley-"_s + name + u"-XXXXXX"_s;
}

Config openHouse(const QString &dataFolder)
{
    Config config;
    config.server.dataFolder = dataFolder;
    config.server.gatewayThreads = 2;
    config.listen.port = 0;
    config.limits.pendingPerAddress = 1'000;
    config.limits.commandsBurst = plenty;
    config.limits.commandsPerSecond = plenty;
    config.limits.addressBurst = plenty;
    config.limits.addressPerSecond = plenty;
    config.limits.requestsPerHour = 100;
    config.limits.announced.messagesBurst = plenty;
    config.limits.announced.messagesPerSecond = plenty;
    config.limits.announced.chatsPerHour = plenty;
    config.limits.announced.addedMembersPerHour = plenty;
    config.accounts.asking = u"direct"_s; // most journeys need a group, not how people came to it
    config.accounts.passwordMemoryMib = 1;
    config.accounts.passwordOperations = 1;
    config.times.goAwayMs = 100;
    return config;
}

ClientOptions programOf(const QString &folder, const QString &profile)
{
    ClientOptions options;
    options.dataFolder = folder;
    options.profile = profile;
    options.tokenPlace = TokenPlace::File;
    return options;
}

World::World(const Tuning &tune, Server::Crossing crossing)
    : m_folder(testFolder(u"world"_s))
    , m_config(openHouse(m_folder.filePath(u"server"_s)))
    , m_crossing(crossing)
{
    if (tune)
        tune(m_config);
    taken(Server::initialise(m_config));
    startServer();
}

World::~World()
{
    m_inhabitants.clear();
    stopServer();
}

void World::stopServer()
{
    if (m_server)
        m_server->stop();
    m_server.reset();
}

void World::startServer()
{
    m_server = taken(Server::start(m_config, m_crossing));
    for (const auto &inhabitant : m_inhabitants)
        inhabitant.network->setTarget(m_server->port());
}

QJsonObject World::ask(const QJsonObject &question)
{
    const auto admin = taken(AdminClient::connect(dataFolder()));
    return taken(admin->ask(question));
}

UserId World::addUser(const QString &name)
{
    const auto answer = ask({{u"command"_s, u"user.add"_s}, {u"name"_s, name}});
    return *UserId::fromText(answer[u"id"_s].toString().toLatin1());
}

QByteArray World::mintToken(const QString &name)
{
    const auto answer = ask({{u"command"_s, u"token.create"_s}, {u"name"_s, name}});
    return QByteArray::fromBase64(
        answer[u"token"_s].toString().toLatin1(), QByteArray::Base64UrlEncoding);
}

Person &World::join(const QString &name)
{
    addUser(name);
    return joinDevice(name, name);
}

Person &World::visit(const QString &profile, Backfill backfill)
{
    auto options = programOf(peopleFolder(), profile);
    options.isBackfilling = backfill == Backfill::On;
    auto &inhabitant = m_inhabitants.emplace_back();
    inhabitant.network = std::make_unique<TcpProxy>(m_server->port());
    inhabitant.person = std::make_unique<Person>(options, m_thread);
    auto &person = *inhabitant.person;
    if (!waitUntil([&] { return person.isOpen(); }))
        qFatal("%s cannot be opened", qPrintable(profile));
    return person;
}

Person &World::joinDevice(const QString &name, const QString &profile)
{
    auto &person = visit(profile);
    const bool isThere = person.signIn(network(person).url(), mintToken(name))
        && waitUntil([&] { return person.isOnline(); });
    if (!isThere)
        qFatal("%s cannot sign in", qPrintable(name));
    return person;
}

TcpProxy &World::network(const Person &person)
{
    for (const auto &inhabitant : m_inhabitants)
        if (inhabitant.person.get() == &person)
            return *inhabitant.network;
    qFatal("nobody of this world");
}

QString World::compareFiles() const
{
    const auto findings = compare::compareAll({dataFolder(), {peopleFolder()}, {}, {}});
    if (!findings)
        return findings.error().text;
    return findings->faults.mid(0, faultsShown).join(u'\n');
}

QString World::closeAndCompare()
{
    // The files are read while they are written: each is seen as of one commit, but not of the
    // same.
    (void)waitUntil([this] { return compareFiles().isEmpty(); });
    for (const auto &inhabitant : m_inhabitants)
        inhabitant.person->closeProgram();
    stopServer();
    return compareFiles();
}

} // namespace parley
