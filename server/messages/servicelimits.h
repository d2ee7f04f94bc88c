// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/store/pagesizes.h"
#include "shared/limits.h"
#include "shared/protocol/session.h"

namespace parley {

/// Where somebody with whom one has no chat in common is asked before taking part.
enum class Asking : quint8 {
    Everywhere, ///< in direct chats and in groups
    InDirectChats, ///< whoever founds or manages a group puts people into it
    Nowhere, ///< everybody here knows everybody
};

/// What the message service itself enforces. The configuration fills it in.
struct ServiceLimits {
    ServerLimits announced; ///< what `welcome` says
    Asking asking = Asking::Everywhere;
    qint64 requestsPerHour = 5; ///< what one user does to reach people who are asked
    qint64 stateKeys = limits::stateKeys; ///< of one user
    qint64 removedKeys = 4 * limits::stateKeys; ///< kept without a value, so that devices hear
    PageSizes pages;
    size_t cachedChats = 20'000; ///< aggregates kept in memory
    size_t cachedUsers = 50'000;
};

} // namespace parley
