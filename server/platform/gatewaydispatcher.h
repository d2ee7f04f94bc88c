// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QAbstractEventDispatcher>

#include <memory>

namespace parley {

/// The event dispatcher for a thread with very many sockets, to be set before the thread starts;
/// nothing where Qt's own has to serve.
std::unique_ptr<QAbstractEventDispatcher> makeGatewayDispatcher();

} // namespace parley
