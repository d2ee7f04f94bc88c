// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/platform/gatewaydispatcher.h"

#include "server/platform/epolldispatcher.h"

namespace parley {

std::unique_ptr<QAbstractEventDispatcher> makeGatewayDispatcher()
{
    return std::make_unique<EpollDispatcher>();
}

} // namespace parley
