// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/store/pagesizes.h"
#include "server/store/store.h"
#include "shared/protocol/commands.h"

/// Pages of a chat for one member, from what the store read at one moment.
namespace parley {

/// True when the device starts the chat over: it never saw it, slept through a join, or missed too
/// much to replay.
bool opensAnew(const StoredMember &member, qint64 after, qint64 head, const PageSizes &sizes);

/// What to read for the answer to a page, beyond the state.
LoadRequest pageRequest(const ChatId &chat, const StoredMember &member, const UserId &user,
    qint64 after, qint64 head, const PageSizes &sizes);

/// The page itself: entries after `after` up to the head, or the chat opened. When the frame would
/// be too large, it stops early and says `more`.
PageReply buildPage(const Page &page, const ChatAggregate &state, const StoredMember &member,
    const Loaded &read, const PageSizes &sizes);

/// How many of the entries fit into one answer, at least one.
size_t entriesThatFit(const std::vector<Entry> &entries);

} // namespace parley
