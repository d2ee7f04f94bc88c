// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/gateway/session.h"
#include "server/gateway/visit.h"

#include <QtCore/QObject>

namespace parley {

/// The ways from a gateway to the other parts, for all its connections.
class GatewayWays {
public:
    virtual ~GatewayWays() = default;
    virtual SessionHost::Sent toService(Queued command) = 0;
    virtual void toServiceSurely(Queued command) = 0;
    virtual SessionHost::Sent toReaders(ReadJob job) = 0;
    virtual SessionHost::Sent toHashing(HashJob job) = 0;
    virtual void toPresence(PresenceInput input) = 0;
};

/// A session and whatever carries its frames. Owned by its gateway, on its thread.
class ServedConnection : public QObject, protected SessionHost {
    Q_OBJECT
public:
    ServedConnection(const SessionWorld &world, GatewayWays &ways, const SessionRef &ref,
        std::unique_ptr<Visit> visit);

    Session &session() { return m_session; }
    /// Deadlines of the session, and of a close that the peer does not finish.
    virtual void tick(qint64 nowMs) = 0;
    /// The server stops: closes once what was written is gone.
    virtual void leave() = 0;

signals:
    void ended();

protected:
    Sent toService(Queued command) override { return m_ways.toService(std::move(command)); }
    void toServiceSurely(Queued command) override { m_ways.toServiceSurely(std::move(command)); }
    Sent toReaders(ReadJob job) override { return m_ways.toReaders(std::move(job)); }
    Sent toHashing(HashJob job) override { return m_ways.toHashing(std::move(job)); }
    void toPresence(PresenceInput input) override { m_ways.toPresence(std::move(input)); }
    void signedIn() override { m_visit->signedIn(); }
    qint64 wallMs() const override;

    const SessionWorld &m_world;

private:
    GatewayWays &m_ways;
    std::unique_ptr<Visit> m_visit;

protected:
    Session m_session;
};

/// Milliseconds of the clock that never jumps.
qint64 steadyMs();

} // namespace parley
