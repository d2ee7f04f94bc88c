// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/gateway/readdesk.h"
#include "server/messages/service.h"
#include "tests/simulation/wire.h"
#include "tests/simulation/worldstore.h"

namespace parley::simulation {

class ServerSide;

/// One server process, from its start to its end, without threads and sockets: the real message
/// service, sessions, readers and presence. What waits between the parts lies in queues that the
/// world empties in its own order.
class Node : public ServiceOutlet {
public:
    Node(ServerSide &side, quint32 number, WorldStore::Opened opened);
    ~Node() override;
    Node(const Node &) = delete;
    Node &operator=(const Node &) = delete;

    bool hasStarted() const { return m_hasStarted; }
    std::shared_ptr<Wire> accept(quint64 number);
    void drop(const std::shared_ptr<Wire> &wire);
    /// Ends all connections, as a restart of the gateways does; the service goes on.
    void cutAll();
    /// For the administrator: a command from no session.
    void handle(ServiceCommand command);

    /// One step of one part; false when nothing waits there.
    bool stepService();
    bool stepReader();
    bool stepMailbox();
    void tick();

    /// Stopped, and does not know: goes on later with what it remembers.
    qint64 pausedUntilMs = 0;
    bool isPaused() const;

private:
    friend class Wire;
    void deliver(std::vector<ServiceOutput> outputs) override;
    void dispatch(const ServiceOutput &output);
    /// Nobody is let in on a device that is no longer there, unless the same step sends them away.
    void checkLetIn(const std::vector<ServiceOutput> &outputs);
    void openGateways();
    Wire *find(const SessionRef &ref);

    ServerSide &m_side;
    quint32 m_number;
    std::unique_ptr<Store> m_store;
    std::vector<ReadDesk> m_readers;
    Presence m_presence;
    std::unique_ptr<Limiter> m_limiter;
    std::unique_ptr<SessionWorld> m_world;
    std::deque<Queued> m_queue;
    std::vector<ReadAnswer> m_reads;
    std::deque<ServiceOutput> m_mailbox;
    std::vector<std::shared_ptr<Wire>> m_wires;
    std::unique_ptr<MessageService> m_service;
    RequestNumber m_lastRequest = 0;
    bool m_hasStarted = false;
};

} // namespace parley::simulation
