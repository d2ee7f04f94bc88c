// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/store/aggregates.h"

namespace parley {

/// Whether a stored invite may become `next`: who used it stays, and a revoked one is not used.
bool mayReplace(const InviteState &stored, const InviteState &next);

} // namespace parley
