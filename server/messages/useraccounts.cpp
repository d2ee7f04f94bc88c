// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
//
// UserDesk: who has an account, and on which devices.
#include "server/messages/userdesk.h"

#include "shared/codec/cbor.h"
#include "shared/mutation.h"

namespace parley {

void UserDesk::handle(const Attach &command, const Loaded &read)
{
    const StoredDevice *device = read.user ? findDevice(*read.user, command.device) : nullptr;
    const bool isRevoked =
        (!device || device->tokenHash != command.tokenHash) && !mutation(Mutation::AttachUnchecked);
    if (!read.user || read.user->disabled || isRevoked) {
        refuse(Error(ErrorCode::NotSignedIn));
        return;
    }
    if (refusesAnother(command.device))
        return;
    attachNow(*read.user, command.device);
}

bool UserDesk::refusesAnother(const DeviceId &device)
{
    if (m_context.sessions.besides(m_user, device) < m_context.limits.announced.sessions)
        return false;
    Error full(ErrorCode::RateLimited);
    // Within this time a session that has silently gone makes room.
    full.retryAfterMs = limits::silenceMs;
    refuse(full);
    return true;
}

void UserDesk::attachNow(const UserAggregate &user, const DeviceId &device)
{
    PARLEY_ASSERT(user.profile.id == m_user && !user.disabled);
    const Origin from = origin();
    if (const auto replaced = m_context.sessions.attach(from.session, m_user, device))
        m_context.output(EndSessions{{*replaced}, CloseReason::Replaced});
    if (Sessions::Session *session = m_context.sessions.find(from.session)) {
        session->receiptsOff = user.privacy.receiptsOff;
        session->typingOff = user.privacy.typingOff;
    }
    answer(toCbor(AttachReply{user.profile, device, user.privacy, user.revision, user.admin}));
}

void UserDesk::handle(const SignIn &command, const Loaded &read)
{
    if (!read.user || read.user->disabled) {
        refuse(Error(ErrorCode::BadCredentials));
        return;
    }
    // Nobody would hear the token: such devices would fill the list.
    if (m_context.sessions.takeLeftEarly(origin().session)) {
        refuse(Error(ErrorCode::NotSignedIn));
        return;
    }
    if (refusesAnother(command.device))
        return;
    const StoredDevice *known = findDevice(*read.user, command.device);
    if (!known && read.user->devices.size() >= m_context.limits.announced.devices) {
        refuse(Error(ErrorCode::LimitReached));
        return;
    }
    UserAppend append = startAppend(*read.user);
    addDevice(append, command.device, command.deviceName, command.tokenHash,
        known ? std::optional(known->row.created) : std::nullopt);
    append.passwordHash = command.newPasswordHash;
    UserAggregate after = *read.user;
    after.revision += qint64(append.state.size());
    commit(std::move(append), [this, after, device = command.device] { attachNow(after, device); });
}

/// For whoever makes a user: oneself by an invite, or an admin.
template <typename Command>
UserAppend UserDesk::newUser(const Command &command, const Loaded &read) const
{
    UserAggregate created;
    created.profile.id = m_user;
    created.profile.userName = command.userName;
    created.profile.displayName = command.displayName;
    created.profile.revision = 1;
    created.passwordHash = command.passwordHash;
    created.admin = command.admin;
    created.created = m_startedMs;
    UserAppend append = startAppend(created);
    append.create = created;
    addState(append, QString::fromLatin1(profileKey), toCbor(created.profile), read);
    append.profile = created.profile;
    return append;
}

void UserDesk::handle(const SignUp &command, const Loaded &read)
{
    if (read.user) {
        // The invite was used to the end: from now on the password speaks for the user.
        refuse(Error(ErrorCode::InvalidInvite));
        return;
    }
    UserAppend append = newUser(command, read);
    addDevice(append, command.device, command.deviceName, command.tokenHash);
    UserAggregate after = *append.create;
    after.revision = qint64(append.state.size());
    commit(std::move(append), [this, after, device = command.device] { attachNow(after, device); });
}

void UserDesk::handle(const CreateUser &command, const Loaded &read)
{
    if (read.user) {
        refuse(Error(ErrorCode::NameTaken));
        return;
    }
    UserAppend append = newUser(command, read);
    const UserRow profile = *append.profile;
    commit(std::move(append), [this, profile] { answer(toCbor(profile)); });
}

void UserDesk::handle(const DisableUser &command, const Loaded &read)
{
    if (!read.user) {
        refuse(Error(ErrorCode::NotFound));
        return;
    }
    UserAppend append = startAppend(*read.user);
    append.disabled = command.disabled;
    commit(std::move(append), [this, disabled = command.disabled] {
        if (disabled)
            endSessions(m_context.sessions.ofUser(m_user), CloseReason::Revoked);
        answer(toCbor(Accepted{}));
    });
}

void UserDesk::handle(const MintToken &command, const Loaded &read)
{
    if (!read.user || read.user->disabled) {
        refuse(Error(ErrorCode::NotFound));
        return;
    }
    UserAppend append = startAppend(*read.user);
    addDevice(append, command.device, command.deviceName, command.tokenHash);
    commit(std::move(append), [this] { answer(toCbor(Accepted{})); });
}

void UserDesk::handle(const DeviceSeen &command, const Loaded &read)
{
    const StoredDevice *device = read.user ? findDevice(*read.user, command.device) : nullptr;
    if (!device || m_context.nowMs - device->row.lastSeen < limits::lastSeenMs) {
        done();
        return;
    }
    StoredDevice seen = *device;
    seen.row.lastSeen = m_context.nowMs;
    UserAppend append = startAppend(*read.user);
    append.devices = {seen};
    commit(std::move(append), [this] { done(); });
}

void UserDesk::handle(const RevokeDevice &command, const Loaded &read)
{
    const auto finish = [this, device = command.device] {
        answer(toCbor(Accepted{}));
        // The answer leaves first: who signs itself out hears that it was done.
        if (!mutation(Mutation::RevokedSessionServed))
            endSessions(m_context.sessions.ofDevice(m_user, device), CloseReason::Revoked);
    };
    if (!read.user || !findDevice(*read.user, command.device)) {
        refuse(Error(ErrorCode::Forbidden));
        return;
    }
    UserAppend append = startAppend(*read.user);
    if (!mutation(Mutation::RevokedTokenStays))
        append.removedDevices = {command.device};
    addState(append, deviceKey(command.device), std::nullopt, read);
    commit(std::move(append), finish);
}

void UserDesk::addDevice(UserAppend &append, const DeviceId &device, const QString &name,
    const QByteArray &tokenHash, std::optional<qint64> created) const
{
    PARLEY_ASSERT(!device.isNull() && !tokenHash.isEmpty());
    StoredDevice stored;
    stored.row.id = device;
    stored.row.deviceName = name;
    stored.row.created = created.value_or(m_startedMs);
    stored.row.lastSeen = m_startedMs;
    stored.tokenHash = tokenHash;
    append.devices.push_back(stored);
    addState(append, deviceKey(device), toCbor(stored.row), {});
}

} // namespace parley
