// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/bench/platform/processfigures.h"

#include "tests/support/openfiles.h"

#include <QtCore/QFile>

#include <csignal>
#include <ctime>

#include <sched.h>
#include <sys/prctl.h>

namespace parley::bench {

namespace {

QByteArray read(qint64 pid, const char *name)
{
    QFile file(QStringLiteral("/proc/%1/%2").arg(pid).arg(QLatin1String(name)));
    return pid > 0 && file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

ProcessFigures figuresOf(qint64 pid)
{
    ProcessFigures figures;
    // To the nanosecond; /proc/PID/stat has hundredths of a second, which is much of a short run.
    clockid_t clock{};
    timespec time{};
    if (pid > 0 && clock_getcpuclockid(static_cast<pid_t>(pid), &clock) == 0
        && clock_gettime(clock, &time) == 0)
        figures.cpuSeconds = double(time.tv_sec) + double(time.tv_nsec) / 1e9;
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
