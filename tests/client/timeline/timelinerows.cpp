// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/client/timeline/timelinerows.h"

#include "shared/protocol/text.h"

#include <QtCore/QDateTime>
#include <QtCore/QtEndian>

namespace parley::rows {

UserId user(quint8 number)
{
    std::array<quint8, 16> bytes{};
    bytes[15] = number;
    return UserId::fromArray(bytes);
}

MessageId id(qint64 number)
{
    std::array<quint8, 16> bytes{};
    qToBigEndian(number, bytes.data() + 8);
    return MessageId::fromArray(bytes);
}

qint64 minuteMs(qint64 minute)
{
    static const auto noon = QDateTime(QDate(2026, 3, 4), QTime(12, 0)).toMSecsSinceEpoch();
    return noon + minute * 60'000;
}

PreparedRow message(qint64 seq, quint8 sender, const QString &text)
{
    const auto body = text.isEmpty() ? QStringLiteral("message %1").arg(seq) : text;
    PreparedRow prepared;
    auto &row = prepared.row.row;
    row.id = id(seq);
    row.seq = seq;
    row.revision = seq;
    row.sender = user(sender);
    row.time = minuteMs(seq);
    row.contentType = ContentType::Text;
    row.payload = toCbor(TextBody{body, {}});
    prepared.row.key = {seq, 0};
    prepared.text = present(TextBody{body, {}});
    return prepared;
}

PreparedRow at(PreparedRow row, qint64 timeMs)
{
    row.row.row.time = timeMs;
    return row;
}

PreparedRow waiting(qint64 number, qint64 position, const QString &text)
{
    auto prepared = message(number, 1, text);
    prepared.row.row.seq = 0;
    prepared.row.key = {std::numeric_limits<qint64>::max(), position};
    prepared.row.delivery = Delivery::Sending;
    prepared.row.operation = prepared.row.row.id;
    return prepared;
}

PreparedRow system(qint64 seq, Kind kind, quint8 actor)
{
    auto prepared = message(seq, actor);
    prepared.row.row.kind = kind;
    prepared.row.row.payload.clear();
    prepared.text = {};
    return prepared;
}

PreparedWindow window(std::vector<PreparedRow> rows, std::vector<TimelineHole> holes)
{
    PreparedWindow window;
    window.rows = std::move(rows);
    window.holes = std::move(holes);
    window.reachesStart = true;
    window.reachesEnd = true;
    return window;
}

PreparedWindow range(qint64 low, qint64 high)
{
    std::vector<PreparedRow> rows;
    for (auto seq = low; seq <= high; ++seq)
        rows.push_back(message(seq, seq % 2 ? 1 : 2));
    auto part = window(std::move(rows));
    part.reachesStart = low == 1;
    return part;
}

} // namespace parley::rows
