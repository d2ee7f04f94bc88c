// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/admin/adminclient.h"

#include <QtCore/QDir>
#include <QtCore/QElapsedTimer>
#include <QtCore/QJsonDocument>

namespace parley {
namespace {

using namespace Qt::StringLiterals;

constexpr int connectMs = 3'000;

/// Codes have names on this socket: people read it.
ErrorCode codeNamed(const QString &name)
{
    for (quint16 number = 1; number <= quint16(ErrorCode::Cancelled); ++number) {
        const auto code = static_cast<ErrorCode>(number);
        if (name == QLatin1String(errorName(code)))
            return code;
    }
    return ErrorCode::Internal;
}

} // namespace

QString adminSocketPath(const QString &dataFolder)
{
    return QDir(dataFolder).absoluteFilePath(u"parleyd.sock"_s);
}

Result<std::unique_ptr<AdminClient>> AdminClient::connect(const QString &dataFolder)
{
    std::unique_ptr<AdminClient> client(new AdminClient);
    const QString path = adminSocketPath(dataFolder);
    client->m_socket.connectToServer(path);
    if (!client->m_socket.waitForConnected(connectMs))
        return Error(ErrorCode::Unavailable,
            u"the server is not running: nothing answers at %1 (%2). Start parleyd, or name its "
            "data folder by --data."_s.arg(path, client->m_socket.errorString()));
    return client;
}

Result<QJsonObject> AdminClient::ask(const QJsonObject &question, int mostMs)
{
    m_socket.write(QJsonDocument(question).toJson(QJsonDocument::Compact) + '\n');
    QElapsedTimer timer;
    timer.start();
    while (!m_socket.canReadLine()) {
        const qint64 left = mostMs - timer.elapsed();
        if (left <= 0 || !m_socket.waitForReadyRead(int(left)))
            return Error(ErrorCode::Unavailable, u"the server does not answer"_s);
    }
    const QJsonObject answer = QJsonDocument::fromJson(m_socket.readLine()).object();
    if (answer.value("ok"_L1).toBool())
        return answer;
    return Error(codeNamed(answer.value("error"_L1).toString()),
        answer.value("text"_L1).toString(u"the server's answer cannot be read"_s));
}

} // namespace parley
