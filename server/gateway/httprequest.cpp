// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/gateway/httprequest.h"

#include "shared/protocol/poll.h"

namespace parley {
namespace {

constexpr qsizetype lengthDigitsMost = 9;

bool isJson(const QByteArray &contentType)
{
    return contentType.split(';').first().trimmed().toLower() == "application/json";
}

/// Only digits: other programs read signs, spaces and lists in ways of their own.
std::optional<qsizetype> lengthFrom(const QByteArray &text)
{
    const bool isNumber = !text.isEmpty() && text.size() <= lengthDigitsMost
        && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    return isNumber ? std::optional<qsizetype>(text.toInt()) : std::nullopt;
}

} // namespace

qsizetype HttpRequestReader::bodyBytesMost() const
{
    return qsizetype(m_config.limits.announced.clientFrameBytes) + limits::pollEnvelopeBytes;
}

qsizetype HttpRequestReader::room() const
{
    return m_hasRefused ? 0 : HttpHead::sizeBytesMost + bodyBytesMost() - m_bytes.size();
}

void HttpRequestReader::feed(QByteArrayView bytes)
{
    m_bytes.append(bytes.data(), std::min(bytes.size(), room()));
}

HttpRequestReader::Step HttpRequestReader::next()
{
    if (m_hasRefused)
        return {};
    if (!m_head) {
        if (auto refusal = readHead())
            return refuse(*std::move(refusal));
    }
    if (!m_head || m_bytes.size() < m_bodyBytes)
        return {};
    HttpRequest request{*std::exchange(m_head, std::nullopt), m_bytes.left(m_bodyBytes)};
    m_bytes.remove(0, m_bodyBytes);
    m_wantsContinue = false;
    return request;
}

bool HttpRequestReader::takeContinueWish()
{
    return std::exchange(m_wantsContinue, false);
}

/// The head, once it is there; a refusal when it, or what it announces, is not to be had.
std::optional<HttpResponse> HttpRequestReader::readHead()
{
    auto head = parseHttpHead(m_bytes.left(HttpHead::sizeBytesMost));
    if (!head)
        return httpRefusal(head.error().code == ErrorCode::TooLarge ? 431 : 400);
    if (!*head)
        return std::nullopt;
    const DoorAnswer answer = answerAtDoor(**head, m_config);
    // A connection that has polled does not become another kind.
    if (answer.upgrades)
        return httpRefusal(400);
    if (!answer.polls)
        return HttpResponse{answer.status, "text/plain; charset=utf-8", answer.text};
    m_head = **std::move(head);
    m_bytes.remove(0, m_head->sizeBytes);
    return readLength();
}

std::optional<HttpResponse> HttpRequestReader::readLength()
{
    if (m_head->count("transfer-encoding") > 0 || m_head->count("content-length") == 0)
        return httpRefusal(411);
    const auto length = lengthFrom(m_head->value("content-length"));
    if (m_head->count("content-length") > 1)
        return httpRefusal(400);
    if (!length) {
        const bool isHuge = m_head->value("content-length").size() > lengthDigitsMost;
        return httpRefusal(isHuge ? 413 : 400);
    }
    if (*length > bodyBytesMost())
        return httpRefusal(413);
    if (!isJson(m_head->value("content-type")) || m_head->count("content-encoding") > 0)
        return httpRefusal(415);
    const QByteArray expected = m_head->value("expect").toLower();
    if (!expected.isEmpty() && expected != "100-continue")
        return httpRefusal(417);
    m_bodyBytes = *length;
    m_wantsContinue = !expected.isEmpty() && m_bytes.isEmpty() && m_bodyBytes > 0;
    return std::nullopt;
}

HttpResponse HttpRequestReader::refuse(HttpResponse response)
{
    m_hasRefused = true;
    m_head.reset();
    m_bytes.clear();
    response.connection = HttpResponse::Connection::Closed;
    return response;
}

} // namespace parley
