// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/network/connection.h"

#include "client/network/polltransport.h"
#include "client/network/websockettransport.h"

#include <QtCore/QLoggingCategory>

#include <chrono>

namespace parley {

namespace {

Q_LOGGING_CATEGORY(connectionLog, "parley.connection")

qint64 steadyNowMs()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

} // namespace

Connection::Connection(QObject *parent)
    : QObject(parent)
{
    m_upgrade.setSingleShot(true);
    connect(&m_upgrade, &QTimer::timeout, this, &Connection::onUpgradeTimeout);
}

Connection::~Connection()
{
    release();
}

void Connection::open(const ServerAddress &address, const QByteArray &pin)
{
    close();
    m_address = address;
    m_pin = pin;
    m_certificate = QSslCertificate();
    m_detail.clear();
    m_problem.reset();
    m_first = m_choice.first(steadyNowMs());
    begin(m_first);
}

void Connection::begin(TransportKind kind)
{
    m_kind = kind;
    m_hasHeard = false;
    if (kind == TransportKind::WebSocket)
        m_transport = new WebSocketTransport(this);
    else
        m_transport = new PollTransport(this);
    connect(m_transport, &Transport::opened, this, &Connection::onOpened);
    connect(m_transport, &Transport::received, this, &Connection::onReceived);
    connect(m_transport, &Transport::closed, this, &Connection::onClosed);
    connect(m_transport, &Transport::reached, this, [this] { m_upgrade.start(upgradeMs); });
    m_transport->open(m_address, m_pin);
}

void Connection::onOpened()
{
    m_upgrade.stop();
    m_isOpen = true;
    m_openedMs = steadyNowMs();
    if (m_kind != m_first)
        qCInfo(connectionLog, "open by %s",
            m_kind == TransportKind::Polling ? "long polling" : "a WebSocket");
    m_choice.opened(m_kind, m_first, m_openedMs);
    emit opened();
}

void Connection::onReceived(const ServerFrame &frame)
{
    m_hasHeard = true;
    emit received(frame);
}

void Connection::onClosed(ConnectProblem problem)
{
    const bool wasOpen = m_isOpen;
    m_isMute = wasOpen && !m_hasHeard;
    release();
    if (wasOpen && m_kind == TransportKind::WebSocket && !m_hasHeard
        && problem == ConnectProblem::Unreachable) {
        const qint64 nowMs = steadyNowMs();
        m_choice.endedMute(TransportChoice::Ending::ByOther, nowMs - m_openedMs, nowMs);
    }
    const auto next = TransportChoice::after(m_kind, problem);
    if (!wasOpen && !m_problem && next) {
        m_problem = problem;
        return begin(*next);
    }
    // Of two failures the WebSocket's says more, unless the server is not the one that is wanted.
    const bool isWebSocketFirst = m_first == TransportKind::WebSocket;
    const bool isAnswered =
        problem == ConnectProblem::NotAServer || problem == ConnectProblem::Unreachable;
    emit closed(!wasOpen && m_problem && isWebSocketFirst && isAnswered ? *m_problem : problem);
}

void Connection::onUpgradeTimeout()
{
    if (m_transport && !m_isOpen && m_kind == TransportKind::WebSocket)
        onClosed(ConnectProblem::NotAServer);
}

void Connection::send(const ClientFrame &frame)
{
    if (m_isOpen)
        m_transport->send(frame);
}

void Connection::close()
{
    if (m_isOpen && m_kind == TransportKind::WebSocket && !m_hasHeard) {
        const qint64 nowMs = steadyNowMs();
        m_choice.endedMute(TransportChoice::Ending::ByUs, nowMs - m_openedMs, nowMs);
    }
    release();
}

void Connection::release()
{
    m_upgrade.stop();
    m_isOpen = false;
    if (!m_transport)
        return;
    Transport *transport = std::exchange(m_transport, nullptr);
    m_certificate = transport->certificate();
    if (const QString said = transport->detail(); !said.isEmpty())
        m_detail = said;
    transport->disconnect(this);
    transport->leave();
}

QHostAddress Connection::localAddress() const
{
    return m_transport ? m_transport->localAddress() : QHostAddress();
}

QSslCertificate Connection::certificate() const
{
    return m_transport ? m_transport->certificate() : m_certificate;
}

QString Connection::detail() const
{
    return m_transport ? m_transport->detail() : m_detail;
}

} // namespace parley
