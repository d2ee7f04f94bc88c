// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/protocol/frame.h"

#include "shared/codec/json.h"
#include "shared/codec/numbers.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QVarLengthArray>

namespace parley {
namespace {

constexpr char okName[] = "ok";
constexpr char errorTypeName[] = "error";

/// The three parts of any frame, with the body still as bytes.
struct Parts {
    QString type;
    std::optional<RequestNumber> request;
    QByteArray body;
};

QByteArray assemble(const char *type, std::optional<RequestNumber> request, const QByteArray &body)
{
    CborWriter head;
    head.startMap(request ? 3 : 2);
    head.key("type");
    head.write(QString::fromLatin1(type));
    if (request) {
        head.key("request");
        head.write(*request);
    }
    head.key("body");
    // The body is already CBOR: it is appended as it is, so that what goes to many is encoded once.
    return head.take() + body;
}

bool readPart(CborReader &reader, QByteArrayView key, Parts &parts)
{
    if (key == "type")
        return reader.read(parts.type, 64);
    if (key == "body")
        return reader.skip(&parts.body);
    if (key != "request")
        return reader.skip();
    // Nothing is answered to half a number.
    RequestNumber request = 0;
    if (!reader.read(request))
        return false;
    parts.request = request;
    return true;
}

bool readParts(CborReader &reader, Parts &parts)
{
    qsizetype count = 0;
    if (!reader.enterMap(count, 1))
        return false;
    QByteArrayView key;
    QVarLengthArray<QByteArrayView, 8> seen;
    for (qsizetype i = 0; i < count; ++i) {
        if (!reader.readKey(key) || seen.contains(key))
            return false;
        seen.append(key);
        if (!readPart(reader, key, parts))
            return false;
    }
    return reader.atEnd();
}

Error faultOf(const CborReader &reader)
{
    return reader.failed() ? reader.error()
                           : Error(ErrorCode::Malformed, QStringLiteral("a key stands twice"));
}

Error noType()
{
    return Error(ErrorCode::Malformed, QStringLiteral("a frame without a type"));
}

/// Decodes into whichever type of the list has this name; nothing if none has.
template <typename List, typename Decode>
auto decodeNamed(const QString &type, Decode &&decode)
{
    using Variant = typename List::Variant;
    std::optional<Result<Variant>> decoded;
    List::forEach([&]<typename T>() {
        if (decoded || type != QLatin1String(T::name))
            return;
        Result<T> value = decode.template operator()<T>();
        if (value)
            decoded.emplace(Variant(*std::move(value)));
        else
            decoded.emplace(value.error());
    });
    return decoded;
}

template <typename Variant>
const char *nameOf(const Variant &variant)
{
    return std::visit(
        [](const auto &value) -> const char * {
            return std::remove_cvref_t<decltype(value)>::name;
        },
        variant);
}

QByteArray jsonFrame(const char *type, std::optional<RequestNumber> request, const QJsonValue &body)
{
    QJsonObject frame{
        {QStringLiteral("type"), QString::fromLatin1(type)}, {QStringLiteral("body"), body}};
    if (request)
        frame.insert(QStringLiteral("request"), static_cast<double>(*request));
    return QJsonDocument(frame).toJson(QJsonDocument::Compact);
}

Result<QJsonObject> parseJsonFrame(const QByteArray &json, qsizetype most)
{
    if (json.size() > most)
        return Error(ErrorCode::TooLarge, QStringLiteral("frame too large"));
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isObject())
        return Error(ErrorCode::Malformed, QStringLiteral("not a JSON object"));
    return document.object();
}

} // namespace

QByteArray encodeCommand(RequestNumber request, const Command &command)
{
    return std::visit(
        [&](const auto &value) { return assemble(value.name, request, toCbor(value)); }, command);
}

FrameResult<ClientFrame> decodeCommand(const QByteArray &bytes)
{
    if (bytes.size() > limits::clientFrameBytes)
        return FrameError{Error(ErrorCode::TooLarge, QStringLiteral("frame too large")), {}};
    CborReader reader(bytes);
    Parts parts;
    if (!readParts(reader, parts))
        return FrameError{faultOf(reader), parts.request};
    if (!parts.request)
        return FrameError{Error(ErrorCode::Malformed, QStringLiteral("no request number")), {}};
    if (parts.type.isEmpty())
        return FrameError{noType(), parts.request};
    auto command =
        decodeNamed<Commands>(parts.type, [&]<typename T>() { return fromPeer<T>(parts.body); });
    if (!command)
        return FrameError{Error(ErrorCode::Unsupported), parts.request};
    if (!*command)
        return FrameError{command->error(), parts.request};
    return ClientFrame{*parts.request, **std::move(command)};
}

