// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/network/connectproblem.h"
#include "shared/error.h"

namespace parley {

/// How the way to the server is.
enum class ConnectionState : quint8 {
    SignedOut, ///< no account, no token kept, or it is no longer accepted (see `problem`)
    Offline, ///< this machine has no network
    Connecting, ///< on the way, or catching up for the first time
    Unreachable, ///< tried in vain; trying again at `retryAtMs`
    Online,
    UpgradeRequired, ///< this program is too old for the server
    KeychainSilent, ///< there is an account, but the keychain did not give its token
};

struct ConnectionStatus {
    ConnectionState state = ConnectionState::SignedOut;
    ConnectProblem problem = ConnectProblem::None;
    std::optional<ErrorCode> refusal; ///< with Refused
    qint64 retryAtMs = 0; ///< Unreachable: by this machine's clock; 0 while it tries
    friend bool operator==(const ConnectionStatus &, const ConnectionStatus &) = default;
};

} // namespace parley
