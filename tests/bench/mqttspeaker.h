// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "tests/bench/platform/link.h"
#include "tests/bench/speaker.h"

#include <deque>

namespace parley::bench {

/// A client of MQTT 3.1.1: each user has a topic, with a session that outlives the connection;
/// messages and receipts are published to it with QoS 1.
class MqttSpeaker : public Link::Owner, public Speaker {
public:
    MqttSpeaker(Route &route, Faults &faults, size_t textBytes, size_t number);

    void start() override;
    bool isThere() const override { return m_stage == Stage::There; }
    void stop() override;
    void beat() override;
    void join(Talk &talk, quint16 run) override;
    void part() override;
    void say() override;

    void opened() override;
    size_t arrived(std::string_view bytes) override;
    void lost(const char *why) override;

private:
    enum class Stage { Away, SigningIn, Subscribing, There };
    enum class Kind : char { Message = 'm', Receipt = 'r' };
    struct Published {
        quint16 packet = 0;
        Kind kind = Kind::Message;
    };

    void publish(Kind kind, quint64 message, std::string_view text);
    void take(quint8 type, std::string_view packet);
    void takePublish(std::string_view packet);
    void takeAcknowledgement(std::string_view packet);

    Link m_link;
    Faults &m_faults;
    const std::string m_text;
    const quint32 m_number;
    Stage m_stage = Stage::Away;
    Voice *m_voice = nullptr;
    Voice *m_partnerVoice = nullptr;
    quint16 m_run = 0;
    quint16 m_lastPacket = 0;
    std::deque<Published> m_published;
};

} // namespace parley::bench
