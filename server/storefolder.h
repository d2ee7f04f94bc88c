// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/servicethread.h"
#include "shared/random.h"

namespace parley {

/// Opens the embedded store of a data folder. Errors say what to do.
Result<ServiceThread::Opened> openStoreFolder(const QString &folder, Random &random);

/// Makes the folder, for its owner alone, and a new store with this first invite in it. A folder
/// that is there already is taken if it is empty, or open to its owner alone; Forbidden otherwise.
/// LimitReached when there is a store already.
Status createStoreFolder(const QString &folder, const InviteState &invite, Random &random);

/// Writes a backup of the store in the folder to a new file, and tells its size. By a connection of
/// its own, so the store may be served meanwhile. Takes long; any thread.
Result<qint64> backUpStoreFolder(const QString &folder, const QString &path);

} // namespace parley
