// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/simulation/device.h"

namespace parley::simulation {

Device::Device(ServerSide &server, const UserId &owner, const QString &deviceName,
    const QString &folder, quint64 seed)
    : name(deviceName)
    , user(owner)
    , m_server(server)
    , m_folder(folder)
    , m_random(seed)
{
    m_token = server.addDevice(owner, id);
    open();
}

void Device::open()
{
    auto cache = SqliteCache::open(m_folder);
    if (!cache) {
        violation = QStringLiteral("%1: the cache does not open: %2").arg(name, cache.error().text);
        return;
    }
    m_cache = *std::move(cache);
    m_core = std::make_unique<ClientCore>(*m_cache, m_random, user);
    m_core->tick(moment());
    if (auto loaded = m_core->load(); !loaded)
        violation = QStringLiteral("%1: the cache does not load").arg(name);
    settle();
}

Moment Device::moment() const
{
    return {m_server.nowMs + m_clockOffMs, m_server.nowMs};
}

void Device::connect()
{
    if (m_wire || !m_server.isUp())
        return;
    m_wire = m_server.accept();
    m_core->tick(moment());
    m_core->connected({m_token, id, QStringLiteral("simulated")});
    settle();
}

void Device::disconnect()
{
    if (!m_wire)
        return;
    const auto wire = std::exchange(m_wire, nullptr);
    m_server.forget(wire);
    m_core->tick(moment());
    m_core->disconnected();
    settle();
}

void Device::crash()
{
    if (m_wire)
        m_server.forget(std::exchange(m_wire, nullptr));
    m_core.reset();
    m_cache.reset();
    open();
}

void Device::settle()
{
    if (!m_core)
        return;
    for (const ClientFrame &frame : m_core->takeFrames()) {
        if (!m_wire)
            continue;
        if (onFrame)
            onFrame(QStringLiteral("%1 asks %2 (%3)")
                        .arg(name)
                        .arg(frame.request)
                        .arg(QString::fromLatin1(commandName(frame.command))));
        m_wire->asked[frame.request] = frame.command;
        m_wire->toServer.push_back(encodeCommand(frame.request, frame.command));
        ++m_server.counts[QStringLiteral("command: ")
            + QString::fromLatin1(commandName(frame.command))];
    }
    (void)m_core->takeNotices();
    (void)m_core->takeChanges();
    checkMarks();
    if (m_core->takeCloseWish())
        disconnect();
}

bool Device::receive()
{
    if (!m_wire || m_wire->isSilent)
        return false;
    if (m_wire->toClient.empty()) {
        if (!m_wire->isClosed)
            return false;
        disconnect();
        return true;
    }
    const QByteArray frame = std::move(m_wire->toClient.front());
    m_wire->toClient.pop_front();
    if (!m_wire->isClosed)
        m_wire->session().drained(m_server.nowMs);
    noteAnswer(frame);
    const auto decoded = decodeServerFrame(frame);
    if (!decoded) {
        violation = QStringLiteral("the server made a frame that the client cannot read");
        return false;
    }
    m_core->tick(moment());
    m_core->received(*decoded);
    settle();
    return true;
}

bool Device::transmit()
{
    if (!m_wire || m_wire->isSilent || m_wire->isClosed || m_wire->toServer.empty())
        return false;
    const QByteArray frame = std::move(m_wire->toServer.front());
    m_wire->toServer.pop_front();
    m_wire->session().received(frame, m_server.nowMs);
    return true;
}

void Device::tick()
{
    m_core->tick(moment());
    settle();
}

void Device::remember(const ChatId &chat, const MessageId &message, Kind kind)
{
    wished.push_back(Wished{chat, message, user, kind, qint64(wished.size())});
    ++m_server.counts[QStringLiteral("operation: kind %1").arg(int(kind))];
}

/// An ok that a client saw survives everything but the restore of a backup.
void Device::noteAnswer(const QByteArray &frame)
{
    const auto decoded = decodeServerFrame(frame);
    const auto *answer = decoded ? std::get_if<Answer>(&*decoded) : nullptr;
    const auto asked = answer ? m_wire->asked.find(answer->request) : m_wire->asked.end();
    if (asked == m_wire->asked.end())
        return;
    const auto *send = std::get_if<Send>(&asked->second);
    if (!send)
        return;
    const auto reply = fromCbor<SendReply>(answer->body);
    for (const OperationResult &result : reply->results) {
        if (result.duplicate)
            ++m_server.counts[QStringLiteral("case: duplicate answered")];
        if (result.seq && !result.error)
            m_server.acknowledged[{send->chat, result.id}] = *result.seq;
    }
}

void Device::checkMarks()
{
    if (m_core->epoch() != m_marksEpoch) {
        m_marks.clear();
        m_marksEpoch = m_core->epoch();
    }
    for (const Have &have : m_core->have()) {
        const Chat *chat = m_core->chat(have.chat);
        for (const auto &[member, mark] : chat->marks) {
            Mark &before = m_marks[{have.chat, member}];
            if (mark.delivered < before.delivered || mark.read < before.read)
                violation = QStringLiteral("%1: a watermark went back").arg(name);
            before = mark;
        }
    }
}

} // namespace parley::simulation
