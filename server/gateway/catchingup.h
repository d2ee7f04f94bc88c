// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/gateway/reads.h"

namespace parley {

/// The chat as a device's list of chats needs it, or nothing when the user is served it no more.
Result<std::optional<ChatHead>> chatHead(
    StoreReader &reader, const UserId &user, const UserHead &head);

/// Whether a device that has `have` of this chat needs no more than an empty last page.
bool isUpToDate(const UserHead &head, const Have &have);

/// Compares what a device says it has with the store, and says what it lacks. A device that knows
/// more than the store met a restored store: it alone is told so.
Result<CaughtUp> catchUp(StoreReader &reader, const UserId &user, const ReadCatchUp &said);

/// What differs from a device's digest, for one answer.
Result<DigestReply> compareDigest(StoreReader &reader, const UserId &user, const Digest &digest);

/// The hash that `alive` carries when a device has all that the store has.
Result<QByteArray> digestHash(StoreReader &reader, const UserId &user);

} // namespace parley
