// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/gateway/pollcall.h"
#include "server/gateway/servedconnection.h"
#include "shared/protocol/jsonframes.h"

namespace parley {

/// A session whose frames travel in the bodies of HTTP requests. What it has to say waits until a
/// request comes, and is kept until the peer has acknowledged it: a request or an answer that was
/// lost is said again, and nothing is taken twice. At most one request is held; the next one
/// releases it. Has no sockets. Owned by its gateway, on its thread.
class PollConnection : public ServedConnection {
    Q_OBJECT
public:
    static constexpr qint64 lingerMs = 10'000; ///< after the end, for its last answer to be fetched

    /// `name` is what the peer calls the session.
    PollConnection(const SessionWorld &world, GatewayWays &ways, SessionRef ref,
        std::unique_ptr<Visit> visit, QString name);

    const QString &name() const { return m_name; }
    /// Answered at once or later, but always.
    void called(const PollCall &call, qint64 nowMs);
    void tick(qint64 nowMs) override;
    void leave() override;

signals:
    void replied(const parley::PollReply &reply);

private:
    void write(const QByteArray &frame) override;
    qint64 waitingBytes() const override { return m_outgoing.bytes(); }
    void close() override;

    /// False when frames before these are missing.
    bool take(const PollBody<Poll> &body, qint64 nowMs);
    void scheduleAnswer();
    void answerHeld();
    void releaseHeld();
    void reply(const PollCaller &to, Polled polled, const std::vector<QByteArray> &frames);
    void endNow();
    qint64 expiryMs() const;

    struct Held {
        PollCaller from;
        qint64 ack = 0;
        qint64 sinceMs = 0;
    };

    QString m_name;
    JsonFrames m_json;
    NumberedFrames m_outgoing;
    ArrivedFrames m_arrived;
    std::optional<Held> m_held;
    qint64 m_heardMs;
    std::optional<qint64> m_closedMs;
    bool m_isAnswerScheduled = false;
    bool m_hasEnded = false;
};

} // namespace parley
