// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/id.h"

#include <QtCore/QStringList>

#include <vector>

namespace parley {

class ChatListModel;
class KnownUsers;

/// Chats whose titles contain all the words, or whose other person has such a username. The newest
/// first, those of which a word begins so before the others.
std::vector<ChatId> chatsNamed(
    const ChatListModel &chats, const KnownUsers &users, const QStringList &words);
/// Known people by name or username (with or without @), oneself among them, as "me" too; by name.
std::vector<UserId> usersNamed(const KnownUsers &users, const QStringList &words);

} // namespace parley
