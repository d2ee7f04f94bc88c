// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/simulation/node.h"

#include "server/configuredlimits.h"
#include "tests/simulation/serverside.h"

namespace parley::simulation {

Node::Node(ServerSide &side, quint32 number, WorldStore::Opened opened)
    : m_side(side)
    , m_number(number)
    , m_store(std::move(opened.store))
{
    for (auto &reader : opened.readers)
        m_readers.emplace_back(std::move(reader), side.mix().pages);
    openGateways();
    ServiceLimits limits = configuredLimits(side.config());
    limits.pages = side.mix().pages;
    m_service = std::make_unique<MessageService>(*m_store, *this, limits);
    m_hasStarted = bool(m_service->start(side.nowMs));
}

Node::~Node()
{
    for (const auto &wire : std::exchange(m_wires, {})) {
        wire->isClosed = true;
        wire->cut();
    }
}

void Node::openGateways()
{
    m_limiter = std::make_unique<Limiter>(m_side.config());
    m_world = std::make_unique<SessionWorld>(
        SessionWorld{m_side.config(), m_store->epoch(), *m_limiter, m_side.random()});
}

void Node::cutAll()
{
    for (const auto &wire : std::exchange(m_wires, {})) {
        wire->isClosed = true;
        wire->cut();
    }
    m_reads.clear();
    openGateways();
}

bool Node::isPaused() const
{
    return m_side.nowMs < pausedUntilMs;
}

std::shared_ptr<Wire> Node::accept(quint64 number)
{
    auto wire = std::make_shared<Wire>(*this, number);
    m_wires.push_back(wire);
    return wire;
}

void Node::drop(const std::shared_ptr<Wire> &wire)
{
    std::erase(m_wires, wire);
}

void Node::handle(ServiceCommand command)
{
    Origin origin;
    origin.request = ++m_lastRequest;
    m_service->handle({Queued{origin, std::move(command)}}, m_side.nowMs);
}

bool Node::stepService()
{
    if (m_queue.empty())
        return false;
    std::vector<Queued> batch;
    const int most = 1 + m_side.random().pick(8);
    while (!m_queue.empty() && int(batch.size()) < most) {
        batch.push_back(std::move(m_queue.front()));
        m_queue.pop_front();
    }
    m_service->handle(std::move(batch), m_side.nowMs);
    return true;
}

bool Node::stepReader()
{
    if (m_reads.empty())
        return false;
    const auto at = m_reads.begin() + m_side.random().pick(int(m_reads.size()));
    const ReadAnswer answer = std::move(*at);
    m_reads.erase(at);
    if (Wire *wire = find(answer.origin.session))
        wire->session().readFinished(answer, m_side.nowMs);
    return true;
}

bool Node::stepMailbox()
{
    for (PresenceOutput &output : m_presence.takeOutputs()) {
        if (auto *delivery = std::get_if<Outbound>(&output)) {
            m_mailbox.push_back(std::move(*delivery));
        } else {
            const auto &seen = std::get<DeviceSeen>(output);
            m_queue.push_back(Queued{Origin{{}, 0, seen.user, seen.device}, seen});
        }
    }
    if (m_mailbox.empty())
        return false;
    const ServiceOutput output = std::move(m_mailbox.front());
    m_mailbox.pop_front();
    dispatch(output);
    return true;
}

void Node::tick()
{
    m_presence.tick(m_side.nowMs);
    m_service->handle({}, m_side.nowMs);
    const auto wires = m_wires;
    for (const auto &wire : wires) {
        if (!wire->isClosed)
            wire->session().tick(m_side.nowMs);
    }
}

void Node::deliver(std::vector<ServiceOutput> outputs)
{
    checkLetIn(outputs);
    for (ServiceOutput &output : outputs)
        m_mailbox.push_back(std::move(output));
}

void Node::checkLetIn(const std::vector<ServiceOutput> &outputs)
{
    // Of several owners one may not know yet what another has removed.
    if (m_side.m_nodes.size() > 1)
        return;
    std::map<SessionRef, AttachReply> letIn;
    for (const ServiceOutput &output : outputs) {
        if (const auto *answer = std::get_if<InternalAnswer>(&output)) {
            const auto who = answer->refusal ? Result<AttachReply>(Error(ErrorCode::NotFound))
                                             : fromCbor<AttachReply>(answer->body);
            if (who && answer->origin.session != SessionRef{})
                letIn.insert_or_assign(answer->origin.session, *who);
        } else if (const auto *end = std::get_if<EndSessions>(&output)) {
            for (const SessionRef &ref : end->sessions)
                letIn.erase(ref);
        }
    }
    for (const auto &[ref, who] : letIn) {
        if (!m_side.hasDevice(who.user.id, who.device))
            m_side.violation = QStringLiteral("11: a removed device was let in");
    }
}

void Node::dispatch(const ServiceOutput &output)
{
    if (const auto *delivery = std::get_if<Outbound>(&output)) {
        for (const SessionRef &ref : delivery->to) {
            Wire *wire = find(ref);
            if (!wire)
                continue;
            if (delivery->urgency == Urgency::Push && m_side.losesPush())
                continue;
            wire->session().delivered(delivery->frame, delivery->urgency, m_side.nowMs);
        }
    } else if (const auto *answer = std::get_if<InternalAnswer>(&output)) {
        Wire *wire = find(answer->origin.session);
        if (wire)
            wire->session().answered(*answer, m_side.nowMs);
        else if (answer->origin.session != SessionRef{} && !answer->refusal)
            ++m_side.counts[QStringLiteral("case: attached after it had left")];
    } else if (const auto *end = std::get_if<EndSessions>(&output)) {
        for (const SessionRef &ref : end->sessions) {
            if (Wire *wire = find(ref))
                wire->session().end(end->reason);
        }
    } else if (const auto *changed = std::get_if<UserChanged>(&output)) {
        m_presence.handle(*changed, m_side.nowMs);
    }
}

Wire *Node::find(const SessionRef &ref)
{
    for (const auto &wire : m_wires) {
        if (!wire->isClosed && wire->session().ref() == ref)
            return wire.get();
    }
    return nullptr;
}

} // namespace parley::simulation
