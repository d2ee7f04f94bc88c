// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/gateway/doorway.h"

namespace parley {

Doorway::Doorway(const Config &config, Limiter &limiter, QTcpSocket *socket,
    std::unique_ptr<Visit> visit, qint64 deadlineMs)
    : m_config(config)
    , m_limiter(limiter)
    , m_socket(socket)
    , m_visit(std::move(visit))
    , m_deadlineMs(deadlineMs)
{
    m_socket->setParent(this);
    m_socket->setReadBufferSize(HttpHead::sizeBytesMost);
    connect(m_socket, &QTcpSocket::readyRead, this, &Doorway::read);
    connect(m_socket, &QTcpSocket::disconnected, this, &Doorway::ended);
    if (m_socket->bytesAvailable() > 0)
        QMetaObject::invokeMethod(this, &Doorway::read, Qt::QueuedConnection);
}

Doorway::~Doorway() = default;

QTcpSocket *Doorway::takeSocket()
{
    m_socket->disconnect(this);
    m_socket->setParent(nullptr);
    return std::exchange(m_socket, nullptr);
}

void Doorway::read()
{
    if (m_isAnswered || !m_socket)
        return;
    const auto head = parseHttpHead(m_socket->peek(HttpHead::sizeBytesMost));
    if (!head)
        return reply(head.error().code == ErrorCode::TooLarge ? 431 : 400, "Bad request.\n");
    if (!*head)
        return;
    const DoorAnswer answer = answerAtDoor(**head, m_config);
    if (answer.polls) {
        m_isAnswered = true;
        emit pollWanted();
        return;
    }
    if (!answer.upgrades)
        return reply(answer.status, answer.text);
    const QHostAddress peer = m_socket->peerAddress();
    if (isProxy(peer, m_config.listen) && !readmit(clientAddress(**head, peer, m_config.listen)))
        return reply(503, "Too many connections.\n");
    m_isAnswered = true;
    emit upgradeWanted();
}

/// Behind a proxy it is the client's own address that counts, which only the head tells.
bool Doorway::readmit(const QHostAddress &address)
{
    m_visit = Visit::admit(m_limiter, addressKey(address));
    return m_visit != nullptr;
}

void Doorway::reply(int status, const QByteArray &text)
{
    m_isAnswered = true;
    m_socket->write(httpResponse(status, text));
    m_socket->disconnectFromHost();
}

} // namespace parley
