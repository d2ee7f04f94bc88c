// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/simulation/campaign.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDateTime>
#include <QtCore/QEventLoop>
#include <QtCore/QTextStream>

using namespace Qt::StringLiterals;

namespace parley::simulation {
namespace {

/// From so many worlds on, what was never used fails the campaign.
constexpr quint64 enoughWorlds = 1'000;
constexpr qsizetype shrunkFailures = 3;
constexpr qsizetype shownLines = 40;
/// A world lives for a second or so, also beside other work: one that takes this long does not end.
constexpr int worldMs = 600'000;

qint64 median(std::vector<qint64> values)
{
    if (values.empty())
        return 0;
    const auto middle = values.begin() + qsizetype(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

QTextStream &out()
{
    static QTextStream stream(stdout);
    return stream;
}

} // namespace

QStringList Campaign::arguments(const WorldOptions &options)
{
    QStringList all{u"--store"_s, storeName(options.store)};
    if (!options.without.isEmpty())
        all << u"--without"_s << options.without.join(u',');
    if (options.steps > 0)
        all << u"--steps"_s << QString::number(options.steps);
    return all;
}

int Campaign::work(quint64 first, quint64 last, quint64 stride, const WorldOptions &options)
{
    for (quint64 seed = first; seed <= last; seed += stride) {
        out() << "begin " << seed << Qt::endl;
        const Lived lived = liveWorld(seed, options);
        for (const auto &[what, count] : lived.counts)
            out() << "count " << count << ' ' << what << '\n';
        if (lived.violation)
            out() << "failed " << lived.steps << ' ' << *lived.violation << '\n';
        out() << "end " << lived.operations << ' ' << lived.people << ' ' << lived.devices << ' '
              << lived.faultKinds << Qt::endl;
    }
    return 0;
}

void Campaign::start(Child &child)
{
    child.living.reset();
    if (child.next > m_plan.last) {
        child.isOver = true;
        return;
    }
    child.process = std::make_unique<QProcess>();
    child.process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    connect(child.process.get(), &QProcess::readyReadStandardOutput, this,
        [this, &child] { hear(child); });
    child.process->start(QCoreApplication::applicationFilePath(),
        QStringList{u"--worker"_s, QString::number(m_plan.jobs), u"--seeds"_s,
            u"%1..%2"_s.arg(child.next).arg(m_plan.last)}
            + arguments(m_plan.options));
}

void Campaign::hear(Child &child)
{
    while (child.process->canReadLine())
        take(child, child.process->readLine().trimmed());
}

void Campaign::take(Child &child, const QByteArray &line)
{
    const qsizetype space = line.indexOf(' ');
    const QByteArray what = line.first(std::max<qsizetype>(space, 0));
    const QByteArray rest = line.mid(space + 1);
    if (what == "begin") {
        child.living = rest.toULongLong();
        child.next = *child.living + quint64(m_plan.jobs);
    } else if (what == "count") {
        const qsizetype end = rest.indexOf(' ');
        m_counts[QString::fromUtf8(rest.mid(end + 1))] += rest.first(end).toLongLong();
    } else if (what == "failed") {
        const qsizetype end = rest.indexOf(' ');
        m_failures.push_back(
            {*child.living, QString::fromUtf8(rest.mid(end + 1)), rest.first(end).toInt()});
        out() << "seed " << *child.living << ": " << m_failures.back().what << Qt::endl;
    } else if (what == "end") {
        const QList<QByteArray> numbers = rest.split(' ');
        m_operations.push_back(numbers.value(0).toLongLong());
        m_sumOfOperations += m_operations.back();
        m_people.push_back(numbers.value(1).toLongLong());
        m_devices.push_back(numbers.value(2).toLongLong());
        m_faultKinds.push_back(numbers.value(3).toLongLong());
        child.living.reset();
        ++m_worlds;
    }
}

void Campaign::ended(Child &child)
{
    hear(child);
    if (child.living) {
        m_failures.push_back({*child.living, u"the process crashed or did not end"_s, 0});
        out() << "seed " << *child.living << ": the process crashed or did not end" << Qt::endl;
        ++m_worlds;
    }
    start(child);
}

bool Campaign::run()
{
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < m_plan.jobs; ++i) {
        auto child = std::make_unique<Child>();
        child->next = m_plan.first + quint64(i);
        start(*child);
        m_children.push_back(std::move(child));
    }
    std::vector<std::pair<std::optional<quint64>, qint64>> since(m_children.size());
    for (bool isBusy = true; isBusy;) {
        isBusy = false;
        for (size_t i = 0; i < m_children.size(); ++i) {
            Child &child = *m_children[i];
            if (child.isOver)
                continue;
            isBusy = true;
            child.process->waitForReadyRead(50 / m_plan.jobs);
            hear(child);
            if (since[i].first != child.living)
                since[i] = {child.living, timer.elapsed()};
            else if (child.living && timer.elapsed() - since[i].second > worldMs)
                child.process->kill();
            if (child.process->state() == QProcess::NotRunning)
                ended(child);
        }
    }
    m_elapsedMs = std::max<qint64>(1, timer.elapsed());
    report();
    const QStringList never = unused(m_counts, m_plan.options.store);
    const bool isEnough = m_worlds < enoughWorlds || never.isEmpty();
    for (const QString &each : never)
        out() << (isEnough ? "not used: " : "NEVER USED: ") << each << "\n";
    out().flush();
    for (size_t i = 0; i < m_failures.size() && i < size_t(shrunkFailures); ++i)
        shrink(m_failures[i]);
    return m_failures.empty() && isEnough;
}

double Campaign::worldsPerSecond() const
{
    return double(m_worlds) * 1000 / double(m_elapsedMs);
}

void Campaign::report() const
{
    for (const auto &[what, count] : m_counts)
        out() << what << ": " << count << "\n";
    out() << "median of a world: " << median(m_operations) << " operations, " << median(m_people)
          << " people, " << median(m_devices) << " devices, " << median(m_faultKinds)
          << " kinds of fault\n"
          << m_worlds << " worlds on " << storeName(m_plan.options.store) << ", "
          << m_failures.size() << " failed, " << m_sumOfOperations << " operations, "
          << QString::number(worldsPerSecond(), 'f', 1) << " worlds/s" << Qt::endl;
}

bool Campaign::fails(quint64 seed, const WorldOptions &options, QString *trace) const
{
    QProcess replay;
    replay.setProcessChannelMode(QProcess::MergedChannels);
    replay.start(QCoreApplication::applicationFilePath(),
        QStringList{u"--seed"_s, QString::number(seed)} + arguments(options));
    const bool hasEnded = replay.waitForFinished(worldMs);
    if (!hasEnded) {
        replay.kill();
        replay.waitForFinished();
    }
    if (trace)
        *trace = QString::fromUtf8(replay.readAll());
    return !hasEnded || replay.exitStatus() == QProcess::CrashExit || replay.exitCode() != 0;
}

void Campaign::shrink(const Failure &failure) const
{
    WorldOptions smallest = m_plan.options;
    if (!fails(failure.seed, smallest)) {
        out() << "seed " << failure.seed << " does not fail again" << Qt::endl;
        return;
    }
    for (const QString &fault : Mix::faultNames()) {
        WorldOptions smaller = smallest;
        smaller.without << fault;
        if (fails(failure.seed, smaller))
            smallest = smaller;
    }
    // How long it must live: as short as halving finds it.
    const int all = liveWorld(failure.seed, smallest).steps;
    int enough = all + 1; // a violation ends its world within a step
    for (int part = all / 2; part > 0; part /= 2) {
        WorldOptions shorter = smallest;
        shorter.steps = enough - part;
        if (shorter.steps > 0 && fails(failure.seed, shorter))
            enough = shorter.steps;
    }
    smallest.steps = enough;
    QString trace;
    (void)fails(failure.seed, smallest, &trace);
    const QStringList lines = trace.trimmed().split(u'\n');
    out() << "\nThe smallest trace of seed " << failure.seed << " ends:\n";
    for (const QString &line : lines.mid(std::max<qsizetype>(0, lines.size() - shownLines)))
        out() << "    " << line << "\n";
    QStringList command{u"parley-sim --seed %1"_s.arg(failure.seed)};
    for (const QString &argument : arguments(smallest))
        command << (argument.contains(u' ') ? u"\"%1\""_s.arg(argument) : argument);
    out() << "Replay it by: " << command.join(u' ') << Qt::endl;
}

LedgerLine Campaign::ledgerLine() const
{
    LedgerLine line;
    line.command = u"parley-sim --store "_s + storeName(m_plan.options.store);
    line.seeds = u"%1..%2"_s.arg(m_plan.first).arg(m_plan.last);
    line.size = u"%1 worlds"_s.arg(m_worlds);
    line.failures = int(m_failures.size());
    line.figures = u"%1 operations; median world %2 operations, %3 people, %4 devices, %5 kinds of "
                   "fault; %6 worlds/s"_s.arg(m_sumOfOperations)
                       .arg(median(m_operations))
                       .arg(median(m_people))
                       .arg(median(m_devices))
                       .arg(median(m_faultKinds))
                       .arg(worldsPerSecond(), 0, 'f', 1);
    return line;
}

} // namespace parley::simulation
