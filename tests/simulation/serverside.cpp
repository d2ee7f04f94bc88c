// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/simulation/serverside.h"

#include "server/accounts/secrets.h"

namespace parley::simulation {
namespace {

Config worldConfig(const Mix &mix)
{
    Config config;
    // A world does in a moment what people do in a day: rates are not what is tried here.
    config.limits.commandsBurst = config.limits.commandsPerSecond = 1'000'000;
    config.limits.addressBurst = config.limits.addressPerSecond = 1'000'000;
    config.limits.requestsPerHour = 100'000;
    config.limits.announced.messagesBurst = config.limits.announced.messagesPerSecond = 1'000'000;
    config.limits.announced.chatsPerHour = 100'000;
    config.limits.announced.addedMembersPerHour = 100'000;
    config.limits.sendQueueBytes = mix.sendQueueBytes;
    return config;
}

ServiceLimits serviceLimits(const Config &config)
{
    ServiceLimits limits;
    limits.announced = config.limits.announced;
    limits.requestsPerHour = config.limits.requestsPerHour;
    return limits;
}

const QString address = QStringLiteral("127.0.0.1");

} // namespace

Wire::Wire(ServerSide &server, quint64 number)
    : m_server(server)
{
    m_session = std::make_unique<Session>(
        *server.m_world, *this, SessionRef{1, number}, address, server.nowMs);
}

void Wire::cut()
{
    if (m_session)
        m_session->disconnected();
    m_session.reset();
    toServer.clear();
    toClient.clear();
}

SessionHost::Sent Wire::toService(Queued command)
{
    m_server.m_queue.push_back(std::move(command));
    return Sent::Accepted;
}

void Wire::toServiceSurely(Queued command)
{
    m_server.m_queue.push_back(std::move(command));
}

SessionHost::Sent Wire::toReaders(ReadJob job)
{
    // Read now, answered later: between the two anything may be committed and pushed.
    m_server.m_reads.push_back(m_server.m_reader->answer(job, m_server.nowMs));
    return Sent::Accepted;
}

SessionHost::Sent Wire::toHashing(HashJob)
{
    return Sent::Full; // devices of a world have tokens
}

void Wire::toPresence(PresenceInput input)
{
    m_server.m_presence->handle(input, m_server.nowMs);
}

void Wire::write(const QByteArray &frame)
{
    m_server.judge(*this, frame);
    toClient.push_back(frame);
}

qint64 Wire::waitingBytes() const
{
    qint64 bytes = 0;
    for (const QByteArray &frame : toClient)
        bytes += frame.size();
    return bytes;
}

void Wire::close()
{
    isClosed = true;
}

qint64 Wire::wallMs() const
{
    return m_server.nowMs;
}

ServerSide::ServerSide(SeededRandom &random, const Mix &mix)
    : m_random(random)
    , m_mix(mix)
    , m_config(worldConfig(mix))
    , m_memory(std::make_unique<MemoryStore>(random))
{
    boot();
}

void ServerSide::boot()
{
    m_store = std::make_unique<FaultyStore>(*m_memory);
    m_store->choose = [this] { return chooseFault(); };
    m_limiter = std::make_unique<Limiter>(m_config);
    m_world = std::make_unique<SessionWorld>(
        SessionWorld{m_config, m_memory->epoch(), *m_limiter, m_random});
    m_presence = std::make_unique<Presence>();
    m_reader = std::make_unique<ReadDesk>(*m_memory->readers()->open());
    m_service = std::make_unique<MessageService>(*m_store, *this, serviceLimits(m_config));
    if (!m_service->start(nowMs))
        violation = QStringLiteral("the service did not start");
}

void ServerSide::crash()
{
    ++counts[QStringLiteral("fault: server crash")];
    for (const auto &wire : std::exchange(m_wires, {})) {
        wire->isClosed = true;
        wire->cut();
    }
    m_service.reset();
    m_queue.clear();
    m_reads.clear();
    m_mailbox.clear();
}

void ServerSide::backup()
{
    m_backup = m_memory->backup();
}

void ServerSide::restore()
{
    if (!m_backup)
        return;
    ++counts[QStringLiteral("fault: restore")];
    crash();
    m_store.reset();
    m_reader.reset();
    m_memory = std::make_unique<MemoryStore>(*m_backup, m_random);
    m_oracle.forget();
    m_marks.clear();
    acknowledged.clear();
    wasRestored = true;
    boot();
}

std::shared_ptr<Wire> ServerSide::accept()
{
    auto wire = std::make_shared<Wire>(*this, ++m_lastSession);
    m_wires.push_back(wire);
    return wire;
}

void ServerSide::forget(const std::shared_ptr<Wire> &wire)
{
    wire->cut();
    std::erase(m_wires, wire);
}

UserId ServerSide::addUser(const QString &name)
{
    CreateUser create;
    create.user = m_random.id<UserId>();
    create.userName = create.foldedName = create.displayName = name;
    Origin origin;
    origin.request = ++m_lastSetUp;
    m_service->handle({Queued{origin, create}}, nowMs);
    return create.user;
}

QByteArray ServerSide::addDevice(const UserId &user, DeviceId &device)
{
    QByteArray token(limits::tokenBytes, '\0');
    m_random.fill(std::span(reinterpret_cast<quint8 *>(token.data()), size_t(token.size())));
    device = m_random.id<DeviceId>();
    MintToken mint{user, device, QStringLiteral("device"), tokenHash(token)};
    Origin origin;
    origin.request = ++m_lastSetUp;
    m_service->handle({Queued{origin, mint}}, nowMs);
    return token;
}

bool ServerSide::stepService()
{
    if (m_queue.empty() || !isUp())
        return false;
    std::vector<Queued> batch;
    const int most = 1 + m_random.pick(8);
    while (!m_queue.empty() && int(batch.size()) < most) {
        batch.push_back(std::move(m_queue.front()));
        m_queue.pop_front();
    }
    m_service->handle(std::move(batch), nowMs);
    for (const auto &[id, chat] : state().chats)
        m_oracle.follow(id, chat);
    checkMarks();
    return true;
}

bool ServerSide::stepReader()
{
    if (m_reads.empty())
        return false;
    const auto at = m_reads.begin() + m_random.pick(int(m_reads.size()));
    const ReadAnswer answer = std::move(*at);
    m_reads.erase(at);
    if (Wire *wire = find(answer.origin.session))
        wire->session().readFinished(answer, nowMs);
    return true;
}

bool ServerSide::stepMailbox()
{
    for (PresenceOutput &output : m_presence->takeOutputs()) {
        if (auto *delivery = std::get_if<Outbound>(&output))
            m_mailbox.push_back(std::move(*delivery));
    }
    if (m_mailbox.empty())
        return false;
    const ServiceOutput output = std::move(m_mailbox.front());
    m_mailbox.pop_front();
    dispatch(output);
    return true;
}

void ServerSide::tick()
{
    if (!isUp())
        return;
    m_presence->tick(nowMs);
    m_service->handle({}, nowMs);
    const auto wires = m_wires;
    for (const auto &wire : wires) {
        if (!wire->isClosed)
            wire->session().tick(nowMs);
    }
}

void ServerSide::deliver(std::vector<ServiceOutput> outputs)
{
    for (ServiceOutput &output : outputs)
        m_mailbox.push_back(std::move(output));
}

void ServerSide::dispatch(const ServiceOutput &output)
{
    if (const auto *delivery = std::get_if<Outbound>(&output)) {
        for (const SessionRef &ref : delivery->to) {
            Wire *wire = find(ref);
            if (!wire)
                continue;
            const bool isPush = delivery->urgency == Urgency::Push;
            if (isPush && hasFaults && m_random.chance(m_mix.pushLoss)) {
                ++counts[QStringLiteral("fault: push lost")];
                continue;
            }
            wire->session().delivered(delivery->frame, delivery->urgency, nowMs);
        }
    } else if (const auto *answer = std::get_if<InternalAnswer>(&output)) {
        Wire *wire = find(answer->origin.session);
        if (wire)
            wire->session().answered(*answer, nowMs);
        else if (answer->origin.session != SessionRef{} && !answer->refusal)
            ++counts[QStringLiteral("case: attached after it had left")];
    } else if (const auto *end = std::get_if<EndSessions>(&output)) {
        for (const SessionRef &ref : end->sessions) {
            if (Wire *wire = find(ref))
                wire->session().end(end->reason);
        }
    } else if (const auto *changed = std::get_if<UserChanged>(&output)) {
        m_presence->handle(*changed, nowMs);
    }
}

Wire *ServerSide::find(const SessionRef &ref)
{
    for (const auto &wire : m_wires) {
        if (!wire->isClosed && wire->session().ref() == ref)
            return wire.get();
    }
    return nullptr;
}

void ServerSide::judge(Wire &wire, const QByteArray &frame)
{
    const auto decoded = decodeServerFrame(frame);
    if (decoded && std::holds_alternative<Event>(*decoded)
        && std::holds_alternative<Lagging>(std::get<Event>(*decoded)))
        ++counts[QStringLiteral("fault: lagging")];
    const UserId user = wire.session().user();
    if (user.isNull() || violation)
        return;
    violation = m_oracle.judge(user, frame, wire.asked);
}

FaultyStore::Fault ServerSide::chooseFault()
{
    if (!hasFaults)
        return FaultyStore::Fault::None;
    if (m_random.chance(m_mix.storeUnavailable)) {
        ++counts[QStringLiteral("fault: store unavailable")];
        return FaultyStore::Fault::Unavailable;
    }
    if (m_random.chance(m_mix.storeUnknown)) {
        ++counts[QStringLiteral("fault: outcome unknown")];
        return m_random.chance(0.5) ? FaultyStore::Fault::UnknownApplied
                                    : FaultyStore::Fault::UnknownLost;
    }
    if (m_random.chance(m_mix.storeMoved)) {
        ++counts[QStringLiteral("fault: head moved")];
        return FaultyStore::Fault::HeadMoved;
    }
    return FaultyStore::Fault::None;
}

void ServerSide::checkMarks()
{
    for (const auto &[id, chat] : state().chats) {
        if (!chat.state)
            continue;
        for (const auto &[user, member] : chat.state->members) {
            auto &before = m_marks[{id, user}];
            if (member.delivered < before.first || member.read < before.second)
                violation = QStringLiteral("a watermark of the server went back");
            before = {member.delivered, member.read};
        }
    }
}

} // namespace parley::simulation
