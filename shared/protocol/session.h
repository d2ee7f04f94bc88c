// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/protocol/content.h"
#include "shared/protocol/people.h"

/// How a connection becomes a session, and how a device says what it has.
namespace parley {

/// Who may send a command. There is no default: a command without a rule does not compile.
enum class Access : quint8 {
    Anyone, ///< also before sign-in
    User, ///< any signed-in user, about what is theirs
    Invited, ///< a member of the command's chat, or invited to it
    Member, ///< a member of the command's chat
    Operations, ///< each operation has its own rule, checked in the append that it allows
};

/// What a device holds of one chat, found by looking.
struct Have {
    static constexpr auto name = "Have";
    static constexpr auto about =
        "What a device holds of one chat, found by looking, never by a cursor.";
    ChatId chat;
    qint64 seq = 0;
    qint64 marks = 0;
    quint32 generation = 0;

    static constexpr auto fields = std::tuple{field("chat", &Have::chat, "which"),
        field("seq", &Have::seq, "up to here it holds everything since its tail's start"),
        field("marks", &Have::marks,
            "the sum of the watermarks (delivered + read) that this user is sent there"),
        field("gen", &Have::generation, "the generation of its cache of this chat")};
    friend bool operator==(const Have &, const Have &) = default;
};

struct PasswordAuth {
    static constexpr auto name = "PasswordAuth";
    static constexpr auto about = "Sign in with a password; answered with a token.";
    QString userName;
    QString password;
    QString deviceName;

    static constexpr auto fields =
        std::tuple{field("name", &PasswordAuth::userName, "the user", atMost<limits::nameBytes>),
            field("password", &PasswordAuth::password, "NFC, 8 to 1,024 bytes",
                atMost<limits::passwordBytesMost>),
            field("deviceName", &PasswordAuth::deviceName, "what this device is called",
                atMost<limits::deviceNameBytes>)};
    friend bool operator==(const PasswordAuth &, const PasswordAuth &) = default;
};

struct InviteAuth {
    static constexpr auto name = "InviteAuth";
    static constexpr auto about = "Make an account by a one-time invite; answered with a token. "
                                  "Said again after a lost answer, it signs in.";
    QString code;
    QString userName;
    QString displayName;
    QString password;
    QString deviceName;

    static constexpr auto fields = std::tuple{
        field("code", &InviteAuth::code, "of the invite", atMost<64>),
        field("name", &InviteAuth::userName, "the user name to take", atMost<limits::nameBytes>),
        field("displayName", &InviteAuth::displayName, "as people write it",
            atMost<limits::displayNameBytes>),
        field("password", &InviteAuth::password, "the password to set",
            atMost<limits::passwordBytesMost>),
        field("deviceName", &InviteAuth::deviceName, "what this device is called",
            atMost<limits::deviceNameBytes>)};
    friend bool operator==(const InviteAuth &, const InviteAuth &) = default;
};

/// One way to say who one is; none at all asks for the ways that the server has.
struct Auth {
    static constexpr auto name = "Auth";
    static constexpr auto about = "One way to say who one is. None at all asks which ways there "
                                  "are: answered, then closed.";
    std::optional<QByteArray> token;
    std::optional<PasswordAuth> password;
    std::optional<InviteAuth> invite;

    static constexpr auto fields =
        std::tuple{field("token", &Auth::token, "of this device", atMost<limits::tokenBytes>),
            field("password", &Auth::password, "a user's password"),
            field("invite", &Auth::invite, "an invite")};
    friend bool operator==(const Auth &, const Auth &) = default;
};

/// Limits that this server enforces; what a client may rely on.
struct ServerLimits {
    static constexpr auto name = "ServerLimits";
    static constexpr auto about = "Limits that this server enforces.";
    quint32 clientFrameBytes = limits::clientFrameBytes;
    quint32 serverFrameBytes = limits::serverFrameBytes;
    quint32 payloadBytes = limits::payloadBytes;
    quint32 batchBytes = limits::batchBytes;
    quint32 batchOperations = limits::batchOperations;
    quint32 groupMembers = limits::groupMembers;
    quint32 unansweredCommands = limits::unansweredCommands;
    quint32 messagesBurst = 60;
    quint32 messagesPerSecond = 10;
    quint32 reactionKinds = limits::reactionKinds;
    quint32 devices = 20;
    quint32 chatsPerHour = 10;
    quint32 addedMembersPerHour = 100;
    quint32 sessions = 10;

