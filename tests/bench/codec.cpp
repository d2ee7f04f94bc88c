// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0

// What writing and reading a typical message costs: by the protocol's own codec, and the same
// fields by hand with what Qt has. Prints a line of JSON; nanoseconds are the least of many rounds.
//   parley-codec-bench
#include "shared/protocol/frame.h"
#include "shared/protocol/text.h"

#include <QtCore/QCborMap>
#include <QtCore/QCborStreamReader>
#include <QtCore/QCborStreamWriter>
#include <QtCore/QElapsedTimer>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace parley;

namespace {

constexpr int rounds = 50;
constexpr int timesARound = 5'000;

template <typename IdType>
IdType idOf(quint8 number)
{
    std::array<quint8, 16> bytes{};
    bytes.fill(number);
    return IdType::fromArray(bytes);
}

Row typicalRow()
{
    Row row;
    row.id = idOf<MessageId>(7);
    row.seq = row.revision = 12'345;
    row.sender = idOf<UserId>(9);
    row.time = 1'700'000'000'000;
    row.contentType = ContentType::Text;
    row.payload = toCbor(TextBody{u"Shall we do the ridge loop on Saturday? The first bus is at "
                                  "half past six, the forecast looks fine."_s,
        {}});
    return row;
}

void requireSame(const Row &one, const Row &other, const char *by)
{
    if (!(one == other))
        qFatal("%s does not give back what it was given", by);
}

QByteArray byMap(const Row &row)
{
    return QCborMap{{u"id"_s, row.id.bytes()}, {u"kind"_s, qint64(row.kind)}, {u"seq"_s, row.seq},
        {u"rev"_s, row.revision}, {u"sender"_s, row.sender.bytes()}, {u"time"_s, row.time},
        {u"type"_s, qint64(row.contentType)}, {u"payload"_s, row.payload}}
        .toCborValue()
        .toCbor();
}

Row fromMap(const QByteArray &bytes)
{
    const QCborMap map = QCborValue::fromCbor(bytes).toMap();
    Row row;
    row.id = *MessageId::fromBytes(map[u"id"_s].toByteArray());
    row.kind = Kind(map[u"kind"_s].toInteger());
    row.seq = map[u"seq"_s].toInteger();
    row.revision = map[u"rev"_s].toInteger();
    row.sender = *UserId::fromBytes(map[u"sender"_s].toByteArray());
    row.time = map[u"time"_s].toInteger();
    row.contentType = ContentType(map[u"type"_s].toInteger());
    row.payload = map[u"payload"_s].toByteArray();
    return row;
}

QByteArray byStream(const Row &row)
{
    QByteArray bytes;
    QCborStreamWriter writer(&bytes);
    const auto put = [&](QLatin1String key, const auto &value) {
        writer.append(key);
        writer.append(value);
    };
    writer.startMap(8);
    put("id"_L1, row.id.bytes());
    put("kind"_L1, qint64(row.kind));
    put("seq"_L1, row.seq);
    put("rev"_L1, row.revision);
    put("sender"_L1, row.sender.bytes());
    put("time"_L1, row.time);
    put("type"_L1, qint64(row.contentType));
    put("payload"_L1, row.payload);
    writer.endMap();
    return bytes;
}

Row fromStream(const QByteArray &bytes)
{
    QCborStreamReader reader(bytes);
    const auto text = [&] {
        QString whole;
        for (auto part = reader.readString(); part.status == QCborStreamReader::Ok;
             part = reader.readString())
            whole += part.data;
        return whole;
    };
    const auto bytesOf = [&] {
        QByteArray whole;
        for (auto part = reader.readByteArray(); part.status == QCborStreamReader::Ok;
             part = reader.readByteArray())
            whole += part.data;
        return whole;
    };
    const auto number = [&] {
        const qint64 value = reader.toInteger();
        reader.next();
        return value;
    };
    Row row;
    reader.enterContainer();
    while (reader.hasNext()) {
        const QString key = text();
        if (key == "id"_L1)
            row.id = *MessageId::fromBytes(bytesOf());
        else if (key == "kind"_L1)
            row.kind = Kind(number());
        else if (key == "seq"_L1)
            row.seq = number();
        else if (key == "rev"_L1)
            row.revision = number();
        else if (key == "sender"_L1)
            row.sender = *UserId::fromBytes(bytesOf());
        else if (key == "time"_L1)
            row.time = number();
        else if (key == "type"_L1)
            row.contentType = ContentType(number());
        else if (key == "payload"_L1)
            row.payload = bytesOf();
    }
    reader.leaveContainer();
    return row;
}

/// Nanoseconds of one call.
template <typename Work>
double cost(const Work &work)
{
    qint64 leastNs = std::numeric_limits<qint64>::max();
    for (int round = 0; round < rounds; ++round) {
        QElapsedTimer timer;
        timer.start();
        for (int time = 0; time < timesARound; ++time)
            work();
        leastNs = std::min(leastNs, timer.nsecsElapsed());
    }
    return std::round(double(leastNs) / timesARound * 10) / 10;
}

template <typename Write, typename Read>
QJsonObject measure(const char *by, const Row &row, const Write &write, const Read &read)
{
    const QByteArray bytes = write(row);
    requireSame(read(bytes), row, by);
    qsizetype seen = 0; // what nobody looks at a compiler may leave out
    const double writing = cost([&] { seen += write(row).size(); });
    const double reading = cost([&] { seen += read(bytes).payload.size(); });
    if (seen == 0)
        qFatal("nothing was written");
    return {{u"bytes"_s, bytes.size()}, {u"writeNs"_s, writing}, {u"readNs"_s, reading},
        {u"bothNs"_s, writing + reading}};
}

} // namespace

int main()
{
    const Row row = typicalRow();
    const auto read = [](const QByteArray &bytes) { return *fromCbor<Row>(bytes); };
    const QJsonObject line{
        {u"parley"_s,
            measure(
                "the codec", row, [](const Row &each) { return toCbor(each); }, read)},
        {u"QCborStreamWriterReader"_s, measure("the stream", row, byStream, fromStream)},
        {u"QCborMap"_s, measure("the map", row, byMap, fromMap)}};
    std::printf("%s\n", QJsonDocument(line).toJson(QJsonDocument::Compact).constData());
    return 0;
}
