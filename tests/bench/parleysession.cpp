// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/bench/parleysession.h"

namespace parley::bench {

using namespace Qt::StringLiterals;

ParleySession::ParleySession(Route &route, Faults &faults, const Ticket &ticket, quint32 number)
    : m_link(route, *this)
    , m_faults(faults)
    , m_ticket(ticket)
    , m_number(number)
    , m_port(route.port())
{
}

void ParleySession::connectNow()
{
    m_stage = Stage::Upgrading;
    m_frames = FrameReader();
    m_alive = 0;
    m_link.open(m_number);
}

void ParleySession::disconnectNow()
{
    m_stage = Stage::Away;
    if (m_link.isOpen())
        appendFrame(m_link.out(), Opcode::Close, {});
    m_link.close();
}

void ParleySession::alive()
{
    if (m_alive == 0)
        m_alive = ask(Alive{});
}

void ParleySession::opened()
{
    m_link.out() += upgradeRequest(m_port);
}

void ParleySession::lost(const char *why)
{
    m_stage = Stage::Away;
    m_faults.add(why);
}

size_t ParleySession::arrived(std::string_view bytes)
{
    const size_t all = bytes.size();
    if (m_stage == Stage::Upgrading) {
        const auto upgraded = takeUpgradeAnswer(bytes);
        if (!upgraded)
            return 0;
        if (!*upgraded)
            m_faults.add("the upgrade was refused");
        greet();
    }
    while (m_link.isOpen()) {
        const auto frame = m_frames.next(bytes);
        if (!frame)
            break;
        take(*frame);
    }
    return all - bytes.size();
}

void ParleySession::greet()
{
    m_stage = Stage::SigningIn;
    Hello hello;
    hello.versions = {1};
    hello.app = u"parley-bench"_s;
    hello.auth.token = m_ticket.secret;
    hello.epoch = m_held.epoch;
    hello.userRevision = m_held.userRevision;
    hello.have = m_held.have;
    m_hello = ask(hello);
}

RequestNumber ParleySession::ask(const Command &command)
{
    const RequestNumber request = nextRequest();
    const QByteArray frame = encodeCommand(request, command);
    appendFrame(m_link.out(), Opcode::Binary,
        std::string_view(frame.constData(), static_cast<size_t>(frame.size())));
    return request;
}

void ParleySession::take(const FrameReader::Frame &frame)
{
    if (frame.opcode == Opcode::Ping)
        return appendFrame(m_link.out(), Opcode::Pong, frame.payload);
    if (frame.opcode == Opcode::Close)
        return lost("the server said that it closes");
    const Glance glance = glanceAt(frame.payload);
    if (!glance.isGood)
        m_faults.add("a frame that cannot be read");
    else if (glance.request != 0)
        takeAnswer(glance);
    else
        takeEvent(glance);
}

void ParleySession::takeAnswer(const Glance &glance)
{
    if (glance.request == m_hello || glance.request == m_alive) {
        if (glance.type != "ok")
            m_faults.add("hello or alive was refused");
        if (glance.request == m_alive)
            m_alive = 0;
        return;
    }
    if (glance.type == "ok")
        return answered(glance.request, glance.body);
    const auto refusal = fromCbor<Refusal>(bytesOf(glance.body));
    refused(glance.request, refusal ? refusal->code : ErrorCode::Malformed);
}

void ParleySession::refused(RequestNumber /*request*/, ErrorCode code)
{
    m_faults.add(u"refused: "_s + QLatin1String(errorName(code)));
}

void ParleySession::takeEvent(const Glance &glance)
{
    if (glance.type == "push")
        pushed(glance.body);
    else if (glance.type == "sync")
        sync(glance.body);
    else if (glance.type == "live")
        live(glance.body);
    else if (glance.type == "lagging")
        m_faults.add("the server dropped pushes: lagging");
    else if (glance.type == "closing")
        m_faults.add("the server is closing the connection");
}

void ParleySession::sync(std::string_view body)
{
    const auto sync = fromCbor<Sync>(bytesOf(body));
    if (!sync)
        return m_faults.add("a sync that cannot be read");
    if (sync->restored)
        m_faults.add("the store is another one");
    m_held.epoch = sync->epoch;
    m_held.userRevision = sync->userRevision;
    listed(*sync);
    if (!sync->more)
        m_stage = Stage::Synced;
}

} // namespace parley::bench
