// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/messages/desk.h"

#include <deque>

namespace parley {

/// The service's place for one user: devices, profile, state keys, and the derived writes that
/// chats promised. One thing at a time, each decided on what the store has just told.
class UserDesk : public Desk {
public:
    UserDesk(DeskContext &context, const UserId &user)
        : m_context(context)
        , m_user(user)
    {
    }

    void take(Queued command) { m_waiting.push_back(std::move(command)); }
    void take(PromisedWord word) { m_waiting.push_back(std::move(word)); }
    void take(ReceiptsDoubt doubt) { m_waiting.push_back(doubt); }

    void proceed() override;
    void loaded(Loaded answer) override;
    void appended(Outcome outcome) override;
    bool isIdle() const override { return m_stage == Stage::Idle && m_waiting.empty(); }

private:
    enum class Stage : quint8 { Idle, Loading, Appending, AppendingDone };
    using Work = std::variant<Queued, PromisedWord, ReceiptsDoubt>;

    /// Another owner may have changed who is served, and how: ends and corrects sessions by what
    /// the store says.
    void correctSessions(const UserAggregate &user);

    void addKeysOfAttempt(LoadRequest &request) const;
    /// What an earlier attempt, whose outcome was not known, wrote stands in the store.
    bool gotIn(const Loaded &read) const;
    void complete();
    void decide(const Queued &command, const Loaded &read);
    void decide(const PromisedWord &word, const Loaded &read);
    void decide(const ReceiptsDoubt &doubt, const Loaded &read);
    void handle(const Attach &command, const Loaded &read);
    void handle(const SignIn &command, const Loaded &read);
    void handle(const SignUp &command, const Loaded &read);
    void handle(const CreateUser &command, const Loaded &read);
    void handle(const DisableUser &command, const Loaded &read);
    void handle(const MintToken &command, const Loaded &read);
    void handle(const DeviceSeen &command, const Loaded &read);
    void handle(const SetState &command, const Loaded &read);
    void handle(const SetProfile &command, const Loaded &read);
    void handle(const RevokeDevice &command, const Loaded &read);

    /// The current command's, which is at the front while it is decided.
    const Origin &origin() const { return std::get<Queued>(m_waiting.front()).origin; }
    bool isInternal() const;
    void done();
    void answer(const QByteArray &body);
    void refuse(const Error &error);
    /// Refuses the session that would be one too many.
    bool refusesAnother(const DeviceId &device);
    void attachNow(const UserAggregate &user, const DeviceId &device);
    UserAppend startAppend(const UserAggregate &user) const;
    template <typename Command>
    UserAppend newUser(const Command &command, const Loaded &read) const;
    void addDevice(UserAppend &append, const DeviceId &device, const QString &name,
        const QByteArray &tokenHash, std::optional<qint64> created = {}) const;
    void addState(UserAppend &append, const QString &key, std::optional<QByteArray> value,
        const Loaded &read) const;
    /// Hands it to the store; `after` runs once it is Applied.
    void commit(UserAppend append, std::function<void()> after);
    void setPrivacy(const Privacy &privacy);
    void switchReceipts(const std::set<ChatId> &chats, bool off, qint64 occasion);
    void endSessions(std::vector<SessionRef> sessions, CloseReason reason);

    DeskContext &m_context;
    UserId m_user;
    std::deque<Work> m_waiting;
    Stage m_stage = Stage::Idle;
    Epoch m_epoch; ///< of what was read
    qint64 m_startedMs = 0; ///< the first attempt: all write the same, so that it is known again
    UserAppend m_append; ///< of the last attempt
    std::function<void()> m_after;
    int m_attempts = 0;
};

/// The state key under which a user's own chats, devices and settings stand.
QString chatKey(const ChatId &chat);
QString deviceKey(const DeviceId &device);
inline constexpr char privacyKey[] = "privacy";
inline constexpr char profileKey[] = "profile";
/// Nothing when the user has no such device.
const StoredDevice *findDevice(const UserAggregate &user, const DeviceId &device);
/// True for the keys that a client may write.
bool isClientKey(const QString &key);

} // namespace parley
