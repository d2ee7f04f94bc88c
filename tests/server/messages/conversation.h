// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/messages/service.h"
#include "server/store/memory/memorystore.h"
#include "shared/random.h"
#include "shared/uuid7.h"
#include "tests/server/messages/faultystore.h"

#include <QtTest/QtTest>

#include <deque>

namespace parley {

/// Bytes from a seed: the same every time.
class TestRandom : public Random {
public:
    void fill(std::span<quint8> bytes) override
    {
        for (quint8 &byte : bytes)
            byte = static_cast<quint8>(m_generator.bounded(256));
    }

private:
    QRandomGenerator m_generator{7};
};

class Conversation;

/// One signed-in session as a test sees it: it asks, hears answers, and is told things.
class Peer {
public:
    const UserId &user() const { return m_origin.user; }
    const DeviceId &device() const { return m_origin.device; }
    const SessionRef &session() const { return m_origin.session; }

    /// Sends the command and returns its one answer. Fails the test when there are none or two.
    template <typename Command>
    Result<typename Command::Reply> ask(Command command);
    /// Sends the command; answers pile up.
    template <typename Command>
    RequestNumber inject(Command command);

    /// The next event, which must be of this type.
    template <typename EventType>
    EventType expect();
    void expectNothing();
    /// How many answers this request has had so far.
    size_t answersTo(RequestNumber request) const;
    /// Forgets what was told so far.
    void clear() { m_events.clear(); }
    size_t waiting() const { return m_events.size(); }

    /// One operation; its result.
    OperationResult send(const ChatId &chat, Operation operation);
    OperationResult say(const ChatId &chat, const QByteArray &text);
    /// Makes the chat live on this session, as a device does that holds `after`.
    PageReply open(const ChatId &chat, qint64 after = 0);

    /// As a device that shows its token asks for a session.
    Attach attachment() const { return {user(), device(), m_tokenHash}; }

    std::optional<CloseReason> closed;

private:
    friend class Conversation;
    Conversation *m_world = nullptr;
    Origin m_origin;
    QByteArray m_tokenHash;
    RequestNumber m_lastRequest = 0;
    std::deque<Event> m_events;
    std::map<RequestNumber, std::vector<ServerFrame>> m_answers;
};

/// The message service on a store in memory, with people who talk to it. Time stands still unless a
/// test moves it.
class Conversation : public ServiceOutlet {
public:
    explicit Conversation(ServiceLimits limits = generousLimits());

    UserId addUser(const QString &name);
    /// A new device of the user, attached.
    Peer &attach(const UserId &user);
    /// A further session of a device that exists.
    Peer &attachAgain(const Peer &peer);
    void detach(Peer &peer);
    template <typename Command>
    Result<typename Command::Reply> askInternal(Command command, Origin origin = {});

    Operation operation(Kind kind);
    Operation message(const QByteArray &text);
    Operation createDirect(const UserId &other);
    Operation createGroup(const QString &title, std::vector<UserId> members);
    ChatId group(Peer &owner, std::vector<UserId> members);
    ChatId direct(Peer &one, const UserId &other);

    /// A crash: the service forgets everything, the store keeps what it applied.
    void restart();
    void handle(std::vector<Queued> batch) { m_service->handle(std::move(batch), now); }

    static ServiceLimits generousLimits();

    qint64 now = 1'700'000'000'000;
    TestRandom random;
    Uuid7 ids{random};
    MemoryStore memory{random};
    FaultyStore store{memory};
    std::vector<Missed> missed;
    std::vector<UserChanged> changed;

private:
    friend class Peer;
    void deliver(std::vector<ServiceOutput> outputs) override;
    void take(const Outbound &delivery);

    ServiceLimits m_limits;
    std::unique_ptr<MessageService> m_service;
    std::map<quint64, std::unique_ptr<Peer>> m_peers;
    std::map<RequestNumber, InternalAnswer> m_internal;
    quint64 m_lastSession = 0;
    RequestNumber m_lastInternal = 0;
};

template <typename Command>
RequestNumber Peer::inject(Command command)
{
    Origin origin = m_origin;
    origin.request = ++m_lastRequest;
    m_world->handle({Queued{origin, std::move(command)}});
    return origin.request;
}

template <typename Command>
Result<typename Command::Reply> Peer::ask(Command command)
{
    const RequestNumber request = inject(std::move(command));
    const std::vector<ServerFrame> answers = m_answers[request];
    if (answers.size() != 1) {
        QTest::qFail("a command was not answered exactly once", __FILE__, __LINE__);
        return Error(ErrorCode::Internal);
    }
    if (const auto *refused = std::get_if<Refused>(&answers.front()))
        return errorOf(refused->refusal);
    return fromCbor<typename Command::Reply>(std::get<Answer>(answers.front()).body);
}

template <typename EventType>
EventType Peer::expect()
{
    if (m_events.empty()) {
        QTest::qFail("expected an event, was told nothing", __FILE__, __LINE__);
        return {};
    }
    const Event event = m_events.front();
    m_events.pop_front();
    if (const auto *wanted = std::get_if<EventType>(&event))
        return *wanted;
    QTest::qFail("was told something else than expected", __FILE__, __LINE__);
    return {};
}

template <typename Command>
Result<typename Command::Reply> Conversation::askInternal(Command command, Origin origin)
{
    origin.request = ++m_lastInternal;
    handle({Queued{origin, std::move(command)}});
    const auto answer = m_internal.extract(origin.request);
    if (answer.empty()) {
        QTest::qFail("an internal command was not answered", __FILE__, __LINE__);
        return Error(ErrorCode::Internal);
    }
    if (answer.mapped().refusal)
        return errorOf(*answer.mapped().refusal);
    return fromCbor<typename Command::Reply>(answer.mapped().body);
}

} // namespace parley
