// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/accounts/hashing.h"
#include "server/config.h"
#include "server/gateway/limiter.h"
#include "server/gateway/reads.h"
#include "server/queue/queue.h"
#include "shared/random.h"

namespace parley {

/// The world of a session: ways to the other parts, and to its peer. Implemented by the connection,
/// and by tests. Same thread as the session.
class SessionHost {
public:
    virtual ~SessionHost() = default;

    enum class Sent : quint8 { Accepted, Full };
    virtual Sent toService(Queued command) = 0;
    /// For what must arrive: kept and offered again while the queue is full.
    virtual void toServiceSurely(Queued command) = 0;
    virtual Sent toReaders(ReadJob job) = 0;
    virtual Sent toHashing(HashJob job) = 0;
    virtual void toPresence(PresenceInput input) = 0;

    virtual void write(const QByteArray &frame) = 0;
    /// Bytes that were written and that the peer has not taken.
    virtual qint64 waitingBytes() const = 0;
    /// Closes once what was written is gone. The session gets nothing more.
    virtual void close() = 0;
    /// The session has signed in: it is pending no more.
    virtual void signedIn() = 0;
    /// Unix time, for people.
    virtual qint64 wallMs() const = 0;
};

/// What all sessions of a server share; outlives them.
struct SessionWorld {
    const Config &config;
    Epoch epoch;
    Limiter &limiter;
    Random &random;
};

} // namespace parley
