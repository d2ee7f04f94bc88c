// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/gateway/signinhandshake.h"

#include "server/accounts/names.h"
#include "server/accounts/passwords.h"
#include "server/accounts/secrets.h"

namespace parley {
namespace {

QString deviceNameOr(const QString &given)
{
    const QString name = given.trimmed();
    return name.isEmpty() ? QStringLiteral("Device") : name;
}

} // namespace

SignInHandshake::Step SignInHandshake::begin(const Hello &hello, qint64 nowMs)
{
    const Auth &auth = hello.auth;
    m_device = hello.device;
    const int ways =
        int(auth.token.has_value()) + int(auth.password.has_value()) + int(auth.invite.has_value());
    if (ways != 1)
        return Error(ErrorCode::Malformed);
    if (auth.token)
        return beginToken(*auth.token);
    return auth.password ? beginPassword(*auth.password, nowMs) : beginInvite(*auth.invite, nowMs);
}

SignInHandshake::Step SignInHandshake::readFinished(const ReadAnswer &answer)
{
    if (const auto *error = std::get_if<Error>(&answer.what))
        return *error;
    if (const auto *token = std::get_if<TokenRead>(&answer.what))
        return ownerFound(*token);
    if (const auto *user = std::get_if<UserRead>(&answer.what))
        return userFound(*user);
    if (const auto *invite = std::get_if<InviteRead>(&answer.what))
        return inviteFound(*invite);
    return Error(ErrorCode::Internal);
}

SignInHandshake::Step SignInHandshake::hashFinished(const HashAnswer &answer)
{
    if (answer.error)
        return *answer.error;
    return m_invite && !m_user ? signUp(answer) : signIn(answer);
}

SignInHandshake::Step SignInHandshake::attached(const InternalAnswer &answer)
{
    if (answer.refusal)
        return errorOf(*answer.refusal);
    const auto who = fromCbor<AttachReply>(answer.body);
    if (!who)
        return Error(ErrorCode::Internal);
    return Granted{*who, m_token};
}

SignInHandshake::Step SignInHandshake::beginToken(const QByteArray &token)
{
    if (token.size() != limits::tokenBytes)
        return Error(ErrorCode::NotSignedIn);
    m_shownHash = tokenHash(token);
    return read(ReadToken{m_shownHash});
}

SignInHandshake::Step SignInHandshake::beginPassword(const PasswordAuth &auth, qint64 nowMs)
{
    // A name that breaks the rules belongs to nobody, and costs what an unknown one costs.
    const auto name = userName(auth.userName);
    m_account = name ? name->folded : auth.userName;
    m_password = passwordBytes(auth.password);
    m_deviceName = deviceNameOr(auth.deviceName);
    if (const auto error = throttled(m_account, nowMs))
        return *error;
    return read(ReadUserByName{m_account});
}

SignInHandshake::Step SignInHandshake::beginInvite(const InviteAuth &auth, qint64 nowMs)
{
    const auto name = userName(auth.userName);
    if (!name)
        return name.error();
    const auto shown = displayName(auth.displayName.isEmpty() ? auth.userName : auth.displayName);
    if (!shown)
        return shown.error();
    const auto strong = checkNewPassword(auth.password, name->name, m_world.config.server.name);
    if (!strong)
        return strong.error();
    m_invite = auth;
    m_invite->userName = name->name;
    m_invite->displayName = *shown;
    m_inviteName = name->folded;
    m_account = QStringLiteral("an invite");
    m_password = passwordBytes(auth.password);
    m_deviceName = deviceNameOr(auth.deviceName);
    if (const auto error = throttled(m_account, nowMs))
        return *error;
    return read(ReadInvite{inviteHash(auth.code)});
}

SignInHandshake::Step SignInHandshake::ownerFound(const TokenRead &read)
{
    if (!read.owner || read.owner->disabled)
        return Error(ErrorCode::NotSignedIn);
    m_origin.user = read.owner->user;
    m_origin.device = read.owner->device;
    return attach(Attach{read.owner->user, read.owner->device, m_shownHash});
}

SignInHandshake::Step SignInHandshake::userFound(const UserRead &read)
{
    return checkPassword(read.user);
}

SignInHandshake::Step SignInHandshake::inviteFound(const InviteRead &read)
{
    const auto &invite = read.invite;
    if (!invite || invite->revoked)
        return Error(ErrorCode::InvalidInvite);
    // Used, and yet nobody is there: the sign-up ended between its two steps, and goes on.
    const bool isUnfinished = invite->usedBy && !read.usedBy;
    if (invite->usedBy && !isUnfinished) {
        // The same person again, whose answer was lost: whoever has the password signs in.
        m_whenWrong = Error(ErrorCode::InvalidInvite);
        const auto name = userName(read.usedBy->profile.userName);
        if (!name || name->folded != m_inviteName)
            return m_whenWrong;
        return checkPassword(read.usedBy);
    }
    if (!isUnfinished && invite->expires <= m_host.wallMs())
        return Error(ErrorCode::InvalidInvite);
    return hash(HashJob{m_origin, m_password, HashJob::Kind::Make, {}});
}

SignInHandshake::Step SignInHandshake::checkPassword(const std::optional<UserAggregate> &user)
{
    QByteArray known;
    if (user && !user->disabled && !user->passwordHash.isEmpty()) {
        m_user = user->profile.id;
        m_isOwnDevice = m_device
            && std::any_of(user->devices.begin(), user->devices.end(),
                [&](const StoredDevice &device) { return device.row.id == *m_device; });
        known = user->passwordHash;
    } else if (m_invite) {
        return m_whenWrong;
    }
    return hash(HashJob{m_origin, m_password, HashJob::Kind::Check, known});
}

SignInHandshake::Step SignInHandshake::signIn(const HashAnswer &answer)
{
    if (!m_user || !answer.matches)
        return m_whenWrong;
    m_world.limiter.signInSucceeded(m_address, m_account);
    admitDevice();
    m_origin.user = *m_user;
    return attach(SignIn{*m_user, m_origin.device, m_deviceName, tokenHash(*m_token), answer.hash});
}

SignInHandshake::Step SignInHandshake::signUp(const HashAnswer &answer)
{
    if (!answer.hash)
        return Error(ErrorCode::Internal);
    m_world.limiter.signInSucceeded(m_address, m_account);
    admitDevice();
    SignUp command;
    command.inviteHash = inviteHash(m_invite->code);
    command.user = inviteUser(command.inviteHash);
    command.userName = m_invite->userName;
    command.foldedName = m_inviteName;
    command.displayName = m_invite->displayName;
    command.passwordHash = *answer.hash;
    command.device = m_origin.device;
    command.deviceName = m_deviceName;
    command.tokenHash = tokenHash(*m_token);
    m_origin.user = command.user;
    return attach(std::move(command));
}

SignInHandshake::Step SignInHandshake::read(decltype(ReadJob::what) what)
{
    if (m_host.toReaders(ReadJob{m_origin, std::move(what)}) == SessionHost::Sent::Full)
        return Error(ErrorCode::Busy);
    return std::nullopt;
}

SignInHandshake::Step SignInHandshake::hash(HashJob job)
{
    if (m_host.toHashing(std::move(job)) == SessionHost::Sent::Full)
        return Error(ErrorCode::Busy);
    return std::nullopt;
}

SignInHandshake::Step SignInHandshake::attach(ServiceCommand command)
{
    if (m_host.toService(Queued{m_origin, std::move(command)}) == SessionHost::Sent::Full)
        return Error(ErrorCode::Busy);
    m_isAttaching = true;
    return std::nullopt;
}

std::optional<Error> SignInHandshake::throttled(const QString &account, qint64 nowMs)
{
    const auto wait = m_world.limiter.beginSignIn(m_address, account, nowMs);
    if (!wait)
        return std::nullopt;
    Error error(ErrorCode::RateLimited);
    error.retryAfterMs = *wait;
    return error;
}

/// A device that signs in again stays the one it was: its person has no list full of its past.
void SignInHandshake::admitDevice()
{
    m_token = makeToken(m_world.random);
    m_origin.device = m_isOwnDevice ? *m_device : m_world.random.id<DeviceId>();
}

} // namespace parley