    static constexpr auto fields = std::tuple{
        field("clientFrameBytes", &ServerLimits::clientFrameBytes, "largest frame to the server"),
        field("serverFrameBytes", &ServerLimits::serverFrameBytes, "largest frame to a client"),
        field("payloadBytes", &ServerLimits::payloadBytes, "of one operation"),
        field("batchBytes", &ServerLimits::batchBytes, "payloads of one send together"),
        field("batchOperations", &ServerLimits::batchOperations, "of one send"),
        field("groupMembers", &ServerLimits::groupMembers, "of one group"),
        field("unanswered", &ServerLimits::unansweredCommands, "commands of one connection"),
        field("messagesBurst", &ServerLimits::messagesBurst, "operations at once"),
        field("messagesPerSecond", &ServerLimits::messagesPerSecond, "operations on average"),
        field("reactionKinds", &ServerLimits::reactionKinds, "distinct reactions of a message"),
        field("devices", &ServerLimits::devices, "of one user"),
        field("chatsPerHour", &ServerLimits::chatsPerHour, "new chats of one user"),
        field("addedMembersPerHour", &ServerLimits::addedMembersPerHour, "added by one user"),
        field("sessions", &ServerLimits::sessions,
            "of one user at once; a hello beyond is answered RateLimited")};
    friend bool operator==(const ServerLimits &, const ServerLimits &) = default;
};

/// The answer to `hello`.
struct Welcome {
    static constexpr auto name = "Welcome";
    static constexpr auto about =
        "The session is there. Without a user: the server's name and its ways to sign in, then "
        "the connection is closed.";
    quint32 version = 0;
    std::vector<QString> features;
    QString serverName;
    std::vector<QString> signIn;
    std::optional<UserRow> user;
    std::optional<DeviceId> device;
    std::optional<QByteArray> token;
    Epoch epoch;
    qint64 time = 0;
    quint32 heartbeatMs = limits::heartbeatMs;
    ServerLimits limits;

    static constexpr auto fields =
        std::tuple{field("version", &Welcome::version, "of the protocol, from now on"),
            field("features", &Welcome::features, "of the client's that the server has too"),
            field("server", &Welcome::serverName, "as its admin called it", atMost<256>),
            field("signIn", &Welcome::signIn, "password, invite"),
            field("user", &Welcome::user, "who one is"),
            field("device", &Welcome::device, "which device this is"),
            field("token", &Welcome::token, "new: keep it secret", atMost<limits::tokenBytes>),
            field("epoch", &Welcome::epoch, "of the store"),
            field("time", &Welcome::time, "of the server, now"),
            field("heartbeatMs", &Welcome::heartbeatMs, "how often to say alive"),
            field("limits", &Welcome::limits, "what is enforced")};
    friend bool operator==(const Welcome &, const Welcome &) = default;
};

/// The first frame of a client.
struct Hello {
    static constexpr auto name = "hello";
    static constexpr auto about = "The first frame. The token rides along with what the device "
                                  "has, so that catching up needs no further question.";
    static constexpr auto access = Access::Anyone;
    using Reply = Welcome;
    std::vector<quint32> versions;
    std::vector<QString> features;
    std::optional<DeviceId> device;
    QString app;
    Auth auth;
    std::optional<Epoch> epoch;
    qint64 userRevision = 0;
    std::vector<Have> have;
    bool more = false;

    static constexpr auto fields =
        std::tuple{field("versions", &Hello::versions, "that the client speaks", atMost<16>),
            field("features", &Hello::features, "that the client has", atMost<64>),
            field("device", &Hello::device,
                "as welcome named it; with a password it signs in again: it keeps its id, and its "
                "former token ends"),
            field("app", &Hello::app, "program and version, for the device list", atMost<128>),
            field("auth", &Hello::auth, "who one is"),
            field("epoch", &Hello::epoch, "of the cache, if there is one"),
            field("userRevision", &Hello::userRevision, "of the cache"),
            field("have", &Hello::have, "what the cache holds", atMost<limits::haveItems>),
            field("more", &Hello::more, "a catchUp with the rest of the list follows")};
    friend bool operator==(const Hello &, const Hello &) = default;
};

/// Nothing but "it was done".
struct Accepted {
    static constexpr auto name = "Accepted";
    static constexpr auto about = "It was done.";
    static constexpr std::tuple<> fields{};
    friend bool operator==(const Accepted &, const Accepted &) = default;
};

/// What a device has, said again on a live session.
struct CatchUp {
    static constexpr auto name = "catchUp";
    static constexpr auto about = "What a device has, said again: after lagging, after a new "
                                  "epoch, or as the rest of a long list. Sync follows.";
    static constexpr auto access = Access::User;
    using Reply = Accepted;
    std::optional<Epoch> epoch;
    qint64 userRevision = 0;
    std::vector<Have> have;
    bool more = false;

    static constexpr auto fields =
        std::tuple{field("epoch", &CatchUp::epoch, "of the cache, if there is one"),
            field("userRevision", &CatchUp::userRevision, "of the cache"),
            field("have", &CatchUp::have, "what the cache holds", atMost<limits::haveItems>),
            field("more", &CatchUp::more, "another catchUp with the rest follows")};
    friend bool operator==(const CatchUp &, const CatchUp &) = default;
};

/// A chat in which a device is behind, or which it lacks.
struct ChatHead {
    static constexpr auto name = "ChatHead";
    static constexpr auto about = "A chat in which a device is behind, or which it lacks: enough "
                                  "to draw its line in the list of chats.";
    ChatId chat;
    qint64 head = 0;
    qint64 unread = 0;
    std::optional<ChatRow> info;
    std::optional<MemberRow> self;
    std::optional<Row> last;
    std::vector<Mark> marks;

    static constexpr auto fields = std::tuple{field("chat", &ChatHead::chat, "which"),
        field("head", &ChatHead::head, "seq of its last entry"),
        field("unread", &ChatHead::unread, "others' messages after read"),
        field("info", &ChatHead::info, "the chat"),
        field("self", &ChatHead::self, "the asking user's own membership"),
        field("last", &ChatHead::last, "its newest row, if visible"),
        field("marks", &ChatHead::marks, "the watermarks that this user is sent")};
    friend bool operator==(const ChatHead &, const ChatHead &) = default;
};

} // namespace parley
