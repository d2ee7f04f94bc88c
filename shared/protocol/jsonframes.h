// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/protocol/frame.h"

#include <unordered_map>

namespace parley {

/// The frames of one connection that speaks JSON. Remembers which command each unanswered request
/// was: only its reply's type tells how the body of an answer is written. One for each connection,
/// at either end; one thread.
class JsonFrames {
public:
    /// The server's end: a command as it came, and a frame to the client from its CBOR. An answer
    /// that belongs to no request, or not to its type, becomes an Internal error.
    FrameResult<ClientFrame> readCommand(const QByteArray &json);
    QByteArray writeServerFrame(const QByteArray &cbor);

    /// The client's end. The body of an answer is CBOR again.
    QByteArray writeCommand(const ClientFrame &frame);
    Result<ServerFrame> readServerFrame(const QByteArray &json);

    /// Requests without an answer yet.
    size_t awaited() const { return m_awaited.size(); }

private:
    std::optional<size_t> takeAwaited(RequestNumber request);

    std::unordered_map<RequestNumber, size_t> m_awaited; ///< index in the list of commands
};

} // namespace parley
