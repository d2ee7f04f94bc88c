// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/gateway/httprequest.h"
#include "server/gateway/pollcall.h"
#include "server/gateway/sessionhost.h"
#include "server/gateway/visit.h"

#include <QtNetwork/QTcpSocket>

namespace parley {

/// An HTTP connection over which poll sessions speak: reads a request, waits for its answer, writes
/// it, reads the next. Whatever the peer does, it holds at most one request and one answer, and
/// each of its steps has a deadline. Owned by its desk, on a gateway's thread.
class HttpVisitor : public QObject {
    Q_OBJECT
public:
    static constexpr qint64 idleMs = 60'000; ///< between requests, of who has signed in
    static constexpr qint64 requestMs = 15'000; ///< for one request, of who has signed in
    static constexpr qint64 writeMs = 30'000; ///< for the peer to take an answer
    static constexpr qint64 closeMs = 1'000; ///< for what still comes before a close
    static constexpr qint64 discardedBytesMost = 1024 * 1024; ///< of what still comes

    /// Takes a socket whose first request has its head there, unread. Without a visit the peer is a
    /// proxy with many others behind it.
    HttpVisitor(const SessionWorld &world, PollCaller self, QTcpSocket *socket,
        std::unique_ptr<Visit> visit, qint64 deadlineMs);
    ~HttpVisitor() override;

    /// To the request that waits.
    void reply(const PollReply &reply);
    void tick(qint64 nowMs);
    /// The server stops: answers what waits, and closes once that is written.
    void leave();

signals:
    void called(const parley::PollCall &call);
    /// The socket is gone.
    void ended();

private:
    enum class State : quint8 { Reading, Waiting, Writing, Closing };

    void read();
    void handle(const HttpRequest &request);
    void respond(HttpResponse response);
    void refuse(int status, std::optional<qint64> retryAfterMs = {});
    void written();
    void awaitNext();
    void discard();

    const SessionWorld &m_world;
    PollCaller m_self;
    QTcpSocket *m_socket;
    std::unique_ptr<Visit> m_visit;
    HttpRequestReader m_reader;
    State m_state = State::Reading;
    HttpResponse::Connection m_after = HttpResponse::Connection::Kept; ///< this request
    qint64 m_deadlineMs;
    qint64 m_discardedBytes = 0;
    bool m_isInterrupted = false; ///< its request was refused before it had come as a whole
    bool m_isKnown = false; ///< it speaks for a session that has signed in
};

} // namespace parley
