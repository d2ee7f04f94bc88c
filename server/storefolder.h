// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/servicethread.h"
#include "shared/random.h"

namespace parley {

/// Opens the embedded store of a data folder. Errors say what to do.
Result<ServiceThread::Opened> openStoreFolder(const QString &folder, Random &random);

/// Makes the folder, for its owner alone, and a new store with this first invite in it.
/// LimitReached when there is one already.
Status createStoreFolder(const QString &folder, const InviteState &invite, Random &random);

} // namespace parley
