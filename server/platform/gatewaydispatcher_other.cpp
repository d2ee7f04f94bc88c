// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/platform/gatewaydispatcher.h"

namespace parley {

std::unique_ptr<QAbstractEventDispatcher> makeGatewayDispatcher()
{
    return nullptr;
}

} // namespace parley
