// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/gateway/readdesk.h"
#include "server/gateway/session.h"
#include "server/messages/service.h"
#include "server/store/memory/memorystore.h"
#include "tests/server/messages/faultystore.h"
#include "tests/simulation/mix.h"
#include "tests/simulation/oracle.h"

#include <deque>

namespace parley::simulation {

class ServerSide;

/// One connection as the network has it: frames under way in both directions, and the server's end,
/// a real session.
class Wire : public SessionHost {
public:
    Wire(ServerSide &server, quint64 number);

    std::deque<QByteArray> toServer;
    std::deque<QByteArray> toClient;
    std::map<RequestNumber, Command> asked; ///< for the oracle
    bool isSilent = false; ///< half open: nothing arrives any more
    bool isClosed = false; ///< by the server, once what was written has arrived

    Session &session() { return *m_session; }
    void cut();

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

    ServerSide &m_server;
    std::unique_ptr<Session> m_session;
};

/// The server's parts without threads and sockets: the real message service, sessions and readers,
/// on a real store whose outcomes the world chooses. What waits between the parts lies in queues
/// that the world empties in its own order.
class ServerSide : public ServiceOutlet {
public:
    ServerSide(SeededRandom &random, const Mix &mix);

    bool isUp() const { return m_service != nullptr; }
    void boot();
    void crash();
    void backup();
    /// Comes back from the last backup, with a new epoch.
    void restore();

    std::shared_ptr<Wire> accept();
    void forget(const std::shared_ptr<Wire> &wire);

    UserId addUser(const QString &name);
    QByteArray addDevice(const UserId &user, DeviceId &device);

    /// One step of one part; false when nothing waits there.
    bool stepService();
    bool stepReader();
    bool stepMailbox();
    void tick();

    const MemoryState &state() const { return m_memory->state(); }

    qint64 nowMs = 1'700'000'000'000;
    bool hasFaults = true;
    std::optional<QString> violation;
    /// What clients were told: (chat, id) to seq. Emptied by a restore.
    std::map<std::pair<ChatId, MessageId>, qint64> acknowledged;
    Counts counts;
    bool wasRestored = false;

private:
    friend class Wire;
    void deliver(std::vector<ServiceOutput> outputs) override;
    void dispatch(const ServiceOutput &output);
    Wire *find(const SessionRef &ref);
    void judge(Wire &wire, const QByteArray &frame);
    FaultyStore::Fault chooseFault();
    void checkMarks();

    SeededRandom &m_random;
    Mix m_mix;
    Config m_config;
    std::unique_ptr<MemoryStore> m_memory;
    std::unique_ptr<FaultyStore> m_store;
    std::unique_ptr<MessageService> m_service;
    std::unique_ptr<Limiter> m_limiter;
    std::unique_ptr<SessionWorld> m_world;
    std::unique_ptr<ReadDesk> m_reader;
    std::unique_ptr<Presence> m_presence;
    std::optional<MemoryState> m_backup;
    Oracle m_oracle;
    std::deque<Queued> m_queue;
    std::vector<ReadAnswer> m_reads;
    std::deque<ServiceOutput> m_mailbox;
    std::vector<std::shared_ptr<Wire>> m_wires;
    std::map<std::pair<ChatId, UserId>, std::pair<qint64, qint64>> m_marks;
    std::map<RequestNumber, InternalAnswer> m_setUp;
    quint64 m_lastSession = 0;
    RequestNumber m_lastSetUp = 0;
};

} // namespace parley::simulation
