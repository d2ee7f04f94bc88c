// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/gateway/session.h"

#include "shared/assert.h"
#include "shared/product.h"

namespace parley {
namespace {

/// Chats that one device may say it has, over all the frames of a list.
constexpr size_t gatheredMost = 50'000;
/// Refused for too many unanswered commands so often in a row: nobody listens there.
constexpr qint64 closingFactor = 10;
constexpr qint64 retryUnansweredMs = 100;

template <typename... Handlers>
struct Overloaded : Handlers... {
    using Handlers::operator()...;
};
template <typename... Handlers>
Overloaded(Handlers...) -> Overloaded<Handlers...>;

/// Answers are maps of three (type, request, body), events of two. A chat that is handed over is an
/// event that may not be dropped.
bool isAnswer(const QByteArray &frame)
{
    constexpr char mapOfThree = '\xa3';
    return frame.startsWith(mapOfThree);
}

bool fits(const Send &send, const ServerLimits &limit)
{
    qsizetype bytes = 0;
    for (const Operation &operation : send.operations) {
        if (operation.payload.size() > qsizetype(limit.payloadBytes))
            return false;
        bytes += operation.payload.size();
    }
    return send.operations.size() <= limit.batchOperations && bytes <= qsizetype(limit.batchBytes);
}

Error rateLimited(qint64 retryAfterMs)
{
    Error error(ErrorCode::RateLimited);
    error.retryAfterMs = retryAfterMs;
    return error;
}

} // namespace

Session::Session(
    const SessionWorld &world, SessionHost &host, SessionRef ref, QString address, qint64 nowMs)
    : m_world(world)
    , m_host(host)
    , m_origin{ref, 0, {}, {}}
    , m_address(std::move(address))
    , m_startedMs(nowMs)
    , m_heardMs(nowMs)
    , m_nowMs(nowMs)
    , m_outgoing(world.config.limits.sendQueueBytes, world.config.times.lagDrainMs)
{
}

void Session::received(const QByteArray &frame, qint64 nowMs)
{
    if (m_stage != Stage::Closed)
        received(decodeCommand(frame), frame.size(), nowMs);
}

void Session::received(const FrameResult<ClientFrame> &decoded, qsizetype frameBytes, qint64 nowMs)
{
    if (m_stage == Stage::Closed)
        return;
    m_nowMs = nowMs;
    m_heardMs = nowMs;
    if (m_stage == Stage::SigningIn) {
        // The rest of a long list of chats may follow `hello` at once; more than a frame's worth
        // may not.
        PARLEY_ASSERT(m_handshake && frameBytes >= 0);
        m_heldFrameBytes += frameBytes;
        if (m_heldFrameBytes > m_world.config.limits.announced.clientFrameBytes)
            end(CloseReason::TooMany);
        else
            m_heldFrames.emplace_back(decoded, frameBytes);
        return;
    }
    if (const auto *error = std::get_if<FrameError>(&decoded)) {
        if (!error->request || *error->request == noRequest)
            return end(CloseReason::Malformed);
        ++m_unanswered;
        return refuse(*error->request, error->error);
    }
    const auto &command = std::get<ClientFrame>(decoded);
    if (command.request == noRequest)
        return end(CloseReason::Malformed);
    const auto *hello = std::get_if<Hello>(&command.command);
    // Before sign-in only a token's holder has much to say.
    if (m_stage == Stage::AwaitsHello && frameBytes > limits::signInFrameBytes
        && !(hello && hello->auth.token)) {
        ++m_unanswered;
        return refuseAndClose(command.request, Error(ErrorCode::TooLarge));
    }
    handle(command, nowMs);
}

void Session::receivedGarbage()
{
    if (m_stage != Stage::Closed)
        end(CloseReason::Malformed);
}

void Session::drained(qint64 nowMs)
{
    if (m_stage == Stage::Closed)
        return;
    m_nowMs = nowMs;
    if (m_outgoing.drained(m_host.waitingBytes()))
        m_host.write(encodeEvent(Lagging{}));
}

void Session::disconnected()
{
    close();
}

void Session::delivered(const QByteArray &frame, Urgency urgency, qint64 nowMs)
{
    if (m_stage != Stage::SignedIn)
        return;
    m_nowMs = nowMs;
    if (urgency == Urgency::Answer && isAnswer(frame))
        --m_unanswered;
    if (m_isCatchingUp && urgency != Urgency::Answer)
        return hold(frame, urgency, nowMs);
    send(frame, urgency, nowMs);
}

void Session::answered(const InternalAnswer &answer, qint64 nowMs)
{
    if (m_stage != Stage::SigningIn || !m_handshake)
        return;
    m_nowMs = nowMs;
    proceed(m_handshake->attached(answer), nowMs);
}

void Session::hashFinished(const HashAnswer &answer, qint64 nowMs)
{
    if (m_stage != Stage::SigningIn || !m_handshake)
        return;
    m_nowMs = nowMs;
    proceed(m_handshake->hashFinished(answer), nowMs);
}

void Session::readFinished(const ReadAnswer &read, qint64 nowMs)
{
    if (m_stage == Stage::Closed)
        return;
    m_nowMs = nowMs;
    if (m_stage == Stage::SigningIn) {
        if (m_handshake)
            proceed(m_handshake->readFinished(read), nowMs);
        return;
    }
    const RequestNumber request = read.origin.request;
    std::visit(Overloaded{[&](const Error &error) { readFailed(request, error); },
                   [&](const BodyRead &body) { answer(request, body.body); },
                   [&](const CaughtUp &result) { caughtUp(result, nowMs); },
                   [&](const PageForService &page) { forward(request, page.page); },
                   [&](const WatchRead &watch) {
                       m_host.toPresence(Watching{originOf(request), watch.users});
                   },
                   [&](const auto &) { refuse(request, Error(ErrorCode::Internal)); }},
        read.what);
}

void Session::readFailed(RequestNumber request, const Error &error)
{
    PARLEY_ASSERT(m_stage != Stage::AwaitsHello);
    // Nobody asked for the comparison that follows `hello`: the device comes again, and asks anew.
    if (request == noRequest)
        close();
    else
        refuse(request, error);
}

void Session::end(CloseReason reason)
{
    if (m_stage == Stage::Closed)
        return;
    m_host.write(encodeEvent(Closing{reason}));
    close();
}

void Session::goAway(quint32 windowMs)
{
    if (m_stage != Stage::Closed)
        m_host.write(encodeEvent(GoAway{windowMs}));
}

void Session::tick(qint64 nowMs)
{
    m_nowMs = nowMs;
    switch (m_stage) {
    case Stage::AwaitsHello:
        if (nowMs - m_startedMs >= m_world.config.times.signInMs)
            end(CloseReason::Silent);
        break;
    case Stage::SigningIn:
        break;
    case Stage::SignedIn:
        if (nowMs - m_heardMs >= m_world.config.times.silenceMs)
            return end(CloseReason::Silent);
        if (m_outgoing.isTooSlow(nowMs))
            return end(CloseReason::Slow);
        drained(nowMs);
        handOver();
        break;
    case Stage::Closed:
        break;
    }
}

void Session::handle(const ClientFrame &frame, qint64 nowMs)
{
    PARLEY_ASSERT(frame.request != noRequest && m_stage != Stage::SigningIn);
    ++m_unanswered;
    if (commandAccess(frame.command) != Access::Anyone && !isSignedIn())
        return refuse(frame.request, Error(ErrorCode::NotSignedIn));
    if (isSignedIn() && !passesLimits(frame.request, frame.command, nowMs))
        return;
    dispatch(frame.request, frame.command, nowMs);
}

bool Session::passesLimits(RequestNumber request, const Command &command, qint64 nowMs)
{
    PARLEY_ASSERT(isSignedIn() && m_unanswered > 0);
    const qint64 most = m_world.config.limits.announced.unansweredCommands;
    if (m_unanswered > most) {
        if (++m_overUnanswered > most * closingFactor)
            end(CloseReason::TooMany);
        else
            refuse(request, rateLimited(retryUnansweredMs));
        return false;
    }
    m_overUnanswered = 0;
    const Verdict verdict = m_world.limiter.command(m_origin.user, m_address, command, nowMs);
    switch (verdict.kind) {
    case Verdict::Allowed:
        return true;
    case Verdict::Later:
        refuse(request, rateLimited(verdict.retryAfterMs));
        return false;
    case Verdict::TenTimesOver:
        refuse(request, rateLimited(m_world.config.times.silenceMs));
        end(CloseReason::TooMany);
        return false;
    }
    return false;
}

/// One line for each command: a new one without its line does not compile.
void Session::dispatch(RequestNumber request, const Command &command, qint64 nowMs)
{
    std::visit(Overloaded{
                   [&](const Hello &hello) { on(request, hello, nowMs); },
                   [&](const CatchUp &catchUp) { on(request, catchUp); },
                   [&](const Alive &alive) { on(request, alive); },
                   [&](const Send &send) { on(request, send); },
                   [&](const MarkUp &mark) { forward(request, mark); },
                   [&](const SetState &set) { forward(request, set); },
                   [&](const SetProfile &set) { forward(request, set); },
                   [&](const RevokeDevice &revoke) { forward(request, revoke); },
                   [&](const Focus &focus) { forward(request, focus); },
                   [&](const Typing &typing) { forward(request, typing); },
                   [&](const Page &) { read(request, command); },
                   [&](const History &) { read(request, command); },
                   [&](const Digest &) { read(request, command); },
                   [&](const Users &) { read(request, command); },
                   [&](const FindUser &) { read(request, command); },
                   [&](const Watch &) { read(request, command); },
                   [&](const Members &) { read(request, command); },
                   [&](const Marks &) { read(request, command); },
                   [&](const Devices &) { read(request, command); },
               },
        command);
}

void Session::on(RequestNumber request, const Hello &command, qint64 nowMs)
{
    if (m_stage != Stage::AwaitsHello)
        return refuse(request, Error(ErrorCode::Malformed));
    const auto speaks =
        std::find_if(command.versions.begin(), command.versions.end(), [](quint32 version) {
            return version >= oldestProtocolVersion && version <= protocolVersion;
        });
    if (speaks == command.versions.end())
        return refuseAndClose(request, Error(ErrorCode::UpgradeRequired));
    PARLEY_ASSERT(!m_handshake && m_helloRequest == noRequest);
    m_helloRequest = request;
    if (!command.auth.token && !command.auth.password && !command.auth.invite)
        return greet();
    m_stage = Stage::SigningIn;
    gather(command.epoch, command.userRevision, command.have);
    m_isGathering = command.more;
    m_handshake.emplace(m_world, m_host, originOf(request), m_address);
    proceed(m_handshake->begin(command, nowMs), nowMs);
}

void Session::on(RequestNumber request, const CatchUp &command)
{
    PARLEY_ASSERT(isSignedIn());
    if (m_isGathering && m_said.have.size() + command.have.size() > gatheredMost)
        return refuse(request, Error(ErrorCode::TooLarge));
    if (!m_isGathering)
        m_said = ReadCatchUp{m_said.number, {}, 0, {}};
    gather(command.epoch, command.userRevision, command.have);
    m_isGathering = command.more;
    answer(request, toCbor(Accepted{}));
    if (command.more)
        return;
    // No chat is live while the device catches up: what was pushed before it said what it has is in
    // that list, or will be in the pages.
    m_host.toServiceSurely(Queued{originOf(noRequest), Detach{true}});
    m_outgoing.caughtUp();
    m_handOvers.clear();
    startCatchingUp();
}

void Session::on(RequestNumber request, const Alive &command)
{
    PARLEY_ASSERT(isSignedIn() && !m_origin.user.isNull());
    m_host.toPresence(Lively{m_origin.session, command.active});
    if (command.digest)
        return read(request, command);
    answer(request, toCbor(AliveReply{}));
}

void Session::on(RequestNumber request, const Send &command)
{
    if (fits(command, m_world.config.limits.announced))
        forward(request, command);
    else
        refuse(request, Error(ErrorCode::TooLarge));
}

template <typename ServiceCommandType>
void Session::forward(RequestNumber request, const ServiceCommandType &command)
{
    PARLEY_ASSERT(isSignedIn() && request != noRequest);
    if (m_host.toService(Queued{originOf(request), command}) == SessionHost::Sent::Full)
        refuse(request, Error(ErrorCode::Busy));
}

void Session::read(RequestNumber request, const Command &command)
{
    PARLEY_ASSERT(isSignedIn() && request != noRequest);
    // Who does not take the answers that wait gets no new ones.
    const bool isFull = m_outgoing.isFull(m_host.waitingBytes());
    if (isFull
        || m_host.toReaders(ReadJob{originOf(request), ReadCommand{command}})
            == SessionHost::Sent::Full)
        refuse(request, Error(ErrorCode::Busy));
}

void Session::answer(RequestNumber request, const QByteArray &body)
{
    PARLEY_ASSERT(request != noRequest && m_stage != Stage::SigningIn);
    --m_unanswered;
    send(encodeAnswer(request, body), Urgency::Answer, m_nowMs);
}

void Session::refuse(RequestNumber request, const Error &error)
{
    PARLEY_ASSERT(request != noRequest);
    --m_unanswered;
    send(encodeRefusal(request, refusalOf(error)), Urgency::Answer, m_nowMs);
}

void Session::refuseAndClose(RequestNumber request, const Error &error)
{
    refuse(request, error);
    close();
}

void Session::send(const QByteArray &frame, Urgency urgency, qint64 nowMs)
{
    if (m_stage == Stage::Closed)
        return;
    switch (m_outgoing.decide(urgency, frame.size(), m_host.waitingBytes(), nowMs)) {
    case Outgoing::Fate::Write:
        m_host.write(frame);
        break;
    case Outgoing::Fate::Drop:
        break;
    case Outgoing::Fate::Close:
        end(CloseReason::Slow);
        break;
    }
}

Origin Session::originOf(RequestNumber request) const
{
    return Origin{m_origin.session, request, m_origin.user, m_origin.device};
}

void Session::close()
{
    const Stage stage = std::exchange(m_stage, Stage::Closed);
    if (stage == Stage::Closed)
        return;
    if (stage == Stage::SignedIn)
        m_host.toPresence(Departed{m_origin.session});
    // Attached, or about to be: the queue keeps the order of the two.
    if (stage == Stage::SignedIn || (m_handshake && m_handshake->isAttaching()))
        m_host.toServiceSurely(Queued{originOf(noRequest), Detach{}});
    m_host.close();
}

} // namespace parley
