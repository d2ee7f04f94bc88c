// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/result.h"

namespace parley {

/// Makes the names in a folder durable: what was renamed or made there is there after a power loss.
/// Unavailable when the folder is not there, or the disk fails.
Status syncFolder(const QString &folder);

} // namespace parley
