// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/protocol/events.h"
#include "shared/result.h"

#include <variant>

/// Frames: what travels as one binary WebSocket message, or as one JSON object.
///
/// A frame is a map of `type`, `request` (a client's number, and the answer to it) and `body`.
namespace parley {

template <typename... Types>
struct TypeList {
    using Variant = std::variant<Types...>;
    template <typename Visitor>
    static void forEach(Visitor &&visit)
    {
        (visit.template operator()<Types>(), ...);
    }
};

/// Every command. Append only; a handler that is missing does not compile.
using Commands = TypeList<Hello, CatchUp, Send, MarkUp, Page, History, Alive, Digest, SetState,
    SetProfile, Users, FindUser, Watch, Focus, Typing, Members, Marks, Devices, RevokeDevice>;
using Command = Commands::Variant;

/// Every event. Append only.
using Events = TypeList<Sync, Pushed, HandedOver, UserStateChanged, PresenceChanged, ProfileChanged,
    TypingChanged, Lagging, GoAway, Closing>;
using Event = Events::Variant;

using RequestNumber = quint32;

struct ClientFrame {
    RequestNumber request = 0;
    Command command;
};

/// The body of an error answer.
struct Refusal {
    static constexpr auto name = "Refusal";
    static constexpr auto about = "Why a command was refused.";
    ErrorCode code = ErrorCode::Internal;
    ErrorClass errorClass = ErrorClass::Reject;
    std::optional<qint64> retryAfterMs;
    std::optional<StateRow> row;

    static constexpr auto fields =
        std::tuple{field("code", &Refusal::code, "one of the codes below"),
            field("class", &Refusal::errorClass, "what to do about a code one does not know"),
            field("retryAfterMs", &Refusal::retryAfterMs, "RateLimited: when"),
            field("row", &Refusal::row, "Conflict: the row as it is now")};
    friend bool operator==(const Refusal &, const Refusal &) = default;
};

/// `ok`: the body belongs to the type that the request's command names as its Reply.
struct Answer {
    RequestNumber request = 0;
    QByteArray body; ///< CBOR
};
struct Refused {
    RequestNumber request = 0;
    Refusal refusal;
};
/// An event whose name this program does not know: ignored.
struct UnknownEvent {
    QString type;
};
using ServerFrame = std::variant<Answer, Refused, Event, UnknownEvent>;

/// A frame that could not be read. `request` is there when it could at least be told.
struct FrameError {
    Error error;
    std::optional<RequestNumber> request;
};
template <typename T>
using FrameResult = std::variant<T, FrameError>;

QByteArray encodeCommand(RequestNumber request, const Command &command);
FrameResult<ClientFrame> decodeCommand(const QByteArray &bytes);

QByteArray encodeAnswer(RequestNumber request, const QByteArray &cborBody);
QByteArray encodeRefusal(RequestNumber request, const Refusal &refusal);
QByteArray encodeEvent(const Event &event);
Result<ServerFrame> decodeServerFrame(const QByteArray &bytes);

/// The refusal that tells a peer about an error: code, class and retry time, never the text.
Refusal refusalOf(const Error &error);
/// The error that a refusal tells of.
Error errorOf(const Refusal &refusal);

template <typename Reply>
QByteArray encodeReply(RequestNumber request, const Reply &reply);

/// The same frames as JSON. In these, `body` is an object.
QByteArray commandToJson(RequestNumber request, const Command &command);
FrameResult<ClientFrame> commandFromJson(const QByteArray &json);
QByteArray eventToJson(const Event &event);
Result<Event> eventFromJson(const QByteArray &json);

/// The wire name of a command.
const char *commandName(const Command &command);
/// The access rule that is declared with it.
Access commandAccess(const Command &command);

} // namespace parley

#include "shared/codec/cbor.h"

namespace parley {
template <typename Reply>
QByteArray encodeReply(RequestNumber request, const Reply &reply)
{
    return encodeAnswer(request, toCbor(reply));
}
} // namespace parley
