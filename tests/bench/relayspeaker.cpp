// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/bench/relayspeaker.h"

namespace parley::bench {

RelaySpeaker::RelaySpeaker(Route &route, Faults &faults, size_t textBytes, size_t number)
    : m_link(route, *this)
    , m_faults(faults)
    , m_text(textBytes, 'x')
    , m_number(static_cast<quint32>(number))
    , m_partner(m_number ^ 1)
    , m_port(route.port())
{
}

void RelaySpeaker::start()
{
    m_stage = Stage::Upgrading;
    m_frames = FrameReader();
    m_link.open(m_number);
}

void RelaySpeaker::stop()
{
    m_stage = Stage::Away;
    m_link.close();
}

void RelaySpeaker::join(Talk &talk, quint16 run)
{
    m_voice = &talk.voice(m_number);
    m_partnerVoice = &talk.voice(m_partner);
    m_run = run;
}

void RelaySpeaker::part()
{
    m_voice = nullptr;
    m_partnerVoice = nullptr;
}

void RelaySpeaker::say()
{
    while (m_voice && m_voice->waiting() > 0) {
        send(RelayFrame::Kind::Message, m_voice->next(), m_text);
        m_voice->take(1, m_link.now());
    }
}

void RelaySpeaker::opened()
{
    m_link.out() += upgradeRequest(m_port);
    send(RelayFrame::Kind::Hello, 0, {});
}

size_t RelaySpeaker::arrived(std::string_view bytes)
{
    const size_t all = bytes.size();
    if (m_stage == Stage::Upgrading) {
        const auto upgraded = takeUpgradeAnswer(bytes);
        if (!upgraded)
            return 0;
        m_stage = Stage::There;
    }
    while (const auto frame = m_frames.next(bytes)) {
        if (const auto said = RelayFrame::of(frame->payload))
            take(*said);
    }
    say();
    return all - bytes.size();
}

void RelaySpeaker::lost(const char *why)
{
    m_stage = Stage::Away;
    m_faults.add(why);
}

void RelaySpeaker::send(RelayFrame::Kind kind, quint64 message, std::string_view text)
{
    const RelayFrame frame{kind, m_partner, m_number, m_run, message};
    std::string &out = m_link.out();
    const size_t at = beginFrame(out, Opcode::Binary, sizeof frame + text.size());
    out.append(frame.view()).append(text);
    endFrame(out, at);
}

void RelaySpeaker::take(const RelayFrame &frame)
{
    if (!m_voice || frame.run != m_run)
        return;
    if (frame.kind == RelayFrame::Kind::Acknowledged)
        m_voice->acknowledged(1, m_link.now());
    if (frame.kind == RelayFrame::Kind::Receipt)
        m_voice->receipted(1, m_link.now());
    if (frame.kind == RelayFrame::Kind::Message) {
        m_partnerVoice->arrived(frame.message, m_link.now());
        send(RelayFrame::Kind::Receipt, frame.message, {});
    }
}

} // namespace parley::bench
