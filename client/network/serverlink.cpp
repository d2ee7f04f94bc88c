// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/network/serverlink.h"

#include <QtCore/QDateTime>

#include <chrono>

namespace parley {

namespace {

constexpr qint64 tryMs = 15'000; ///< for name look-up, TCP, TLS and WebSocket together
constexpr int clocksEveryMs = 2'000;

} // namespace

Moment presentMoment()
{
    const auto steady = std::chrono::steady_clock::now().time_since_epoch();
    return {QDateTime::currentMSecsSinceEpoch(),
        std::chrono::duration_cast<std::chrono::milliseconds>(steady).count()};
}

ServerLink::ServerLink(Random &random, QObject *parent)
    : QObject(parent)
    , m_reconnect(random)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &ServerLink::onTimer);
    connect(&m_connection, &Connection::opened, this, &ServerLink::onOpened);
    connect(&m_connection, &Connection::closed, this, &ServerLink::onClosed);
    connect(&m_connection, &Connection::received, this, &ServerLink::received);
    connect(&m_network, &NetworkWatcher::changed, this, &ServerLink::onNetworkChanged);
    connect(&m_sleep, &SleepWatcher::woke, this, &ServerLink::onWoke);
    connect(&m_clocks, &QTimer::timeout, this, [this] {
        const Moment now = presentMoment();
        m_sleep.compare(now.wallMs, now.steadyMs);
    });
    m_clocks.start(clocksEveryMs);
}

void ServerLink::start(const ServerAddress &address, const QByteArray &pin)
{
    m_address = address;
    m_pin = pin;
    m_isStarted = true;
    m_isTrying = false;
    m_isCaughtUp = false;
    m_problem = ConnectProblem::None;
    m_refusal.reset();
    m_leastMs = 0;
    m_reconnect.start(presentMoment().steadyMs);
    schedule();
}

void ServerLink::stop(const ConnectionStatus &status)
{
    m_isStarted = false;
    m_isTrying = false;
    m_isCaughtUp = false;
    m_stopped = status;
    m_reconnect.stop();
    m_timer.stop();
    const bool wasOpen = m_connection.isOpen();
    m_connection.close();
    if (wasOpen)
        emit lost();
    updateStatus();
}

void ServerLink::begin()
{
    m_isTrying = true;
    m_tryEndsMs = presentMoment().steadyMs + tryMs;
    m_reconnect.trying();
    m_connection.open(m_address, m_pin);
    schedule();
}

void ServerLink::onOpened()
{
    m_isTrying = false;
    m_problem = ConnectProblem::None;
    schedule();
    emit opened();
}

void ServerLink::caughtUp()
{
    m_isCaughtUp = true;
    m_refusal.reset();
    m_reconnect.online(presentMoment().steadyMs);
    updateStatus();
}

void ServerLink::refused(ErrorCode code, qint64 retryAfterMs)
{
    m_refusal = code;
    m_leastMs = retryAfterMs;
}

void ServerLink::onClosed(ConnectProblem problem)
{
    if (!m_isStarted)
        return;
    const bool wasSession = !m_isTrying;
    m_isTrying = false;
    m_isCaughtUp = false;
    m_problem = m_refusal ? ConnectProblem::Refused : problem;
    m_reconnect.lost(presentMoment().steadyMs, std::exchange(m_leastMs, 0));
    schedule();
    if (wasSession)
        emit lost();
}

void ServerLink::drop()
{
    if (!m_isStarted || (!m_connection.isOpen() && !m_isTrying))
        return;
    m_connection.close();
    onClosed(ConnectProblem::Unreachable);
}

void ServerLink::tryNow()
{
    if (!m_isStarted)
        return;
    m_connection.forgetWays();
    // A try that began before the change may wait for an answer that cannot come.
    if (m_isTrying)
        drop();
    m_reconnect.wake(presentMoment().steadyMs);
    schedule();
}

void ServerLink::retryNow()
{
    if (!m_connection.isOpen() && !m_isTrying)
        tryNow();
}

void ServerLink::onNetworkChanged()
{
    if (m_connection.isOpen() && NetworkWatcher::hasAddress(m_connection.localAddress())) {
        updateStatus();
        return;
    }
    if (m_connection.isOpen())
        drop();
    tryNow();
}

void ServerLink::onWoke()
{
    // Nobody answers for a connection that slept: a new one is there sooner than a time-out.
    if (m_connection.isOpen())
        drop();
    tryNow();
}

void ServerLink::onTimer()
{
    const qint64 nowMs = presentMoment().steadyMs;
    if (m_isTrying && nowMs >= m_tryEndsMs) {
        drop();
        return;
    }
    const auto dueAt = m_reconnect.dueAt();
    if (dueAt && nowMs >= *dueAt && !m_isTrying && !m_connection.isOpen())
        begin();
    else
        schedule();
}

void ServerLink::schedule()
{
    const qint64 nowMs = presentMoment().steadyMs;
    const auto dueAt = m_reconnect.dueAt();
    if (m_isTrying)
        m_timer.start(int(std::max<qint64>(m_tryEndsMs - nowMs, 0)));
    else if (dueAt && !m_connection.isOpen())
        m_timer.start(int(std::max<qint64>(*dueAt - nowMs, 0)));
    else
        m_timer.stop();
    updateStatus();
}

bool ServerLink::isOffline() const
{
    return !m_network.hasNetwork() && !m_address.isLoopback && !m_connection.isOpen();
}

void ServerLink::updateStatus()
{
    ConnectionStatus status = m_stopped;
    if (m_isStarted) {
        status = {};
        const bool hasFailed = m_problem != ConnectProblem::None;
        status.problem = m_problem;
        if (m_refusal && hasFailed)
            status.refusal = m_refusal;
        if (m_isCaughtUp)
            status.state = ConnectionState::Online;
        else if (isOffline())
            status.state = ConnectionState::Offline;
        else if (hasFailed)
            status.state = ConnectionState::Unreachable;
        else
            status.state = ConnectionState::Connecting;
        const Moment now = presentMoment();
        const auto dueAt = m_reconnect.dueAt();
        if (status.state == ConnectionState::Unreachable && dueAt)
            status.retryAtMs = now.wallMs + std::max<qint64>(*dueAt - now.steadyMs, 0);
    }
    if (status == m_status)
        return;
    m_status = status;
    emit statusChanged(m_status);
}

} // namespace parley
