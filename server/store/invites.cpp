// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/store/invites.h"

namespace parley {

bool mayReplace(const InviteState &stored, const InviteState &next)
{
    if (stored.usedBy)
        return next.usedBy == stored.usedBy;
    return !stored.revoked || !next.usedBy;
}

} // namespace parley
