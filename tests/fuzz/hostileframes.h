// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/error.h"
#include "tests/fuzz/feed.h"

#include <optional>
#include <set>

/// Frames that no honest client sends, made from the definitions of the protocol: always the same
/// ones, in the same order.
namespace parley {

inline constexpr size_t hostileFrameCount = 10'000;

struct HostileFrame {
    QByteArray what; ///< for the message of a failing test
    QByteArray bytes;
    /// The answer: one refusal with one of these codes. Empty: whatever the protocol says to it.
    std::set<ErrorCode> refusals;
    /// No request number can be told: the session closes as Malformed.
    bool closes = false;
};

/// The number that all of them carry, if any.
inline constexpr quint32 hostileRequest = 77;

/// Exactly hostileFrameCount. What is well-formed in them names what is in `known`.
std::vector<HostileFrame> hostileFrames(const KnownIds &known);

} // namespace parley
