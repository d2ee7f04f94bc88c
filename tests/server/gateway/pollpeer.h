// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/protocol/jsonframes.h"
#include "shared/protocol/poll.h"

#include <QtNetwork/QTcpSocket>
#include <QtTest/QTest>

namespace parley {

/// One HTTP connection of a test, byte for byte.
class HttpSocket {
public:
    struct Response {
        int status = 0;
        QByteArray head;
        QByteArray body;
    };
    static constexpr int waitMs = 10'000;

    explicit HttpSocket(quint16 port) { m_socket.connectToHost(QHostAddress::LocalHost, port); }

    static QByteArray post(const QByteArray &body, const QByteArray &headers = {})
    {
        return "POST /v1/poll HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + headers
            + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
    }
    void send(const QByteArray &bytes) { m_socket.write(bytes); }
    /// The next response; nothing when none comes.
    std::optional<Response> response()
    {
        std::optional<Response> found;
        [[maybe_unused]] const bool came = QTest::qWaitFor(
            [&] {
                m_bytes += m_socket.readAll();
                found = take();
                return found.has_value();
            },
            waitMs);
        return found;
    }
    bool hasResponse()
    {
        m_bytes += m_socket.readAll();
        return m_bytes.contains("\r\n\r\n");
    }
    bool isClosed()
    {
        return QTest::qWaitFor(
            [&] { return m_socket.state() == QAbstractSocket::UnconnectedState; }, waitMs);
    }
    void abort() { m_socket.abort(); }
    QTcpSocket &socket() { return m_socket; }

private:
    std::optional<Response> take()
    {
        const qsizetype end = m_bytes.indexOf("\r\n\r\n");
        if (end < 0)
            return std::nullopt;
        Response response{m_bytes.mid(9, 3).toInt(), m_bytes.left(end + 4), {}};
        const qsizetype at = response.head.indexOf("Content-Length: ") + 16;
        const qsizetype length =
            at < 16 ? 0 : response.head.mid(at, response.head.indexOf('\r', at) - at).toInt();
        if (m_bytes.size() < end + 4 + length)
            return std::nullopt;
        response.body = m_bytes.mid(end + 4, length);
        m_bytes.remove(0, end + 4 + length);
        return response;
    }

    QTcpSocket m_socket;
    QByteArray m_bytes;
};

/// A raw client that polls: says commands, keeps what comes back, one request at a time unless a
/// test does otherwise.
class PollPeer {
public:
    explicit PollPeer(quint16 serverPort)
        : port(serverPort)
        , http(std::make_unique<HttpSocket>(serverPort))
    {
    }

    bool open()
    {
        poll();
        return session.has_value();
    }
    RequestNumber say(const Command &command)
    {
        outgoing.push(json.writeCommand({++lastRequest, command}));
        return lastRequest;
    }
    void sayJson(const QByteArray &frame) { outgoing.push(frame); }

    /// The body of a request with everything that is not acknowledged.
    QByteArray body(bool closes = false) const
    {
        Poll poll;
        poll.session = session;
        poll.seq = outgoing.first();
        poll.ack = arrived.last();
        poll.close = closes;
        return encodePoll(poll, outgoing.from(poll.seq, limits::clientFrameBytes));
    }
    /// One request and its answer. False when it is not 200; `status` tells.
    bool poll(const QByteArray &headers = {})
    {
        http->send(HttpSocket::post(body(), headers));
        return take(http->response());
    }
    /// What was answered.
    bool take(const std::optional<HttpSocket::Response> &response)
    {
        status = response ? response->status : 0;
        if (status != 200)
            return false;
        const auto polled = decodePolled(response->body);
        if (!polled)
            return false;
        session = polled->head.session;
        isClosed = isClosed || polled->head.closed;
        outgoing.acknowledge(polled->head.ack);
        last = *polled;
        const auto known = arrived.known(polled->head.seq, polled->frames.size());
        for (size_t i = known.value_or(polled->frames.size()); i < polled->frames.size(); ++i) {
            arrived.take();
            keep(polled->frames[i]);
        }
        return true;
    }

    /// The reply, or the refusal as an error; Cancelled when none came.
    template <typename CommandType>
    Result<typename CommandType::Reply> ask(const CommandType &command)
    {
        const RequestNumber request = say(command);
        while (!answers.contains(request) && !refusals.contains(request)) {
            if (!poll() || (isClosed && last.frames.empty()))
                return ErrorCode::Cancelled;
        }
        if (refusals.contains(request))
            return errorOf(refusals.at(request));
        return fromCbor<typename CommandType::Reply>(answers.at(request));
    }
    /// The next event of this type; others before it are dropped. Nothing when none comes.
    template <typename EventType>
    std::optional<EventType> next()
    {
        for (;;) {
            while (!events.empty()) {
                const Event event = std::move(events.front());
                events.pop_front();
                if (const auto *found = std::get_if<EventType>(&event))
                    return *found;
            }
            if (isClosed || !poll())
                return std::nullopt;
        }
    }

    quint16 port;
    std::unique_ptr<HttpSocket> http;
    std::optional<QString> session;
    NumberedFrames outgoing;
    ArrivedFrames arrived;
    JsonFrames json;
    PollBody<Polled> last;
    int status = 0;
    bool isClosed = false;
    RequestNumber lastRequest = 0;
    std::map<RequestNumber, QByteArray> answers;
    std::map<RequestNumber, Refusal> refusals;
    std::deque<Event> events;

private:
    void keep(const QByteArray &bytes)
    {
        auto frame = json.readServerFrame(bytes);
        QVERIFY(frame);
        if (auto *answer = std::get_if<Answer>(&*frame)) {
            QVERIFY2(!answers.contains(answer->request), "answered twice");
            answers[answer->request] = answer->body;
        } else if (auto *refused = std::get_if<Refused>(&*frame))
            refusals[refused->request] = refused->refusal;
        else if (auto *event = std::get_if<Event>(&*frame))
            events.push_back(std::move(*event));
    }
};

} // namespace parley
