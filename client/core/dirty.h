// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/core/values.h"

#include <map>
#include <set>

namespace parley {

/// What the screen has to be told, by name only: the values are read when it is told, so that many
/// changes of one thing become one. A value.
struct Dirty {
    bool isAll = false;
    std::set<ChatId> chats;
    std::set<ChatId> chatsGone;
    std::map<ChatId, std::set<MessageId>> rows;
    std::map<ChatId, std::set<MessageId>> gone;
    std::set<ChatId> timelines; ///< which were opened anew
    std::map<ChatId, std::vector<TimelineHole>> filled; ///< holes, or parts of them
    std::set<ChatId> members;
    std::set<UserId> users;
    std::set<UserId> presence;
    std::vector<TypingUser> typing;
    bool isPrivacyChanged = false;
    bool isSelfChanged = false;

    bool isEmpty() const
    {
        return !isAll && chats.empty() && chatsGone.empty() && rows.empty() && gone.empty()
            && timelines.empty() && filled.empty() && members.empty() && users.empty()
            && presence.empty() && typing.empty() && !isPrivacyChanged && !isSelfChanged;
    }
};

} // namespace parley
