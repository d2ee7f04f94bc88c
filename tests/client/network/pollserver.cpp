// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/client/network/pollserver.h"

#include <QtNetwork/QSslConfiguration>
#include <QtNetwork/QSslServer>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;

namespace parley {

namespace {

constexpr int waitMs = 10'000;
constexpr qsizetype requestBytesMost = 1024 * 1024;

qsizetype lengthIn(const QByteArray &head)
{
    const QByteArray key("content-length: ");
    const qsizetype at = head.indexOf(key);
    return at < 0 ? 0 : head.mid(at + key.size(), head.indexOf('\r', at) - at - key.size()).toInt();
}

} // namespace

PollServer::PollServer(const std::optional<TestCertificate> &certificate)
    : m_isSecure(certificate.has_value())
{
    if (certificate) {
        auto server = std::make_unique<QSslServer>();
        QSslConfiguration ssl = QSslConfiguration::defaultConfiguration();
        ssl.setLocalCertificate(certificate->certificate);
        ssl.setPrivateKey(certificate->key);
        ssl.setPeerVerifyMode(QSslSocket::VerifyNone);
        server->setSslConfiguration(ssl);
        m_server = std::move(server);
    } else {
        m_server = std::make_unique<QTcpServer>();
    }
    connect(m_server.get(), &QTcpServer::pendingConnectionAvailable, this, &PollServer::accept);
    m_server->listen(QHostAddress(QHostAddress::LocalHost));
}

QString PollServer::url() const
{
    return u"%1://127.0.0.1:%2/"_s.arg(m_isSecure ? u"wss"_s : u"ws"_s).arg(m_server->serverPort());
}

void PollServer::accept()
{
    while (QTcpSocket *socket = m_server->nextPendingConnection()) {
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
        read(socket);
    }
}

void PollServer::read(QTcpSocket *socket)
{
    const QByteArray bytes = socket->peek(requestBytesMost);
    const qsizetype end = bytes.indexOf("\r\n\r\n");
    if (end < 0)
        return;
    const QByteArray head = bytes.left(end + 4).toLower();
    if (head.contains("upgrade: websocket")) {
        ++m_upgrades;
        socket->write("HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        socket->disconnectFromHost();
        return;
    }
    const qsizetype length = lengthIn(head);
    if (bytes.size() < end + 4 + length)
        return;
    ++m_polls;
    socket->skip(end + 4 + length);
    m_requests.push_back({socket, bytes.mid(end + 4, length)});
}

std::optional<PollBody<Poll>> PollServer::expect()
{
    if (!QTest::qWaitFor([this] { return !m_requests.empty(); }, waitMs))
        return std::nullopt;
    m_current = m_requests.front();
    m_requests.pop_front();
    auto body = decodePoll(m_current.body);
    return body ? std::optional(*std::move(body)) : std::nullopt;
}

bool PollServer::open()
{
    const auto first = expect();
    if (!first || first->head.session || !first->frames.empty())
        return false;
    answer(polled(1, 0));
    return true;
}

Polled PollServer::polled(qint64 seq, qint64 ack)
{
    return Polled{u"secret.1"_s, seq, ack, false};
}

void PollServer::answer(const Polled &polled, const std::vector<QByteArray> &frames)
{
    const QByteArray body = encodePolled(polled, frames);
    answerBytes("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
        + QByteArray::number(body.size()) + "\r\n\r\n" + body);
}

void PollServer::answerBytes(const QByteArray &response)
{
    if (m_current.socket)
        m_current.socket->write(response);
}

void PollServer::drop()
{
    if (m_current.socket)
        m_current.socket->abort();
}

} // namespace parley
