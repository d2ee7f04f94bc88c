// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/protocol/session.h"

/// What a client may ask, beyond `hello` and `catchUp`. Every command gets exactly one answer.
namespace parley {

struct SendReply {
    static constexpr auto name = "SendReply";
    static constexpr auto about = "What became of each operation, in order.";
    std::vector<OperationResult> results;

    static constexpr auto fields = std::tuple{field(
        "results", &SendReply::results, "one for each operation", atMost<limits::batchOperations>)};
    friend bool operator==(const SendReply &, const SendReply &) = default;
};

struct Send {
    static constexpr auto name = "send";
    static constexpr auto about =
        "Posts operations to one chat. The reply tells each one's place in the log, once they "
        "are durable. The first error of class retry ends the batch: the rest get the same.";
    static constexpr auto access = Access::Operations;
    using Reply = SendReply;
    ChatId chat;
    std::vector<Operation> operations;

    static constexpr auto fields = std::tuple{field("chat", &Send::chat, "where"),
        field("ops", &Send::operations, "oldest first", atMost<limits::batchOperations>)};
    friend bool operator==(const Send &, const Send &) = default;
};

struct MarkReply {
    static constexpr auto name = "MarkReply";
    static constexpr auto about = "The watermarks as confirmed, and what is unread after them.";
    qint64 delivered = 0;
    qint64 read = 0;
    qint64 unread = 0;

    static constexpr auto fields =
        std::tuple{field("delivered", &MarkReply::delivered, "confirmed"),
            field("read", &MarkReply::read, "confirmed"),
            field("unread", &MarkReply::unread, "others' messages after read")};
    friend bool operator==(const MarkReply &, const MarkReply &) = default;
};

struct MarkUp {
    static constexpr auto name = "mark";
    static constexpr auto about = "Moves the own watermarks up: max(old, min(value, head)).";
    static constexpr auto access = Access::Member;
    using Reply = MarkReply;
    ChatId chat;
    qint64 delivered = 0;
    qint64 read = 0;

    static constexpr auto fields = std::tuple{field("chat", &MarkUp::chat, "where"),
        field("delivered", &MarkUp::delivered, "everything up to here is on this device's disk"),
        field("read", &MarkUp::read, "everything up to here was shown")};
    friend bool operator==(const MarkUp &, const MarkUp &) = default;
};

/// The newest part of a chat, for a device that starts it over.
struct Opened {
    static constexpr auto name = "Opened";
    static constexpr auto about = "The newest part of a chat, for a device that starts it over: "
                                  "drop the cached rows of this chat, never outbox or drafts.";
    qint64 low = 0;
    std::vector<Row> rows;
    std::vector<MemberRow> members;
    bool moreMembers = false;
    std::vector<MessageId> mine;

    static constexpr auto fields =
        std::tuple{field("low", &Opened::low, "the interval low..head is complete with these rows"),
            field("rows", &Opened::rows, "rows whose seq is in the interval",
                atMost<limits::arrayItems>),
            field("members", &Opened::members, "of the chat", atMost<limits::arrayItems>),
            field("moreMembers", &Opened::moreMembers, "ask `members` for the rest"),
            field("mine", &Opened::mine,
                "ids of the asking user's newest entries: what of the outbox is done",
                atMost<limits::arrayItems>)};
    friend bool operator==(const Opened &, const Opened &) = default;
};

struct PageReply {
    static constexpr auto name = "PageReply";
    static constexpr auto about = "Entries that a device missed, or the chat opened anew. The last "
                                  "page makes the chat live on this session.";
    ChatId chat;
    quint32 generation = 0;
    qint64 head = 0;
    qint64 unread = 0;
    bool more = false;
    std::vector<Entry> entries;
    std::vector<Mark> marks;
    std::optional<ChatRow> info;
    std::optional<MemberRow> self;
    std::optional<Opened> opened;

