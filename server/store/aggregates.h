// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/protocol/content.h"
#include "shared/protocol/people.h"

#include <map>

/// What the server keeps of a chat, a user, an invite: the state that decides writes.
namespace parley {

/// A member with what it takes to answer unread in O(1). Former members stay.
struct StoredMember {
    MemberRow row;
    qint64 delivered = 0;
    qint64 read = 0;
    qint64 ownMessages = 0; ///< Message rows that this user sent to the chat
    qint64 readMessages = 0; ///< others' Message rows with seq <= read

    friend bool operator==(const StoredMember &, const StoredMember &) = default;
};

/// A watermark to write. `readMessages` belongs to `read`: it is taken where `read` grows.
struct StoredMark {
    UserId user;
    qint64 delivered = 0;
    qint64 read = 0;
    qint64 readMessages = 0;
};

/// Everything that decides a write to a chat.
struct ChatAggregate {
    ChatId chat;
    ChatRow row;
    qint64 head = 0; ///< seq of the last entry
    qint64 lastTime = 0;
    qint64 messages = 0; ///< Message rows, deleted ones included
    std::map<UserId, StoredMember> members;

    /// Others' messages after the user's read; 0 for who is no member.
    qint64 unread(const UserId &user) const
    {
        const auto found = members.find(user);
        if (found == members.end())
            return 0;
        const StoredMember &member = found->second;
        return std::max<qint64>(0, messages - member.ownMessages - member.readMessages);
    }
    friend bool operator==(const ChatAggregate &, const ChatAggregate &) = default;
};

/// The first final outcome of an operation's id, kept for ever.
struct KnownOperation {
    MessageId id;
    UserId sender;
    QByteArray content; ///< 16 bytes: the start of SHA-256 over the operation's CBOR
    std::optional<qint64> seq; ///< accepted
    qint64 time = 0;
    std::optional<ErrorCode> error; ///< refused for good

    friend bool operator==(const KnownOperation &, const KnownOperation &) = default;
};

struct StoredDevice {
    DeviceRow row;
    QByteArray tokenHash; ///< SHA-256 of the token

    friend bool operator==(const StoredDevice &, const StoredDevice &) = default;
};

/// A user's aggregate, without the keys of its state.
struct UserAggregate {
    UserRow profile; ///< id, names, picture, status
    QByteArray passwordHash; ///< as crypto_pwhash_str writes it
    bool admin = false;
    bool disabled = false;
    qint64 created = 0;
    qint64 revision = 0; ///< userRevision
    qint64 stateKeys = 0; ///< how many keys have a value
    std::vector<StoredDevice> devices;
    Privacy privacy; ///< decoded from the state key of that name

    friend bool operator==(const UserAggregate &, const UserAggregate &) = default;
};

/// A one-time invite. The code itself is never stored.
struct InviteState {
    QByteArray codeHash; ///< SHA-256 of the code
    qint64 created = 0;
    qint64 expires = 0;
    std::optional<UserId> usedBy;
    bool revoked = false;
    bool admin = false; ///< who uses it becomes an admin
    QString note; ///< for the admin who made it

    friend bool operator==(const InviteState &, const InviteState &) = default;
};

} // namespace parley
