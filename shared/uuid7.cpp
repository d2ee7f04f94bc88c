// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/uuid7.h"

#include <algorithm>

namespace parley {
namespace {
constexpr quint16 counterMask = 0x0FFF;
// A counter that starts in the lower half leaves room for 2,048 ids in one millisecond.
constexpr quint16 counterStartMask = 0x07FF;
} // namespace

MessageId Uuid7::next(qint64 nowMs)
{
    std::array<quint8, 10> drawn;
    m_random.fill(drawn);
    const auto start = static_cast<quint16>((drawn[0] << 8 | drawn[1]) & counterStartMask);
    const auto now = static_cast<quint64>(std::max<qint64>(nowMs, 0));
    if (now > m_lastMs) {
        m_lastMs = now;
        m_counter = start;
    } else if (m_counter == counterMask) {
        ++m_lastMs;
        m_counter = start;
    } else {
        ++m_counter;
    }
    quint64 randB = 0;
    for (size_t i = 2; i < drawn.size(); ++i)
        randB = randB << 8 | drawn[i];
    return compose(m_lastMs, m_counter, randB);
}

MessageId Uuid7::compose(quint64 unixMs, quint16 randA, quint64 randB)
{
    std::array<quint8, 16> bytes;
    for (size_t i = 0; i < 6; ++i)
        bytes[i] = static_cast<quint8>(unixMs >> (40 - 8 * i));
    bytes[6] = static_cast<quint8>(0x70 | (randA >> 8 & 0x0F));
    bytes[7] = static_cast<quint8>(randA);
    for (size_t i = 0; i < 8; ++i)
        bytes[8 + i] = static_cast<quint8>(randB >> (56 - 8 * i));
    bytes[8] = static_cast<quint8>((bytes[8] & 0x3F) | 0x80);
    return MessageId::fromArray(bytes);
}

qint64 Uuid7::timeMs(const MessageId &id)
{
    quint64 ms = 0;
    for (size_t i = 0; i < 6; ++i)
        ms = ms << 8 | id.array()[i];
    return static_cast<qint64>(ms);
}

bool Uuid7::isVersion7(const MessageId &id)
{
    return (id.array()[6] & 0xF0) == 0x70 && (id.array()[8] & 0xC0) == 0x80;
}

} // namespace parley
