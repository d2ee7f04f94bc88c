// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/protocol/commands.h"

/// What a server says unasked.
namespace parley {

struct Sync {
    static constexpr auto name = "sync";
    static constexpr auto about =
        "After hello and catchUp: user state since the device's revision, and every chat in "
        "which it is behind or which it lacks, newest activity first. Chats that are up to date "
        "follow as pages without entries.";
    Epoch epoch;
    bool restored = false;
    qint64 userRevision = 0;
    std::vector<StateRow> state;
    std::vector<ChatHead> chats;
    std::vector<UserRow> users;
    bool more = false;

    static constexpr auto fields = std::tuple{field("epoch", &Sync::epoch, "of the store"),
        field("restored", &Sync::restored,
            "the store was restored: put sent operations back, drop the cache, take the epoch, "
            "catch up from nothing"),
        field("userRevision", &Sync::userRevision, "of the last row in state, or the current one"),
        field("state", &Sync::state, "rows of the own state"),
        field("chats", &Sync::chats, "behind or lacking"),
        field("users", &Sync::users, "people whom these chats show"),
        field("more", &Sync::more, "another sync follows")};
    friend bool operator==(const Sync &, const Sync &) = default;
};

struct Pushed {
    static constexpr auto name = "push";
    static constexpr auto about = "What was just committed to a chat: at most one frame for each "
                                  "commit and connection. Applied only in sequence.";
    ChatId chat;
    std::vector<Entry> entries;
    std::vector<Mark> marks;

    static constexpr auto fields = std::tuple{field("chat", &Pushed::chat, "where"),
        field("entries", &Pushed::entries, "in order", atMost<limits::arrayItems>),
        field("marks", &Pushed::marks, "watermarks that moved")};
    friend bool operator==(const Pushed &, const Pushed &) = default;
};

struct HandedOver {
    static constexpr auto name = "live";
    static constexpr auto about = "A last page that was not asked for: the chat was up to date, or "
                                  "nearly, and is live on this session from here on.";
    PageReply page;

    static constexpr auto fields =
        std::tuple{field("page", &HandedOver::page, "as the answer to page")};
    friend bool operator==(const HandedOver &, const HandedOver &) = default;
};

struct UserStateChanged {
    static constexpr auto name = "userState";
    static constexpr auto about =
        "The own state changed. Applied only if revision is the device's own + 1.";
    StateRow row;

    static constexpr auto fields = std::tuple{field("row", &UserStateChanged::row, "as it is now")};
    friend bool operator==(const UserStateChanged &, const UserStateChanged &) = default;
};

struct PresenceChanged {
    static constexpr auto name = "presence";
    static constexpr auto about = "Watched users came, left, or are away.";
    std::vector<PresenceRow> users;

    static constexpr auto fields = std::tuple{
        field("users", &PresenceChanged::users, "as they are", atMost<limits::watchedUsers>)};
    friend bool operator==(const PresenceChanged &, const PresenceChanged &) = default;
};

struct ProfileChanged {
    static constexpr auto name = "profile";
    static constexpr auto about = "A watched user's profile changed.";
    UserRow user;

    static constexpr auto fields = std::tuple{field("user", &ProfileChanged::user, "as it is now")};
    friend bool operator==(const ProfileChanged &, const ProfileChanged &) = default;
};

struct TypingChanged {
    static constexpr auto name = "typing";
    static constexpr auto about = "A member types in the focused chat. Forget it after 6 s.";
    ChatId chat;
    UserId user;
    bool on = false;

    static constexpr auto fields = std::tuple{field("chat", &TypingChanged::chat, "where"),
        field("user", &TypingChanged::user, "who"),
        field("on", &TypingChanged::on, "absent when stopped")};
    friend bool operator==(const TypingChanged &, const TypingChanged &) = default;
};

struct Lagging {
    static constexpr auto name = "lagging";
    static constexpr auto about = "Pushes were dropped. Answer with catchUp.";
    static constexpr std::tuple<> fields{};
    friend bool operator==(const Lagging &, const Lagging &) = default;
};

struct GoAway {
    static constexpr auto name = "goAway";
    static constexpr auto about = "The server is about to stop. Come back after a random part of "
                                  "the window.";
    quint32 windowMs = 0;

    static constexpr auto fields =
        std::tuple{field("windowMs", &GoAway::windowMs, "length of the window")};
    friend bool operator==(const GoAway &, const GoAway &) = default;
};

enum class CloseReason : quint8 {
    Replaced = 1, ///< the same device connected again
    Revoked = 2, ///< the device or the account is no longer allowed
    Silent = 3, ///< no frame for a minute
    Slow = 4, ///< the send queue did not drain
    Malformed = 5, ///< bytes that are no frame
    TooMany = 6, ///< limits passed again and again
};

struct Closing {
    static constexpr auto name = "closing";
    static constexpr auto about = "The last frame before the server closes, with its reason.";
    CloseReason reason = CloseReason::Replaced;

    static constexpr auto fields = std::tuple{field("reason", &Closing::reason, "why")};
    friend bool operator==(const Closing &, const Closing &) = default;
};

} // namespace parley
