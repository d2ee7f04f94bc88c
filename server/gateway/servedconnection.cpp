// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/gateway/servedconnection.h"

#include <QtCore/QDateTime>

#include <chrono>

namespace parley {

qint64 steadyMs()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

ServedConnection::ServedConnection(const SessionWorld &world, GatewayWays &ways,
    const SessionRef &ref, std::unique_ptr<Visit> visit)
    : m_world(world)
    , m_ways(ways)
    , m_visit(std::move(visit))
    , m_session(world, *this, ref, m_visit->address(), steadyMs())
{
}

qint64 ServedConnection::wallMs() const
{
    return QDateTime::currentMSecsSinceEpoch();
}

} // namespace parley
