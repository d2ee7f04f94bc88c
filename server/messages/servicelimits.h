// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/limits.h"
#include "shared/protocol/session.h"

namespace parley {

/// What the message service itself enforces. The configuration fills it in.
struct ServiceLimits {
    ServerLimits announced; ///< what `welcome` says
    qint64 requestsPerHour = 5; ///< new chats with strangers of one user
    qint64 stateKeys = limits::stateKeys; ///< of one user
    size_t cachedChats = 20'000; ///< aggregates kept in memory
    size_t cachedUsers = 50'000;
};

} // namespace parley
