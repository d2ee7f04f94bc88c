// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QProcess>

#include <memory>

namespace parley {

/// The real parleyd, as an admin starts it: its own process, a configuration file, a data folder.
/// Keeps its port from one start to the next. Killed by its end.
class ServerProcess {
public:
    /// Makes configuration and store in `folder`.
    explicit ServerProcess(const QString &folder);
    ~ServerProcess();
    ServerProcess(const ServerProcess &) = delete;
    ServerProcess &operator=(const ServerProcess &) = delete;

    QString dataFolder() const { return m_folder + QStringLiteral("/data"); }
    quint16 port() const { return m_port; }

    /// Returns when it listens; false, with what it printed in log(), when it does not.
    bool start();
    /// SIGKILL: nothing of it runs any more when this returns.
    void kill();
    /// SIGSTOP: it is there, and does nothing. Until resume(), or kill().
    void pause();
    void resume();
    /// What it holds in memory, now and at most; 0 where the system does not tell.
    qint64 residentBytes() const { return memoryBytes("VmRSS:"); }
    qint64 mostResidentBytes() const { return memoryBytes("VmHWM:"); }
    /// SIGTERM; its exit code, nothing when it does not end or crashes.
    std::optional<int> terminate();
    QString log() const { return QString::fromUtf8(m_log); }

private:
    const QString m_folder;
    quint16 m_port = 0;
    std::unique_ptr<QProcess> m_process;
    QByteArray m_log;

    QString logFile() const { return m_folder + QStringLiteral("/log"); }
    QString configFile() const { return m_folder + QStringLiteral("/parleyd.toml"); }
    void writeConfig() const;
    qint64 memoryBytes(const char *field) const;
    void readOutput();
};

} // namespace parley
