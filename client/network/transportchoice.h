// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/network/connectproblem.h"

#include <optional>

namespace parley {

/// How frames travel.
enum class TransportKind : quint8 { WebSocket, Polling };

/// Which transport to try first, and which after it: the WebSocket, unless polling has lately been
/// needed here. A value without a clock: times are steady milliseconds, handed in.
class TransportChoice {
public:
    /// So long polling comes first, once it was needed.
    static constexpr qint64 pollingMs = 5 * 60'000;
    /// A WebSocket that has brought no frame for so long goes through something that swallows them.
    static constexpr qint64 muteMs = 10'000;

    TransportKind first(qint64 nowMs) const;
    /// What to try in the same attempt when this one could not be opened; nothing when the other
    /// one would fare no better.
    static std::optional<TransportKind> after(TransportKind failed, ConnectProblem problem);
    /// It opened, as the second one of its attempt or as the first.
    void opened(TransportKind kind, TransportKind triedFirst, qint64 nowMs);
    enum class Ending : quint8 { ByOther, ByUs };
    /// A WebSocket ended that had been open for so long, and no frame ever came.
    void endedMute(Ending ending, qint64 openMs, qint64 nowMs);
    /// What was in the way may not be there any more.
    void forget() { m_pollingUntilMs.reset(); }

private:
    std::optional<qint64> m_pollingUntilMs;
};

} // namespace parley
