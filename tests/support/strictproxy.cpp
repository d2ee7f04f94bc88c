// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/support/strictproxy.h"

#include "shared/assert.h"

#include <QtNetwork/QHostAddress>

namespace parley {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype headBytesMost = 16 * 1024;

} // namespace

StrictProxy::StrictProxy(quint16 targetPort)
    : m_targetPort(targetPort)
{
    connect(&m_server, &QTcpServer::newConnection, this, &StrictProxy::accept);
    const bool isListening = m_server.listen(QHostAddress(QHostAddress::LocalHost));
    PARLEY_ASSERT(isListening);
}

QString StrictProxy::url() const
{
    return u"ws://127.0.0.1:%1/"_s.arg(m_server.serverPort());
}

void StrictProxy::accept()
{
    while (QTcpSocket *client = m_server.nextPendingConnection()) {
        connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
        connect(client, &QTcpSocket::readyRead, this, [this, client] { readHead(client); });
    }
}

void StrictProxy::readHead(QTcpSocket *client)
{
    const QByteArray head = client->peek(headBytesMost);
    if (!head.contains("\r\n\r\n"))
        return;
    disconnect(client, &QTcpSocket::readyRead, this, nullptr);
    if (!head.toLower().contains("\r\nupgrade: websocket")) {
        ++m_requests;
        return join(client, false);
    }
    const bool isStopped = m_upgrades == Upgrades::Refused || m_upgrades == Upgrades::Swallowed;
    ++(isStopped ? m_stopped : m_passed);
    if (m_upgrades == Upgrades::Refused)
        return refuse(client);
    if (!isStopped)
        join(client, m_upgrades == Upgrades::Cut);
}

void StrictProxy::refuse(QTcpSocket *client)
{
    client->write("HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    client->disconnectFromHost();
}

void StrictProxy::join(QTcpSocket *client, bool isCut)
{
    auto *server = new QTcpSocket(client);
    server->connectToHost(QHostAddress(QHostAddress::LocalHost), m_targetPort);
    server->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    client->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    server->write(client->readAll());
    connect(client, &QTcpSocket::readyRead, server, [client, server, isCut] {
        if (isCut)
            client->abort();
        else if (server->isOpen())
            server->write(client->readAll());
    });
    connect(server, &QTcpSocket::readyRead, client, [client, server] {
        if (client->isOpen())
            client->write(server->readAll());
    });
    connect(server, &QTcpSocket::disconnected, client, [client] { client->disconnectFromHost(); });
    connect(server, &QTcpSocket::errorOccurred, client, [client] { client->disconnectFromHost(); });
    connect(client, &QTcpSocket::disconnected, server, [server] { server->disconnectFromHost(); });
}

} // namespace parley
