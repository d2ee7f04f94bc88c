// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/gateway/session.h"

#include <deque>

namespace parley::simulation {

class Node;

/// One connection as the network has it: frames under way in both directions, and the server's end,
/// a real session.
class Wire : public SessionHost {
public:
    Wire(Node &node, quint64 number);

    std::deque<QByteArray> toServer;
    std::deque<QByteArray> toClient;
    std::map<RequestNumber, Command> asked; ///< for the oracle
    bool isSilent = false; ///< half open: nothing arrives any more
    bool isClosed = false; ///< by the server, once what was written has arrived
    DeviceId device; ///< whose it is
    qint64 mostWaitingBytes = 0;

    Session &session() { return *m_session; }
    /// Nothing passes: half open, or its server is stopped.
    bool isStuck() const;
    void cut();
    /// The next frame; there must be one.
    QByteArray takeForClient();

private:
    Sent toService(Queued command) override;
    void toServiceSurely(Queued command) override;
    Sent toReaders(ReadJob job) override;
    Sent toHashing(HashJob job) override;
    void toPresence(PresenceInput input) override;
    void write(const QByteArray &frame) override;
    qint64 waitingBytes() const override;
    void close() override;
    void signedIn() override { }
    qint64 wallMs() const override;

    Node &m_node;
    std::unique_ptr<Session> m_session;
    qint64 m_waitingBytes = 0;
};

} // namespace parley::simulation
