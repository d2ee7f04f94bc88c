// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/codec/field.h"
#include "shared/error.h"
#include "shared/limits.h"

/// What a chat's log holds, and the rows that its entries touch.
namespace parley {

/// What an operation asks for, and what an entry says happened. Numbers are for ever: append only.
/// A number that a peer does not know counts as applied and shows nothing.
enum class Kind : quint16 {
    Create = 1, ///< the chat's first entry
    Message = 2,
    Edit = 3,
    Delete = 4,
    React = 5,
    Unreact = 6,
    Title = 7,
    Add = 8,
    Remove = 9,
    Leave = 10,
    SetRole = 11,
    Accept = 12, ///< an invited member takes part
    Block = 13, ///< direct chats: the other one may not write
    Unblock = 14,
    Receipts = 15, ///< made by the server: a member switched receipts on or off
};

enum class ChatKind : quint8 { Direct = 1, Group = 2 };

enum class Role : quint8 { Member = 1, Admin = 2, Owner = 3 };

/// How a user belongs to a chat. Only Member and Invited are served anything new.
enum class MemberState : quint8 {
    Member = 1,
    Invited = 2, ///< a request that is not accepted yet
    Left = 3,
    Removed = 4,
};

/// 1 is text with entities, 2 a media description; from 128 on the server reads nothing.
enum class ContentType : quint16 { None = 0, Text = 1, Media = 2, FirstEncrypted = 128 };

/// One kind of reaction to a message, and who gave it.
struct Reaction {
    static constexpr auto name = "Reaction";
    static constexpr auto about = "One kind of reaction to a message, and who gave it.";
    QString text;
    std::vector<UserId> users;

    static constexpr auto fields =
        std::tuple{field("text", &Reaction::text, "an emoji", atMost<limits::reactionBytes>),
            field("users", &Reaction::users, "who, in the order of their reactions")};
    friend bool operator==(const Reaction &, const Reaction &) = default;
};

/// A line of the timeline as it is now: a message, or a change of the chat that people see.
struct Row {
    static constexpr auto name = "Row";
    static constexpr auto about =
        "A line of the timeline as it is now. Devices merge rows by revision and interpret "
        "nothing.";
    MessageId id;
    Kind kind = Kind::Message;
    qint64 seq = 0;
    qint64 revision = 0;
    UserId sender;
    qint64 time = 0;
    std::optional<qint64> editedAt;
    bool deleted = false;
    std::optional<MessageId> replyTo;
    std::optional<MessageId> threadRoot;
    std::optional<qint64> expires;
    ContentType contentType = ContentType::None;
    QByteArray payload;
    std::optional<UserId> user;
    std::optional<QString> text;
    std::optional<Role> role;
    std::vector<Reaction> reactions;

    static constexpr auto fields = std::tuple{field("id", &Row::id, "its only id, for ever"),
        field("kind", &Row::kind, "what made it"),
        field("seq", &Row::seq, "the entry that made it: its place"),
        field("rev", &Row::revision, "the seq of the last entry that changed it: the merge key"),
        field("sender", &Row::sender, "who"), field("time", &Row::time, "of the server"),
        field("edited", &Row::editedAt, "when it was last edited"),
        field("deleted", &Row::deleted, "the payload is gone everywhere"),
        field("replyTo", &Row::replyTo, "the message that it answers"),
        field("thread", &Row::threadRoot, "the message that its thread began with"),
        field("expires", &Row::expires, "when it may be deleted"),
        field("type", &Row::contentType, "what the payload is"),
        field("payload", &Row::payload, "opaque", atMost<limits::payloadBytes>),
        field("user", &Row::user, "the member whom a change is about"),
        field("text", &Row::text, "the title that was set", atMost<limits::titleBytes>),
        field("role", &Row::role, "the role that was given"),
        field("reactions", &Row::reactions, "at most 20 kinds", atMost<limits::reactionKinds>)};
    friend bool operator==(const Row &, const Row &) = default;
};

/// A member of a chat as it is now.
struct MemberRow {
    static constexpr auto name = "MemberRow";
    static constexpr auto about = "A member of a chat as it is now.";
    UserId user;
    MemberState state = MemberState::Member;
    Role role = Role::Member;
    qint64 since = 1;
    qint64 revision = 0;
    bool receiptsOff = false;
    bool blocking = false;

    static constexpr auto fields = std::tuple{field("user", &MemberRow::user, "who"),
        field("state", &MemberRow::state, "member, invited, left or removed"),
        field("role", &MemberRow::role, "member, admin or owner"),
        field("since", &MemberRow::since, "the first seq that this member reads"),
        field("rev", &MemberRow::revision, "the seq of the last entry that changed it"),
        field("receiptsOff", &MemberRow::receiptsOff, "this member's reads stay private"),
        field("blocking", &MemberRow::blocking, "direct chats: blocks the other one")};
    friend bool operator==(const MemberRow &, const MemberRow &) = default;
};

/// The chat itself as it is now.
struct ChatRow {
    static constexpr auto name = "ChatRow";
    static constexpr auto about = "The chat itself as it is now.";
    ChatKind kind = ChatKind::Group;
    QString title;
    qint64 revision = 0;
    qint64 created = 0;
    quint32 members = 0;
    std::vector<UserId> users;

