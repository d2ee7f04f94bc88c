// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/gateway/httphead.h"

#include "shared/product.h"

namespace parley {
namespace {

bool isToken(const QByteArray &text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) {
        return c > 0x20 && c < 0x7f && c != ':';
    });
}

const char *reasonOf(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 431:
        return "Request Header Fields Too Large";
    case 503:
        return "Service Unavailable";
    default:
        return "Bad Request";
    }
}

} // namespace

QByteArray HttpHead::value(QByteArrayView name) const
{
    for (auto header = headers.rbegin(); header != headers.rend(); ++header) {
        if (header->first == name)
            return header->second;
    }
    return {};
}

bool HttpHead::isWebSocket() const
{
    return method == "GET" && value("upgrade").toLower() == "websocket";
}

Result<std::optional<HttpHead>> parseHttpHead(const QByteArray &bytes)
{
    const qsizetype end = bytes.indexOf("\r\n\r\n");
    if (end < 0 && bytes.size() < HttpHead::sizeBytesMost)
        return std::optional<HttpHead>();
    if (end < 0 || end + 4 > HttpHead::sizeBytesMost)
        return Error(ErrorCode::TooLarge);
    HttpHead head;
    head.sizeBytes = end + 4;
    const QList<QByteArray> lines = bytes.left(end).split('\n');
    const QList<QByteArray> first = lines.first().trimmed().split(' ');
    if (first.size() != 3 || !isToken(first[0]) || first[1].isEmpty()
        || !first[2].startsWith("HTTP/1."))
        return Error(ErrorCode::Malformed);
    if (lines.size() > HttpHead::headersMost)
        return Error(ErrorCode::TooLarge);
    head.method = first[0];
    head.target = first[1];
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const qsizetype colon = lines[i].indexOf(':');
        const QByteArray name = lines[i].left(std::max<qsizetype>(colon, 0));
        if (!isToken(name))
            return Error(ErrorCode::Malformed);
        head.headers.emplace_back(name.toLower(), lines[i].mid(colon + 1).trimmed());
    }
    return std::optional(std::move(head));
}

DoorAnswer answerAtDoor(const HttpHead &head, const Config &config)
{
    const QByteArray origin = head.value("origin");
    if (!origin.isEmpty() && !config.listen.origins.contains(QString::fromUtf8(origin)))
        return {false, 403, "This origin is not allowed here.\n"};
    if (head.isWebSocket())
        return {true, 101, {}};
    if (head.method != "GET" && head.method != "HEAD")
        return {false, 405, "Only GET is understood here.\n"};
    const QByteArray path = head.target.split('?').first();
    if (path == "/health")
        return {false, 200, "ok\n"};
    if (path != "/")
        return {false, 404, "There is nothing here.\n"};
    return {false, 200,
        config.server.name.toUtf8() + ": a " + productName + " server. Open it with " + productName
            + ".\n"};
}

QByteArray httpResponse(int status, const QByteArray &text)
{
    return "HTTP/1.1 " + QByteArray::number(status) + ' ' + reasonOf(status)
        + "\r\nContent-Type: text/plain; charset=utf-8"
          "\r\nX-Content-Type-Options: nosniff"
          "\r\nConnection: close"
          "\r\nContent-Length: "
        + QByteArray::number(text.size()) + "\r\n\r\n" + text;
}

bool isProxy(const QHostAddress &peer, const Config::Listen &listen)
{
    return std::any_of(listen.proxies.begin(), listen.proxies.end(),
        [&](const QString &proxy) { return QHostAddress(proxy).isEqual(peer); });
}

QHostAddress clientAddress(
    const HttpHead &head, const QHostAddress &peer, const Config::Listen &listen)
{
    if (!isProxy(peer, listen))
        return peer;
    // Only the last part was written by the proxy; what stands before it anybody can write.
    const QByteArray forwarded = head.value("x-forwarded-for");
    const QHostAddress last(
        QString::fromLatin1(forwarded.mid(forwarded.lastIndexOf(',') + 1).trimmed()));
    return last.isNull() ? peer : last;
}

} // namespace parley
