// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/gateway/httpvisitor.h"

#include "server/gateway/servedconnection.h"

#include <QtNetwork/QSslSocket>

namespace parley {
namespace {

using Kept = HttpResponse::Connection;

constexpr qint64 readBytesMost = 64 * 1024; ///< of a socket, at once

bool hasWritten(const QTcpSocket &socket)
{
    const auto *tls = qobject_cast<const QSslSocket *>(&socket);
    return socket.bytesToWrite() == 0 && (!tls || tls->encryptedBytesToWrite() == 0);
}

} // namespace

HttpVisitor::HttpVisitor(const SessionWorld &world, PollCaller self, QTcpSocket *socket,
    std::unique_ptr<Visit> visit, qint64 deadlineMs)
    : m_world(world)
    , m_self(self)
    , m_socket(socket)
    , m_visit(std::move(visit))
    , m_reader(world.config)
    , m_deadlineMs(deadlineMs)
{
    m_socket->setParent(this);
    m_socket->setReadBufferSize(readBytesMost);
    // A proxy's connection carries many people, who are counted by their sessions.
    if (m_visit && isProxy(m_socket->peerAddress(), world.config.listen))
        m_visit->signedIn();
    connect(m_socket, &QTcpSocket::readyRead, this, &HttpVisitor::read);
    connect(m_socket, &QTcpSocket::bytesWritten, this, &HttpVisitor::written);
    if (auto *tls = qobject_cast<QSslSocket *>(m_socket))
        connect(tls, &QSslSocket::encryptedBytesWritten, this, &HttpVisitor::written);
    connect(m_socket, &QTcpSocket::disconnected, this, &HttpVisitor::ended);
    QMetaObject::invokeMethod(this, &HttpVisitor::read, Qt::QueuedConnection);
}

HttpVisitor::~HttpVisitor()
{
    m_socket->disconnect(this);
}

void HttpVisitor::read()
{
    if (m_state == State::Closing)
        return discard();
    // While a request waits for its answer, what follows it stays in the socket.
    while (m_state == State::Reading) {
        const auto step = m_reader.next();
        if (const auto *refusal = std::get_if<HttpResponse>(&step)) {
            m_isInterrupted = true;
            return respond(*refusal);
        }
        if (const auto *request = std::get_if<HttpRequest>(&step))
            return handle(*request);
        const bool wasIdle = m_reader.isIdle();
        const QByteArray bytes = m_socket->read(std::min(m_reader.room(), readBytesMost));
        if (bytes.isEmpty())
            break;
        if (wasIdle && m_isKnown)
            m_deadlineMs = steadyMs() + requestMs;
        m_reader.feed(bytes);
    }
    if (m_state == State::Reading && m_reader.takeContinueWish())
        m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
}

void HttpVisitor::handle(const HttpRequest &request)
{
    m_state = State::Waiting;
    m_after = request.head.keepsAlive() ? Kept::Kept : Kept::Closed;
    const QString address =
        addressKey(clientAddress(request.head, m_socket->peerAddress(), m_world.config.listen));
    const Verdict verdict = m_world.limiter.request(address, steadyMs());
    if (verdict.kind == Verdict::TenTimesOver)
        m_after = Kept::Closed;
    if (verdict.kind != Verdict::Allowed)
        return refuse(429, verdict.retryAfterMs);
    auto body = decodePoll(request.body);
    if (!body)
        return refuse(400);
    emit called(PollCall{m_self, address, *std::move(body)});
}

void HttpVisitor::reply(const PollReply &reply)
{
    if (m_state != State::Waiting)
        return;
    if (reply.standing == PollReply::Standing::SignedIn) {
        m_isKnown = true;
        if (m_visit)
            m_visit->signedIn();
    }
    if (reply.status != 200)
        return refuse(reply.status);
    respond(HttpResponse{200, "application/json", reply.body, m_after, {}});
}

void HttpVisitor::refuse(int status, std::optional<qint64> retryAfterMs)
{
    HttpResponse response = httpRefusal(status);
    response.connection = m_after;
    response.retryAfterMs = retryAfterMs;
    respond(std::move(response));
}

void HttpVisitor::respond(HttpResponse response)
{
    m_after = response.connection;
    m_state = State::Writing;
    m_deadlineMs = steadyMs() + writeMs;
    m_socket->write(response.bytes());
    m_socket->flush();
    // Never within the call that brought the request.
    QMetaObject::invokeMethod(this, &HttpVisitor::written, Qt::QueuedConnection);
}

void HttpVisitor::written()
{
    if (m_state != State::Writing || !hasWritten(*m_socket))
        return;
    if (m_after == Kept::Kept)
        return awaitNext();
    m_state = State::Closing;
    if (!m_isInterrupted)
        return m_socket->disconnectFromHost();
    // A close while the peer still writes would take away from it what was answered.
    m_deadlineMs = steadyMs() + closeMs;
    discard();
}

void HttpVisitor::awaitNext()
{
    m_state = State::Reading;
    const bool isIdle = m_reader.isIdle() && m_socket->bytesAvailable() == 0;
    const qint64 knownMs = isIdle ? idleMs : requestMs;
    m_deadlineMs = steadyMs() + (m_isKnown ? knownMs : m_world.config.times.signInMs);
    read();
}

void HttpVisitor::discard()
{
    m_discardedBytes += m_socket->readAll().size();
    if (m_discardedBytes > discardedBytesMost)
        m_socket->abort();
}

void HttpVisitor::tick(qint64 nowMs)
{
    // Who waits for an answer gets one in its time from the session that it asked.
    if (m_state == State::Waiting || nowMs < m_deadlineMs)
        return;
    if (m_state == State::Reading && !m_reader.isIdle()) {
        m_after = Kept::Closed;
        m_isInterrupted = true;
        return refuse(408);
    }
    if (m_state == State::Writing)
        m_socket->abort();
    else
        m_socket->disconnectFromHost();
}

void HttpVisitor::leave()
{
    if (m_state == State::Waiting) {
        m_after = Kept::Closed;
        refuse(503);
    }
    m_socket->disconnectFromHost();
}

} // namespace parley
