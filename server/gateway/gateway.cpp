// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/gateway/gateway.h"

#include <QtCore/QDateTime>
#include <QtCore/QLoggingCategory>

namespace parley {
namespace {

Q_LOGGING_CATEGORY(logGateway, "parley.gateway")

constexpr int tickMs = 250; ///< for connections that have not signed in
constexpr qint64 ticksForAll = 4;
constexpr qint64 stopMs = 3'000; ///< for what is still to be written
constexpr int upgradesMost = 100'000; ///< our own limits are tighter, and come first

} // namespace

Gateway::Gateway(quint32 number, GatewayParts parts, Mailbox &mailbox)
    : m_number(number)
    , m_parts(std::move(parts))
    , m_mailbox(mailbox)
    , m_polls(m_parts.world, number, *this)
{
    // A child moves with it to its thread.
    m_polls.setParent(this);
}

Gateway::~Gateway() = default;

void Gateway::start()
{
    m_server = std::make_unique<QWebSocketServer>(
        m_parts.world.config.server.name, QWebSocketServer::NonSecureMode);
    m_server->setMaxPendingConnections(upgradesMost);
    m_server->setHandshakeTimeout(int(m_parts.world.config.times.signInMs));
    connect(m_server.get(), &QWebSocketServer::newConnection, this, &Gateway::connectNext);
    m_timer = std::make_unique<QTimer>();
    connect(m_timer.get(), &QTimer::timeout, this, &Gateway::tick);
    m_timer->start(tickMs);
}

void Gateway::handleInputs()
{
    for (const GatewayInput &input : m_mailbox.take())
        std::visit([this](const auto &value) { take(value); }, input);
}

SessionHost::Sent Gateway::toService(Queued command)
{
    // What is owed comes first: the order of one session's commands must hold.
    if (!m_owed.empty())
        return SessionHost::Sent::Full;
    return m_parts.queue.offer(std::move(command)) == CommandQueue::Offered::Accepted
        ? SessionHost::Sent::Accepted
        : SessionHost::Sent::Full;
}

void Gateway::toServiceSurely(Queued command)
{
    m_owed.push_back(std::move(command));
    offerOwed();
}

SessionHost::Sent Gateway::toReaders(ReadJob job)
{
    const bool isTaken =
        m_parts.readers.offer([job = std::move(job), &mailbox = m_mailbox](ReadDesk &desk) {
            mailbox.post(desk.answer(job, QDateTime::currentMSecsSinceEpoch()));
        });
    return isTaken ? SessionHost::Sent::Accepted : SessionHost::Sent::Full;
}

SessionHost::Sent Gateway::toHashing(HashJob job)
{
    const bool isTaken = m_parts.hashing.offer(
        [job = std::move(job), &mailbox = m_mailbox](
            const PasswordHasher &hasher) { mailbox.post(workOn(job, hasher)); });
    return isTaken ? SessionHost::Sent::Accepted : SessionHost::Sent::Full;
}

void Gateway::toPresence(PresenceInput input)
{
    m_parts.presence(std::move(input));
}

PollConnection *Gateway::openPoll(std::unique_ptr<Visit> visit, const QString &name)
{
    if (m_isStopping)
        return nullptr;
    const quint64 number = ++m_lastSession;
    GatewayWays &ways = *this;
    auto connection = std::make_unique<PollConnection>(
        m_parts.world, ways, SessionRef{m_number, number}, std::move(visit), name);
    PollConnection *opened = connection.get();
    add(number, std::move(connection));
    return opened;
}

bool Gateway::toGateway(quint32 gateway, PollCall call)
{
    return m_parts.toGateway(gateway, std::move(call));
}

bool Gateway::toGateway(quint32 gateway, PollReply reply)
{
    return m_parts.toGateway(gateway, std::move(reply));
}

void Gateway::take(const Incoming &incoming)
{
    const qint64 deadlineMs = steadyMs() + m_parts.world.config.times.signInMs;
    auto opened = m_parts.sockets.open(incoming.descriptor);
    if (!opened)
        return;
    opened->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    auto visit = Visit::admit(m_parts.world.limiter, addressKey(opened->peerAddress()));
    // Behind a proxy all connections have one address until their heads are read.
    if (!visit && !isProxy(opened->peerAddress(), m_parts.world.config.listen))
        return opened->abort();
    QTcpSocket *socket = opened.release();
    socket->setParent(this);
    connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    if (m_parts.sockets.secure(*socket, [this, socket] { secured(socket); }))
        m_guests.push_back(Guest{socket, std::move(visit), deadlineMs});
    else
        openDoor(socket, std::move(visit), deadlineMs);
}

/// Its TLS is done.
void Gateway::secured(QTcpSocket *socket)
{
    const auto guest = std::find_if(m_guests.begin(), m_guests.end(),
        [socket](const Guest &each) { return each.socket == socket; });
    if (guest == m_guests.end())
        return;
    auto visit = std::move(guest->visit);
    const qint64 deadlineMs = guest->deadlineMs;
    m_guests.erase(guest);
    openDoor(socket, std::move(visit), deadlineMs);
}

void Gateway::openDoor(QTcpSocket *socket, std::unique_ptr<Visit> visit, qint64 deadlineMs)
{
    socket->disconnect(socket);
    auto doorway = std::make_unique<Doorway>(
        m_parts.world.config, m_parts.world.limiter, socket, std::move(visit), deadlineMs);
    Doorway *door = doorway.get();
    connect(door, &Doorway::upgradeWanted, this, [this, door] { upgrade(door); });
    connect(door, &Doorway::pollWanted, this, [this, door] { receivePoll(door); });
    connect(door, &Doorway::ended, this, [this, door] { m_goneDoorways.push_back(door); });
    m_doorways.push_back(std::move(doorway));
}

void Gateway::upgrade(Doorway *doorway)
{
    QTcpSocket *socket = doorway->takeSocket();
    socket->setReadBufferSize(0);
    m_guests.push_back(Guest{socket, doorway->takeVisit(), doorway->deadlineMs()});
    m_goneDoorways.push_back(doorway);
    m_server->handleConnection(socket);
}

void Gateway::receivePoll(Doorway *doorway)
{
    QTcpSocket *socket = doorway->takeSocket();
    m_polls.receive(socket, doorway->takeVisit(), doorway->deadlineMs());
    m_goneDoorways.push_back(doorway);
}

std::optional<Gateway::Guest> Gateway::takeGuest(const QWebSocket &socket)
{
    const auto guest = std::find_if(m_guests.begin(), m_guests.end(), [&](const Guest &each) {
        return each.socket && each.socket->peerPort() == socket.peerPort()
            && each.socket->peerAddress() == socket.peerAddress();
    });
    if (guest == m_guests.end())
        return std::nullopt;
    Guest found = std::move(*guest);
    m_guests.erase(guest);
    return found;
}

void Gateway::connectNext()
{
    while (std::unique_ptr<QWebSocket> socket{m_server->nextPendingConnection()}) {
        auto guest = takeGuest(*socket);
        if (!guest || m_isStopping) {
            socket->abort();
            continue;
        }
        const quint64 number = ++m_lastSession;
        GatewayWays &ways = *this;
        add(number,
            std::make_unique<PeerConnection>(m_parts.world, ways, SessionRef{m_number, number},
                std::move(socket), guest->socket.data(), std::move(guest->visit)));
    }
}

void Gateway::add(quint64 number, std::unique_ptr<ServedConnection> connection)
{
    connect(connection.get(), &ServedConnection::ended, this,
        [this, number] { m_goneConnections.push_back(number); });
    m_connections.emplace(number, std::move(connection));
}

Session *Gateway::find(const SessionRef &ref)
{
    const auto found = m_connections.find(ref.session);
    return found == m_connections.end() ? nullptr : &found->second->session();
}

void Gateway::take(const Outbound &delivery)
{
    const qint64 nowMs = steadyMs();
    for (const SessionRef &ref : delivery.to) {
        if (Session *session = find(ref))
            session->delivered(delivery.frame, delivery.urgency, nowMs);
    }
}

void Gateway::take(const InternalAnswer &answer)
{
    Session *session = find(answer.origin.session);
    if (session && session->awaitsAttach())
        session->answered(answer, steadyMs());
    else if (!answer.refusal)
        // It ended meanwhile: whatever order the two commands took, it is not served.
        toServiceSurely(Queued{answer.origin, Detach{}});
}

void Gateway::take(const EndSessions &ending)
{
    for (const SessionRef &ref : ending.sessions) {
        if (Session *session = find(ref))
            session->end(ending.reason);
    }
}

void Gateway::take(const ReadAnswer &answer)
{
    if (Session *session = find(answer.origin.session))
        session->readFinished(answer, steadyMs());
}

void Gateway::take(const HashAnswer &answer)
{
    if (Session *session = find(answer.origin.session))
        session->hashFinished(answer, steadyMs());
}

void Gateway::take(const PushesLost &lost)
{
    if (Session *session = find(lost.session))
        session->lag(steadyMs());
}

void Gateway::take(const Stopping &stopping)
{
    if (stopping.step == Stopping::Step::Announce)
        announceStop(stopping.windowMs);
    else
        closeAll();
}

void Gateway::announceStop(quint32 windowMs)
{
    m_isStopping = true;
    for (const auto &[number, connection] : m_connections)
        connection->session().goAway(windowMs);
}

void Gateway::closeAll()
{
    m_isStopping = true;
    m_stopDeadlineMs = steadyMs() + stopMs;
    for (const auto &[number, connection] : m_connections)
        connection->leave();
    m_polls.leave();
    sweep();
}

void Gateway::offerOwed()
{
    while (
        !m_owed.empty() && m_parts.queue.offer(m_owed.front()) == CommandQueue::Offered::Accepted)
        m_owed.pop_front();
}

void Gateway::tick()
{
    const qint64 nowMs = steadyMs();
    offerOwed();
    const bool isForAll = ++m_ticks % ticksForAll == 0;
    for (const auto &[number, connection] : m_connections) {
        if (isForAll || !connection->session().isSignedIn())
            connection->tick(nowMs);
    }
    m_polls.tick(nowMs);
    for (const auto &doorway : m_doorways) {
        if (nowMs >= doorway->deadlineMs())
            m_goneDoorways.push_back(doorway.get());
    }
    for (const Guest &guest : m_guests) {
        if (guest.socket && nowMs >= guest.deadlineMs)
            guest.socket->abort();
    }
    sweep();
}

/// Sockets and timers end on their own thread; what is left of the gateway may end on another.
void Gateway::finish()
{
    m_connections.clear();
    m_polls.clear();
    m_doorways.clear();
    for (const Guest &guest : std::exchange(m_guests, {}))
        delete guest.socket.data();
    m_server.reset();
    m_timer.release()->deleteLater();
}

/// Removes what has ended, outside of its own calls.
void Gateway::sweep()
{
    for (const quint64 number : std::exchange(m_goneConnections, {}))
        m_connections.erase(number);
    for (Doorway *gone : std::exchange(m_goneDoorways, {}))
        std::erase_if(m_doorways, [gone](const auto &each) { return each.get() == gone; });
    std::erase_if(m_guests, [](const Guest &guest) { return guest.socket.isNull(); });
    m_polls.sweep();
    const bool isEmpty = m_connections.empty() && m_polls.isEmpty();
    if (m_stopDeadlineMs > 0 && (isEmpty || steadyMs() >= m_stopDeadlineMs)) {
        m_stopDeadlineMs = 0;
        finish();
        qCDebug(logGateway, "gateway %u stopped", m_number);
        emit stopped();
    }
}

} // namespace parley
