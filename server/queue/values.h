// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/store/aggregates.h"
#include "shared/protocol/frame.h"

/// What crosses the queue, both ways: values with a reply address, never pointers. All of it can be
/// written as bytes (server/queue/serialise.h), and one test configuration does so.
namespace parley {

/// One signed-in connection: which gateway thread has it, and its number there, from 1 on
/// and never reused. The null one stands for the server itself.
struct SessionRef {
    static constexpr auto name = "SessionRef";
    quint32 gateway = 0;
    quint64 session = 0;

    static constexpr auto fields = std::tuple{
        field("gateway", &SessionRef::gateway, ""), field("session", &SessionRef::session, "")};
    friend auto operator<=>(const SessionRef &, const SessionRef &) = default;
};

/// Who asked, and where the answer goes.
struct Origin {
    static constexpr auto name = "Origin";
    SessionRef session;
    RequestNumber request = 0; ///< of the client; for internal commands a number of the gateway's
    UserId user; ///< null before sign-in
    DeviceId device;

    static constexpr auto fields =
        std::tuple{field("session", &Origin::session, ""), field("request", &Origin::request, ""),
            field("user", &Origin::user, ""), field("device", &Origin::device, "")};
    friend bool operator==(const Origin &, const Origin &) = default;
};

// --- Internal commands. Answered with an InternalAnswer; the Reply's CBOR is its body. ---

struct AttachReply {
    static constexpr auto name = "attachReply";
    UserRow user;
    DeviceId device;
    Privacy privacy;
    qint64 userRevision = 0;
    bool admin = false;

    static constexpr auto fields = std::tuple{field("user", &AttachReply::user, ""),
        field("device", &AttachReply::device, ""), field("privacy", &AttachReply::privacy, ""),
        field("userRevision", &AttachReply::userRevision, ""),
        field("admin", &AttachReply::admin, "")};
};

/// A session wants to be served as this user's device (from the token). Refused with NotSignedIn
/// when the device is gone or the user disabled, with RateLimited when other devices of the user
/// have as many sessions as one may have. An older session of the device is ended.
struct Attach {
    static constexpr auto name = "attach";
    using Reply = AttachReply;
    UserId user;
    DeviceId device;
    QByteArray tokenHash; ///< of the token that was shown: another one may hold by now

    static constexpr auto fields = std::tuple{field("user", &Attach::user, ""),
        field("device", &Attach::device, ""), field("tokenHash", &Attach::tokenHash, "")};
};

/// The session is gone: nothing more is pushed to it. Not answered. Sent once for each session
/// whose attachment was asked for (Attach, SignIn, SignUp) and not refused, even if it is still on
/// the way.
struct Detach {
    static constexpr auto name = "detach";
    using Reply = Accepted;
    bool keepAttached = false; ///< it catches up again: no chat is live, but it stays signed in

    static constexpr auto fields = std::tuple{field("keepAttached", &Detach::keepAttached, "")};
};

/// The password was right: make a device with this token, then attach. LimitReached with too many
/// devices, RateLimited with too many sessions; NotSignedIn for a session that has left already.
struct SignIn {
    static constexpr auto name = "signIn";
    using Reply = AttachReply;
    UserId user;
    DeviceId device;
    QString deviceName;
    QByteArray tokenHash;
    std::optional<QByteArray> newPasswordHash; ///< the parameters changed: store this one

    static constexpr auto fields = std::tuple{field("user", &SignIn::user, ""),
        field("device", &SignIn::device, ""), field("deviceName", &SignIn::deviceName, ""),
        field("tokenHash", &SignIn::tokenHash, ""),
        field("newPasswordHash", &SignIn::newPasswordHash, "")};
};

/// Use an invite: claims the name, creates the user, makes a device, then attaches. The user's id
/// is computed from the invite, so that a repeated attempt meets the same user.
struct SignUp {
    static constexpr auto name = "signUp";
    using Reply = AttachReply;
    QByteArray inviteHash;
    UserId user;
    QString userName;
    QString foldedName;
    QString displayName;
    QByteArray passwordHash;
    DeviceId device;
    QString deviceName;
    QByteArray tokenHash;
    bool admin = false; ///< as the invite says: the service fills it in

    static constexpr auto fields =
        std::tuple{field("inviteHash", &SignUp::inviteHash, ""), field("user", &SignUp::user, ""),
            field("userName", &SignUp::userName, ""), field("foldedName", &SignUp::foldedName, ""),
            field("displayName", &SignUp::displayName, ""),
            field("passwordHash", &SignUp::passwordHash, ""), field("device", &SignUp::device, ""),
            field("deviceName", &SignUp::deviceName, ""),
            field("tokenHash", &SignUp::tokenHash, ""), field("admin", &SignUp::admin, "")};
};

/// By the admin: a user without an invite. NameTaken.
struct CreateUser {
    static constexpr auto name = "createUser";
    using Reply = UserRow;
    UserId user;
    QString userName;
    QString foldedName;
    QString displayName;
    QByteArray passwordHash;
    bool admin = false;

