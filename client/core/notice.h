// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/core/values.h"
#include "shared/protocol/frame.h"

#include <variant>

/// What the core tells whoever drives it, once each, in order.
namespace parley::notice {

struct Welcomed {
    Welcome welcome;
};
/// `hello` was refused, or the session ended by a refusal of class auth or upgrade.
struct SessionRefused {
    Refusal refusal;
};
/// The list of chats is right, and what is missing is being fetched.
struct CaughtUp { };
struct ClosedByServer {
    CloseReason reason;
};
struct GoneAway {
    qint64 windowMs = 0;
};
/// What was to be stored was not. Everything was read anew; if that failed too, nothing goes on.
struct CacheFailed {
    Error error;
};
struct HistoryFailed {
    ChatId chat;
};
/// An operation that no row stands for was refused, and is forgotten.
struct OperationRefused {
    ChatId chat;
    Kind kind = Kind::Message;
    ErrorCode code = ErrorCode::Internal;
};
/// A request of the person's was done, or refused.
struct Answered {
    quint64 ticket = 0;
    std::optional<ErrorCode> refusal;
};
/// An operation of this device is in the log for good, and that is committed here.
struct OperationAccepted {
    ChatId chat;
    Operation operation;
    qint64 seq = 0; ///< 0: at a place that the server did not name
    qint64 timeMs = 0;
};
struct UserFound {
    quint64 ticket = 0;
    std::optional<UserRow> user;
};
struct DevicesListed {
    quint64 ticket = 0;
    std::vector<DeviceRow> devices;
};
struct DeliveryKnown {
    quint64 ticket = 0;
    DeliveryDetails details;
};

using Any = std::variant<Welcomed, SessionRefused, CaughtUp, ClosedByServer, GoneAway, CacheFailed,
    HistoryFailed, OperationRefused, OperationAccepted, Answered, UserFound, DevicesListed,
    DeliveryKnown>;

} // namespace parley::notice
