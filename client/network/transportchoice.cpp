// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/network/transportchoice.h"

namespace parley {

TransportKind TransportChoice::first(qint64 nowMs) const
{
    return m_pollingUntilMs && nowMs < *m_pollingUntilMs ? TransportKind::Polling
                                                         : TransportKind::WebSocket;
}

std::optional<TransportKind> TransportChoice::after(TransportKind failed, ConnectProblem problem)
{
    if (failed == TransportKind::WebSocket) {
        // Something answers there, and the way to it is safe, but it lets no WebSocket through.
        return problem == ConnectProblem::NotAServer ? std::optional(TransportKind::Polling)
                                                     : std::nullopt;
    }
    const bool isAnswered =
        problem == ConnectProblem::NotAServer || problem == ConnectProblem::Unreachable;
    return isAnswered ? std::optional(TransportKind::WebSocket) : std::nullopt;
}

void TransportChoice::opened(TransportKind kind, TransportKind triedFirst, qint64 nowMs)
{
    if (kind == triedFirst)
        return;
    if (kind == TransportKind::Polling)
        m_pollingUntilMs = nowMs + pollingMs;
    else
        forget();
}

void TransportChoice::endedMute(Ending ending, qint64 openMs, qint64 nowMs)
{
    // We close for reasons of our own, too; after some time it was for want of an answer.
    if (ending == Ending::ByOther || openMs >= muteMs)
        m_pollingUntilMs = nowMs + pollingMs;
}

} // namespace parley
