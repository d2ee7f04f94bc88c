// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/cache/sqlitecache.h"
#include "client/core/clientcore.h"
#include "tests/simulation/crashingdisk.h"
#include "tests/simulation/serverside.h"

namespace parley::simulation {

/// A person's wish as a world remembers it: what must come of it in the end.
struct Wished {
    ChatId chat;
    MessageId id;
    UserId user;
    Kind kind = Kind::Message;
    qint64 number = 0; ///< in the order of this device
};

/// What kind of client it is.
enum class Peer : quint8 {
    Whole, ///< as the product is
    Plain, ///< without the optional features
    Newer, ///< says what this server does not know
};

/// One device: the real core over the real cache on a disk that crashes, and its connection. It may
/// be off: then it does nothing until it is switched on.
class Device {
public:
    Device(ServerSide &server, const UserId &user, const QString &name, const QString &folder,
        quint64 seed, const Mix &mix, Peer peer);
    ~Device();

    const QString name;
    const UserId user;
    const Peer peer;
    DeviceId id;

    bool isOn() const { return m_core != nullptr; }
    ClientCore &core() { return *m_core; }
    SqliteCache &cache() { return *m_cache; }
    CrashingDisk &disk() { return m_disk; }
    bool isConnected() const { return m_wire != nullptr; }
    const std::shared_ptr<Wire> &wire() const { return m_wire; }
    /// Its sign-in was refused for good: the device was removed.
    bool isSignedOut() const { return m_isSignedOut; }
    /// The server has told it to be removed, or will.
    bool isRevoked = false;

    // devicelife.cpp: what happens to it
    void switchOn();
    /// The process ends; what is on the disk stays, or some of it.
    void crash(CrashingDisk::Crash how);
    void connect();
    void disconnect();
    /// It gives the connection up, and the server does not hear of it.
    void abandon();
    /// Some of what is under way arrives, the last frame perhaps in part, and the connection ends.
    void cut();
    void sleep(qint64 ms) { m_pausedUntilMs = m_server.nowMs + ms; }
    void becomeSlow(qint64 ms) { m_slowUntilMs = m_server.nowMs + ms; }
    bool isPaused() const { return m_server.nowMs < m_pausedUntilMs; }
    void failDisk(CrashingDisk::Failure failure, int forSteps);
    void dieAtStorage(int nthChange) { m_disk.crashAt(nthChange); }
    void jumpClock(qint64 byMs) { m_clockOffMs += byMs; }
    /// One step of the world went by.
    void step();
    void endFaults();

    // devicetraffic.cpp: frames
    /// Takes one frame from the wire; false when none waits.
    bool receive();
    /// Hands one frame to the server's session; false when none waits.
    bool transmit();
    void tick();
    /// Carries out what the core wants after an input.
    void settle();
    /// A command past the core; its answer is only judged.
    void ask(const Command &command);

    std::vector<Wished> wished;
    /// Refused for good, as an answer said: nothing more comes of them.
    std::set<MessageId> refused;
    std::vector<MessageId> discarded;
    /// The last of its sends that were refused for good, and of those that were accepted.
    std::deque<Send> refusedSends;
    std::deque<Send> acceptedSends;
    /// Said again past the outbox: their order is nobody's promise.
    std::set<MessageId> saidAgain;
    void remember(const ChatId &chat, const MessageId &id, Kind kind);

    std::optional<QString> violation;
    std::function<void(const QString &)> onFrame;
    bool mustSeeNoGap = false;

private:
    bool open();
    void die(bool isPowerLoss);
    Moment moment() const;
    QByteArray encoded(const ClientFrame &frame);
    void noteAnswer(const ServerFrame &frame);
    void noteResult(const Send &send, const OperationResult &result);
    void noteGap(const ServerFrame &frame);
    void note(const notice::Any &told);
    void checkMarks();
    void checkClaim(const MarkUp &mark);
    void checkRevision();
    void violate(const QString &what);

    ServerSide &m_server;
    Mix m_mix;
    QString m_folder;
    CrashingDisk m_disk;
    SeededRandom m_random;
    QByteArray m_token;
    std::unique_ptr<SqliteCache> m_cache;
    std::unique_ptr<ClientCore> m_core;
    std::shared_ptr<Wire> m_wire;
    std::vector<std::shared_ptr<Wire>> m_abandoned;
    qint64 m_clockOffMs = 0;
    qint64 m_pausedUntilMs = 0;
    qint64 m_slowUntilMs = 0;
    int m_settled = 0;
    int m_healAfter = 0; ///< steps until its disk works again; 0 while it does
    bool m_isSignedOut = false;
    RequestNumber m_lastOwnRequest = firstOwnRequest;
    std::map<std::pair<ChatId, UserId>, Mark> m_marks;
    std::optional<Epoch> m_marksEpoch;
    qint64 m_lastRevision = 0; ///< of the user state that it held

    static constexpr RequestNumber firstOwnRequest = 1'000'000'000;
};

} // namespace parley::simulation
