// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/store/aggregates.h"

#include <variant>

/// What the message service asks the store to write. Each touches one aggregate.
namespace parley {

/// A write into a user's aggregate that a chat's append promised: repeated until done.
struct Derived {
    ChatId chat;
    UserId user;
    ChatState at; ///< the chat's place for this user: `at` decides, the higher wins

    friend bool operator==(const Derived &, const Derived &) = default;
};

struct ChatAppend {
    ChatId chat;
    Epoch epoch;
    qint64 expectedHead = 0; ///< 0 and no state: the chat is created
    std::vector<Entry>
        entries; ///< dense from expectedHead + 1; row, member and chat are not stored
    std::vector<Row> rows; ///< after-images, by id
    std::vector<StoredMember>
        members; ///< after-images; watermarks of these are NOT taken from here
    std::optional<ChatRow> row; ///< the chat itself, when it changed
    std::vector<KnownOperation> operations; ///< kept for ever
    std::vector<StoredMark> marks; ///< max-registers; written even if the head moved on
    std::vector<Derived> derived; ///< kept until DerivedDone
    qint64 messages = 0; ///< ChatAggregate::messages after this append
    qint64 time = 0; ///< ChatAggregate::lastTime after this append
};

struct UserAppend {
    UserId user;
    Epoch epoch;
    qint64 expectedRevision = 0;
    std::optional<UserAggregate> create; ///< the user is new (expectedRevision 0)
    std::vector<StateRow> state; ///< revisions dense from expectedRevision + 1
    std::optional<UserRow> profile;
    std::optional<QByteArray> passwordHash;
    std::optional<bool> disabled;
    std::vector<StoredDevice> devices; ///< after-images
    std::vector<DeviceId> removedDevices;
    qint64 stateKeys = 0; ///< UserAggregate::stateKeys after this append
};

/// The directory: unique names, and invites. Conditional in itself: a name that another user has,
/// or an invite that another user has used, makes it HeadMoved.
struct DirectoryAppend {
    std::optional<std::pair<QString, UserId>> claimName; ///< folded name
    std::optional<InviteState> putInvite; ///< new, or changed
};

/// A derived write has reached its user.
struct DerivedDone {
    Derived derived;
    Epoch epoch; ///< in which it was promised
};

using Append = std::variant<ChatAppend, UserAppend, DirectoryAppend, DerivedDone>;

} // namespace parley
