// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/gateway/router.h"

namespace parley {
namespace {

/// The sessions of each gateway, by its index.
std::vector<std::vector<SessionRef>> byGateway(
    const std::vector<SessionRef> &sessions, size_t gateways)
{
    std::vector<std::vector<SessionRef>> grouped(gateways);
    for (const SessionRef &session : sessions) {
        if (session.gateway >= 1 && session.gateway <= gateways)
            grouped[session.gateway - 1].push_back(session);
    }
    return grouped;
}

} // namespace

void Router::deliver(std::vector<ServiceOutput> outputs)
{
    Batches batches(m_mailboxes.size());
    for (ServiceOutput &output : outputs)
        std::visit([&](auto &value) { route(std::move(value), batches); }, output);
    for (size_t i = 0; i < batches.size(); ++i)
        m_mailboxes[i]->post(std::move(batches[i]));
}

void Router::route(Outbound delivery, Batches &batches) const
{
    auto grouped = byGateway(delivery.to, batches.size());
    for (size_t i = 0; i < batches.size(); ++i) {
        if (!grouped[i].empty())
            batches[i].push_back(Outbound{std::move(grouped[i]), delivery.urgency, delivery.frame});
    }
}

void Router::route(InternalAnswer answer, Batches &batches) const
{
    const quint32 gateway = answer.origin.session.gateway;
    if (gateway == adminGateway && m_admin)
        m_admin(std::move(answer));
    else if (gateway >= 1 && gateway <= batches.size())
        batches[gateway - 1].push_back(std::move(answer));
}

void Router::route(EndSessions ending, Batches &batches) const
{
    auto grouped = byGateway(ending.sessions, batches.size());
    for (size_t i = 0; i < batches.size(); ++i) {
        if (!grouped[i].empty())
            batches[i].push_back(EndSessions{std::move(grouped[i]), ending.reason});
    }
}

void Router::route(UserChanged change, Batches &) const
{
    if (m_presence)
        m_presence(std::move(change));
}

void Router::route(Missed missed, Batches &) const
{
    m_notifier.missed(missed);
}

} // namespace parley
