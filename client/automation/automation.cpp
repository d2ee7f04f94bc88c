// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/automation/automation.h"

#include "client/automation/itemtree.h"

#include <QtCore/QJsonDocument>
#include <QtNetwork/QLocalSocket>
#include <QtQuick/QQuickWindow>

namespace parley {

namespace {

QString textAt(const QJsonObject &object, const char *key)
{
    return object.value(QLatin1String(key)).toString();
}

QByteArray line(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

QJsonObject refusal(const QString &sentence)
{
    return {{QStringLiteral("ok"), false}, {QStringLiteral("error"), sentence}};
}

QJsonObject find(QQuickWindow &window, const QJsonObject &request)
{
    const ItemQuery query{textAt(request, "objectName"), textAt(request, "text"),
        textAt(request, "name"), textAt(request, "role"),
        request.value(QLatin1String("onScreenOnly")).toBool(true)};
    return {{QStringLiteral("ok"), true}, {QStringLiteral("items"), findItems(window, query)}};
}

QJsonObject reply(QQuickWindow &window, const QJsonObject &request)
{
    const auto what = textAt(request, "do");
    if (what == QLatin1String("find"))
        return find(window, request);
    if (what == QLatin1String("tree"))
        return {{QStringLiteral("ok"), true},
            {QStringLiteral("tree"), describeTree(*window.contentItem())}};
    if (what == QLatin1String("window"))
        return {{QStringLiteral("ok"), true}, {QStringLiteral("window"), describeWindow(window)}};
    return refusal(QStringLiteral("\"do\" is find, tree or window"));
}

} // namespace

Automation::Automation(QQuickWindow &window, QObject *parent)
    : QObject(parent)
    , m_window(window)
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    m_server.setMaxPendingConnections(connectionsMost);
    connect(&m_server, &QLocalServer::newConnection, this, &Automation::accept);
}

Status Automation::listen(const QString &socket)
{
    if (!m_server.listen(socket))
        return Error(ErrorCode::Unavailable,
            QStringLiteral("%1 cannot be listened on: %2").arg(socket, m_server.errorString()));
    return Done{};
}

QByteArray Automation::answer(const QByteArray &request) const
{
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(request, &error);
    if (!document.isObject())
        return line(refusal(QStringLiteral("not a JSON object: %1").arg(error.errorString())));
    const auto object = document.object();
    auto answered = reply(m_window, object);
    if (object.contains(QLatin1String("id")))
        answered.insert(QStringLiteral("id"), object.value(QLatin1String("id")));
    return line(answered);
}

void Automation::accept()
{
    while (auto *socket = m_server.nextPendingConnection()) {
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] { read(*socket); });
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
    }
}

void Automation::read(QLocalSocket &socket)
{
    while (socket.canReadLine())
        socket.write(answer(socket.readLine(lineBytes)));
    if (socket.bytesAvailable() > lineBytes)
        socket.abort();
}

} // namespace parley
