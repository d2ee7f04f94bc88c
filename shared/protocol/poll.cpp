// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/protocol/poll.h"

#include "shared/codec/json.h"

#include <QtCore/QJsonDocument>

namespace parley {
namespace {

constexpr char framesKey[] = "frames";

/// The frames are JSON already: they are put in as they are.
template <typename Head>
QByteArray encode(const Head &head, const std::vector<QByteArray> &frames)
{
    QByteArray json = QJsonDocument(toJson(head).toObject()).toJson(QJsonDocument::Compact);
    json.chop(1);
    json += ",\"";
    json += framesKey;
    json += "\":[";
    for (const QByteArray &frame : frames) {
        if (!json.endsWith('['))
            json += ',';
        json += frame;
    }
    return json + "]}";
}

template <typename Head>
Result<PollBody<Head>> decode(const QByteArray &json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isObject())
        return Error(ErrorCode::Malformed, QStringLiteral("not a JSON object"));
    const QJsonObject object = document.object();
    auto head = fromJson<Head>(object);
    if (!head)
        return head.error();
    PollBody<Head> body{*std::move(head), {}};
    const QJsonValue frames = object.value(QLatin1String(framesKey));
    if (!frames.isUndefined() && !frames.isArray())
        return Error(ErrorCode::Malformed, QStringLiteral("frames is not a list"));
    const QJsonArray list = frames.toArray();
    if (list.size() > limits::arrayItems)
        return Error(ErrorCode::TooLarge, QStringLiteral("too many frames"));
    for (const auto &frame : list) {
        if (!frame.isObject())
            return Error(ErrorCode::Malformed, QStringLiteral("a frame is not an object"));
        body.frames.push_back(QJsonDocument(frame.toObject()).toJson(QJsonDocument::Compact));
    }
    return body;
}

} // namespace

QByteArray encodePoll(const Poll &poll, const std::vector<QByteArray> &frames)
{
    return encode(poll, frames);
}

QByteArray encodePolled(const Polled &polled, const std::vector<QByteArray> &frames)
{
    return encode(polled, frames);
}

Result<PollBody<Poll>> decodePoll(const QByteArray &json)
{
    return decode<Poll>(json);
}

Result<PollBody<Polled>> decodePolled(const QByteArray &json)
{
    return decode<Polled>(json);
}

void NumberedFrames::push(QByteArray frame)
{
    m_bytes += frame.size();
    m_frames.push_back(std::move(frame));
}

bool NumberedFrames::acknowledge(qint64 number)
{
    const qint64 before = m_first;
    while (!m_frames.empty() && m_first <= number) {
        m_bytes -= m_frames.front().size();
        m_frames.pop_front();
        ++m_first;
    }
    return m_first > before;
}

std::vector<QByteArray> NumberedFrames::from(qint64 number, qsizetype bytesMost) const
{
    std::vector<QByteArray> frames;
    qsizetype bytes = 0;
    for (qint64 i = std::max(number, m_first) - m_first; i < std::ssize(m_frames); ++i) {
        const QByteArray &frame = m_frames[size_t(i)];
        bytes += frame.size() + 1;
        if (!frames.empty() && (bytes > bytesMost || std::ssize(frames) == limits::arrayItems))
            break;
        frames.push_back(frame);
    }
    return frames;
}

std::optional<size_t> ArrivedFrames::known(qint64 seq, size_t count) const
{
    // A number from outside: nothing may be added to it.
    if (seq < 1 || seq - 1 > m_last)
        return std::nullopt;
    return std::min(size_t(m_last - (seq - 1)), count);
}

} // namespace parley
