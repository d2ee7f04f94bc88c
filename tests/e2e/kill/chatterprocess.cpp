// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/e2e/kill/chatterprocess.h"

#include <QtCore/QFile>

#include <csignal>

namespace parley {

using namespace Qt::StringLiterals;

ChatterProcess::ChatterProcess(Place place)
    : m_place(std::move(place))
{
}

ChatterProcess::~ChatterProcess()
{
    kill();
}

void ChatterProcess::start()
{
    m_isOnline = false;
    m_process = std::make_unique<QProcess>();
    m_process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    QObject::connect(
        m_process.get(), &QProcess::readyReadStandardOutput, m_process.get(), [this] { hear(); });
    m_process->start(m_place.program,
        {u"--data"_s, m_place.folder, u"--profile"_s, m_place.profile, u"--server"_s,
            m_place.server, u"--token-file"_s, m_place.tokenFile, u"--delivery-journal"_s,
            m_place.journal, u"--seed"_s, QString::number(m_place.seed)});
    m_process->waitForStarted();
}

void ChatterProcess::hear()
{
    while (m_process->canReadLine()) {
        const auto words = m_process->readLine().trimmed().split(' ');
        if (words[0] == "chats" && words.size() == 2)
            m_chats = words[1].toInt();
        else if (words[0] == "online" || words[0] == "offline")
            m_isOnline = words[0] == "online";
    }
}

void ChatterProcess::kill()
{
    if (!m_process)
        return;
    m_process->kill();
    m_process->waitForFinished();
    m_process.reset();
    m_isOnline = false;
}

void ChatterProcess::pause()
{
    ::kill(static_cast<pid_t>(m_process->processId()), SIGSTOP);
}

void ChatterProcess::resume()
{
    ::kill(static_cast<pid_t>(m_process->processId()), SIGCONT);
}

bool ChatterProcess::end()
{
    say("end");
    const bool hasEnded = m_process->waitForFinished();
    return hasEnded && m_process->exitStatus() == QProcess::NormalExit
        && m_process->exitCode() == 0;
}

void ChatterProcess::say(const QByteArray &command)
{
    if (isRunning())
        m_process->write(command + '\n');
}

void ChatterProcess::found(const std::vector<UserId> &others)
{
    QByteArray command("found");
    for (const auto &user : others)
        command += ' ' + user.text().toLatin1();
    say(command);
}

qint64 ChatterProcess::journalLines() const
{
    QFile file(m_place.journal);
    return file.open(QIODevice::ReadOnly) ? file.readAll().count('\n') : 0;
}

} // namespace parley
