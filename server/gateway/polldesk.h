// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/gateway/httpvisitor.h"
#include "server/gateway/pollconnection.h"

namespace parley {

/// Brings the requests that arrive at one gateway to their sessions, which may be at another one,
/// and the answers back. Owned by its gateway, on its thread.
class PollDesk : public QObject {
    Q_OBJECT
public:
    /// What the desk asks of its gateway.
    class Ways {
    public:
        virtual ~Ways() = default;
        /// Nothing while the server stops.
        virtual PollConnection *openPoll(std::unique_ptr<Visit> visit, const QString &name) = 0;
        /// False when there is no such gateway.
        virtual bool toGateway(quint32 gateway, PollCall call) = 0;
        virtual bool toGateway(quint32 gateway, PollReply reply) = 0;
    };

    PollDesk(const SessionWorld &world, quint32 gateway, Ways &ways);
    ~PollDesk() override;

    /// Takes a socket whose first request waits to be read.
    void receive(QTcpSocket *socket, std::unique_ptr<Visit> visit, qint64 deadlineMs);
    void take(const PollCall &call);
    void take(const PollReply &reply);
    void tick(qint64 nowMs);
    /// Removes who is gone, outside of their own calls.
    void sweep();
    /// The server stops: answers whoever waits, and closes.
    void leave();
    /// Ends all HTTP connections at once.
    void clear();
    bool isEmpty() const { return m_visitors.empty(); }

private:
    void route(const PollCall &call);
    void open(const PollCall &call);
    void send(const PollReply &reply);
    void refuse(const PollCaller &to, int status) { send(PollReply{to, status, {}}); }

    const SessionWorld &m_world;
    quint32 m_gateway;
    Ways &m_ways;
    quint64 m_lastVisitor = 0;
    std::unordered_map<quint64, std::unique_ptr<HttpVisitor>> m_visitors;
    std::vector<quint64> m_goneVisitors;
    std::unordered_map<QString, PollConnection *> m_sessions; ///< owned by the gateway
};

} // namespace parley
