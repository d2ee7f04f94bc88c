// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "tests/bench/platform/link.h"
#include "tests/bench/relayframe.h"
#include "tests/bench/speaker.h"
#include "tests/bench/websocket.h"

namespace parley::bench {

/// A client of the bare relay: every message is receipted by itself.
class RelaySpeaker : public Link::Owner, public Speaker {
public:
    RelaySpeaker(Route &route, Faults &faults, size_t textBytes, size_t number);

    void start() override;
    bool isThere() const override { return m_stage == Stage::There; }
    void stop() override;
    void join(Talk &talk, quint16 run) override;
    void part() override;
    void say() override;

    void opened() override;
    size_t arrived(std::string_view bytes) override;
    void lost(const char *why) override;

private:
    enum class Stage { Away, Upgrading, There };

    void send(RelayFrame::Kind kind, quint64 message, std::string_view text);
    void take(const RelayFrame &frame);

    Link m_link;
    Faults &m_faults;
    const std::string m_text;
    const quint32 m_number;
    const quint32 m_partner;
    const quint16 m_port;
    Stage m_stage = Stage::Away;
    FrameReader m_frames;
    Voice *m_voice = nullptr;
    Voice *m_partnerVoice = nullptr;
    quint32 m_run = 0;
};

} // namespace parley::bench
