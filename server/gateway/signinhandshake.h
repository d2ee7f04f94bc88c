// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/gateway/sessionhost.h"

namespace parley {

/// How a connection becomes a session: from a token, a password or an invite to an attached device.
/// A state machine without I/O, driven by its session; each step may end it.
class SignInHandshake {
public:
    struct Granted {
        AttachReply who;
        std::optional<QByteArray> token; ///< new
    };
    using Outcome = std::variant<Granted, Error>;
    /// Nothing while an answer is awaited.
    using Step = std::optional<Outcome>;

    /// `origin` carries session and request; `address` is what limits count by.
    SignInHandshake(const SessionWorld &world, SessionHost &host, Origin origin, QString address)
        : m_world(world)
        , m_host(host)
        , m_origin(std::move(origin))
        , m_address(std::move(address))
    {
    }

    Step begin(const Hello &hello, qint64 nowMs);
    Step readFinished(const ReadAnswer &answer);
    Step hashFinished(const HashAnswer &answer);
    Step attached(const InternalAnswer &answer);
    /// The service was asked to attach: whatever happens now, it must be told of the end.
    bool isAttaching() const { return m_isAttaching; }

private:
    Step beginToken(const QByteArray &token);
    Step beginPassword(const PasswordAuth &auth, qint64 nowMs);
    Step beginInvite(const InviteAuth &auth, qint64 nowMs);
    Step ownerFound(const TokenRead &read);
    Step userFound(const UserRead &read);
    Step inviteFound(const InviteRead &read);
    Step checkPassword(const std::optional<UserAggregate> &user);
    Step signIn(const HashAnswer &answer);
    Step signUp(const HashAnswer &answer);

    Step read(decltype(ReadJob::what) what);
    Step hash(HashJob job);
    Step attach(ServiceCommand command);
    std::optional<Error> throttled(const QString &account, qint64 nowMs);
    void admitDevice();

    const SessionWorld &m_world;
    SessionHost &m_host;
    Origin m_origin;
    QString m_address;
    bool m_isAttaching = false;

    QString m_account; ///< folded name, or what stands for it at an invite
    QByteArray m_password;
    QString m_deviceName;
    std::optional<InviteAuth> m_invite;
    QString m_inviteName; ///< folded
    std::optional<UserId> m_user; ///< whom the password is checked for; nobody when unknown
    std::optional<DeviceId> m_device; ///< that the client says it is
    bool m_isOwnDevice = false; ///< of that user: it signs in again
    Error m_whenWrong{ErrorCode::BadCredentials};
    std::optional<QByteArray> m_token;
    QByteArray m_shownHash; ///< of the token that the client has shown
};

} // namespace parley
