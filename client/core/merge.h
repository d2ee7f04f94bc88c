// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/mutation.h"
#include "shared/protocol/content.h"

namespace parley {

/// The one merge rule of rows, members and chats: the higher revision is what the thing is now.
/// Two of the same revision are equal, so that order and repetition change nothing.
template <typename Versioned>
bool supersedes(const Versioned &incoming, const Versioned *held)
{
    return !held || incoming.revision > held->revision || mutation(Mutation::ArrivalOrder);
}

/// Watermarks only grow. True when something grew.
inline bool raise(Mark &held, const Mark &incoming)
{
    const Mark before = held;
    if (mutation(Mutation::ClientMarkGoesBack))
        held = incoming;
    held.read = std::max(held.read, incoming.read);
    held.delivered = std::max({held.delivered, incoming.delivered, held.read});
    return !(held == before);
}

/// The last kind that this version knows; a later one is kept and shows nothing.
inline constexpr Kind lastKnownKind = Kind::Receipts;
inline bool isKnown(Kind kind)
{
    return kind >= Kind::Create && kind <= lastKnownKind;
}

} // namespace parley
