// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/id.h"

namespace parley {

/// The id of the direct chat between two users, the same whoever asks: the first 16 bytes of
/// SHA-256("parley direct", lower user id, higher user id).
ChatId directChatId(const UserId &one, const UserId &other);

} // namespace parley
