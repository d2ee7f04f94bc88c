// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/admin/adminclient.h"
#include "server/server.h"
#include "tests/support/person.h"
#include "tests/support/tcpproxy.h"

#include <QtCore/QTemporaryDir>

namespace parley {

/// A real server in this process with a fresh data folder, and real clients that talk with it, each
/// through a network of its own. Made by a test, on the test's thread.
class World {
public:
    /// What differs from a server that has next to no limits.
    using Tuning = std::function<void(Config &)>;
    explicit World(const Tuning &tune = {}, Server::Crossing crossing = Server::Crossing::AsValues);
    ~World();

    Config &config() { return m_config; }
    QString dataFolder() const { return m_config.server.dataFolder; }
    QString peopleFolder() const { return m_folder.filePath(QStringLiteral("people")); }
    /// A path in the folder that ends with this world.
    QString path(const QString &name) const { return m_folder.filePath(name); }

    bool isServing() const { return m_server != nullptr; }
    Server &server() { return *m_server; }
    void stopServer();
    /// On the same data; the people's networks lead to it.
    void startServer();

    /// Asks the admin's socket; a refusal fails the test's program.
    QJsonObject ask(const QJsonObject &question);
    UserId addUser(const QString &name);
    QByteArray mintToken(const QString &name);

    /// An account, a device, a program that is online.
    Person &join(const QString &name);
    /// One more device of somebody.
    Person &joinDevice(const QString &name, const QString &profile);
    /// A program that is open, without an account.
    enum class Backfill { On, Off };
    Person &visit(const QString &profile, Backfill backfill = Backfill::On);
    /// What is between this person and the server.
    TcpProxy &network(const Person &person);

    /// Waits until every file agrees with the server's while all of them run, then ends all
    /// programs and the server, and compares again. Empty: all is equal.
    QString closeAndCompare();

private:
    struct Inhabitant {
        std::unique_ptr<TcpProxy> network;
        std::unique_ptr<Person> person;
    };

    QTemporaryDir m_folder;
    Config m_config;
    const Server::Crossing m_crossing;
    ClientThread m_thread;
    std::unique_ptr<Server> m_server;
    std::vector<Inhabitant> m_inhabitants;

    QString compareFiles() const;
};

/// Where tests keep their files: in memory where the system offers it, since a test's files need
/// not survive a power cut.
QString testFolder(const QString &name);
/// A configuration on loopback with a free port and next to no limits.
Config openHouse(const QString &dataFolder);
/// No keychain of the person who runs the tests is ever touched.
ClientOptions programOf(const QString &folder, const QString &profile);

} // namespace parley
