// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/id.h"
#include "shared/random.h"

namespace parley {

/// The id of the direct chat between two users, the same whoever asks: the first 16 bytes of
/// SHA-256("parley direct", lower user id, higher user id), with the highest bit set.
ChatId directChatId(const UserId &one, const UserId &other);

/// A new group's id: random, with the highest bit clear, so that no group can be put where two
/// people's direct chat belongs.
ChatId newGroupId(Random &random);
/// Which of the two kinds an id can name.
bool canNameGroup(const ChatId &chat);

} // namespace parley