    static constexpr auto fields = std::tuple{field("user", &CreateUser::user, ""),
        field("userName", &CreateUser::userName, ""),
        field("foldedName", &CreateUser::foldedName, ""),
        field("displayName", &CreateUser::displayName, ""),
        field("passwordHash", &CreateUser::passwordHash, ""),
        field("admin", &CreateUser::admin, "")};
};

/// By the admin: who is disabled loses all sessions and may not sign in.
struct DisableUser {
    static constexpr auto name = "disableUser";
    using Reply = Accepted;
    UserId user;
    bool disabled = false;

    static constexpr auto fields = std::tuple{
        field("user", &DisableUser::user, ""), field("disabled", &DisableUser::disabled, "")};
};

/// By the admin: a device with a token, for demos, load runs and bots.
struct MintToken {
    static constexpr auto name = "mintToken";
    using Reply = Accepted;
    UserId user;
    DeviceId device;
    QString deviceName;
    QByteArray tokenHash;

    static constexpr auto fields = std::tuple{field("user", &MintToken::user, ""),
        field("device", &MintToken::device, ""), field("deviceName", &MintToken::deviceName, ""),
        field("tokenHash", &MintToken::tokenHash, "")};
};

/// By the admin: makes an invite, or revokes one.
struct CreateInvite {
    static constexpr auto name = "createInvite";
    using Reply = Accepted;
    QByteArray codeHash;
    qint64 expires = 0;
    bool admin = false;
    QString note;

    static constexpr auto fields = std::tuple{field("codeHash", &CreateInvite::codeHash, ""),
        field("expires", &CreateInvite::expires, ""), field("admin", &CreateInvite::admin, ""),
        field("note", &CreateInvite::note, "")};
};
struct RevokeInvite {
    static constexpr auto name = "revokeInvite";
    using Reply = Accepted;
    QByteArray codeHash;

    static constexpr auto fields = std::tuple{field("codeHash", &RevokeInvite::codeHash, "")};
};

/// The device was seen now: kept to the minute. Not answered.
struct DeviceSeen {
    static constexpr auto name = "deviceSeen";
    using Reply = Accepted;
    UserId user;
    DeviceId device;

    static constexpr auto fields =
        std::tuple{field("user", &DeviceSeen::user, ""), field("device", &DeviceSeen::device, "")};
};

/// What the message service takes: these commands of clients as they came, and the internal ones.
/// `Page` with request 0 hands a chat over without having been asked; its page is a `live` event.
/// `RevokeDevice` of the null session is an admin's, for the origin's user, and is answered as an
/// internal one.
using ServiceCommands =
    TypeList<Send, MarkUp, Page, SetState, SetProfile, RevokeDevice, Focus, Typing, Attach, Detach,
        SignIn, SignUp, CreateUser, DisableUser, MintToken, CreateInvite, RevokeInvite, DeviceSeen>;
using ServiceCommand = ServiceCommands::Variant;

struct Queued {
    Origin origin;
    ServiceCommand command;
};

// --- What comes back, grouped for one gateway at a time. ---

enum class Urgency : quint8 {
    Answer = 1, ///< never dropped; the session is closed rather
    Push = 2, ///< dropped when the session lags
    Ephemeral = 3, ///< typing, presence: the first to go
};

/// One encoded frame for one or more sessions.
struct Outbound {
    static constexpr auto name = "delivery";
    std::vector<SessionRef> to;
    Urgency urgency = Urgency::Push;
    QByteArray frame;

    static constexpr auto fields = std::tuple{field("to", &Outbound::to, ""),
        field("urgency", &Outbound::urgency, ""), field("frame", &Outbound::frame, "")};
};

/// The answer to an internal command.
struct InternalAnswer {
    static constexpr auto name = "internalAnswer";
    Origin origin;
    std::optional<Refusal> refusal;
    QByteArray body; ///< CBOR of the Reply

    static constexpr auto fields = std::tuple{field("origin", &InternalAnswer::origin, ""),
        field("refusal", &InternalAnswer::refusal, ""), field("body", &InternalAnswer::body, "")};
};

/// Say why, and close. The service serves these sessions no more.
struct EndSessions {
    static constexpr auto name = "endSessions";
    std::vector<SessionRef> sessions;
    CloseReason reason = CloseReason::Revoked;

    static constexpr auto fields = std::tuple{
        field("sessions", &EndSessions::sessions, ""), field("reason", &EndSessions::reason, "")};
};

/// A user's privacy or profile changed: for presence, and for who watches.
struct UserChanged {
    static constexpr auto name = "userChanged";
    UserRow user;
    Privacy privacy;

    static constexpr auto fields = std::tuple{
        field("user", &UserChanged::user, ""), field("privacy", &UserChanged::privacy, "")};
};

/// Members without a session were written to: for notifications.
struct Missed {
    static constexpr auto name = "missed";
    ChatId chat;
    MessageId message;
    UserId sender;
    std::vector<UserId> users;
    std::vector<UserId> mentioned; ///< those of them whom the message names

    static constexpr auto fields = std::tuple{field("chat", &Missed::chat, ""),
        field("message", &Missed::message, ""), field("sender", &Missed::sender, ""),
        field("users", &Missed::users, ""), field("mentioned", &Missed::mentioned, "")};
};

using ServiceOutputs = TypeList<Outbound, InternalAnswer, EndSessions, UserChanged, Missed>;
using ServiceOutput = ServiceOutputs::Variant;

} // namespace parley
