// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/bench/websocket.h"

#include <cstring>

namespace parley::bench {

namespace {

constexpr quint8 finalBit = 0x80;
constexpr quint8 maskBit = 0x80;
constexpr size_t twoBytesFollow = 126;
constexpr size_t eightBytesFollow = 127;
/// The same for all frames: it guards proxies, and there are none.
constexpr std::string_view mask = "\x2b\x91\x4d\xc6";

void appendNumber(std::string &out, quint64 number, int bytes)
{
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
        out.push_back(static_cast<char>(number >> shift));
}

quint64 numberAt(std::string_view bytes, size_t at, size_t size)
{
    quint64 number = 0;
    for (size_t i = 0; i < size; ++i)
        number = number << 8 | static_cast<quint8>(bytes[at + i]);
    return number;
}

// Twice is as if it had not been done.
void applyMask(char *at, size_t size, std::string_view key)
{
    quint64 wide = 0;
    std::memcpy(&wide, key.data(), key.size());
    std::memcpy(reinterpret_cast<char *>(&wide) + key.size(), key.data(), key.size());
    char *const end = at + size;
    for (; end - at >= qptrdiff(sizeof wide); at += sizeof wide) {
        quint64 piece = 0;
        std::memcpy(&piece, at, sizeof piece);
        piece ^= wide;
        std::memcpy(at, &piece, sizeof piece);
    }
    for (size_t i = 0; at < end; ++at, ++i)
        *at = static_cast<char>(*at ^ key[i % key.size()]);
}

struct Head {
    Opcode opcode;
    bool isFinal;
    bool isMasked;
    size_t headBytes;
    size_t payloadBytes;
};

std::optional<Head> headOf(std::string_view bytes)
{
    if (bytes.size() < 2)
        return std::nullopt;
    const auto first = static_cast<quint8>(bytes[0]);
    size_t payload = static_cast<quint8>(bytes[1]) & 0x7F;
    const bool isMasked = (static_cast<quint8>(bytes[1]) & maskBit) != 0;
    const size_t extra = payload == twoBytesFollow ? 2 : payload == eightBytesFollow ? 8 : 0;
    const size_t headBytes = 2 + extra + (isMasked ? mask.size() : 0);
    if (bytes.size() < headBytes)
        return std::nullopt;
    if (extra > 0)
        payload = static_cast<size_t>(numberAt(bytes, 2, extra));
    const bool isFinal = (first & finalBit) != 0;
    return Head{static_cast<Opcode>(first & 0x0F), isFinal, isMasked, headBytes, payload};
}

} // namespace

std::string upgradeRequest(quint16 port)
{
    return "GET / HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port)
        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          "Sec-WebSocket-Key: cGFybGV5LWJlbmNoLWtleQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
}

std::optional<bool> takeUpgradeAnswer(std::string_view &bytes)
{
    constexpr std::string_view end = "\r\n\r\n";
    const size_t at = bytes.find(end);
    if (at == std::string_view::npos)
        return std::nullopt;
    const bool isUpgraded = bytes.starts_with("HTTP/1.1 101 ");
    bytes.remove_prefix(at + end.size());
    return isUpgraded;
}

size_t beginFrame(std::string &out, Opcode opcode, size_t payloadBytes)
{
    out.push_back(static_cast<char>(finalBit | static_cast<quint8>(opcode)));
    if (payloadBytes < twoBytesFollow) {
        out.push_back(static_cast<char>(maskBit | payloadBytes));
    } else if (payloadBytes <= 0xFFFF) {
        out.push_back(static_cast<char>(maskBit | twoBytesFollow));
        appendNumber(out, payloadBytes, 2);
    } else {
        out.push_back(static_cast<char>(maskBit | eightBytesFollow));
        appendNumber(out, payloadBytes, 8);
    }
    out.append(mask);
    return out.size();
}

void endFrame(std::string &out, size_t payloadAt)
{
    applyMask(out.data() + payloadAt, out.size() - payloadAt, mask);
}

void appendFrame(std::string &out, Opcode opcode, std::string_view payload)
{
    const size_t at = beginFrame(out, opcode, payload.size());
    out.append(payload);
    endFrame(out, at);
}

std::optional<FrameReader::Frame> FrameReader::next(std::string_view &bytes)
{
    if (std::exchange(m_isTold, false))
        m_fragments.clear();
    while (const auto head = headOf(bytes)) {
        if (bytes.size() - head->headBytes < head->payloadBytes)
            return std::nullopt;
        auto payload = bytes.substr(head->headBytes, head->payloadBytes);
        if (head->isMasked) {
            m_unmasked.assign(payload);
            const auto key = bytes.substr(head->headBytes - mask.size(), mask.size());
            applyMask(m_unmasked.data(), m_unmasked.size(), key);
            payload = m_unmasked;
        }
        bytes.remove_prefix(head->headBytes + head->payloadBytes);
        const bool isControl = head->opcode >= Opcode::Close;
        const bool isFragment =
            !isControl && (!head->isFinal || head->opcode == Opcode::Continuation);
        if (!isFragment)
            return Frame{head->opcode, payload};
        if (head->opcode != Opcode::Continuation)
            m_opcode = head->opcode;
        m_fragments.append(payload);
        if (head->isFinal) {
            m_isTold = true;
            return Frame{m_opcode, m_fragments};
        }
    }
    return std::nullopt;
}

} // namespace parley::bench
