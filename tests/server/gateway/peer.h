// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/protocol/frame.h"

#include <QtTest/QTest>
#include <QtWebSockets/QWebSocket>

#include <deque>

namespace parley {

/// A raw client for tests: says commands, keeps what comes back, interprets nothing.
class Peer : public QObject {
public:
    Peer()
    {
        connect(
            &m_socket, &QWebSocket::binaryMessageReceived, this, [this](const QByteArray &bytes) {
                auto frame = decodeServerFrame(bytes);
                QVERIFY(frame);
                if (auto *answer = std::get_if<Answer>(&*frame))
                    m_answers[answer->request] = answer->body;
                else if (auto *refused = std::get_if<Refused>(&*frame))
                    m_refusals[refused->request] = refused->refusal;
                else if (auto *event = std::get_if<Event>(&*frame))
                    m_events.push_back(std::move(*event));
            });
        connect(&m_socket, &QWebSocket::disconnected, this, [this] { m_isClosed = true; });
    }

    bool open(const QString &url)
    {
        m_socket.open(QUrl(url));
        return QTest::qWaitFor([&] { return m_socket.isValid(); }, waitMs);
    }
    RequestNumber say(const Command &command)
    {
        m_socket.sendBinaryMessage(encodeCommand(++m_lastRequest, command));
        return m_lastRequest;
    }
    void sayBytes(const QByteArray &bytes) { m_socket.sendBinaryMessage(bytes); }
    void sayText(const QString &text) { m_socket.sendTextMessage(text); }

    /// The reply, or the refusal as an error; Cancelled when none came.
    template <typename CommandType>
    Result<typename CommandType::Reply> ask(const CommandType &command)
    {
        const RequestNumber request = say(command);
        const auto isAnswered = [&] {
            return m_answers.contains(request) || m_refusals.contains(request);
        };
        const bool ended = QTest::qWaitFor([&] { return isAnswered() || m_isClosed; }, waitMs);
        if (!ended || !isAnswered())
            return ErrorCode::Cancelled;
        if (m_refusals.contains(request))
            return errorOf(m_refusals.at(request));
        return fromCbor<typename CommandType::Reply>(m_answers.at(request));
    }
    /// How a request was refused, if it was so far.
    std::optional<Refusal> refusal(RequestNumber request) const
    {
        const auto refused = m_refusals.find(request);
        return refused == m_refusals.end() ? std::nullopt : std::optional(refused->second);
    }
    /// The next event of this type; others before it are dropped. Nothing when none comes.
    template <typename EventType>
    std::optional<EventType> next()
    {
        std::optional<EventType> found;
        const auto look = [&] {
            while (!found && !m_events.empty()) {
                if (auto *event = std::get_if<EventType>(&m_events.front()))
                    found = std::move(*event);
                m_events.pop_front();
            }
            return found.has_value();
        };
        [[maybe_unused]] const bool came = QTest::qWaitFor(look, waitMs);
        return found;
    }
    bool isClosed()
    {
        return QTest::qWaitFor([&] { return m_isClosed; }, waitMs);
    }
    bool isOpen() const { return !m_isClosed; }
    QWebSocket &socket() { return m_socket; }

    static Hello hello(const QByteArray &token)
    {
        Hello hello;
        hello.versions = {1};
        hello.app = QStringLiteral("test");
        hello.auth.token = token;
        return hello;
    }

private:
    static constexpr int waitMs = 10'000;

    QWebSocket m_socket;
    RequestNumber m_lastRequest = 0;
    bool m_isClosed = false;
    std::map<RequestNumber, QByteArray> m_answers;
    std::map<RequestNumber, Refusal> m_refusals;
    std::deque<Event> m_events;
};

} // namespace parley
