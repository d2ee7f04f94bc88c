// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/protocol/frame.h"
#include "tests/support/certificates.h"

#include <QtWebSockets/QWebSocket>
#include <QtWebSockets/QWebSocketServer>

#include <deque>

namespace parley {

/// The other end of a connection, on loopback: takes commands, answers by hand. One thread.
class Peer : public QObject {
    Q_OBJECT
public:
    explicit Peer(const std::optional<TestCertificate> &certificate = {});
    ~Peer() override { stop(); }

    quint16 port() const { return m_server.serverPort(); }
    QString url() const;
    /// Stops listening and cuts everybody off.
    void stop();
    /// The same port again.
    bool start();

    int connections() const { return m_connections; }
    bool isConnected() const { return m_socket != nullptr; }
    /// Waits for the first command of this kind; nothing after ten seconds.
    template <typename T>
    std::optional<T> expect();
    void answer(const auto &reply) { sendBytes(encodeReply(m_lastRequest, reply)); }
    void refuse(ErrorCode code) { sendBytes(encodeRefusal(m_lastRequest, refusalOf(Error(code)))); }
    void send(const Event &event) { sendBytes(encodeEvent(event)); }
    void sendBytes(const QByteArray &bytes);
    void sendText(const QString &text);
    void cut();

private:
    void onConnection();
    bool waitForFrame();

    QWebSocketServer m_server;
    QWebSocket *m_socket = nullptr;
    std::deque<ClientFrame> m_received;
    RequestNumber m_lastRequest = 0;
    quint16 m_port = 0;
    int m_connections = 0;
};

template <typename T>
std::optional<T> Peer::expect()
{
    for (;;) {
        for (auto frame = m_received.begin(); frame != m_received.end(); ++frame) {
            if (!std::holds_alternative<T>(frame->command))
                continue;
            T command = std::get<T>(frame->command);
            m_lastRequest = frame->request;
            m_received.erase(frame);
            return command;
        }
        if (!waitForFrame())
            return std::nullopt;
    }
}

} // namespace parley
