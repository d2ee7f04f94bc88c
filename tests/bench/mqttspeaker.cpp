// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/bench/mqttspeaker.h"

#include <cstring>

namespace parley::bench {

namespace {

// The first byte of a packet (MQTT 3.1.1, section 2.2), with the flags that it has here.
constexpr quint8 connectPacket = 0x10;
constexpr quint8 connected = 0x20;
constexpr quint8 publishPacket = 0x30;
constexpr quint8 publishOnce = 0x32; ///< at least once
constexpr quint8 acknowledgement = 0x40;
constexpr quint8 subscribePacket = 0x82;
constexpr quint8 subscribed = 0x90;
constexpr quint8 pingPacket = 0xC0;
constexpr quint8 disconnectPacket = 0xE0;
constexpr quint8 typeBits = 0xF0;
constexpr quint8 moreFollows = 0x80;
constexpr quint16 keepAliveSeconds = 60; ///< after half as much again the broker closes
constexpr size_t topicAt = 2;
constexpr size_t packetNumberBytes = 2;

struct Said {
    char kind = 0;
    quint16 run = 0;
    quint64 message = 0;
};
constexpr size_t saidBytes = 1 + sizeof(quint16) + sizeof(quint64);

std::string shortNumber(size_t number)
{
    return {static_cast<char>(number >> 8), static_cast<char>(number)};
}

size_t shortNumberAt(std::string_view bytes, size_t at)
{
    return static_cast<size_t>(
        static_cast<quint8>(bytes[at]) << 8 | static_cast<quint8>(bytes[at + 1]));
}

std::string textOf(const std::string &text)
{
    return shortNumber(text.size()) + text;
}

std::string topicOf(quint32 number)
{
    return "u/" + std::to_string(number);
}

void appendHead(std::string &out, quint8 type, size_t size)
{
    out.push_back(static_cast<char>(type));
    for (; size >= moreFollows; size /= moreFollows)
        out.push_back(static_cast<char>(moreFollows | size % moreFollows));
    out.push_back(static_cast<char>(size));
}

void appendPacket(std::string &out, quint8 type, std::string_view content)
{
    appendHead(out, type, content.size());
    out.append(content);
}

/// Takes a whole packet; nothing while it is not there.
std::optional<std::string_view> takePacket(std::string_view &bytes, quint8 &type)
{
    size_t size = 0;
    size_t at = 1;
    for (size_t times = 1;; times *= moreFollows, ++at) {
        if (at >= bytes.size())
            return std::nullopt;
        const auto digit = static_cast<quint8>(bytes[at]);
        size += (digit & ~moreFollows) * times;
        if (!(digit & moreFollows))
            break;
    }
    if (bytes.size() - at - 1 < size)
        return std::nullopt;
    type = static_cast<quint8>(bytes[0]);
    const auto packet = bytes.substr(at + 1, size);
    bytes.remove_prefix(at + 1 + size);
    return packet;
}

} // namespace

MqttSpeaker::MqttSpeaker(Route &route, Faults &faults, size_t textBytes, size_t number)
    : m_link(route, *this)
    , m_faults(faults)
    , m_text(textBytes, 'x')
    , m_number(static_cast<quint32>(number))
{
}

void MqttSpeaker::start()
{
    m_published.clear();
    m_link.open(m_number);
}

void MqttSpeaker::stop()
{
    m_stage = Stage::Away;
    if (m_link.isOpen())
        appendPacket(m_link.out(), disconnectPacket, {});
    m_link.close();
}

void MqttSpeaker::beat()
{
    appendPacket(m_link.out(), pingPacket, {});
}

void MqttSpeaker::join(Talk &talk, quint16 run)
{
    m_voice = &talk.voice(m_number);
    m_partnerVoice = &talk.voice(m_number ^ 1);
    m_run = run;
}

void MqttSpeaker::part()
{
    m_voice = nullptr;
    m_partnerVoice = nullptr;
}

void MqttSpeaker::say()
{
    while (m_voice && m_voice->waiting() > 0) {
        publish(Kind::Message, m_voice->next(), m_text);
        m_voice->take(1, m_link.now());
    }
}

void MqttSpeaker::opened()
{
    m_stage = Stage::SigningIn;
    // Level 4, a session that is kept.
    constexpr char level = 4;
    constexpr char flags = 0;
    const std::string content = textOf("MQTT") + level + flags + shortNumber(keepAliveSeconds)
        + textOf("bench" + std::to_string(m_number));
    appendPacket(m_link.out(), connectPacket, content);
}

void MqttSpeaker::lost(const char *why)
{
    m_stage = Stage::Away;
    m_faults.add(why);
}

size_t MqttSpeaker::arrived(std::string_view bytes)
{
    const size_t all = bytes.size();
    quint8 type = 0;
    while (m_link.isOpen()) {
        const auto packet = takePacket(bytes, type);
        if (!packet)
            break;
        take(type, *packet);
    }
    say();
    return all - bytes.size();
}

void MqttSpeaker::take(quint8 type, std::string_view packet)
{
    if (type == acknowledgement)
        return takeAcknowledgement(packet);
    if ((type & typeBits) == publishPacket)
        return takePublish(packet);
    if (m_stage == Stage::SigningIn && type == connected) {
        if (packet.size() != 2 || packet[1] != 0)
            return m_faults.add("the broker refused the connection");
        m_stage = Stage::Subscribing;
        constexpr char atLeastOnce = 1;
        appendPacket(m_link.out(), subscribePacket,
            shortNumber(1) + textOf(topicOf(m_number)) + atLeastOnce);
    } else if (m_stage == Stage::Subscribing && type == subscribed) {
        m_stage = Stage::There;
    }
}

void MqttSpeaker::publish(Kind kind, quint64 message, std::string_view text)
{
    // 0 is no number of a packet.
    m_lastPacket = static_cast<quint16>(m_lastPacket == 0xFFFF ? 1 : m_lastPacket + 1);
    m_published.push_back({m_lastPacket, kind});
    const std::string topic = topicOf(m_number ^ 1);
    std::string &out = m_link.out();
    appendHead(
        out, publishOnce, topicAt + topic.size() + packetNumberBytes + saidBytes + text.size());
    out += textOf(topic) + shortNumber(m_lastPacket);
    out.push_back(static_cast<char>(kind));
    out.append(reinterpret_cast<const char *>(&m_run), sizeof m_run);
    out.append(reinterpret_cast<const char *>(&message), sizeof message);
    out.append(text);
}

void MqttSpeaker::takePublish(std::string_view packet)
{
    const size_t packetAt = packet.size() < topicAt ? 0 : topicAt + shortNumberAt(packet, 0);
    const size_t saidAt = packetAt + packetNumberBytes;
    if (packetAt == 0 || packet.size() < saidAt + saidBytes)
        return m_faults.add("a packet that cannot be read");
    appendPacket(m_link.out(), acknowledgement, packet.substr(packetAt, packetNumberBytes));
    Said said;
    said.kind = packet[saidAt];
    std::memcpy(&said.run, packet.data() + saidAt + 1, sizeof said.run);
    std::memcpy(&said.message, packet.data() + saidAt + 1 + sizeof said.run, sizeof said.message);
    if (!m_voice || said.run != m_run)
        return;
    if (said.kind == static_cast<char>(Kind::Receipt))
        return m_voice->receipted(1, m_link.now());
    m_partnerVoice->arrived(said.message, m_link.now());
    publish(Kind::Receipt, said.message, {});
}

void MqttSpeaker::takeAcknowledgement(std::string_view packet)
{
    if (m_published.empty() || packet.size() != packetNumberBytes
        || shortNumberAt(packet, 0) != m_published.front().packet)
        return m_faults.add("an acknowledgement out of order");
    const Kind kind = m_published.front().kind;
    m_published.pop_front();
    if (m_voice && kind == Kind::Message)
        m_voice->acknowledged(1, m_link.now());
}

} // namespace parley::bench