QByteArray encodeAnswer(RequestNumber request, const QByteArray &cborBody)
{
    return assemble(okName, request, cborBody);
}

QByteArray encodeRefusal(RequestNumber request, const Refusal &refusal)
{
    return assemble(errorTypeName, request, toCbor(refusal));
}

QByteArray encodeEvent(const Event &event)
{
    return std::visit(
        [](const auto &value) { return assemble(value.name, std::nullopt, toCbor(value)); }, event);
}

Result<ServerFrame> decodeServerFrame(const QByteArray &bytes)
{
    if (bytes.size() > limits::serverFrameBytes)
        return Error(ErrorCode::TooLarge, QStringLiteral("frame too large"));
    CborReader reader(bytes);
    Parts parts;
    if (!readParts(reader, parts))
        return faultOf(reader);
    if (parts.type.isEmpty())
        return noType();
    if (parts.type == QLatin1String(okName)) {
        if (!parts.request)
            return Error(ErrorCode::Malformed, QStringLiteral("an answer to nothing"));
        return ServerFrame(Answer{*parts.request, parts.body});
    }
    if (parts.type == QLatin1String(errorTypeName)) {
        auto refusal = fromPeer<Refusal>(parts.body);
        if (!refusal)
            return refusal.error();
        return ServerFrame(Refused{parts.request.value_or(0), *std::move(refusal)});
    }
    auto event =
        decodeNamed<Events>(parts.type, [&]<typename T>() { return fromPeer<T>(parts.body); });
    if (!event)
        return ServerFrame(UnknownEvent{parts.type});
    if (!*event)
        return event->error();
    return ServerFrame(**std::move(event));
}

Refusal refusalOf(const Error &error)
{
    return Refusal{error.code, error.errorClass(), error.retryAfterMs, {}};
}

Error errorOf(const Refusal &refusal)
{
    Error error(refusal.code);
    error.retryAfterMs = refusal.retryAfterMs;
    return error;
}

QByteArray commandToJson(RequestNumber request, const Command &command)
{
    return std::visit(
        [&](const auto &value) { return jsonFrame(value.name, request, toJson(value)); }, command);
}

FrameResult<ClientFrame> commandFromJson(const QByteArray &json)
{
    const auto frame = parseJsonFrame(json, limits::clientFrameBytes);
    if (!frame)
        return FrameError{frame.error(), {}};
    JsonReader reader;
    RequestNumber request = 0;
    if (!reader.read(frame->value(QLatin1String("request")), request))
        return FrameError{reader.error(), {}};
    const QJsonValue body = frame->value(QLatin1String("body"));
    auto command = decodeNamed<Commands>(frame->value(QLatin1String("type")).toString(),
        [&]<typename T>() { return withinRange(fromJson<T>(body)); });
    if (!command)
        return FrameError{Error(ErrorCode::Unsupported), request};
    if (!*command)
        return FrameError{command->error(), request};
    return ClientFrame{request, **std::move(command)};
}

QByteArray eventToJson(const Event &event)
{
    return std::visit(
        [](const auto &value) { return jsonFrame(value.name, std::nullopt, toJson(value)); },
        event);
}

Result<Event> eventFromJson(const QByteArray &json)
{
    const auto frame = parseJsonFrame(json, limits::serverFrameBytes);
    if (!frame)
        return frame.error();
    const QJsonValue body = frame->value(QLatin1String("body"));
    auto event = decodeNamed<Events>(frame->value(QLatin1String("type")).toString(),
        [&]<typename T>() { return withinRange(fromJson<T>(body)); });
    if (!event)
        return Error(ErrorCode::Unsupported);
    if (!*event)
        return event->error();
    return **std::move(event);
}

const char *commandName(const Command &command)
{
    return nameOf(command);
}

Access commandAccess(const Command &command)
{
    return std::visit(
        [](const auto &value) { return std::remove_cvref_t<decltype(value)>::access; }, command);
}

} // namespace parley
