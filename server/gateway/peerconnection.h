// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/gateway/servedconnection.h"
#include "shared/protocol/jsonframes.h"

#include <QtCore/QPointer>
#include <QtNetwork/QTcpSocket>
#include <QtWebSockets/QWebSocket>

namespace parley {

/// A WebSocket and its session. Its first message decides how it is spoken: binary ones are CBOR,
/// text ones are JSON. Owned by its gateway, on its thread.
class PeerConnection : public ServedConnection {
    Q_OBJECT
public:
    /// Takes the WebSocket and sets its limits before its first byte is read. `transport` is the
    /// socket below it.
    PeerConnection(const SessionWorld &world, GatewayWays &ways, SessionRef ref,
        std::unique_ptr<QWebSocket> socket, QTcpSocket *transport, std::unique_ptr<Visit> visit);
    ~PeerConnection() override;

    void tick(qint64 nowMs) override;
    void leave() override { close(); }

private:
    void write(const QByteArray &frame) override;
    qint64 waitingBytes() const override;
    void close() override;

    void receiveText(const QString &text);
    void receiveBytes(const QByteArray &frame);
    void abort();
    void watchFlood();

    enum class Language : quint8 { Unknown, Cbor, Json };

    std::unique_ptr<QWebSocket> m_socket;
    QPointer<QTcpSocket> m_transport;
    Language m_language = Language::Unknown;
    JsonFrames m_json;
    std::optional<qint64> m_closingSinceMs;
};

} // namespace parley