    static constexpr auto fields = std::tuple{field("chat", &PageReply::chat, "which"),
        field("gen", &PageReply::generation, "of the request"),
        field("head", &PageReply::head, "seq of the last entry, when it was read"),
        field("unread", &PageReply::unread, "others' messages after read"),
        field("more", &PageReply::more, "ask again, from the last seq of this page"),
        field(
            "entries", &PageReply::entries, "in order, without a gap", atMost<limits::arrayItems>),
        field("marks", &PageReply::marks, "the watermarks that this user is sent"),
        field("info", &PageReply::info, "the chat, in a last page"),
        field("self", &PageReply::self, "the asking user's own membership, in a last page"),
        field("opened", &PageReply::opened, "instead of entries: start this chat over")};
    friend bool operator==(const PageReply &, const PageReply &) = default;
};

struct Page {
    static constexpr auto name = "page";
    static constexpr auto about =
        "Asks for what was missed in one chat. Over 1,000 missed entries, a chat new to the "
        "device, or a seq below its user's since are answered with `opened`.";
    static constexpr auto access = Access::Invited;
    using Reply = PageReply;
    ChatId chat;
    qint64 after = 0;
    quint32 generation = 0;

    static constexpr auto fields = std::tuple{field("chat", &Page::chat, "which"),
        field("after", &Page::after, "the device's own seq; 0 for a chat that it never saw"),
        field("gen", &Page::generation, "of the device's cache of this chat")};
    friend bool operator==(const Page &, const Page &) = default;
};

struct HistoryReply {
    static constexpr auto name = "HistoryReply";
    static constexpr auto about = "All rows of an interval: with it the device holds low..high.";
    qint64 low = 0;
    qint64 high = 0;
    std::vector<Row> rows;
    quint32 generation = 0;

    static constexpr auto fields =
        std::tuple{field("low", &HistoryReply::low, "first seq of the interval"),
            field("high", &HistoryReply::high, "last seq; below low when there is nothing"),
            field("rows", &HistoryReply::rows, "rows whose seq is in the interval, oldest first",
                atMost<limits::arrayItems>),
            field("gen", &HistoryReply::generation, "of the request")};
    friend bool operator==(const HistoryReply &, const HistoryReply &) = default;
};

struct History {
    static constexpr auto name = "history";
    static constexpr auto about =
        "Asks for older rows, by place. Exactly one of before, after, around.";
    static constexpr auto access = Access::Invited;
    using Reply = HistoryReply;
    ChatId chat;
    std::optional<qint64> before;
    std::optional<qint64> after;
    std::optional<qint64> around;
    quint32 limit = limits::historyRows;
    quint32 generation = 0;

    static constexpr auto fields = std::tuple{field("chat", &History::chat, "which"),
        field("before", &History::before, "places below this one"),
        field("after", &History::after, "places above this one"),
        field("around", &History::around, "places about this one"),
        field("limit", &History::limit, "places, at most 100"),
        field("gen", &History::generation, "of the device's cache of this chat")};
    friend bool operator==(const History &, const History &) = default;
};

struct AliveReply {
    static constexpr auto name = "AliveReply";
    static constexpr auto about = "The server is there too.";
    bool differs = false;

    static constexpr auto fields = std::tuple{
        field("differs", &AliveReply::differs, "the hash is not the store's: send the digest")};
    friend bool operator==(const AliveReply &, const AliveReply &) = default;
};

struct Alive {
    static constexpr auto name = "alive";
    static constexpr auto about =
        "The heartbeat; renews the presence lease. Every fifth carries the hash of the digest: "
        "SHA-256 over userRevision and, by rising chat id, chat, seq and marks, all numbers as "
        "8 bytes big endian.";
    static constexpr auto access = Access::User;
    using Reply = AliveReply;
    bool active = false;
    std::optional<QByteArray> digest;

    static constexpr auto fields =
        std::tuple{field("active", &Alive::active, "a person is in front of it"),
            field("digest", &Alive::digest, "hash of what the device has", atMost<32>)};
    friend bool operator==(const Alive &, const Alive &) = default;
};

struct DigestReply {
    static constexpr auto name = "DigestReply";
    static constexpr auto about = "What differs from the store: heads, marks, user state, and the "
                                  "chats that are lacking.";
    qint64 userRevision = 0;
    std::vector<StateRow> state;
    std::vector<ChatHead> chats;
    bool more = false;

