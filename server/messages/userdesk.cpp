// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/messages/userdesk.h"

#include "server/messages/operationrules.h"
#include "server/messages/pushes.h"
#include "shared/assert.h"
#include "shared/codec/cbor.h"
#include "shared/mutation.h"

namespace parley {
namespace {

/// PNG and JPEG, told by their first bytes; nothing else is shown to other people.
bool isPicture(const QByteArray &bytes)
{
    return bytes.startsWith(QByteArrayLiteral("\x89PNG\r\n\x1a\n"))
        || bytes.startsWith(QByteArrayLiteral("\xff\xd8\xff"));
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

const StoredDevice *findDevice(const UserAggregate &user, const DeviceId &device)
{
    const auto found = std::find_if(user.devices.begin(), user.devices.end(),
        [&](const StoredDevice &stored) { return stored.row.id == device; });
    return found == user.devices.end() ? nullptr : &*found;
}

void UserDesk::proceed()
{
    while (m_stage == Stage::Idle && !m_waiting.empty()) {
        m_stage = Stage::Loading;
        LoadRequest request;
        request.user = m_user;
        if (const auto *word = std::get_if<PromisedWord>(&m_waiting.front())) {
            request.stateKeys = {chatKey(word->derived.chat)};
        } else if (const auto *queued = std::get_if<Queued>(&m_waiting.front())) {
            const auto *set = std::get_if<SetState>(&queued->command);
            if (set)
                request.stateKeys = {set->key};
            // Only a key that never was adds to what stays for ever.
            if (set && set->basedOn == 0 && set->value)
                request.countRemoved = m_context.limits.removedKeys;
        }
        addKeysOfAttempt(request);
        m_context.load(*this, std::move(request));
    }
}

void UserDesk::addKeysOfAttempt(LoadRequest &request) const
{
    if (m_attempts == 0)
        return;
    for (const StateRow &row : m_append.state) {
        if (std::count(request.stateKeys.begin(), request.stateKeys.end(), row.key) == 0)
            request.stateKeys.push_back(row.key);
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
    m_epoch = answer.epoch;
    if (m_attempts == 0)
        m_startedMs = m_context.nowMs;
    // Whose first attempt had an unknown outcome ends its sessions by itself, once it was answered.
    if (answer.user && m_attempts == 0)
        correctSessions(*answer.user);
    const auto *queued = std::get_if<Queued>(&m_waiting.front());
    if (queued && m_context.sessions.wasEnded(queued->origin.session))
        refuse(Error(ErrorCode::NotSignedIn));
    else if (gotIn(answer))
        complete();
    else
        std::visit([&](const auto &work) { decide(work, answer); }, Work(m_waiting.front()));
    proceed();
}

void UserDesk::correctSessions(const UserAggregate &user)
{
    std::vector<SessionRef> gone;
    bool isSwitched = false;
    std::set<ChatId> live;
    for (const SessionRef &ref : m_context.sessions.ofUser(m_user)) {
        Sessions::Session *session = m_context.sessions.find(ref);
        if (user.disabled || !findDevice(user, session->device)) {
            gone.push_back(ref);
            continue;
        }
        session->typingOff = user.privacy.typingOff;
        const bool off = user.privacy.receiptsOff;
        isSwitched = std::exchange(session->receiptsOff, off) != off || isSwitched;
        live.insert(session->live.begin(), session->live.end());
    }
    if (!mutation(Mutation::RevokedSessionServed))
        endSessions(std::move(gone), CloseReason::Revoked);
    if (isSwitched)
        switchReceipts(live, user.privacy.receiptsOff, user.revision);
}

bool UserDesk::gotIn(const Loaded &read) const
{
    if (m_attempts == 0 || m_append.state.empty())
        return false;
    // Key, value and revision: nobody else's write is the same one.
    return std::all_of(m_append.state.begin(), m_append.state.end(), [&](const StateRow &row) {
        return std::count(read.stateRows.begin(), read.stateRows.end(), row) > 0;
    });
}

void UserDesk::complete()
{
    PARLEY_ASSERT(m_after && !m_waiting.empty() && m_append.user == m_user);
    for (const StateRow &row : m_append.state)
        pushUserState(m_context, m_user, row);
    const auto after = std::exchange(m_after, {});
    after();
}

void UserDesk::decide(const Queued &queued, const Loaded &read)
{
    std::visit(
        [&]<typename T>(const T &command) {
            if constexpr (requires { handle(command, read); })
                handle(command, read);
            else
                PARLEY_UNREACHABLE("a command that belongs to another desk");
        },
        queued.command);
}

void UserDesk::decide(const PromisedWord &word, const Loaded &read)
{
    // Promised in a past that a restore undid: the store knows what is promised now.
    if (word.epoch != read.epoch) {
        m_context.hasOpenDerived = true;
        done();
        return;
    }
    const Derived &derived = word.derived;
    std::optional<ChatState> before;
    for (const StateRow &row : read.stateRows) {
        if (row.value) {
            if (auto state = fromCbor<ChatState>(*row.value))
                before = *state;
        }
    }
    const bool isOld =
        before && before->at >= derived.at.at && !mutation(Mutation::DerivedOutOfOrder);
    const auto finish = [this, word] {
        m_stage = Stage::AppendingDone;
        m_context.append(*this, DerivedDone{word.derived, word.epoch});
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

void UserDesk::decide(const ReceiptsDoubt &doubt, const Loaded &read)
{
    if (read.user && read.user->privacy.receiptsOff != doubt.isOff)
        switchReceipts({doubt.chat}, !doubt.isOff, doubt.occasion);
    done();
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
    const bool tooMany = read.user->stateKeys >= m_context.limits.stateKeys
        || (command.basedOn == 0 && read.removedKeys >= m_context.limits.removedKeys);
    if (isNew && tooMany) {
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
    std::set<ChatId> live;
    for (const SessionRef &ref : m_context.sessions.ofUser(m_user)) {
        Sessions::Session *session = m_context.sessions.find(ref);
        session->typingOff = privacy.typingOff;
        const bool off = privacy.receiptsOff;
        if (std::exchange(session->receiptsOff, off) != off)
            live.insert(session->live.begin(), session->live.end());
    }
    switchReceipts(live, privacy.receiptsOff, m_append.expectedRevision);
}

/// Each chat is told in its own log, so that both sides leave the same marks out of their sums.
void UserDesk::switchReceipts(const std::set<ChatId> &chats, bool off, qint64 occasion)
{
    for (const ChatId &chat : chats) {
        Origin server;
        server.user = m_user;
        m_context.enqueue(
            Queued{server, Send{chat, {receiptsOperation(chat, m_user, off, occasion)}}});
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
    addState(append, QString::fromLatin1(profileKey), toCbor(profile), read);
    append.profile = profile;
    commit(std::move(append), [this, profile, privacy = read.user->privacy] {
        m_context.output(UserChanged{profile, privacy});
        answer(toCbor(profile));
    });
}

UserAppend UserDesk::startAppend(const UserAggregate &user) const
{
    PARLEY_ASSERT(user.profile.id == m_user && user.revision >= 0 && user.stateKeys >= 0);
    UserAppend append;
    append.user = m_user;
    append.epoch = m_epoch;
    append.expectedRevision = user.revision;
    append.stateKeys = user.stateKeys;
    return append;
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
    PARLEY_ASSERT(append.stateKeys >= 0);
}

void UserDesk::commit(UserAppend append, std::function<void()> after)
{
    PARLEY_ASSERT(m_stage == Stage::Idle && append.user == m_user && after);
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
        complete();
    } else if (outcome == Outcome::Unavailable || ++m_attempts > decisionAttempts) {
        refuse(Error(outcome == Outcome::Unavailable ? ErrorCode::Unavailable : ErrorCode::Busy));
    }
    // HeadMoved and Unknown: the command still waits, and is decided anew on what is read then.
    proceed();
}

bool UserDesk::isInternal() const
{
    const auto &[from, command] = std::get<Queued>(m_waiting.front());
    // What comes from no session is an admin's, who does it for the user.
    return from.session == SessionRef{}
    || (!std::holds_alternative<SetState>(command) && !std::holds_alternative<SetProfile>(command)
        && !std::holds_alternative<RevokeDevice>(command));
}

void UserDesk::done()
{
    PARLEY_ASSERT(!m_waiting.empty());
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
    PARLEY_ASSERT(!m_waiting.empty() && m_stage == Stage::Idle);
    // A derived write has nobody to tell; it is taken up again in a while.
    if (std::holds_alternative<PromisedWord>(m_waiting.front())) {
        m_context.hasOpenDerived = true;
        done();
        return;
    }
    const auto *queued = std::get_if<Queued>(&m_waiting.front());
    if (!queued || std::holds_alternative<DeviceSeen>(queued->command)) {
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
