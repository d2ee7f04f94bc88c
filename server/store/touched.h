// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/store/aggregates.h"

/// What an entry touches, told from what a log keeps of it: every engine joins the same rows to it.
namespace parley {

/// A user's own entries are looked for among so many of a chat's newest: it bounds the search.
inline constexpr qint64 ownEntriesWindow = 4096;

/// The row that travels with the entry, if there is one of this id.
MessageId touchedRow(const Entry &entry);
/// Whether the chat's own row (title, number of members) travels with entries of this kind.
bool touchesChat(Kind kind);

} // namespace parley