    static constexpr auto fields = std::tuple{field("userRevision", &DigestReply::userRevision,
                                                  "of the last row in state, or the current one"),
        field("state", &DigestReply::state, "rows newer than the device's revision"),
        field("chats", &DigestReply::chats, "that differ or lack"),
        field("more", &DigestReply::more, "there is more that differs: ask again")};
    friend bool operator==(const DigestReply &, const DigestReply &) = default;
};

struct Digest {
    static constexpr auto name = "digest";
    static constexpr auto about = "What the device has, in full: compared with the store, not with "
                                  "what was sent.";
    static constexpr auto access = Access::User;
    using Reply = DigestReply;
    qint64 userRevision = 0;
    std::vector<Have> have;

    static constexpr auto fields =
        std::tuple{field("userRevision", &Digest::userRevision, "of the cache"),
            field("have", &Digest::have, "what the cache holds", atMost<limits::haveItems>)};
    friend bool operator==(const Digest &, const Digest &) = default;
};

struct SetReply {
    static constexpr auto name = "SetReply";
    static constexpr auto about = "The row as it is now.";
    StateRow row;

    static constexpr auto fields = std::tuple{field("row", &SetReply::row, "as it is now")};
    friend bool operator==(const SetReply &, const SetReply &) = default;
};

struct SetState {
    static constexpr auto name = "set";
    static constexpr auto about = "Writes one key of the own state: mute/ID, draft/ID, unread/ID, "
                                  "folder/NAME or privacy. A newer row than basedOn is a conflict.";
    static constexpr auto access = Access::User;
    using Reply = SetReply;
    QString key;
    std::optional<QByteArray> value;
    qint64 basedOn = 0;

    static constexpr auto fields =
        std::tuple{field("key", &SetState::key, "which", atMost<limits::stateKeyBytes>),
            field("value", &SetState::value, "absent to remove", atMost<limits::stateValueBytes>),
            field("basedOn", &SetState::basedOn, "the row's revision on this device, 0 for none")};
    friend bool operator==(const SetState &, const SetState &) = default;
};

struct SetProfile {
    static constexpr auto name = "setProfile";
    static constexpr auto about = "Changes what others see. Absent fields stay as they are.";
    static constexpr auto access = Access::User;
    using Reply = UserRow;
    std::optional<QString> displayName;
    std::optional<QByteArray> picture;
    std::optional<QString> status;
    std::optional<qint64> statusUntil;

    static constexpr auto fields = std::tuple{field("displayName", &SetProfile::displayName,
                                                  "not empty", atMost<limits::displayNameBytes>),
        field("picture", &SetProfile::picture, "PNG or JPEG; empty to remove",
            atMost<limits::pictureBytes>),
        field("status", &SetProfile::status, "empty to remove", atMost<limits::statusBytes>),
        field("statusUntil", &SetProfile::statusUntil, "with a status: when it ends; 0 for never")};
    friend bool operator==(const SetProfile &, const SetProfile &) = default;
};

struct UsersReply {
    static constexpr auto name = "UsersReply";
    static constexpr auto about = "Those of the asked users whom one may know.";
    std::vector<UserRow> users;
    std::vector<PresenceRow> presence;

    static constexpr auto fields =
        std::tuple{field("users", &UsersReply::users, "rows", atMost<limits::watchedUsers>),
            field("presence", &UsersReply::presence, "watch: who is there",
                atMost<limits::watchedUsers>)};
    friend bool operator==(const UsersReply &, const UsersReply &) = default;
};

struct Users {
    static constexpr auto name = "users";
    static constexpr auto about =
        "Asks for users by id: those with a chat in common. Others are left out. Stops at 512 "
        "KiB: ask again for what is missing.";
    static constexpr auto access = Access::User;
    using Reply = UsersReply;
    std::vector<UserId> ids;

    static constexpr auto fields =
        std::tuple{field("ids", &Users::ids, "whom", atMost<limits::watchedUsers>)};
    friend bool operator==(const Users &, const Users &) = default;
};

struct FindUser {
    static constexpr auto name = "findUser";
    static constexpr auto about = "Finds a user by the exact name. Limited.";
    static constexpr auto access = Access::User;
    using Reply = UsersReply;
    QString userName;

    static constexpr auto fields =
        std::tuple{field("name", &FindUser::userName, "exact", atMost<limits::nameBytes>)};
    friend bool operator==(const FindUser &, const FindUser &) = default;
};

struct Watch {
    static constexpr auto name = "watch";
    static constexpr auto about = "Says which users are on the screen: their presence and profile "
                                  "are answered, and pushed while this holds. Replaces the last.";
    static constexpr auto access = Access::User;
    using Reply = UsersReply;
    std::vector<UserId> users;

