// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/gateway/readdesk.h"
#include "server/gateway/session.h"
#include "server/messages/service.h"
#include "server/store/memory/memorystore.h"
#include "tests/fuzz/feed.h"
#include "tests/server/messages/faultystore.h"

#include <deque>

namespace parley {

class LiveServer;

/// The server's end of one connection, a real session, and what was asked and answered on it.
class LivePeer : public SessionHost {
public:
    LivePeer(LiveServer &server, quint64 number);

    /// Hands bytes to the session. What is no frame must reach no other part of the server.
    void send(const QByteArray &frame);
    void signIn(const QByteArray &token);
    /// Everything asked has its answer. Only when nothing waits in the server.
    void checkAllAnswered() const;
    RequestNumber nextRequest() { return ++m_lastRequest; }

    Session &session() { return m_session; }
    bool isClosed = false;
    bool keepsFrames = false; ///< whether `written` is filled
    std::deque<QByteArray> written;

private:
    Sent toService(Queued command) override;
    void toServiceSurely(Queued command) override;
    Sent toReaders(ReadJob job) override;
    Sent toHashing(HashJob job) override;
    void toPresence(PresenceInput input) override;
    void write(const QByteArray &frame) override;
    qint64 waitingBytes() const override { return 0; }
    void close() override { isClosed = true; }
    void signedIn() override { }
    qint64 wallMs() const override;

    LiveServer &m_server;
    Session m_session;
    RequestNumber m_lastRequest = 0;
    std::map<RequestNumber, int> m_asked;
    std::map<RequestNumber, int> m_answered;
};

/// What a run begins with: people, devices, chats and messages, made once by the real service.
struct LiveWorld {
    MemoryState state;
    std::vector<QByteArray> tokens; ///< of ada, ben and eve, in this order
    KnownIds known;

    /// Ada and Ben have a group and a direct chat with messages; Eve has nobody.
    static const LiveWorld &get();
};

/// The server's parts without threads and sockets, on a store in memory: the real service, readers,
/// presence and sessions. Deterministic.
class LiveServer : public ServiceOutlet {
public:
    LiveServer();
    explicit LiveServer(const MemoryState &state);

    LivePeer &connect();
    void disconnect(LivePeer &peer);
    void runService();
    void runReaders();
    void runMailbox();
    /// Until nothing waits anywhere.
    void settle();
    void pass(qint64 ms);
    InternalAnswer ask(ServiceCommand command, const Origin &origin = {});

    FaultyStore &store() { return m_store; }
    const MemoryState &state() const { return m_memory.state(); }
    size_t waiting() const { return m_queue.size() + m_reads.size() + m_hashes.size(); }
    /// Nothing while logs are dense, ids unique, unread is what counting says, and nothing deleted
    /// is kept.
    QByteArray faultInLogs() const;
    /// Ends the program when there is a fault.
    void checkLogs() const;

    qint64 nowMs = 1'700'000'000'000;

private:
    friend class LivePeer;
    void deliver(std::vector<ServiceOutput> outputs) override;
    void dispatch(const ServiceOutput &output);
    LivePeer *find(const SessionRef &ref);

    class Bytes : public Random {
    public:
        void fill(std::span<quint8> bytes) override;

    private:
        quint64 m_state = 1;
    };

    Bytes m_random;
    Config m_config;
    MemoryStore m_memory;
    FaultyStore m_store{m_memory};
    Limiter m_limiter;
    SessionWorld m_world;
    ReadDesk m_reader;
    Presence m_presence;
    MessageService m_service;
    std::deque<Queued> m_queue;
    std::deque<ReadAnswer> m_reads;
    std::deque<HashJob> m_hashes;
    std::deque<ServiceOutput> m_mailbox;
    std::vector<std::unique_ptr<LivePeer>> m_peers;
    std::vector<InternalAnswer> m_internal;
    quint64 m_lastSession = 0;
};

} // namespace parley
