// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
//
// Session: from `hello` to the first live chat.
#include "server/gateway/session.h"

#include "shared/assert.h"
#include "shared/product.h"

#include <QtCore/QLoggingCategory>

namespace parley {
namespace {

Q_LOGGING_CATEGORY(logAccounts, "parley.accounts")

} // namespace

/// Without saying who one is: what this server is, and how one signs in.
void Session::greet()
{
    PARLEY_ASSERT(m_stage == Stage::AwaitsHello && m_helloRequest != noRequest);
    Welcome welcome = welcomeBase();
    welcome.signIn = {QStringLiteral("password"), QStringLiteral("invite")};
    answer(m_helloRequest, toCbor(welcome));
    close();
}

void Session::proceed(const SignInHandshake::Step &step, qint64 nowMs)
{
    if (!step)
        return;
    PARLEY_ASSERT(m_stage == Stage::SigningIn && m_handshake);
    if (const auto *granted = std::get_if<SignInHandshake::Granted>(&*step))
        return welcome(*granted, nowMs);
    const Error &error = std::get<Error>(*step);
    qCInfo(logAccounts, "sign-in refused: %s, from %s", errorName(error.code),
        qUtf8Printable(addressForLog(m_address)));
    refuseAndClose(m_helloRequest, error);
}

void Session::welcome(const SignInHandshake::Granted &granted, qint64 nowMs)
{
    PARLEY_ASSERT(m_stage == Stage::SigningIn && !granted.who.user.id.isNull());
    m_stage = Stage::SignedIn;
    m_handshake.reset();
    m_heardMs = nowMs;
    m_origin.user = granted.who.user.id;
    m_origin.device = granted.who.device;
    m_host.signedIn();

    Welcome welcome = welcomeBase();
    welcome.user = granted.who.user;
    welcome.device = granted.who.device;
    welcome.token = granted.token;
    answer(m_helloRequest, toCbor(welcome));
    m_host.toPresence(
        Arrived{m_origin.session, m_origin.user, m_origin.device, granted.who.privacy});
    if (!m_isGathering)
        startCatchingUp();
    handleHeldFrames(nowMs);
}

void Session::handleHeldFrames(qint64 nowMs)
{
    PARLEY_ASSERT(m_stage == Stage::SignedIn || m_stage == Stage::Closed);
    m_heldFrameBytes = 0;
    for (const auto &[frame, bytes] : std::exchange(m_heldFrames, {}))
        received(frame, bytes, nowMs);
}

Welcome Session::welcomeBase() const
{
    Welcome welcome;
    welcome.version = protocolVersion;
    welcome.serverName = m_world.config.server.name;
    welcome.epoch = m_world.epoch;
    welcome.time = m_host.wallMs();
    welcome.heartbeatMs = quint32(m_world.config.times.heartbeatMs);
    welcome.limits = m_world.config.limits.announced;
    return welcome;
}

void Session::gather(
    const std::optional<Epoch> &epoch, qint64 userRevision, const std::vector<Have> &have)
{
    m_said.epoch = epoch;
    m_said.userRevision = userRevision;
    m_said.have.insert(m_said.have.end(), have.begin(), have.end());
}

void Session::startCatchingUp()
{
    PARLEY_ASSERT(!m_isGathering && m_handOvers.empty());
    ++m_said.number;
    m_isCatchingUp = true;
    ReadCatchUp said = std::exchange(m_said, ReadCatchUp{m_said.number, {}, 0, {}});
    said.number = m_said.number;
    // Without its list the device would be served nothing at all: it has to come again.
    if (m_host.toReaders(ReadJob{originOf(noRequest), std::move(said)}) == SessionHost::Sent::Full)
        close();
}

void Session::caughtUp(const CaughtUp &result, qint64 nowMs)
{
    // The device has said anew what it has: this answers an older list.
    if (result.number != m_said.number)
        return;
    PARLEY_ASSERT(isSignedIn());
    m_isCatchingUp = false;
    for (const QByteArray &frame : result.frames)
        send(frame, Urgency::Answer, nowMs);
    m_heldPushBytes = 0;
    for (const auto &[frame, urgency] : std::exchange(m_heldPushes, {}))
        send(frame, urgency, nowMs);
    m_handOvers.assign(result.handOvers.begin(), result.handOvers.end());
    handOver();
}

/// Chats that are up to date become live by a page that nobody asked for.
void Session::handOver()
{
    while (!m_handOvers.empty() && isSignedIn()) {
        PARLEY_ASSERT(!m_origin.user.isNull());
        const Queued page{originOf(noRequest), m_handOvers.front()};
        if (m_host.toService(page) == SessionHost::Sent::Full)
            return;
        m_handOvers.pop_front();
    }
}

/// What is pushed while a reader compares belongs behind its answer.
void Session::hold(const QByteArray &frame, Urgency urgency, qint64 nowMs)
{
    PARLEY_ASSERT(m_isCatchingUp && urgency != Urgency::Answer);
    m_heldPushBytes += frame.size();
    if (m_heldPushBytes > m_world.config.limits.sendQueueBytes) {
        m_heldPushes.clear();
        m_outgoing.lag(nowMs);
        return;
    }
    m_heldPushes.emplace_back(frame, urgency);
}

} // namespace parley
