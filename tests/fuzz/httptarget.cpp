// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/gateway/httprequest.h"
#include "shared/assert.h"
#include "tests/fuzz/targets.h"

namespace parley {
namespace {

Config proxied()
{
    Config config;
    config.listen.proxies = {QStringLiteral("10.0.0.1")};
    config.listen.origins = {QStringLiteral("https://chat.example")};
    return config;
}

const Config &doorConfig()
{
    static const Config config = proxied();
    return config;
}

void checkHead(const HttpHead &head, const QByteArray &bytes)
{
    PARLEY_ASSERT(head.sizeBytes <= HttpHead::sizeBytesMost && head.sizeBytes <= bytes.size());
    PARLEY_ASSERT(qsizetype(head.headers.size()) <= HttpHead::headersMost);
    for (const auto &[name, value] : head.headers) {
        PARLEY_ASSERT(!name.isEmpty() && name == name.toLower());
        PARLEY_ASSERT(value.indexOf('\n') < 0);
    }
    // What comes behind the head changes nothing, and a byte less is no head yet.
    const auto exact = parseHttpHead(bytes.left(head.sizeBytes));
    PARLEY_ASSERT(exact && *exact && (*exact)->headers == head.headers);
    const auto shorter = parseHttpHead(bytes.left(head.sizeBytes - 1));
    PARLEY_ASSERT(shorter && !*shorter);

    const DoorAnswer answer = answerAtDoor(head, doorConfig());
    PARLEY_ASSERT(answer.upgrades == (answer.status == 101));
    PARLEY_ASSERT(!answer.upgrades || head.isWebSocket());
    PARLEY_ASSERT(!(answer.upgrades && answer.polls));
    const QByteArray origin = head.value("origin");
    PARLEY_ASSERT(answer.status == 403 || origin.isEmpty() || origin == "https://chat.example");
    (void)httpResponse(answer.status, answer.text);

    const QHostAddress stranger(QStringLiteral("192.0.2.7"));
    PARLEY_ASSERT(clientAddress(head, stranger, doorConfig().listen) == stranger);
    const QHostAddress proxy(QStringLiteral("10.0.0.1"));
    PARLEY_ASSERT(!clientAddress(head, proxy, doorConfig().listen).isNull());
}

/// Everything that the reader makes of the bytes when they come in pieces of this size, as text.
QByteArray readInPieces(const QByteArray &bytes, qsizetype piece)
{
    HttpRequestReader reader(doorConfig());
    QByteArray told;
    qsizetype at = 0;
    for (;;) {
        const qsizetype size = std::min({piece, reader.room(), bytes.size() - at});
        PARLEY_ASSERT(reader.room() >= 0);
        reader.feed(QByteArrayView(bytes).sliced(at, size));
        at += size;
        const auto step = reader.next();
        (void)reader.takeContinueWish();
        if (const auto *request = std::get_if<HttpRequest>(&step)) {
            PARLEY_ASSERT(request->body.size() <= reader.bodyBytesMost());
            told += request->head.method + ' ' + request->head.target + ' ' + request->body + '\n';
        } else if (const auto *response = std::get_if<HttpResponse>(&step)) {
            PARLEY_ASSERT(response->status >= 200 && response->bytes().startsWith("HTTP/1."));
            return told + QByteArray::number(response->status);
        } else if (size == 0) {
            return told; // Nothing more comes, or nothing more is taken.
        }
    }
}

} // namespace

void runHttp(QByteArrayView input)
{
    const QByteArray bytes = input.toByteArray();
    const auto head = parseHttpHead(bytes);
    if (head && *head)
        checkHead(**head, bytes);
    // How the network cuts the bytes makes no difference.
    PARLEY_ASSERT(readInPieces(bytes, 1) == readInPieces(bytes, bytes.size() + 1));
}

std::vector<QByteArray> httpSeeds()
{
    const QByteArray upgrade = "GET / HTTP/1.1\r\nHost: chat.example\r\nUpgrade: websocket\r\n"
                               "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                               "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    return {upgrade + "\r\n", upgrade + "Origin: https://chat.example\r\n\r\n",
        upgrade + "Origin: https://evil.example\r\n\r\n",
        upgrade + "X-Forwarded-For: 1.2.3.4, 5.6.7.8\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: a\r\n\r\n", "HEAD / HTTP/1.0\r\n\r\n",
        "POST /poll HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 3"
        "\r\n\r\nabcGET /health HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /poll HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
        "POST /poll HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "POST /poll HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n",
        "POST /x?y=1 HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc", "GET  / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\n:\r\n\r\n", "GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n"};
}

} // namespace parley
