// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/gateway/outgoing.h"
#include "server/gateway/signinhandshake.h"

#include <deque>

namespace parley {

/// One connection's conversation, without sockets, threads or a clock: frames, answers of the other
/// parts and the time go in; frames, commands and reads come out of its host. Every command is
/// answered exactly once. Owned by its connection, on a gateway's thread.
class Session {
public:
    /// `world` and `host` must outlive it. `address` is what limits count by.
    Session(const SessionWorld &world, SessionHost &host, SessionRef ref, QString address,
        qint64 nowMs);

    /// One frame of the peer.
    void received(const QByteArray &frame, qint64 nowMs);
    /// The same, decoded from some other writing, in which it had so many bytes.
    void received(const FrameResult<ClientFrame> &decoded, qsizetype frameBytes, qint64 nowMs);
    /// The peer sent something that cannot be a frame.
    void receivedGarbage();
    /// The peer has taken something of what was written.
    void drained(qint64 nowMs);
    /// The connection is gone. Nothing may be called afterwards.
    void disconnected();

    void delivered(const QByteArray &frame, Urgency urgency, qint64 nowMs);
    void answered(const InternalAnswer &answer, qint64 nowMs);
    void readFinished(const ReadAnswer &answer, qint64 nowMs);
    void hashFinished(const HashAnswer &answer, qint64 nowMs);
    /// Pushes to it were lost on the way.
    void lag(qint64 nowMs) { m_outgoing.lag(nowMs); }

    /// Says why, and closes.
    void end(CloseReason reason);
    void goAway(quint32 windowMs);
    /// Checks deadlines. Call about once a second, more often before sign-in.
    void tick(qint64 nowMs);

    bool isSignedIn() const { return m_stage == Stage::SignedIn; }
    /// An InternalAnswer is for it.
    bool awaitsAttach() const { return m_stage == Stage::SigningIn; }
    const SessionRef &ref() const { return m_origin.session; }
    /// Null before sign-in.
    const UserId &user() const { return m_origin.user; }

private:
    /// What the session asks by itself carries this number; no client's command may.
    static constexpr RequestNumber noRequest = 0;

    enum class Stage : quint8 { AwaitsHello, SigningIn, SignedIn, Closed };

    void handle(const ClientFrame &frame, qint64 nowMs);
    void dispatch(RequestNumber request, const Command &command, qint64 nowMs);
    bool passesLimits(RequestNumber request, const Command &command, qint64 nowMs);

    void on(RequestNumber request, const Hello &command, qint64 nowMs);
    void on(RequestNumber request, const CatchUp &command);
    void on(RequestNumber request, const Alive &command);
    void on(RequestNumber request, const Send &command);
    template <typename ServiceCommandType>
    void forward(RequestNumber request, const ServiceCommandType &command);
    void read(RequestNumber request, const Command &command);

    void greet();
    void proceed(const SignInHandshake::Step &step, qint64 nowMs);
    void welcome(const SignInHandshake::Granted &granted, qint64 nowMs);
    void handleHeldFrames(qint64 nowMs);
    Welcome welcomeBase() const;

    void gather(
        const std::optional<Epoch> &epoch, qint64 userRevision, const std::vector<Have> &have);
    void startCatchingUp();
    void caughtUp(const CaughtUp &result, qint64 nowMs);
    void handOver();

    void answer(RequestNumber request, const QByteArray &body);
    void refuse(RequestNumber request, const Error &error);
    void readFailed(RequestNumber request, const Error &error);
    void refuseAndClose(RequestNumber request, const Error &error);
    void send(const QByteArray &frame, Urgency urgency, qint64 nowMs);
    void hold(const QByteArray &frame, Urgency urgency, qint64 nowMs);
    Origin originOf(RequestNumber request) const;
    void close();

    const SessionWorld &m_world;
    SessionHost &m_host;
    Origin m_origin; ///< session, user and device
    QString m_address;
    Stage m_stage = Stage::AwaitsHello;
    qint64 m_startedMs;
    qint64 m_heardMs;
    qint64 m_nowMs; ///< of the call that is under way
    Outgoing m_outgoing;

    RequestNumber m_helloRequest = 0;
    std::optional<SignInHandshake> m_handshake;
    std::vector<std::pair<FrameResult<ClientFrame>, qsizetype>> m_heldFrames; ///< while signing in
    qsizetype m_heldFrameBytes = 0;

    qint64 m_unanswered = 0;
    qint64 m_overUnanswered = 0;

    ReadCatchUp m_said;
    bool m_isGathering = false; ///< more of `have` is to come
    bool m_isCatchingUp = false; ///< a reader compares
    std::vector<std::pair<QByteArray, Urgency>> m_heldPushes;
    qsizetype m_heldPushBytes = 0;
    std::deque<Page> m_handOvers;
};

} // namespace parley
