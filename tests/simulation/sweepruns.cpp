// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/simulation/sweepruns.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QRegularExpression>
#include <QtCore/QTextStream>

using namespace Qt::StringLiterals;

namespace parley::simulation {

SweepRuns::SweepRuns(const Sweep::Plan &plan, int jobs)
    : m_plan(plan)
    , m_jobs(jobs)
{
    for (const SweptScenario &scenario : sweptScenarios())
        m_waiting << scenario.name;
}

QString SweepRuns::line(const QString &name, const Swept &swept)
{
    QString text = u"%1 %2 changes, %3 calls, %4 faults:"_s.arg(name, -24)
                       .arg(swept.changes, 4)
                       .arg(swept.calls, 5)
                       .arg(swept.livesInAll(), 5);
    for (const SweptFault fault : sweptFaults)
        text +=
            u" %1 %2,"_s.arg(QLatin1String(sweptFaultName(fault))).arg(swept.lives[size_t(fault)]);
    text.chop(1);
    return text + (swept.violation ? u"; violated: "_s + *swept.violation : u"; held"_s);
}

bool SweepRuns::run()
{
    for (int i = 0; i < m_jobs; ++i)
        startNext();
    if (m_running > 0)
        m_loop.exec();
    QTextStream(stdout) << m_scenarios << " scenarios, " << m_operations << " storage operations, "
                        << m_lives << " faults, " << m_failed << " failed\n";
    return m_failed == 0;
}

void SweepRuns::startNext()
{
    if (m_waiting.isEmpty())
        return;
    const QString name = m_waiting.takeFirst();
    auto *process = new QProcess(this);
    process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    connect(process, &QProcess::finished, this, [this, process, name] { ended(process, name); });
    connect(process, &QProcess::errorOccurred, this, [this, process, name](auto error) {
        if (error == QProcess::FailedToStart)
            ended(process, name);
    });
    ++m_running;
    QStringList arguments{u"--scenario"_s, name, u"--seed"_s, QString::number(m_plan.seed),
        u"--most"_s, QString::number(m_plan.most)};
    if (m_plan.isDiskLying)
        arguments << u"--lying-disk"_s;
    process->start(QCoreApplication::applicationFilePath(), arguments);
}

void SweepRuns::ended(QProcess *process, const QString &name)
{
    static const QRegularExpression figures(u"(\\d+) changes, *(\\d+) calls, *(\\d+) faults"_s);
    const QString said = QString::fromUtf8(process->readAllStandardOutput()).trimmed();
    const bool held = process->exitStatus() == QProcess::NormalExit && process->exitCode() == 0
        && process->error() != QProcess::FailedToStart;
    QTextStream(stdout) << (said.isEmpty() ? name + u" ended by itself"_s : said) << Qt::endl;
    const auto found = figures.match(said);
    m_operations += found.captured(2).toLongLong();
    m_lives += found.captured(3).toLongLong();
    ++m_scenarios;
    m_failed += held ? 0 : 1;
    process->deleteLater();
    startNext();
    if (--m_running == 0)
        m_loop.quit();
}

LedgerLine SweepRuns::ledgerLine() const
{
    LedgerLine line;
    line.command = u"parley-sweep"_s;
    line.seeds = QString::number(m_plan.seed);
    line.size = u"%1 scenarios"_s.arg(m_scenarios);
    line.failures = m_failed;
    line.figures = u"%1 storage operations, %2 faults"_s.arg(m_operations).arg(m_lives);
    return line;
}

} // namespace parley::simulation
