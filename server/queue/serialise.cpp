// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/queue/serialise.h"

namespace parley {
namespace {

constexpr qsizetype typeNameBytes = 64;

/// The parts of an envelope, with origin and body still as bytes.
struct Envelope {
    QString type;
    QByteArray origin;
    QByteArray body;
};

QByteArray seal(const char *type, const Origin *origin, const QByteArray &body)
{
    CborWriter head;
    head.startMap(origin ? 3 : 2);
    head.key("type");
    head.write(QString::fromLatin1(type));
    if (origin) {
        head.key("origin");
        head.write(*origin);
    }
    head.key("body");
    return head.take() + body;
}

Result<Envelope> unseal(const QByteArray &bytes)
{
    CborReader reader(bytes);
    Envelope envelope;
    qsizetype count = 0;
    bool good = reader.enterMap(count, 1);
    QByteArrayView key;
    for (qsizetype i = 0; good && i < count; ++i) {
        good = reader.readKey(key);
        if (good && key == "type")
            good = reader.read(envelope.type, typeNameBytes);
        else if (good)
            good = reader.skip(key == "origin" ? &envelope.origin : &envelope.body);
    }
    if (!good || !reader.atEnd())
        return reader.failed() ? reader.error() : Error(ErrorCode::Malformed);
    return envelope;
}

template <typename List>
Result<typename List::Variant> decodeBody(const Envelope &envelope)
{
    using Variant = typename List::Variant;
    Result<Variant> decoded = Error(ErrorCode::Unsupported, envelope.type);
    List::forEach([&]<typename T>() {
        if (envelope.type != QLatin1String(T::name))
            return;
        auto value = fromCbor<T>(envelope.body);
        decoded = value ? Result<Variant>(Variant(*std::move(value))) : value.error();
    });
    return decoded;
}

} // namespace

QByteArray toBytes(const Queued &command)
{
    return std::visit(
        [&](const auto &value) { return seal(value.name, &command.origin, toCbor(value)); },
        command.command);
}

Result<Queued> queuedFromBytes(const QByteArray &bytes)
{
    const auto envelope = unseal(bytes);
    if (!envelope)
        return envelope.error();
    auto origin = fromCbor<Origin>(envelope->origin);
    if (!origin)
        return origin.error();
    auto command = decodeBody<ServiceCommands>(*envelope);
    if (!command)
        return command.error();
    return Queued{*std::move(origin), *std::move(command)};
}

QByteArray toBytes(const ServiceOutput &output)
{
    return std::visit(
        [](const auto &value) { return seal(value.name, nullptr, toCbor(value)); }, output);
}

Result<ServiceOutput> outputFromBytes(const QByteArray &bytes)
{
    const auto envelope = unseal(bytes);
    if (!envelope)
        return envelope.error();
    return decodeBody<ServiceOutputs>(*envelope);
}

} // namespace parley
