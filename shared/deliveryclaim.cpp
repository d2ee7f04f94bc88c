// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/deliveryclaim.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QList>

namespace parley {

namespace {

constexpr qsizetype fieldsOfALine = 7;
constexpr qsizetype hashBytes = 32;

template <typename T>
bool takeId(const QByteArray &hex, T &id)
{
    const auto read =
        hex.size() == 2 * T::sizeBytes ? T::fromBytes(QByteArray::fromHex(hex)) : std::nullopt;
    id = read.value_or(T());
    return read.has_value();
}

bool takeNumber(const QByteArray &text, qint64 &number)
{
    bool isNumber = false;
    number = text.toLongLong(&isNumber);
    return isNumber && number >= 0;
}

} // namespace

QByteArray DeliveryClaim::header()
{
    return QByteArrayLiteral("# parley delivery journal 1: chat id seq sender kind time sha256");
}

QByteArray DeliveryClaim::hashOf(QByteArrayView payload)
{
    return QCryptographicHash::hash(payload.toByteArray(), QCryptographicHash::Sha256);
}

QByteArray DeliveryClaim::text() const
{
    return QByteArrayList{chat.bytes().toHex(), id.bytes().toHex(), QByteArray::number(seq),
        sender.bytes().toHex(), QByteArray::number(static_cast<int>(kind)),
        QByteArray::number(timeMs), payloadHash.toHex()}
        .join(' ');
}

std::optional<DeliveryClaim> DeliveryClaim::read(QByteArrayView line)
{
    const auto fields = line.toByteArray().split(' ');
    DeliveryClaim claim;
    qint64 kind = 0;
    if (fields.size() != fieldsOfALine || !takeId(fields[0], claim.chat)
        || !takeId(fields[1], claim.id) || !takeNumber(fields[2], claim.seq)
        || !takeId(fields[3], claim.sender) || !takeNumber(fields[4], kind)
        || kind > std::numeric_limits<quint16>::max() || !takeNumber(fields[5], claim.timeMs)
        || fields[6].size() != 2 * hashBytes)
        return std::nullopt;
    claim.kind = static_cast<Kind>(kind);
    claim.payloadHash = QByteArray::fromHex(fields[6]);
    if (claim.payloadHash.size() != hashBytes)
        return std::nullopt;
    return claim;
}

Result<ReadDeliveryJournal> readDeliveryJournal(const QByteArray &bytes)
{
    ReadDeliveryJournal journal;
    const auto lines = bytes.split('\n');
    if (lines.isEmpty() || lines.first() != DeliveryClaim::header())
        return Error(
            ErrorCode::Malformed, QStringLiteral("line 1: this is not a delivery journal"));
    // What follows the last line break is a torn line, or nothing.
    for (qsizetype number = 1; number < lines.size(); ++number) {
        const auto &line = lines[number];
        if (line.isEmpty() || line == DeliveryClaim::header())
            continue;
        const bool isLast = number + 1 == lines.size();
        const bool wasResumed = !isLast && lines[number + 1] == DeliveryClaim::header();
        const auto claim = DeliveryClaim::read(line);
        if (claim && !isLast)
            journal.claims.push_back(*claim);
        else if (isLast || wasResumed)
            ++journal.tornLines;
        else
            return Error(ErrorCode::Malformed,
                QStringLiteral("line %1: no line of a delivery journal").arg(number + 1));
    }
    return journal;
}

} // namespace parley
