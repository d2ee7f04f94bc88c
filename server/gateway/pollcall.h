// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/protocol/poll.h"

/// What crosses between the gateway that has an HTTP connection and the one that has the session:
/// values, as everything between threads.
namespace parley {

/// An HTTP connection that waits for an answer, by its gateway and its number there.
struct PollCaller {
    quint32 gateway = 0;
    quint64 visitor = 0;
};

/// One request.
struct PollCall {
    PollCaller from;
    QString address; ///< what limits count by
    PollBody<Poll> body;
};

/// Its answer.
struct PollReply {
    PollCaller to;
    int status = 200; ///< with 200 there is a body
    QByteArray body;
    enum class Standing : quint8 { Unknown, SignedIn } standing = Standing::Unknown;
};

} // namespace parley
