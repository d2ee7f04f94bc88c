// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/result.h"
#include "tests/bench/settings.h"
#include "tests/bench/speaker.h"

#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>

#include <vector>

namespace parley::bench {

/// A parleyd of its own for one run: a fresh store, the configuration of the load runs, any free
/// port. What is measured is a process that has served nobody yet: the one that made the users is
/// ended before. Ended with it; its folder too, unless one was named.
class OwnServer {
public:
    explicit OwnServer(const Settings &settings);
    ~OwnServer();
    OwnServer(const OwnServer &) = delete;
    OwnServer &operator=(const OwnServer &) = delete;

    /// Makes the store, with so many users who have a token each, and starts the server anew on it;
    /// until it listens.
    Result<std::vector<Ticket>> start(size_t users);
    /// What it had to say last.
    QString lastWords() const;
    quint16 port() const { return m_port; }
    qint64 pid() const { return m_process.processId(); }

private:
    QString inFolder(const char *name) const;
    QStringList arguments() const;
    Status runTool(const QString &program, const QStringList &arguments);
    Status makeStore();
    Status makeCertificate();
    Status launch();
    Status waitUntilItListens();
    Status end();
    Result<std::vector<Ticket>> mint(size_t count);

    const Settings &m_settings;
    QTemporaryDir m_temporary;
    QString m_folder;
    QProcess m_process;
    quint16 m_port = 0;
};

/// Reads a file of users.
Result<std::vector<Ticket>> readTickets(const QString &path, size_t count);
/// For servers where anybody may come, or that make the users who sign in first.
std::vector<Ticket> inventTickets(size_t count);

} // namespace parley::bench
