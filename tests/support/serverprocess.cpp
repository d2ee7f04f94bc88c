// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/support/serverprocess.h"

#include "tests/support/waiting.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QRegularExpression>

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
               "pending_per_address = 1000\n\n"
               "[times]\ngo_away_ms = 1000\n\n"
               "[accounts]\npassword_memory_mib = 1\n"_s.arg(dataFolder())
                   .arg(m_port)
                   .toUtf8());
}

bool ServerProcess::start()
{
    static const QRegularExpression listening(u"listening on ws://127\\.0\\.0\\.1:(\\d+)"_s);
    writeConfig();
    m_log.clear();
    m_process = std::make_unique<QProcess>();
    m_process->setProcessChannelMode(QProcess::MergedChannels);
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
    m_log += m_process->readAll();
}

void ServerProcess::kill()
{
    if (!m_process)
        return;
    m_process->kill();
    m_process->waitForFinished();
    m_process.reset();
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
