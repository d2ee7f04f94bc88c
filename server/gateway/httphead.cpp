// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/gateway/httphead.h"

#include "shared/product.h"
#include "shared/protocol/poll.h"

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
    case 408:
        return "Request Timeout";
    case 411:
        return "Length Required";
    case 413:
        return "Content Too Large";
    case 415:
        return "Unsupported Media Type";
    case 417:
        return "Expectation Failed";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 503:
        return "Service Unavailable";
    default:
        return "Bad Request";
    }
}

/// What must not stand in a line: control characters, and so a line's end that is only half of one.
bool isClean(const QByteArray &line)
{
    return std::none_of(line.begin(), line.end(),
        [](char c) { return (quint8(c) < 0x20 && c != '\t') || c == 0x7f; });
}

/// The lines without their ends; nothing when one does not end as it must.
std::optional<QList<QByteArray>> linesOf(const QByteArray &head)
{
    QList<QByteArray> lines = (head + '\r').split('\n');
    for (QByteArray &line : lines) {
        if (!line.endsWith('\r'))
            return std::nullopt;
        line.chop(1);
        if (!isClean(line))
            return std::nullopt;
    }
    return lines;
}

bool isPollPath(const QByteArray &path)
{
    return path.endsWith(pollPath);
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

size_t HttpHead::count(QByteArrayView name) const
{
    return size_t(std::count_if(headers.begin(), headers.end(),
        [name](const auto &header) { return header.first == name; }));
}

bool HttpHead::keepsAlive() const
{
    const QList<QByteArray> words = value("connection").toLower().split(',');
    const bool closes = std::any_of(words.begin(), words.end(),
        [](const QByteArray &word) { return word.trimmed() == "close"; });
    return minorVersion >= 1 && !closes;
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
    const auto lines = linesOf(bytes.left(end));
    if (!lines)
        return Error(ErrorCode::Malformed);
    const QList<QByteArray> first = lines->first().split(' ');
    if (first.size() != 3 || !isToken(first[0]) || first[1].isEmpty()
        || (first[2] != "HTTP/1.1" && first[2] != "HTTP/1.0"))
        return Error(ErrorCode::Malformed);
    if (lines->size() > HttpHead::headersMost)
        return Error(ErrorCode::TooLarge);
    head.method = first[0];
    head.target = first[1];
    head.minorVersion = first[2].endsWith('1') ? 1 : 0;
    for (qsizetype i = 1; i < lines->size(); ++i) {
        const QByteArray &line = lines->at(i);
        const qsizetype colon = line.indexOf(':');
        const QByteArray name = line.left(std::max<qsizetype>(colon, 0));
        if (!isToken(name))
            return Error(ErrorCode::Malformed);
        head.headers.emplace_back(name.toLower(), line.mid(colon + 1).trimmed());
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
    const QByteArray path = head.target.split('?').first();
    if (isPollPath(path) && head.method == "POST")
        return {false, 200, {}, true};
    if (isPollPath(path))
        return {false, 405, "Only POST is understood here.\n"};
    if (head.method != "GET" && head.method != "HEAD")
        return {false, 405, "Only GET is understood here.\n"};
    if (path == "/health")
        return {false, 200, "ok\n"};
    if (path != "/")
        return {false, 404, "There is nothing here.\n"};
    return {false, 200,
        config.server.name.toUtf8() + ": a " + productName + " server. Open it with " + productName
            + ".\n"};
}

QByteArray HttpResponse::bytes() const
{
    QByteArray head = "HTTP/1.1 " + QByteArray::number(status) + ' ' + reasonOf(status)
        + "\r\nContent-Type: " + contentType
        + "\r\nX-Content-Type-Options: nosniff"
          "\r\nCache-Control: no-store";
    if (status == 405)
        head += "\r\nAllow: GET, HEAD, POST";
    if (retryAfterMs)
        head += "\r\nRetry-After: " + QByteArray::number((*retryAfterMs + 999) / 1000);
    head += connection == Connection::Kept ? "\r\nConnection: keep-alive" : "\r\nConnection: close";
    return head + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

HttpResponse httpRefusal(int status)
{
    return {status, "text/plain; charset=utf-8", QByteArray(reasonOf(status)) + ".\n"};
}

QByteArray httpResponse(int status, const QByteArray &text)
{
    return HttpResponse{status, "text/plain; charset=utf-8", text}.bytes();
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
