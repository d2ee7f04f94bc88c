// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/config.h"

#include <QtNetwork/QHostAddress>

namespace parley {

/// The head of an HTTP/1.1 request: as much of HTTP as a gateway reads before it knows who is
/// there.
struct HttpHead {
    static constexpr qsizetype sizeBytesMost = 8 * 1024;
    static constexpr qsizetype headersMost = 64;

    QByteArray method;
    QByteArray target;
    int minorVersion = 1; ///< of HTTP/1
    std::vector<std::pair<QByteArray, QByteArray>> headers; ///< names in lower case
    qsizetype sizeBytes = 0; ///< with the empty line

    /// The last value of this name (in lower case); empty when there is none.
    QByteArray value(QByteArrayView name) const;
    size_t count(QByteArrayView name) const;
    bool isWebSocket() const;
    /// The peer wants to send another request on the same connection.
    bool keepsAlive() const;
};

/// Nothing while the empty line has not come; TooLarge, or Malformed. Strict where others differ:
/// lines end with CR LF alone, and hold no control characters.
Result<std::optional<HttpHead>> parseHttpHead(const QByteArray &bytes);

/// Where a request goes: on to the WebSocket server, to long polling, or a short answer.
struct DoorAnswer {
    bool upgrades = false;
    int status = 200;
    QByteArray text;
    bool polls = false;
};
DoorAnswer answerAtDoor(const HttpHead &head, const Config &config);
/// The whole response, after which the connection is closed.
QByteArray httpResponse(int status, const QByteArray &text);

/// A response of which a kept connection may have many.
struct HttpResponse {
    int status = 200;
    QByteArray contentType;
    QByteArray body;
    enum class Connection : quint8 { Kept, Closed } connection = Connection::Closed;
    std::optional<qint64> retryAfterMs = {};

    QByteArray bytes() const;
};
/// A short text for people, with an error's status.
HttpResponse httpRefusal(int status);

/// The address that counts: the peer's, or what a configured proxy says in X-Forwarded-For.
QHostAddress clientAddress(
    const HttpHead &head, const QHostAddress &peer, const Config::Listen &listen);
bool isProxy(const QHostAddress &peer, const Config::Listen &listen);

} // namespace parley
