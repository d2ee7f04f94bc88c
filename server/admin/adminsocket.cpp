// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/admin/adminsocket.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QPointer>

namespace parley {

Status AdminSocket::listen(const QString &path)
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    QLocalServer::removeServer(path);
    if (!m_server.listen(path))
        return Error(ErrorCode::Unavailable,
            QStringLiteral("cannot listen for parleyctl at %1 (%2): is the path too long?")
                .arg(path, m_server.errorString()));
    connect(&m_server, &QLocalServer::newConnection, this, &AdminSocket::connectNext);
    return Done{};
}

void AdminSocket::connectNext()
{
    while (QLocalSocket *socket = m_server.nextPendingConnection()) {
        socket->setReadBufferSize(lineBytesMost);
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] { read(socket); });
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
    }
}

void AdminSocket::read(QLocalSocket *socket)
{
    while (socket->canReadLine()) {
        const QByteArray line = socket->readLine();
        const QPointer<QLocalSocket> asker(socket);
        m_desk.handle(QJsonDocument::fromJson(line).object(), [asker](const QJsonObject &answer) {
            if (asker)
                asker->write(QJsonDocument(answer).toJson(QJsonDocument::Compact) + '\n');
        });
    }
    // A buffer that is full without a line never becomes one.
    if (socket->bytesAvailable() >= lineBytesMost)
        socket->abort();
}

} // namespace parley
