// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/support/websocketframes.h"

#include <QtCore/QtEndian>

#include <algorithm>
#include <utility>

namespace parley {

namespace {

constexpr qsizetype shortHeaderBytes = 2;
constexpr int length16 = 126;
constexpr int length64 = 127;
constexpr int binaryFrame = 2;
const QByteArray upgradeBegin("HTTP/1.1 101");

} // namespace

std::vector<WebSocketFrames::Part> WebSocketFrames::feed(QByteArrayView bytes)
{
    m_pending.append(bytes);
    std::vector<Part> parts;
    if (m_stage == Stage::Beginning)
        begin();
    if (m_stage == Stage::SomethingElse)
        parts.push_back({std::exchange(m_pending, {}), {}});
    if (m_stage == Stage::Upgrading)
        takeUpgrade(parts);
    if (m_stage != Stage::Frames)
        return parts;
    while (takeFrame(parts)) { }
    return parts;
}

void WebSocketFrames::begin()
{
    const auto known = std::min(m_pending.size(), upgradeBegin.size());
    if (m_pending.left(known) != upgradeBegin.left(known))
        m_stage = Stage::SomethingElse;
    else if (known == upgradeBegin.size())
        m_stage = Stage::Upgrading;
}

void WebSocketFrames::takeUpgrade(std::vector<Part> &parts)
{
    const auto end = m_pending.indexOf("\r\n\r\n");
    if (end < 0)
        return;
    parts.push_back({m_pending.left(end + 4), {}});
    m_pending.remove(0, end + 4);
    m_stage = Stage::Frames;
}

// RFC 6455, 5.2; a server does not mask.
bool WebSocketFrames::takeFrame(std::vector<Part> &parts)
{
    if (m_pending.size() < shortHeaderBytes)
        return false;
    const auto *const data = m_pending.constData();
    const int opcode = data[0] & 0x0f;
    const int shortLength = data[1] & 0x7f;
    const qsizetype header = shortHeaderBytes
        + (shortLength == length16        ? 2
                : shortLength == length64 ? 8
                                          : 0);
    if (m_pending.size() < header)
        return false;
    qsizetype length = shortLength;
    if (shortLength == length16)
        length = qFromBigEndian<quint16>(data + shortHeaderBytes);
    else if (shortLength == length64)
        length = static_cast<qsizetype>(qFromBigEndian<quint64>(data + shortHeaderBytes));
    if (m_pending.size() - header < length)
        return false;
    Part part;
    part.bytes = m_pending.left(header + length);
    if (opcode == binaryFrame)
        part.payload = m_pending.mid(header, length);
    parts.push_back(std::move(part));
    m_pending.remove(0, header + length);
    return true;
}

} // namespace parley
