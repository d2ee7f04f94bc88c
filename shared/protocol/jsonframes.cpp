// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/protocol/jsonframes.h"

#include "shared/codec/json.h"

#include <QtCore/QJsonDocument>

namespace parley {
namespace {

constexpr char okType[] = "ok";
constexpr char errorType[] = "error";

QByteArray answerFrame(const char *type, RequestNumber request, const QJsonValue &body)
{
    const QJsonObject frame{{QStringLiteral("type"), QLatin1String(type)},
        {QStringLiteral("request"), double(request)}, {QStringLiteral("body"), body}};
    return QJsonDocument(frame).toJson(QJsonDocument::Compact);
}

/// Calls `visit` with the type of the reply of the command at this place in the list.
template <typename Visitor>
void withReply(size_t command, Visitor &&visit)
{
    size_t index = 0;
    Commands::forEach([&]<typename T>() {
        if (index++ == command)
            visit.template operator()<typename T::Reply>();
    });
}

std::optional<QJsonValue> bodyToJson(size_t command, const QByteArray &cbor)
{
    std::optional<QJsonValue> json;
    withReply(command, [&]<typename Reply>() {
        if (const auto reply = fromCbor<Reply>(cbor))
            json = toJson(*reply);
    });
    return json;
}

std::optional<QByteArray> bodyToCbor(size_t command, const QJsonValue &json)
{
    std::optional<QByteArray> cbor;
    withReply(command, [&]<typename Reply>() {
        if (const auto reply = fromJson<Reply>(json))
            cbor = toCbor(*reply);
    });
    return cbor;
}

} // namespace

FrameResult<ClientFrame> JsonFrames::readCommand(const QByteArray &json)
{
    auto decoded = commandFromJson(json);
    if (const auto *frame = std::get_if<ClientFrame>(&decoded))
        m_awaited[frame->request] = frame->command.index();
    return decoded;
}

QByteArray JsonFrames::writeServerFrame(const QByteArray &cbor)
{
    const auto frame = decodeServerFrame(cbor);
    if (frame && std::holds_alternative<Event>(*frame))
        return eventToJson(std::get<Event>(*frame));
    if (const auto *refused = frame ? std::get_if<Refused>(&*frame) : nullptr) {
        takeAwaited(refused->request);
        return answerFrame(errorType, refused->request, toJson(refused->refusal));
    }
    const auto *answer = frame ? std::get_if<Answer>(&*frame) : nullptr;
    const RequestNumber request = answer ? answer->request : 0;
    const auto command = takeAwaited(request);
    const auto body = answer && command ? bodyToJson(*command, answer->body) : std::nullopt;
    return body ? answerFrame(okType, request, *body)
                : answerFrame(errorType, request, toJson(refusalOf(Error(ErrorCode::Internal))));
}

QByteArray JsonFrames::writeCommand(const ClientFrame &frame)
{
    m_awaited[frame.request] = frame.command.index();
    return commandToJson(frame.request, frame.command);
}

Result<ServerFrame> JsonFrames::readServerFrame(const QByteArray &json)
{
    const QJsonObject frame = QJsonDocument::fromJson(json).object();
    const QString type = frame.value(QLatin1String("type")).toString();
    if (type.isEmpty())
        return Error(ErrorCode::Malformed, QStringLiteral("a frame without a type"));
    if (type != QLatin1String(okType) && type != QLatin1String(errorType)) {
        auto event = eventFromJson(json);
        if (!event && event.error().code == ErrorCode::Unsupported)
            return ServerFrame(UnknownEvent{type});
        if (!event)
            return event.error();
        return ServerFrame(*std::move(event));
    }
    const auto request = fromJson<RequestNumber>(frame.value(QLatin1String("request")));
    if (!request)
        return request.error();
    const auto command = takeAwaited(*request);
    const QJsonValue body = frame.value(QLatin1String("body"));
    if (type == QLatin1String(errorType)) {
        auto refusal = fromJson<Refusal>(body);
        if (!refusal)
            return refusal.error();
        return ServerFrame(Refused{*request, *std::move(refusal)});
    }
    const auto cbor = command ? bodyToCbor(*command, body) : std::nullopt;
    if (!cbor)
        return Error(ErrorCode::Malformed, QStringLiteral("not the answer to its request"));
    return ServerFrame(Answer{*request, *cbor});
}

std::optional<size_t> JsonFrames::takeAwaited(RequestNumber request)
{
    const auto found = m_awaited.find(request);
    if (found == m_awaited.end())
        return std::nullopt;
    const size_t command = found->second;
    m_awaited.erase(found);
    return command;
}

} // namespace parley
