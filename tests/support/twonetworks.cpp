// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/support/twonetworks.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QProcess>

#ifdef Q_OS_LINUX
#include <fcntl.h>
#include <sched.h>
#include <unistd.h>
#endif

namespace parley {

using namespace Qt::StringLiterals;

TwoNetworks::TwoNetworks()
{
#ifdef Q_OS_LINUX
    if (geteuid() != 0) {
        m_problem = u"only root may make network namespaces"_s;
        return;
    }
    const auto server = nameOf(Side::Server);
    const auto client = nameOf(Side::Client);
    const QStringList steps{u"netns add "_s + server, u"netns add "_s + client,
        u"-n %1 link add %2 type veth peer name %3 netns %4"_s.arg(
            server, endOf(Side::Server), endOf(Side::Client), client),
        u"-n %1 addr add %2/24 dev %3"_s.arg(server, serverAddress(), endOf(Side::Server)),
        u"-n %1 addr add %2/24 dev %3"_s.arg(client, clientAddress(), endOf(Side::Client)),
        u"-n %1 link set lo up"_s.arg(server), u"-n %1 link set lo up"_s.arg(client),
        u"-n %1 link set %2 up"_s.arg(server, endOf(Side::Server)),
        u"-n %1 link set %2 up"_s.arg(client, endOf(Side::Client))};
    for (const auto &step : steps)
        if (!ip(step)) {
            m_problem = u"ip %1: refused here"_s.arg(step);
            return;
        }
#else
    m_problem = u"network namespaces are Linux's"_s;
#endif
}

TwoNetworks::~TwoNetworks()
{
    if (m_problem.isEmpty() || m_problem.startsWith(u"ip "_s)) {
        ip(u"netns del "_s + nameOf(Side::Server));
        ip(u"netns del "_s + nameOf(Side::Client));
    }
}

QString TwoNetworks::nameOf(Side side)
{
    return u"parley-%1-%2"_s.arg(side == Side::Server ? u"server"_s : u"client"_s)
        .arg(QCoreApplication::applicationPid());
}

QString TwoNetworks::endOf(Side side)
{
    return side == Side::Server ? u"parley-s"_s : u"parley-c"_s;
}

bool TwoNetworks::ip(const QString &arguments)
{
    QProcess process;
    process.start(u"ip"_s, arguments.split(u' '));
    return process.waitForFinished() && process.exitStatus() == QProcess::NormalExit
        && process.exitCode() == 0;
}

bool TwoNetworks::enter(Side side) const
{
#ifdef Q_OS_LINUX
    const auto path = u"/run/netns/"_s + nameOf(side);
    const int place = open(path.toUtf8().constData(), O_RDONLY | O_CLOEXEC);
    if (place < 0)
        return false;
    const bool isThere = setns(place, CLONE_NEWNET) == 0;
    close(place);
    return isThere;
#else
    Q_UNUSED(side)
    return false;
#endif
}

void TwoNetworks::setCable(Cable cable)
{
    ip(u"-n %1 link set %2 %3"_s.arg(
        nameOf(Side::Client), endOf(Side::Client), cable == Cable::Plugged ? u"up"_s : u"down"_s));
}

} // namespace parley
