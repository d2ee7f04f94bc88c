// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/accounts/passwordhash.h"
#include "server/gateway/doorway.h"
#include "server/gateway/mailbox.h"
#include "server/gateway/peerconnection.h"
#include "server/gateway/polldesk.h"
#include "server/gateway/readdesk.h"
#include "server/platform/gatewaysockets.h"
#include "server/queue/workers.h"

#include <QtCore/QTimer>
#include <QtWebSockets/QWebSocketServer>

namespace parley {

using ReaderPool = Workers<ReadDesk>;
using HashingPool = Workers<PasswordHasher>;

/// What gateways share; outlives them.
struct GatewayParts {
    const SessionWorld &world;
    CommandQueue &queue;
    ReaderPool &readers;
    HashingPool &hashing;
    std::function<void(PresenceInput)> presence;
    /// Into the mailbox of the gateway with this number; false when there is none.
    std::function<bool(quint32 gateway, GatewayInput)> toGateway;
    const GatewaySockets &sockets;
};

/// Where connections end: one thread's share of them. Reads what each wants, upgrades WebSockets,
/// and moves frames between them and the other parts. Lives on its thread, which must be gone
/// before `parts` and `mailbox` are.
class Gateway : public QObject, private GatewayWays, private PollDesk::Ways {
    Q_OBJECT
public:
    Gateway(quint32 number, GatewayParts parts, Mailbox &mailbox);
    ~Gateway() override;

public slots:
    /// On its thread, once.
    void start();
    /// Takes what waits in the mailbox.
    void handleInputs();

signals:
    /// After Stopping{Close}: every connection is gone, or has had its time.
    void stopped();

private:
    SessionHost::Sent toService(Queued command) override;
    void toServiceSurely(Queued command) override;
    SessionHost::Sent toReaders(ReadJob job) override;
    SessionHost::Sent toHashing(HashJob job) override;
    void toPresence(PresenceInput input) override;
    PollConnection *openPoll(std::unique_ptr<Visit> visit, const QString &name) override;
    bool toGateway(quint32 gateway, PollCall call) override;
    bool toGateway(quint32 gateway, PollReply reply) override;

    void take(const Incoming &incoming);
    void take(const Outbound &delivery);
    void take(const InternalAnswer &answer);
    void take(const EndSessions &ending);
    void take(const ReadAnswer &answer);
    void take(const HashAnswer &answer);
    void take(const PushesLost &lost);
    void take(const Stopping &stopping);
    void take(const PollCall &call) { m_polls.take(call); }
    void take(const PollReply &reply) { m_polls.take(reply); }

    void openDoor(QTcpSocket *socket, std::unique_ptr<Visit> visit, qint64 deadlineMs);
    void secured(QTcpSocket *socket);
    void upgrade(Doorway *doorway);
    void receivePoll(Doorway *doorway);
    void add(quint64 number, std::unique_ptr<ServedConnection> connection);
    void connectNext();
    void tick();
    void offerOwed();
    void announceStop(quint32 windowMs);
    void closeAll();
    Session *find(const SessionRef &ref);
    void sweep();
    void finish();

    /// A socket on its way through the WebSocket or the TLS handshake.
    struct Guest {
        QPointer<QTcpSocket> socket;
        std::unique_ptr<Visit> visit;
        qint64 deadlineMs = 0;
    };
    std::optional<Guest> takeGuest(const QWebSocket &socket);

    quint32 m_number;
    GatewayParts m_parts;
    Mailbox &m_mailbox;
    std::unique_ptr<QWebSocketServer> m_server;
    std::unique_ptr<QTimer> m_timer;
    quint64 m_lastSession = 0;
    qint64 m_ticks = 0;
    bool m_isStopping = false;
    qint64 m_stopDeadlineMs = 0;
    std::vector<std::unique_ptr<Doorway>> m_doorways;
    std::vector<Guest> m_guests;
    PollDesk m_polls;
    std::unordered_map<quint64, std::unique_ptr<ServedConnection>> m_connections;
    std::vector<quint64> m_goneConnections;
    std::vector<Doorway *> m_goneDoorways;
    std::deque<Queued> m_owed; ///< to the service, while its queue is full
};

} // namespace parley
