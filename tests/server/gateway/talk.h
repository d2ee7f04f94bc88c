// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/gateway/session.h"

#include <deque>

namespace parley {

/// A conversation with one session, without any socket: commands are injected, frames expected, and
/// what the session asks of the other parts is kept for the test to answer. Time is what it is
/// told.
class Talk : public SessionHost {
public:
    explicit Talk(const Config &given = {})
        : config(given)
        , limiter(config)
        , world{config, Epoch::fromArray({1}), limiter, random}
        , session(world, *this, SessionRef{1, 7}, QStringLiteral("192.0.2.1"), nowMs)
    {
    }

    RequestNumber inject(const Command &command)
    {
        session.received(encodeCommand(++lastRequest, command), nowMs);
        return lastRequest;
    }
    void pass(qint64 ms)
    {
        nowMs += ms;
        session.tick(nowMs);
    }
    /// Sends `hello` with a token, plays the parts that it takes, and drops the frames.
    void signIn(std::vector<Have> have = {})
    {
        Hello hello;
        hello.versions = {1};
        hello.auth.token = QByteArray(limits::tokenBytes, 't');
        hello.have = std::move(have);
        inject(hello);
        session.readFinished(
            ReadAnswer{reads.back().origin, TokenRead{TokenOwner{user, device}}}, nowMs);
        attach();
        if (std::holds_alternative<ReadCatchUp>(reads.back().what))
            finishCatchUp();
        written.clear();
        queued.clear();
        reads.clear();
        presence.clear();
    }
    /// The service answers the attach that waits.
    void attach()
    {
        AttachReply reply;
        reply.user.id = user;
        reply.user.userName = QStringLiteral("ada");
        reply.device = device;
        session.answered(InternalAnswer{queued.back().origin, {}, toCbor(reply)}, nowMs);
    }
    /// A reader answers the comparison that waits.
    void finishCatchUp(std::vector<QByteArray> frames = {}, std::vector<Page> handOvers = {})
    {
        const auto &said = std::get<ReadCatchUp>(reads.back().what);
        session.readFinished(ReadAnswer{reads.back().origin,
                                 CaughtUp{said.number, std::move(frames), std::move(handOvers)}},
            nowMs);
    }

    /// The oldest frame that was not looked at; nothing when there is none.
    std::optional<ServerFrame> next()
    {
        if (written.empty())
            return std::nullopt;
        auto frame = decodeServerFrame(written.front());
        written.pop_front();
        return frame ? std::optional(*std::move(frame)) : std::nullopt;
    }
    template <typename Reply>
    std::optional<Reply> expectReply(RequestNumber request)
    {
        const auto frame = next();
        const auto *answer = frame ? std::get_if<Answer>(&*frame) : nullptr;
        if (!answer || answer->request != request)
            return std::nullopt;
        auto reply = fromCbor<Reply>(answer->body);
        return reply ? std::optional(*std::move(reply)) : std::nullopt;
    }
    /// The code of the refusal that comes next; Cancelled when it is not one of this request.
    ErrorCode expectRefusal(RequestNumber request)
    {
        const auto frame = next();
        const auto *refused = frame ? std::get_if<Refused>(&*frame) : nullptr;
        lastRefusal = refused ? refused->refusal : Refusal();
        return refused && refused->request == request ? refused->refusal.code
                                                      : ErrorCode::Cancelled;
    }
    template <typename EventType>
    std::optional<EventType> expectEvent()
    {
        const auto frame = next();
        const auto *event = frame ? std::get_if<Event>(&*frame) : nullptr;
        const auto *found = event ? std::get_if<EventType>(event) : nullptr;
        return found ? std::optional(*found) : std::nullopt;
    }
    bool expectNothing() const { return written.empty(); }
    template <typename CommandType>
    const CommandType *lastQueued() const
    {
        return queued.empty() ? nullptr : std::get_if<CommandType>(&queued.back().command);
    }

    Sent toService(Queued command) override
    {
        if (serviceIsFull)
            return Sent::Full;
        queued.push_back(std::move(command));
        return Sent::Accepted;
    }
    void toServiceSurely(Queued command) override { queued.push_back(std::move(command)); }
    Sent toReaders(ReadJob job) override
    {
        if (readersAreFull)
            return Sent::Full;
        reads.push_back(std::move(job));
        return Sent::Accepted;
    }
    Sent toHashing(HashJob job) override
    {
        if (hashingIsFull)
            return Sent::Full;
        hashes.push_back(std::move(job));
        return Sent::Accepted;
    }
    void toPresence(PresenceInput input) override { presence.push_back(std::move(input)); }
    void write(const QByteArray &frame) override { written.push_back(frame); }
    qint64 waitingBytes() const override { return waiting; }
    void close() override { isClosed = true; }
    void signedIn() override { isAdmitted = true; }
    qint64 wallMs() const override { return nowMs; }

    Config config;
    qint64 nowMs = 1'000'000;
    SystemRandom random;
    Limiter limiter;
    SessionWorld world;
    UserId user = UserId::fromArray({2});
    DeviceId device = DeviceId::fromArray({3});
    RequestNumber lastRequest = 0;
    std::vector<Queued> queued;
    std::vector<ReadJob> reads;
    std::vector<HashJob> hashes;
    std::vector<PresenceInput> presence;
    std::deque<QByteArray> written;
    qint64 waiting = 0;
    bool isClosed = false;
    bool isAdmitted = false;
    bool serviceIsFull = false;
    bool readersAreFull = false;
    bool hashingIsFull = false;
    Refusal lastRefusal;
    Session session;
};

} // namespace parley
