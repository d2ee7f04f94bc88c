// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/gateway/polldesk.h"

namespace parley {
namespace {

using PollId = Id<struct PollTag>;

/// 128 random bits, and where the session lives, so that any gateway finds it.
QString makeName(Random &random, quint32 gateway)
{
    return random.id<PollId>().text() + u'.' + QString::number(gateway);
}

quint32 gatewayOf(const QString &name)
{
    return name.mid(name.lastIndexOf(u'.') + 1).toUInt();
}

} // namespace

PollDesk::PollDesk(const SessionWorld &world, quint32 gateway, Ways &ways)
    : m_world(world)
    , m_gateway(gateway)
    , m_ways(ways)
{
}

PollDesk::~PollDesk() = default;

void PollDesk::receive(QTcpSocket *socket, std::unique_ptr<Visit> visit, qint64 deadlineMs)
{
    const quint64 number = ++m_lastVisitor;
    auto visitor = std::make_unique<HttpVisitor>(
        m_world, PollCaller{m_gateway, number}, socket, std::move(visit), deadlineMs);
    connect(visitor.get(), &HttpVisitor::called, this, &PollDesk::route);
    connect(visitor.get(), &HttpVisitor::ended, this,
        [this, number] { m_goneVisitors.push_back(number); });
    m_visitors.emplace(number, std::move(visitor));
}

void PollDesk::route(const PollCall &call)
{
    if (!call.body.head.session)
        return open(call);
    const quint32 gateway = gatewayOf(*call.body.head.session);
    if (gateway == m_gateway)
        take(call);
    else if (!m_ways.toGateway(gateway, call))
        refuse(call.from, 404);
}

void PollDesk::open(const PollCall &call)
{
    auto visit = Visit::admit(m_world.limiter, call.address);
    if (!visit)
        return refuse(call.from, 503);
    const QString name = makeName(m_world.random, m_gateway);
    PollConnection *session = m_ways.openPoll(std::move(visit), name);
    if (!session)
        return refuse(call.from, 503);
    m_sessions.emplace(name, session);
    connect(session, &PollConnection::replied, this, &PollDesk::send);
    connect(session, &PollConnection::ended, this, [this, name] { m_sessions.erase(name); });
    session->called(call, steadyMs());
}

void PollDesk::take(const PollCall &call)
{
    const auto found = m_sessions.find(call.body.head.session.value_or(QString()));
    if (found == m_sessions.end())
        return refuse(call.from, 404);
    found->second->called(call, steadyMs());
}

void PollDesk::send(const PollReply &reply)
{
    if (reply.to.gateway == m_gateway)
        take(reply);
    else
        m_ways.toGateway(reply.to.gateway, reply);
}

void PollDesk::take(const PollReply &reply)
{
    // Who has gone meanwhile asks again elsewhere: the session has kept what was said.
    const auto visitor = m_visitors.find(reply.to.visitor);
    if (visitor != m_visitors.end())
        visitor->second->reply(reply);
}

void PollDesk::tick(qint64 nowMs)
{
    for (const auto &[number, visitor] : m_visitors)
        visitor->tick(nowMs);
}

void PollDesk::sweep()
{
    for (const quint64 number : std::exchange(m_goneVisitors, {}))
        m_visitors.erase(number);
}

void PollDesk::clear()
{
    m_sessions.clear();
    m_visitors.clear();
}

void PollDesk::leave()
{
    for (const auto &[number, visitor] : m_visitors)
        visitor->leave();
}

} // namespace parley
