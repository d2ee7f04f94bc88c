// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/platform/gatewaysockets.h"

namespace parley {

Result<std::unique_ptr<GatewaySockets>> makeThinSockets(const std::optional<QSslConfiguration> &tls)
{
    return makeQtSockets(tls);
}

} // namespace parley
