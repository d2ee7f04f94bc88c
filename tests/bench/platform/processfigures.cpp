// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/bench/platform/processfigures.h"

#include "tests/support/openfiles.h"

#include <QtCore/QFile>

#include <csignal>

#include <sched.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace parley::bench {

namespace {

// Counted from the field behind the program's name, as proc(5) has them.
constexpr qsizetype userTicks = 11;
constexpr qsizetype systemTicks = 12;

QByteArray read(qint64 pid, const char *name)
{
    QFile file(QStringLiteral("/proc/%1/%2").arg(pid).arg(QLatin1String(name)));
    return pid > 0 && file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

ProcessFigures figuresOf(qint64 pid)
{
    ProcessFigures figures;
    const QByteArray stat = read(pid, "stat");
    const auto fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
    if (fields.size() > systemTicks)
        figures.cpuSeconds = (fields[userTicks].toDouble() + fields[systemTicks].toDouble())
            / static_cast<double>(sysconf(_SC_CLK_TCK));
    const auto lines = read(pid, "status").split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith("VmRSS:"))
            figures.residentKib = line.simplified().split(' ').at(1).toLongLong();
    }
    return figures;
}

void pinTo(int core)
{
    cpu_set_t cores;
    CPU_ZERO(&cores);
    CPU_SET(static_cast<size_t>(core), &cores);
    sched_setaffinity(0, sizeof cores, &cores);
}

void endWithParent()
{
    prctl(PR_SET_PDEATHSIG, SIGTERM);
}

void allowManyFiles()
{
    allowManyOpenFiles();
}

} // namespace parley::bench
