// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/support/serverprocess.h"

#include "tests/support/waiting.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QRegularExpression>

#include <csignal>

namespace parley {

using namespace Qt::StringLiterals;

namespace {

const QString program = QStringLiteral(PARLEYD);

} // namespace

ServerProcess::ServerProcess(const QString &folder)
    : m_folder(folder)
{
    QDir().mkpath(m_folder);
    writeConfig();
    QProcess initialise;
    initialise.start(program, {u"--config"_s, configFile(), u"--initialise"_s});
    initialise.waitForFinished();
    m_log += initialise.readAllStandardError();
}

ServerProcess::~ServerProcess()
{
    kill();
}

void ServerProcess::writeConfig() const
{
    QFile file(configFile());
    if (!file.open(QIODevice::WriteOnly))
        qFatal("%s cannot be written", qPrintable(configFile()));
    file.write(u"[server]\ndata_folder = \"%1\"\n\n"
               "[listen]\naddress = \"127.0.0.1\"\nport = %2\n\n"
               "[limits]\nmessages_burst = 100000\nmessages_per_second = 100000\n"
               "chats_per_hour = 1000\nadded_members_per_hour = 100000\n"
               "pending_per_address = 100000\npending = 100000\naddress_burst = "
               "10000000\naddress_per_second = 1000000\n\n"
               "[times]\ngo_away_ms = 1000\n\n"
               "[accounts]\npassword_memory_mib = 1\nasking = \"nowhere\"\n"_s.arg(dataFolder())
                   .arg(m_port)
                   .toUtf8());
}

bool ServerProcess::start()
{
    static const QRegularExpression listening(u"listening on ws://127\\.0\\.0\\.1:(\\d+)"_s);
    writeConfig();
    m_log.clear();
    m_process = std::make_unique<QProcess>();
    // To a file: a pipe that nobody reads for a while would stop the server.
    m_process->setProcessChannelMode(QProcess::MergedChannels);
    m_process->setStandardOutputFile(logFile());
    m_process->start(program, {u"--config"_s, configFile()});
    QRegularExpressionMatch found;
    const bool isListening = waitUntil([&] {
        readOutput();
        found = listening.match(log());
        return found.hasMatch() || m_process->state() == QProcess::NotRunning;
    }) && found.hasMatch();
    if (isListening)
        m_port = found.captured(1).toUShort();
    return isListening;
}

void ServerProcess::readOutput()
{
    QFile file(logFile());
    if (file.open(QIODevice::ReadOnly))
        m_log = file.readAll();
}

void ServerProcess::kill()
{
    if (!m_process)
        return;
    m_process->kill();
    m_process->waitForFinished();
    m_process.reset();
}

void ServerProcess::pause()
{
    ::kill(static_cast<pid_t>(m_process->processId()), SIGSTOP);
}

void ServerProcess::resume()
{
    ::kill(static_cast<pid_t>(m_process->processId()), SIGCONT);
}

qint64 ServerProcess::memoryBytes(const char *field) const
{
    QFile file(u"/proc/%1/status"_s.arg(m_process ? m_process->processId() : 0));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const auto status = file.readAll();
    const auto place = status.indexOf(field);
    if (place < 0)
        return 0;
    const auto line = status.mid(place, status.indexOf('\n', place) - place);
    return line.simplified().split(' ').at(1).toLongLong() * 1024;
}

std::optional<int> ServerProcess::terminate()
{
    m_process->terminate();
    const bool hasEnded = waitUntil([&] { return m_process->state() == QProcess::NotRunning; });
    readOutput();
    if (!hasEnded || m_process->exitStatus() != QProcess::NormalExit)
        return std::nullopt;
    return m_process->exitCode();
}

} // namespace parley
