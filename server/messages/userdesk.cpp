// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/messages/userdesk.h"

#include "server/messages/operationrules.h"
#include "server/messages/pushes.h"
#include "shared/codec/cbor.h"

namespace parley {
namespace {

/// PNG and JPEG, told by their first bytes; nothing else is shown to other people.
bool isPicture(const QByteArray &bytes)
{
    return bytes.startsWith(QByteArrayLiteral("\x89PNG\r\n\x1a\n"))
        || bytes.startsWith(QByteArrayLiteral("\xff\xd8\xff"));
}

const StoredDevice *findDevice(const UserAggregate &user, const DeviceId &device)
{
    const auto found = std::find_if(user.devices.begin(), user.devices.end(),
        [&](const StoredDevice &stored) { return stored.row.id == device; });
    return found == user.devices.end() ? nullptr : &*found;
}

QByteArray profileValue(const UserRow &profile)
{
    return toCbor(profile);
}

} // namespace

QString chatKey(const ChatId &chat)
{
    return QStringLiteral("chat/") + chat.text();
}

QString deviceKey(const DeviceId &device)
{
    return QStringLiteral("device/") + device.text();
}

bool isClientKey(const QString &key)
{
    static const std::array prefixes{QStringLiteral("mute/"), QStringLiteral("draft/"),
        QStringLiteral("unread/"), QStringLiteral("folder/")};
    if (key == QLatin1String(privacyKey))
        return true;
    return std::any_of(prefixes.begin(), prefixes.end(), [&](const QString &prefix) {
        return key.startsWith(prefix) && key.size() > prefix.size();
    });
}

void UserDesk::proceed()
{
    while (m_stage == Stage::Idle && !m_waiting.empty()) {
        m_stage = Stage::Loading;
        LoadRequest request;
        request.user = m_user;
        if (const auto *derived = std::get_if<Derived>(&m_waiting.front())) {
            request.stateKeys = {chatKey(derived->chat)};
        } else if (const auto *set =
                       std::get_if<SetState>(&std::get<Queued>(m_waiting.front()).command)) {
            request.stateKeys = {set->key};
        }
        m_context.load(*this, std::move(request));
    }
}

void UserDesk::loaded(Loaded answer)
{
    PARLEY_ASSERT(m_stage == Stage::Loading);
    m_stage = Stage::Idle;
    if (answer.error) {
        refuse(*answer.error);
        proceed();
        return;
    }
    std::visit([&](const auto &work) { decide(work, answer); }, Work(m_waiting.front()));
    proceed();
}

void UserDesk::decide(const Queued &queued, const Loaded &read)
{
    std::visit(
        [&]<typename T>(const T &command) {
            if constexpr (requires { handle(command, read); })
                handle(command, read);
            else
                PARLEY_ASSERT(!"a command that belongs to another desk");
        },
        queued.command);
}

void UserDesk::decide(const Derived &derived, const Loaded &read)
{
    std::optional<ChatState> before;
    for (const StateRow &row : read.stateRows) {
        if (row.value) {
            if (auto state = fromCbor<ChatState>(*row.value))
                before = *state;
        }
    }
    const bool isOld = before && before->at >= derived.at.at;
    const auto finish = [this, derived] {
        m_stage = Stage::AppendingDone;
        m_context.append(*this, DerivedDone{derived});
    };
    // A user who is gone needs no word of it.
    if (!read.user || isOld) {
        finish();
        return;
    }
    UserAppend append = startAppend(*read.user);
    addState(append, chatKey(derived.chat), toCbor(derived.at), read);
    commit(std::move(append), finish);
}

void UserDesk::handle(const Attach &command, const Loaded &read)
{
    if (!read.user || read.user->disabled || !findDevice(*read.user, command.device)) {
        refuse(Error(ErrorCode::NotSignedIn));
        return;
    }
    attachNow(*read.user, command.device);
}

void UserDesk::attachNow(const UserAggregate &user, const DeviceId &device)
{
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
    if (read.user->devices.size() >= m_context.limits.announced.devices) {
        refuse(Error(ErrorCode::LimitReached));
        return;
    }
    UserAppend append = startAppend(*read.user);
    addDevice(append, command.device, command.deviceName, command.tokenHash);
    append.passwordHash = command.newPasswordHash;
    UserAggregate after = *read.user;
    after.revision += qint64(append.state.size());
    commit(std::move(append), [this, after, device = command.device] { attachNow(after, device); });
}

void UserDesk::handle(const SignUp &command, const Loaded &read)
{
    if (read.user) {
        // The same token: an earlier attempt of this command got in, and nobody knew.
        const StoredDevice *device = findDevice(*read.user, command.device);
        if (device && device->tokenHash == command.tokenHash && !read.user->disabled)
            attachNow(*read.user, command.device);
        else // The invite was used to the end: from now on the password speaks for the user.
            refuse(Error(ErrorCode::InvalidInvite));
        return;
    }
    UserAggregate created;
    created.profile.id = m_user;
    created.profile.userName = command.userName;
    created.profile.displayName = command.displayName;
    created.profile.revision = 1;
    created.passwordHash = command.passwordHash;
    created.admin = command.admin;
    created.created = m_context.nowMs;
    UserAppend append = startAppend(created);
    append.create = created;
    addState(append, QString::fromLatin1(profileKey), profileValue(created.profile), read);
    append.profile = created.profile;
    addDevice(append, command.device, command.deviceName, command.tokenHash);
    UserAggregate after = created;
    after.revision = qint64(append.state.size());
    commit(std::move(append), [this, after, device = command.device] { attachNow(after, device); });
}

void UserDesk::handle(const CreateUser &command, const Loaded &read)
{
    if (read.user) {
        refuse(Error(ErrorCode::NameTaken));
        return;
    }
    UserAggregate created;
    created.profile.id = m_user;
    created.profile.userName = command.userName;
    created.profile.displayName = command.displayName;
    created.profile.revision = 1;
    created.passwordHash = command.passwordHash;
    created.admin = command.admin;
    created.created = m_context.nowMs;
    UserAppend append = startAppend(created);
    append.create = created;
    addState(append, QString::fromLatin1(profileKey), profileValue(created.profile), read);
    append.profile = created.profile;
    commit(std::move(append), [this, profile = created.profile] { answer(toCbor(profile)); });
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

void UserDesk::handle(const SetState &command, const Loaded &read)
{
    if (!read.user || !isClientKey(command.key)) {
        refuse(Error(ErrorCode::Forbidden));
        return;
    }
    std::optional<Privacy> privacy;
    if (command.key == QLatin1String(privacyKey)) {
        const auto decoded =
            command.value ? fromCbor<Privacy>(*command.value) : Result<Privacy>(Privacy{});
        if (!decoded) {
            refuse(Error(ErrorCode::Malformed));
            return;
        }
        privacy = *decoded;
    }
    const StateRow before =
        read.stateRows.empty() ? StateRow{command.key, {}, 0} : read.stateRows.front();
    if (before.revision != command.basedOn) {
        Refusal refusal = refusalOf(Error(ErrorCode::Conflict));
        refusal.row = before;
        m_context.refuse(origin(), refusal);
        done();
        return;
    }
    const bool isNew = command.value && !before.value;
    if (isNew && read.user->stateKeys >= m_context.limits.stateKeys) {
        refuse(Error(ErrorCode::LimitReached));
        return;
    }
    if (before.value == command.value) {
        answer(toCbor(SetReply{before}));
        return;
    }
    UserAppend append = startAppend(*read.user);
    addState(append, command.key, command.value, read);
    const StateRow row = append.state.back();
    commit(std::move(append), [this, row, privacy, profile = read.user->profile] {
        if (privacy) {
            setPrivacy(*privacy);
            m_context.output(UserChanged{profile, *privacy});
        }
        answer(toCbor(SetReply{row}));
    });
}

void UserDesk::setPrivacy(const Privacy &privacy)
{
    for (const SessionRef &ref : m_context.sessions.ofUser(m_user)) {
        Sessions::Session *session = m_context.sessions.find(ref);
        session->typingOff = privacy.typingOff;
        const bool receiptsChanged =
            std::exchange(session->receiptsOff, privacy.receiptsOff) != privacy.receiptsOff;
        if (!receiptsChanged)
            continue;
        // Each chat is told in its own log, so that both sides leave the same marks out of their
        // sums.
        for (const ChatId &chat : session->live) {
            Origin server;
            server.user = m_user;
            Send send{chat,
                {receiptsOperation(chat, m_user, privacy.receiptsOff, m_append.expectedRevision)}};
            m_context.enqueue(Queued{server, std::move(send)});
        }
    }
}

void UserDesk::handle(const SetProfile &command, const Loaded &read)
{
    if (!read.user) {
        refuse(Error(ErrorCode::Forbidden));
        return;
    }
    UserRow profile = read.user->profile;
    if (command.displayName) {
        if (command.displayName->trimmed().isEmpty()) {
            refuse(Error(ErrorCode::InvalidName));
            return;
        }
        profile.displayName = command.displayName->trimmed();
    }
    if (command.picture) {
        if (!command.picture->isEmpty() && !isPicture(*command.picture)) {
            refuse(Error(ErrorCode::Malformed));
            return;
        }
        profile.picture = *command.picture;
    }
    if (command.status) {
        profile.status = *command.status;
        profile.statusUntil.reset();
    }
    if (command.statusUntil && *command.statusUntil > 0)
        profile.statusUntil = command.statusUntil;
    if (profile == read.user->profile) {
        answer(toCbor(profile));
        return;
    }
    UserAppend append = startAppend(*read.user);
    profile.revision = append.expectedRevision + 1;
    addState(append, QString::fromLatin1(profileKey), profileValue(profile), read);
    append.profile = profile;
    commit(std::move(append), [this, profile, privacy = read.user->privacy] {
        m_context.output(UserChanged{profile, privacy});
        answer(toCbor(profile));
    });
}

void UserDesk::handle(const RevokeDevice &command, const Loaded &read)
{
    const auto finish = [this, device = command.device] {
        answer(toCbor(Accepted{}));
        // The answer leaves first: who signs itself out hears that it was done.
        endSessions(m_context.sessions.ofDevice(m_user, device), CloseReason::Revoked);
    };
    if (!read.user || !findDevice(*read.user, command.device)) {
        // Gone since the first attempt, whose outcome nobody knew: its sessions must end all the
        // same.
        if (read.user && m_attempts > 0)
            finish();
        else
            refuse(Error(ErrorCode::Forbidden));
        return;
    }
    UserAppend append = startAppend(*read.user);
    append.removedDevices = {command.device};
    addState(append, deviceKey(command.device), std::nullopt, read);
    commit(std::move(append), finish);
}

UserAppend UserDesk::startAppend(const UserAggregate &user) const
{
    UserAppend append;
    append.user = m_user;
    append.epoch = m_context.epoch();
    append.expectedRevision = user.revision;
    append.stateKeys = user.stateKeys;
    return append;
}

void UserDesk::addDevice(UserAppend &append, const DeviceId &device, const QString &name,
    const QByteArray &tokenHash) const
{
    StoredDevice stored;
    stored.row.id = device;
    stored.row.deviceName = name;
    stored.row.created = m_context.nowMs;
    stored.row.lastSeen = m_context.nowMs;
    stored.tokenHash = tokenHash;
    append.devices.push_back(stored);
    addState(append, deviceKey(device), toCbor(stored.row), {});
}

void UserDesk::addState(UserAppend &append, const QString &key, std::optional<QByteArray> value,
    const Loaded &read) const
{
    const bool existed = std::any_of(read.stateRows.begin(), read.stateRows.end(),
        [&](const StateRow &row) { return row.key == key && row.value; });
    // Only what clients write counts against the limit of keys.
    if (isClientKey(key))
        append.stateKeys += (value ? 1 : 0) - (existed ? 1 : 0);
    append.state.push_back(
        StateRow{key, std::move(value), append.expectedRevision + qint64(append.state.size()) + 1});
}

void UserDesk::commit(UserAppend append, std::function<void()> after)
{
    m_append = append;
    m_after = std::move(after);
    m_stage = Stage::Appending;
    m_context.append(*this, std::move(append));
}

void UserDesk::appended(Outcome outcome)
{
    const Stage stage = std::exchange(m_stage, Stage::Idle);
    if (stage == Stage::AppendingDone) {
        // Not reported done: it is repeated, and has no effect then.
        if (outcome != Outcome::Applied)
            m_context.hasOpenDerived = true;
        done();
        proceed();
        return;
    }
    PARLEY_ASSERT(stage == Stage::Appending);
    if (outcome == Outcome::Applied) {
        for (const StateRow &row : m_append.state)
            pushUserState(m_context, m_user, row);
        const auto after = std::exchange(m_after, {});
        after();
    } else if (outcome == Outcome::Unavailable || ++m_attempts > decisionAttempts) {
        refuse(Error(outcome == Outcome::Unavailable ? ErrorCode::Unavailable : ErrorCode::Busy));
    }
    // HeadMoved and Unknown: the command still waits, and is decided anew on what is read then.
    proceed();
}

bool UserDesk::isInternal() const
{
    const ServiceCommand &command = std::get<Queued>(m_waiting.front()).command;
    return !std::holds_alternative<SetState>(command)
        && !std::holds_alternative<SetProfile>(command)
        && !std::holds_alternative<RevokeDevice>(command);
}

void UserDesk::done()
{
    m_attempts = 0;
    m_waiting.pop_front();
}

void UserDesk::answer(const QByteArray &body)
{
    if (isInternal())
        m_context.answerInternal(origin(), body);
    else
        m_context.answer(origin(), body);
    done();
}

void UserDesk::refuse(const Error &error)
{
    // A derived write has nobody to tell; it is taken up again in a while.
    if (std::holds_alternative<Derived>(m_waiting.front())) {
        m_context.hasOpenDerived = true;
        done();
        return;
    }
    if (std::holds_alternative<DeviceSeen>(std::get<Queued>(m_waiting.front()).command)) {
        done();
        return;
    }
    if (isInternal())
        m_context.refuseInternal(origin(), error);
    else
        m_context.refuse(origin(), error);
    done();
}

void UserDesk::endSessions(std::vector<SessionRef> sessions, CloseReason reason)
{
    if (sessions.empty())
        return;
    for (const SessionRef &ref : sessions)
        m_context.sessions.end(ref);
    m_context.output(EndSessions{std::move(sessions), reason});
}

} // namespace parley