    static constexpr auto fields = std::tuple{field("kind", &ChatRow::kind, "direct or group"),
        field("title", &ChatRow::title, "empty for a direct chat", atMost<limits::titleBytes>),
        field("rev", &ChatRow::revision, "the seq of the last entry that changed it"),
        field("created", &ChatRow::created, "of the server"),
        field("members", &ChatRow::members, "how many take part or are invited"),
        field("users", &ChatRow::users, "the two of a direct chat", atMost<2>)};
    friend bool operator==(const ChatRow &, const ChatRow &) = default;
};

/// What happened, at one place of a chat's log; it holds no payload.
struct Entry {
    static constexpr auto name = "Entry";
    static constexpr auto about = "What happened, at one place of a chat's log. It holds no "
                                  "payload: the touched rows travel beside it as they are now.";
    qint64 seq = 0;
    Kind kind = Kind::Message;
    MessageId id;
    UserId actor;
    qint64 time = 0;
    std::optional<MessageId> target;
    std::optional<UserId> user;
    std::optional<Row> row;
    std::optional<MemberRow> member;
    std::optional<ChatRow> chat;

    static constexpr auto fields = std::tuple{field("seq", &Entry::seq, "dense, from 1"),
        field("kind", &Entry::kind, "what happened"), field("id", &Entry::id, "of the operation"),
        field("actor", &Entry::actor, "who did it"), field("time", &Entry::time, "of the server"),
        field("target", &Entry::target, "the message that was touched"),
        field("user", &Entry::user, "the member who was touched"),
        field("row", &Entry::row, "the touched row as it is now, unless below the reader's since"),
        field("member", &Entry::member, "the touched member as it is now"),
        field("chat", &Entry::chat, "the chat as it is now, when it was touched")};
    friend bool operator==(const Entry &, const Entry &) = default;
};

/// A member's watermarks: numbers that only grow. Read implies delivered.
struct Mark {
    static constexpr auto name = "Mark";
    static constexpr auto about = "A member's watermarks. They only grow; read implies delivered.";
    UserId user;
    qint64 delivered = 0;
    qint64 read = 0;

    static constexpr auto fields = std::tuple{field("user", &Mark::user, "whose"),
        field("delivered", &Mark::delivered, "on the disk of one of the member's devices up to"),
        field("read", &Mark::read, "shown up to; 0 where receipts are off")};
    friend bool operator==(const Mark &, const Mark &) = default;
};

/// What a client asks to append. Which fields a kind wants stands at its handler and in the docs.
struct Operation {
    static constexpr auto name = "Operation";
    static constexpr auto about = "What a client asks to append. The id is made once, before the "
                                  "outbox is written, and is sent again with the same bytes.";
    MessageId id;
    Kind kind = Kind::Message;
    std::optional<MessageId> target;
    std::optional<MessageId> replyTo;
    std::optional<MessageId> threadRoot;
    std::optional<qint64> expires;
    std::vector<UserId> wake;
    ContentType contentType = ContentType::None;
    QByteArray payload;
    std::vector<MediaId> media;
    std::optional<UserId> user;
    std::optional<QString> text;
    std::optional<Role> role;
    std::vector<UserId> members;

    static constexpr auto fields = std::tuple{field("id", &Operation::id, "UUIDv7 by the client"),
        field("kind", &Operation::kind, "what to do"),
        field("target", &Operation::target, "edit, delete, react, unreact: the message"),
        field("replyTo", &Operation::replyTo, "message: what it answers"),
        field("thread", &Operation::threadRoot, "message: where its thread began"),
        field("expires", &Operation::expires, "message: when it may be deleted"),
        field("wake", &Operation::wake, "message: whom it mentions", atMost<limits::wakeUsers>),
        field("type", &Operation::contentType, "message, edit: what the payload is"),
        field(
            "payload", &Operation::payload, "message, edit: opaque", atMost<limits::payloadBytes>),
        field("media", &Operation::media, "message: uploads that it shows",
            atMost<limits::mediaItems>),
        field("user", &Operation::user,
            "add, remove, setRole: the member; create: the other one of a direct chat"),
        field("text", &Operation::text, "title, create: the title; react, unreact: the emoji",
            atMost<limits::titleBytes>),
        field("role", &Operation::role, "setRole: the role"),
        field("members", &Operation::members, "create: the other members of a group",
            atMost<limits::groupMembers>)};
    friend bool operator==(const Operation &, const Operation &) = default;
};

/// What became of one operation: a place in the log, or an error.
struct OperationResult {
    static constexpr auto name = "OperationResult";
    static constexpr auto about = "What became of one operation: a place in the log, or an error. "
                                  "Everything but an error of class retry is final.";
    MessageId id;
    std::optional<qint64> seq;
    std::optional<qint64> time;
    bool duplicate = false;
    std::optional<ErrorCode> error;
    std::optional<qint64> retryAfterMs;

    static constexpr auto fields = std::tuple{field("id", &OperationResult::id, "of the operation"),
        field("seq", &OperationResult::seq, "its place, when it was accepted"),
        field("time", &OperationResult::time, "of the server, when it was accepted"),
        field("duplicate", &OperationResult::duplicate, "the answer of an earlier attempt"),
        field("error", &OperationResult::error, "a code, when it was not accepted"),
        field("retryAfterMs", &OperationResult::retryAfterMs, "RateLimited: when")};
    friend bool operator==(const OperationResult &, const OperationResult &) = default;
};

} // namespace parley
