// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/fuzz/liveserver.h"

#include "server/accounts/secrets.h"
#include "server/configuredlimits.h"
#include "shared/directchat.h"
#include "shared/product.h"
#include "shared/uuid7.h"

namespace parley {
namespace {

constexpr int settleRoundsMost = 10'000;

Config liveConfig()
{
    Config config;
    config.limits.commandsBurst = config.limits.commandsPerSecond = 1'000'000;
    config.limits.addressBurst = config.limits.addressPerSecond = 1'000'000;
    config.limits.announced.messagesBurst = config.limits.announced.messagesPerSecond = 1'000'000;
    return config;
}

Operation text(Uuid7 &ids, qint64 nowMs, const QByteArray &words)
{
    Operation made;
    made.id = ids.next(nowMs);
    made.contentType = ContentType::Text;
    made.payload = words;
    return made;
}

qint64 countedUnread(const MemoryChat &chat, const UserId &user, qint64 read)
{
    return std::ranges::count_if(chat.rows, [&](const auto &item) {
        const Row &row = item.second;
        return row.kind == Kind::Message && row.sender != user && row.seq > read;
    });
}

LiveWorld makeWorld()
{
    LiveServer server;
    LiveWorld world;
    for (const char *name : {"ada", "ben", "eve"}) {
        const quint8 number = quint8(world.tokens.size() + 1);
        CreateUser create;
        create.user = UserId::fromArray({0, number});
        create.userName = create.foldedName = create.displayName = QString::fromLatin1(name);
        server.ask(create);
        const QByteArray token(limits::tokenBytes, char('a' + number));
        const DeviceId device = DeviceId::fromArray({1, number});
        server.ask(MintToken{create.user, device, QStringLiteral("phone"), tokenHash(token)});
        world.tokens.push_back(token);
        world.known.users.push_back(create.user);
        world.known.devices.push_back(device);
    }
    const UserId ada = world.known.users[0];
    const UserId ben = world.known.users[1];
    SystemRandom random;
    Uuid7 ids(random);
    const ChatId group = ChatId::fromArray({2, 1});
    const ChatId direct = directChatId(ada, ben);
    Operation makeGroup;
    makeGroup.id = ids.next(server.nowMs);
    makeGroup.kind = Kind::Create;
    makeGroup.text = QStringLiteral("Group");
    makeGroup.members = {ben};
    Operation makeDirect;
    makeDirect.id = ids.next(server.nowMs);
    makeDirect.kind = Kind::Create;
    makeDirect.user = ben;
    Send first{group, {makeGroup}};
    for (int i = 0; i < 6; ++i)
        first.operations.push_back(text(ids, server.nowMs, "words"));
    Send second{direct, {makeDirect, text(ids, server.nowMs, "to one")}};
    Origin origin;
    origin.session = SessionRef{1, 1};
    origin.user = ada;
    origin.device = world.known.devices[0];
    server.ask(first, origin);
    server.ask(second, origin);
    for (const Operation &operation : first.operations)
        world.known.messages.push_back(operation.id);
    world.known.messages.push_back(second.operations.back().id);
    world.known.chats = {group, direct, directChatId(ada, world.known.users[2])};
    world.state = server.state();
    return world;
}

} // namespace

const LiveWorld &LiveWorld::get()
{
    static const LiveWorld world = makeWorld();
    PARLEY_ASSERT(world.state.chats.size() == 2);
    return world;
}

LivePeer::LivePeer(LiveServer &server, quint64 number)
    : m_server(server)
    , m_session(
          server.m_world, *this, SessionRef{1, number}, QStringLiteral("192.0.2.1"), server.nowMs)
{
}

void LivePeer::send(const QByteArray &frame)
{
    if (isClosed)
        return;
    const auto decoded = decodeCommand(frame);
    const auto *good = std::get_if<ClientFrame>(&decoded);
    const auto *bad = std::get_if<FrameError>(&decoded);
    if (good && good->request != 0)
        ++m_asked[good->request];
    if (bad && bad->request && *bad->request != 0)
        ++m_asked[*bad->request];
    const auto waiting = m_server.waiting();
    m_session.received(frame, m_server.nowMs);
    // A frame that cannot be read reaches nobody; one that ends the session says that it is gone.
    if (bad)
        PARLEY_ASSERT(m_server.waiting() <= waiting + (isClosed ? 1 : 0));
}

void LivePeer::signIn(const QByteArray &token)
{
    Hello hello;
    hello.versions = {protocolVersion};
    hello.auth.token = token;
    send(encodeCommand(nextRequest(), hello));
}

void LivePeer::checkAllAnswered() const
{
    if (!isClosed)
        PARLEY_ASSERT(m_asked == m_answered);
}

SessionHost::Sent LivePeer::toService(Queued command)
{
    m_server.m_queue.push_back(std::move(command));
    return Sent::Accepted;
}

void LivePeer::toServiceSurely(Queued command)
{
    m_server.m_queue.push_back(std::move(command));
}

SessionHost::Sent LivePeer::toReaders(ReadJob job)
{
    m_server.m_reads.push_back(m_server.m_reader.answer(job, m_server.nowMs));
    return Sent::Accepted;
}

SessionHost::Sent LivePeer::toHashing(HashJob job)
{
    m_server.m_hashes.push_back(std::move(job));
    return Sent::Accepted;
}

void LivePeer::toPresence(PresenceInput input)
{
    m_server.m_presence.handle(input, m_server.nowMs);
}

void LivePeer::write(const QByteArray &frame)
{
    PARLEY_ASSERT(frame.size() <= limits::serverFrameBytes);
    const auto decoded = decodeServerFrame(frame);
    PARLEY_ASSERT(decoded);
    RequestNumber request = 0;
    if (const auto *answer = std::get_if<Answer>(&*decoded))
        request = answer->request;
    else if (const auto *refused = std::get_if<Refused>(&*decoded))
        request = refused->request;
    if (request != 0) {
        ++m_answered[request];
        PARLEY_ASSERT(m_answered[request] <= m_asked[request]);
    }
    if (keepsFrames)
        written.push_back(frame);
}

qint64 LivePeer::wallMs() const
{
    return m_server.nowMs;
}

void LiveServer::Bytes::fill(std::span<quint8> bytes)
{
    for (quint8 &byte : bytes) {
        m_state = m_state * 6364136223846793005u + 1442695040888963407u;
        byte = quint8(m_state >> 56);
    }
}

LiveServer::LiveServer()
    : LiveServer(MemoryState{Epoch::fromArray({9}), {}, {}, {}, {}, {}, {}})
{
}

LiveServer::LiveServer(const MemoryState &state)
    : m_config(liveConfig())
    , m_memory(state, m_random)
    , m_limiter(m_config)
    , m_world{m_config, m_memory.epoch(), m_limiter, m_random}
    , m_reader(*m_memory.readers()->open())
    , m_service(m_store, *this, configuredLimits(m_config))
{
    PARLEY_ASSERT(m_service.start(nowMs));
}

LivePeer &LiveServer::connect()
{
    return *m_peers.emplace_back(std::make_unique<LivePeer>(*this, ++m_lastSession + 1));
}

void LiveServer::disconnect(LivePeer &peer)
{
    peer.session().disconnected();
    std::erase_if(m_peers, [&](const auto &each) { return each.get() == &peer; });
}

void LiveServer::runService()
{
    std::vector<Queued> batch(m_queue.begin(), m_queue.end());
    m_queue.clear();
    m_service.handle(std::move(batch), nowMs);
}

void LiveServer::runReaders()
{
    for (const ReadAnswer &answer : std::exchange(m_reads, {})) {
        if (LivePeer *peer = find(answer.origin.session))
            peer->session().readFinished(answer, nowMs);
    }
    for (const HashJob &job : std::exchange(m_hashes, {})) {
        LivePeer *peer = find(job.origin.session);
        if (!peer)
            continue;
        HashAnswer answer{job.origin, job.hash == "hash", {}, {}};
        if (job.kind == HashJob::Kind::Make)
            answer.hash = "hash";
        peer->session().hashFinished(answer, nowMs);
    }
}

void LiveServer::runMailbox()
{
    for (PresenceOutput &output : m_presence.takeOutputs()) {
        if (auto *outbound = std::get_if<Outbound>(&output))
            m_mailbox.push_back(std::move(*outbound));
    }
    for (const ServiceOutput &output : std::exchange(m_mailbox, {}))
        dispatch(output);
}

void LiveServer::settle()
{
    // Once more when nothing waits: presence may have something to say.
    for (int round = 0; round < settleRoundsMost; ++round) {
        const bool isIdle = waiting() == 0 && m_mailbox.empty();
        if (!m_queue.empty())
            runService();
        runReaders();
        runMailbox();
        if (isIdle && waiting() == 0 && m_mailbox.empty())
            return;
    }
    qFatal("the server talks to itself without end");
}

void LiveServer::pass(qint64 ms)
{
    nowMs += ms;
    m_presence.tick(nowMs);
    m_service.handle({}, nowMs);
    for (const auto &peer : m_peers) {
        if (!peer->isClosed)
            peer->session().tick(nowMs);
    }
}

InternalAnswer LiveServer::ask(ServiceCommand command, const Origin &origin)
{
    m_service.handle({Queued{origin, std::move(command)}}, nowMs);
    runMailbox();
    return m_internal.empty() ? InternalAnswer() : m_internal.back();
}

void LiveServer::deliver(std::vector<ServiceOutput> outputs)
{
    for (ServiceOutput &output : outputs)
        m_mailbox.push_back(std::move(output));
}

void LiveServer::dispatch(const ServiceOutput &output)
{
    if (const auto *outbound = std::get_if<Outbound>(&output)) {
        for (const SessionRef &ref : outbound->to) {
            if (LivePeer *peer = find(ref))
                peer->session().delivered(outbound->frame, outbound->urgency, nowMs);
        }
    } else if (const auto *answer = std::get_if<InternalAnswer>(&output)) {
        if (LivePeer *peer = find(answer->origin.session))
            peer->session().answered(*answer, nowMs);
        else
            m_internal.push_back(*answer);
    } else if (const auto *ended = std::get_if<EndSessions>(&output)) {
        for (const SessionRef &ref : ended->sessions) {
            if (LivePeer *peer = find(ref))
                peer->session().end(ended->reason);
        }
    } else if (const auto *changed = std::get_if<UserChanged>(&output)) {
        m_presence.handle(*changed, nowMs);
    }
}

LivePeer *LiveServer::find(const SessionRef &ref)
{
    for (const auto &peer : m_peers) {
        if (!peer->isClosed && peer->session().ref() == ref)
            return peer.get();
    }
    return nullptr;
}

QByteArray LiveServer::faultInLogs() const
{
    for (const auto &[id, chat] : state().chats) {
        if (!chat.state)
            continue;
        std::set<MessageId> seen;
        qint64 expected = 0;
        for (const Entry &entry : chat.entries) {
            if (entry.seq != ++expected)
                return "a log is not dense";
            if (!seen.insert(entry.id).second)
                return "an id stands twice in a log";
        }
        if (chat.state->head != expected)
            return "a head is not the last entry";
        for (const auto &[seq, row] : chat.rows) {
            if (row.deleted && !row.payload.isEmpty())
                return "a deleted payload is kept";
        }
        for (const auto &[user, member] : chat.state->members) {
            if (member.read > member.delivered || member.delivered > expected)
                return "a watermark is above what it may reach";
            if (chat.state->unread(user) != countedUnread(chat, user, member.read))
                return "unread is not what counting says";
        }
    }
    return {};
}

void LiveServer::checkLogs() const
{
    const QByteArray fault = faultInLogs();
    if (!fault.isEmpty())
        qFatal("%s", fault.constData());
}

} // namespace parley
