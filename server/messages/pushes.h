// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/messages/desk.h"

/// Who is told of what was just committed.
namespace parley {

/// Pushes entries and moved watermarks to the sessions that are live in the chat, each as its user
/// may see them; what is the same for many is encoded once. Sessions of who is no longer served
/// stop being live. `state` is the chat after the commit, `entries` carry their after-images.
void pushCommit(DeskContext &context, const ChatAggregate &state, const std::vector<Entry> &entries,
    const std::vector<UserId> &movedMarks);

/// Tells the notifications of messages to members without any session.
void reportMissed(DeskContext &context, const ChatAggregate &state,
    const std::vector<Entry> &entries, const std::map<MessageId, std::vector<UserId>> &wake);

/// Pushes a row of the user's own state to all of the user's sessions.
void pushUserState(DeskContext &context, const UserId &user, const StateRow &row);

/// Tells those who look at the chat that somebody types there.
void pushTyping(
    DeskContext &context, const ChatAggregate &state, const Origin &origin, TypingChanged event);

} // namespace parley
