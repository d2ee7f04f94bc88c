// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/accounts/hashing.h"
#include "server/gateway/pollcall.h"
#include "server/gateway/reads.h"

#include <QtCore/QMutex>

#include <set>

namespace parley {

/// A connection that was accepted for this gateway.
struct Incoming {
    qintptr descriptor = -1;
};
/// Pushes to this session were lost on the way.
struct PushesLost {
    SessionRef session;
};
/// The server stops: say so, and when `closes`, close.
struct Stopping {
    quint32 windowMs = 0;
    enum class Step : quint8 { Announce, Close } step = Step::Announce;
};

/// What reaches a gateway from the other threads.
using GatewayInput = std::variant<Incoming, Outbound, InternalAnswer, EndSessions, ReadAnswer,
    HashAnswer, PushesLost, Stopping, PollCall, PollReply>;

/// The way into one gateway's thread: batches, one wake for each, bounded. Beyond the bound pushes
/// are dropped and their sessions told so; answers always pass, since their number is bounded by
/// the commands that were let in, and so do requests of poll sessions, one for each connection. Any
/// thread posts; the gateway takes.
class Mailbox {
public:
    static constexpr qint64 pushBytesMost = qint64(64) * 1024 * 1024;

    void setWake(std::function<void()> wake) { m_wake = std::move(wake); }
    void post(GatewayInput input);
    void post(std::vector<GatewayInput> inputs);
    std::vector<GatewayInput> take();

private:
    void add(GatewayInput input);

    QMutex m_mutex;
    std::vector<GatewayInput> m_inputs;
    std::set<SessionRef> m_losers;
    qint64 m_pushBytes = 0;
    std::function<void()> m_wake;
};

} // namespace parley
