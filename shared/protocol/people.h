// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/protocol/content.h"

/// What is known about users, their devices and their own state.
namespace parley {

/// What one may see of a user.
struct UserRow {
    static constexpr auto name = "UserRow";
    static constexpr auto about = "What others may see of a user.";
    UserId id;
    QString userName;
    QString displayName;
    QByteArray picture;
    QString status;
    std::optional<qint64> statusUntil;
    qint64 revision = 0;

    static constexpr auto fields = std::tuple{field("id", &UserRow::id, "who"),
        field("name", &UserRow::userName, "to sign in, and to be found by",
            atMost<limits::nameBytes>),
        field("displayName", &UserRow::displayName, "as people write it",
            atMost<limits::displayNameBytes>),
        field("picture", &UserRow::picture, "a small PNG or JPEG, or empty",
            atMost<limits::pictureBytes>),
        field(
            "status", &UserRow::status, "a line about now, or empty", atMost<limits::statusBytes>),
        field("statusUntil", &UserRow::statusUntil, "when the status ends"),
        field("rev", &UserRow::revision, "the userRevision of the last change: the merge key")};
    friend bool operator==(const UserRow &, const UserRow &) = default;
};

/// One of a user's own devices.
struct DeviceRow {
    static constexpr auto name = "DeviceRow";
    static constexpr auto about = "One of a user's own devices.";
    DeviceId id;
    QString deviceName;
    qint64 created = 0;
    qint64 lastSeen = 0;
    bool current = false;

    static constexpr auto fields = std::tuple{field("id", &DeviceRow::id, "which"),
        field("name", &DeviceRow::deviceName, "as its owner called it",
            atMost<limits::deviceNameBytes>),
        field("created", &DeviceRow::created, "when it signed in first"),
        field("lastSeen", &DeviceRow::lastSeen, "to the minute"),
        field("current", &DeviceRow::current, "the one that asks")};
    friend bool operator==(const DeviceRow &, const DeviceRow &) = default;
};

/// One key of a user's own state. Keys: chat/ID (by the server), mute/ID, draft/ID, unread/ID,
/// folder/NAME, block/ID (by the server), privacy, profile (by the server).
struct StateRow {
    static constexpr auto name = "StateRow";
    static constexpr auto about = "One key of a user's own state, as it is now.";
    QString key;
    std::optional<QByteArray> value;
    qint64 revision = 0;

    static constexpr auto fields =
        std::tuple{field("key", &StateRow::key, "which", atMost<limits::stateKeyBytes>),
            field("value", &StateRow::value, "absent when it was removed",
                atMost<limits::stateValueBytes>),
            field("rev", &StateRow::revision, "the userRevision that wrote it")};
    friend bool operator==(const StateRow &, const StateRow &) = default;
};

/// Value of the state key chat/ID: whether, and from where on, one belongs to the chat.
struct ChatState {
    static constexpr auto name = "ChatState";
    static constexpr auto about = "Value of the state key chat/ID, written by the server: whether, "
                                  "and from where on, the user belongs to the chat.";
    qint64 at = 0;
    std::optional<qint64> since;
    std::optional<MemberState> gone = std::nullopt;

    static constexpr auto fields =
        std::tuple{field("at", &ChatState::at, "the seq that decided it; a higher one wins"),
            field("since", &ChatState::since, "the first seq to read; absent when gone"),
            field("gone", &ChatState::gone, "when gone: left, or removed")};
    friend bool operator==(const ChatState &, const ChatState &) = default;
};

/// Value of the state key privacy.
struct Privacy {
    static constexpr auto name = "Privacy";
    static constexpr auto about = "Value of the state key privacy: what one hides, and so does not "
                                  "see of others.";
    bool receiptsOff = false;
    bool typingOff = false;
    bool presenceOff = false;

    static constexpr auto fields =
        std::tuple{field("receiptsOff", &Privacy::receiptsOff, "reads go to own devices only"),
            field("typingOff", &Privacy::typingOff, "typing is neither sent nor shown"),
            field("presenceOff", &Privacy::presenceOff, "presence is neither sent nor shown")};
    friend bool operator==(const Privacy &, const Privacy &) = default;
};

enum class PresenceState : quint8 { Offline = 1, Away = 2, Online = 3 };

/// Whether a user is there.
struct PresenceRow {
    static constexpr auto name = "PresenceRow";
    static constexpr auto about = "Whether a user is there.";
    UserId user;
    PresenceState state = PresenceState::Offline;
    std::optional<qint64> lastSeen;

    static constexpr auto fields = std::tuple{field("user", &PresenceRow::user, "who"),
        field("state", &PresenceRow::state, "offline, away or online"),
        field("lastSeen", &PresenceRow::lastSeen, "to the minute, when offline")};
    friend bool operator==(const PresenceRow &, const PresenceRow &) = default;
};

} // namespace parley
