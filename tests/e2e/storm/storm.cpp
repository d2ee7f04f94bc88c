// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/e2e/storm/storm.h"

#include "server/admin/adminclient.h"
#include "tests/e2e/compare/comparison.h"
#include "tests/support/waiting.h"

#include <QtCore/QDateTime>
#include <QtCore/QDir>
#include <QtCore/QJsonObject>

#include <algorithm>

namespace parley {

using namespace Qt::StringLiterals;

namespace {

constexpr int comeMs = 900'000;
constexpr int syncedMs = 180'000; ///< given up after; what is asked for is judged by the caller
constexpr int lateMs = 20; ///< until a line that the server printed is seen at the latest

Error failed(const QString &text)
{
    return Error(ErrorCode::Internal, text);
}

qint64 nowMs()
{
    return QDateTime::currentMSecsSinceEpoch();
}

} // namespace

Storm::Storm(Settings settings)
    : m_settings(std::move(settings))
    , m_server(m_settings.folder + u"/server"_s)
{
}

Storm::~Storm()
{
    for (const auto &crowd : m_crowds) {
        crowd.process->kill();
        crowd.process->waitForFinished();
    }
}

Status Storm::run()
{
    for (const auto step : {&Storm::begin, &Storm::gather, &Storm::strike, &Storm::compare})
        if (auto done = (this->*step)(); !done)
            return done;
    return Done{};
}

QString Storm::ticketFile(int process) const
{
    return u"%1/tickets%2"_s.arg(m_settings.folder).arg(process);
}

Status Storm::begin()
{
    if (!m_server.start())
        return failed(u"the server does not start: "_s + m_server.log());
    const auto began = nowMs();
    if (auto written = writeTickets(); !written)
        return written;
    startCrowds();
    if (!waitUntil([this] { return isEveryoneOnline(); }, comeMs))
        return failed(u"only %1 are online"_s.arg(state().online));
    m_figures.comeMs = nowMs() - began;
    return Done{};
}

Status Storm::writeTickets()
{
    const auto admin = AdminClient::connect(m_server.dataFolder());
    if (!admin)
        return admin.error();
    std::vector<QByteArray> lines(static_cast<size_t>(m_settings.processes));
    for (int number = 0; number < m_settings.clients; ++number) {
        const auto name = u"guest%1"_s.arg(number);
        const auto added = (*admin)->ask({{u"command"_s, u"user.add"_s}, {u"name"_s, name}});
        if (!added)
            return added.error();
        const auto token = (*admin)->ask({{u"command"_s, u"token.create"_s}, {u"name"_s, name}});
        if (!token)
            return token.error();
        const int process = number * m_settings.processes / m_settings.clients;
        lines[static_cast<size_t>(process)] += name.toUtf8() + ' '
            + (*token)[u"id"_s].toString().toLatin1() + ' '
            + (*token)[u"token"_s].toString().toLatin1() + '\n';
    }
    for (int process = 0; process < m_settings.processes; ++process) {
        QFile file(ticketFile(process));
        if (!file.open(QIODevice::WriteOnly))
            return failed(u"%1 cannot be written"_s.arg(file.fileName()));
        file.write(lines[static_cast<size_t>(process)]);
    }
    return Done{};
}

void Storm::startCrowds()
{
    const auto url = u"ws://127.0.0.1:%1/"_s.arg(m_server.port());
    for (int number = 0; number < m_settings.processes; ++number) {
        auto process = std::make_unique<QProcess>();
        process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process->start(m_settings.crowdProgram,
            {u"--data"_s, m_settings.folder + u"/people"_s, u"--server"_s, url, u"--tickets"_s,
                ticketFile(number)});
        m_crowds.push_back({std::move(process), {}});
    }
}

Crowd::State Storm::state()
{
    Crowd::State sum;
    for (auto &crowd : m_crowds) {
        while (crowd.process->canReadLine()) {
            const auto words = crowd.process->readLine().simplified().split(' ');
            if (words.size() == 6 && words[0] == "state")
                crowd.state = {words[1].toInt(), words[2].toInt(), words[3].toInt(),
                    words[4].toInt(), words[5].toInt()};
        }
        sum.clients += crowd.state.clients;
        sum.online += crowd.state.online;
        sum.inChats += crowd.state.inChats;
        sum.tries += crowd.state.tries;
        sum.mostTries = std::max(sum.mostTries, crowd.state.mostTries);
    }
    return sum;
}

void Storm::tellAll(const QByteArray &command)
{
    for (const auto &crowd : m_crowds)
        crowd.process->write(command + '\n');
}

Status Storm::gather()
{
    tellAll("gather");
    if (!waitUntil([this] { return state().inChats == m_settings.clients; }, comeMs))
        return failed(u"only %1 are in a chat"_s.arg(state().inChats));
    tellAll("say");
    tellAll("note");
    QTest::qWait(1'000);
    m_figures.quietBytes = m_server.residentBytes();
    return Done{};
}

Status Storm::strike()
{
    m_server.kill();
    if (!waitUntil([this] { return state().online == 0; }))
        return failed(u"%1 have not noticed"_s.arg(state().online));
    tellAll("say");
    QTest::qWait(m_settings.downMs);
    const auto startedMs = nowMs();
    if (!m_server.start())
        return failed(u"the server does not start again: "_s + m_server.log());
    m_listeningMs = nowMs();
    m_figures.startMs = m_listeningMs - startedMs;
    tellAll("count " + QByteArray::number(m_listeningMs - lateMs));
    const bool isOnline = waitUntil([this] { return isEveryoneOnline(); }, syncedMs);
    m_figures.onlineMs = nowMs() - m_listeningMs;
    m_figures.mostTries = state().mostTries;
    m_figures.tries = state().tries;
    m_figures.mostBytes = m_server.mostResidentBytes();
    return isOnline ? Status(Done{}) : failed(u"only %1 came back"_s.arg(state().online));
}

// Every file of every client, row by row; then the memory, with everything done.
Status Storm::compare()
{
    const compare::Files files{
        m_server.dataFolder(), {m_settings.folder + u"/people"_s}, {}, compare::Rest::AtRest};
    QString faults;
    const bool isEqual = waitUntil(
        [&] {
            const auto findings = compare::compareAll(files);
            faults = findings ? findings->faults.mid(0, 20).join(u'\n') : findings.error().text;
            m_figures.summary = findings ? findings->summary() : QString();
            return faults.isEmpty();
        },
        syncedMs);
    m_figures.equalMs = nowMs() - m_listeningMs;
    m_figures.mostTries = state().mostTries;
    m_figures.tries = state().tries;
    m_figures.mostBytes = m_server.mostResidentBytes();
    m_figures.afterBytes = m_server.residentBytes();
    tellAll("end");
    for (const auto &crowd : m_crowds)
        crowd.process->waitForFinished(comeMs);
    return isEqual ? Status(Done{}) : failed(u"not equal:\n"_s + faults);
}

} // namespace parley
