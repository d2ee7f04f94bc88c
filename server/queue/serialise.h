// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/queue/values.h"
#include "shared/result.h"

/// What crosses the queue, as CBOR bytes and back.
namespace parley {

QByteArray toBytes(const Queued &command);
Result<Queued> queuedFromBytes(const QByteArray &bytes);

/// A list in a value holds at most limits::arrayItems: longer deliveries are split before.
QByteArray toBytes(const ServiceOutput &output);
Result<ServiceOutput> outputFromBytes(const QByteArray &bytes);

} // namespace parley
