// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/simulation/mutations/hunt.h"

#include "tests/simulation/run.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QEventLoop>
#include <QtCore/QTextStream>
#include <QtCore/QTimer>

namespace parley::simulation {
namespace {

/// A mistake may also make a world that never ends: so long after its beginning it is killed.
constexpr int worldMs = 60'000;
constexpr char at[] = "at ";
constexpr char caught[] = "caught ";

} // namespace

void Hunt::add(const Search &search)
{
    m_searches.push_back(search);
}

std::vector<Found> Hunt::run()
{
    m_found.resize(m_searches.size());
    QEventLoop loop;
    startNext();
    while (m_running > 0)
        loop.processEvents(QEventLoop::WaitForMoreEvents);
    return m_found;
}

void Hunt::startNext()
{
    while (m_running < m_jobs && m_next < m_searches.size()) {
        const size_t index = m_next++;
        const Search &search = m_searches[index];
        auto *process = new QProcess(this);
        auto *patience = new QTimer(process);
        patience->setSingleShot(true);
        connect(patience, &QTimer::timeout, process, &QProcess::kill);
        connect(process, &QProcess::readyReadStandardOutput, patience,
            [patience] { patience->start(worldMs); });
        connect(process, &QProcess::finished, this, [this, index, process] {
            finish(index, *process);
            process->deleteLater();
            startNext();
        });
        ++m_running;
        process->start(QCoreApplication::applicationFilePath(),
            {QStringLiteral("--search"), QString::fromLatin1(search.mistake->name),
                QStringLiteral("--start"), QString::number(search.first),
                QStringLiteral("--worlds"), QString::number(search.most)});
    }
}

void Hunt::finish(size_t index, QProcess &process)
{
    --m_running;
    const Search &search = m_searches[index];
    Found &found = m_found[index];
    for (const QByteArray &line : process.readAllStandardOutput().split('\n')) {
        if (line.startsWith(at))
            found.seed = line.mid(qsizetype(qstrlen(at))).toULongLong();
        if (line.startsWith(caught)) {
            found.isCaught = true;
            found.violation = QString::fromUtf8(line.mid(qsizetype(qstrlen(caught))));
        }
    }
    found.worlds = found.seed - search.first + 1;
    if (process.exitStatus() == QProcess::CrashExit) {
        found.isCaught = true;
        const QString last = QString::fromUtf8(process.readAllStandardError())
                                 .trimmed()
                                 .section(QLatin1Char('\n'), -1);
        const qsizetype promise = last.indexOf(QLatin1String("broken promise"));
        found.violation =
            promise < 0 ? QStringLiteral("the process crashes or never ends") : last.mid(promise);
    }
    if (told)
        told(search, found);
}

int search(const Search &search)
{
    WorldOptions options;
    if (search.mistake->ground == Ground::Partitioned)
        options.store = StoreKind::Hostile;
    QTextStream out(stdout);
    for (quint64 seed = search.first; seed < search.first + search.most; ++seed) {
        out << at << seed << Qt::endl;
        chooseMutation(search.mistake->mutation);
        const auto wrong = liveWorld(seed, options).violation;
        if (!wrong)
            continue;
        // A world in which something is wrong anyway shows nothing.
        chooseMutation(Mutation::None);
        if (liveWorld(seed, options).violation)
            continue;
        out << caught << *wrong << Qt::endl;
        return 0;
    }
    return 0;
}

} // namespace parley::simulation