    static constexpr auto fields =
        std::tuple{field("users", &Watch::users, "on the screen", atMost<limits::watchedUsers>)};
    friend bool operator==(const Watch &, const Watch &) = default;
};

struct Focus {
    static constexpr auto name = "focus";
    static constexpr auto about = "Says which chat is on the screen: typing is sent to those who "
                                  "focus the chat. Without one, which anybody may say, there is "
                                  "none.";
    static constexpr auto access = Access::Invited;
    using Reply = Accepted;
    std::optional<ChatId> chat;

    static constexpr auto fields =
        std::tuple{field("chat", &Focus::chat, "absent when none is shown")};
    friend bool operator==(const Focus &, const Focus &) = default;
};

struct Typing {
    static constexpr auto name = "typing";
    static constexpr auto about = "The person types, or stopped. At most one every 4 s.";
    static constexpr auto access = Access::Member;
    using Reply = Accepted;
    ChatId chat;
    bool on = false;

    static constexpr auto fields = std::tuple{
        field("chat", &Typing::chat, "where"), field("on", &Typing::on, "absent when stopped")};
    friend bool operator==(const Typing &, const Typing &) = default;
};

struct MembersReply {
    static constexpr auto name = "MembersReply";
    static constexpr auto about = "Members by rising user id.";
    std::vector<MemberRow> members;
    std::optional<UserId> next;

    static constexpr auto fields = std::tuple{
        field("members", &MembersReply::members, "of the chat", atMost<limits::arrayItems>),
        field("next", &MembersReply::next, "ask again after this one")};
    friend bool operator==(const MembersReply &, const MembersReply &) = default;
};

struct Members {
    static constexpr auto name = "members";
    static constexpr auto about = "Asks for the members of a chat.";
    static constexpr auto access = Access::Invited;
    using Reply = MembersReply;
    ChatId chat;
    std::optional<UserId> after;

    static constexpr auto fields = std::tuple{field("chat", &Members::chat, "which"),
        field("after", &Members::after, "where the last answer stopped")};
    friend bool operator==(const Members &, const Members &) = default;
};

struct MarksReply {
    static constexpr auto name = "MarksReply";
    static constexpr auto about = "Watermarks of members, as far as this user may see them.";
    std::vector<Mark> marks;
    std::optional<UserId> next;

    static constexpr auto fields = std::tuple{
        field("marks", &MarksReply::marks, "by rising user id", atMost<limits::arrayItems>),
        field("next", &MarksReply::next, "ask again after this one")};
    friend bool operator==(const MarksReply &, const MarksReply &) = default;
};

struct Marks {
    static constexpr auto name = "marks";
    static constexpr auto about =
        "Asks for the watermarks of a chat's members: in large chats they are not pushed.";
    static constexpr auto access = Access::Invited;
    using Reply = MarksReply;
    ChatId chat;
    std::optional<UserId> after;

    static constexpr auto fields = std::tuple{field("chat", &Marks::chat, "which"),
        field("after", &Marks::after, "where the last answer stopped")};
    friend bool operator==(const Marks &, const Marks &) = default;
};

struct DevicesReply {
    static constexpr auto name = "DevicesReply";
    static constexpr auto about = "The own devices.";
    std::vector<DeviceRow> devices;

    static constexpr auto fields =
        std::tuple{field("devices", &DevicesReply::devices, "newest first")};
    friend bool operator==(const DevicesReply &, const DevicesReply &) = default;
};

struct Devices {
    static constexpr auto name = "devices";
    static constexpr auto about = "Lists the own devices.";
    static constexpr auto access = Access::User;
    using Reply = DevicesReply;
    static constexpr std::tuple<> fields{};
    friend bool operator==(const Devices &, const Devices &) = default;
};

struct RevokeDevice {
    static constexpr auto name = "revokeDevice";
    static constexpr auto about = "Ends one of the own devices: its token and its connections. "
                                  "The own one signs out.";
    static constexpr auto access = Access::User;
    using Reply = Accepted;
    DeviceId device;

    static constexpr auto fields =
        std::tuple{field("device", &RevokeDevice::device, "one of the own")};
    friend bool operator==(const RevokeDevice &, const RevokeDevice &) = default;
};

} // namespace parley
