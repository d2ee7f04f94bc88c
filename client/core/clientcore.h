// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/core/chatsync.h"
#include "client/core/moment.h"
#include "client/core/notice.h"
#include "client/core/people.h"
#include "client/core/requests.h"
#include "client/core/screen.h"
#include "client/core/userstate.h"
#include "shared/uuid7.h"

namespace parley {

/// The client without I/O: what a device does about frames, times and what a person wants.
///
/// Whoever drives it owns it, with its cache and its randomness, on one thread. Before each input
/// it is told the time by tick(); after each input its frames, notices and changes are taken. It
/// sends only what is committed, shows only what is committed, and after a failed commit reads
/// everything anew, as after a crash.
class ClientCore {
public:
    ClientCore(Cache &cache, Random &random, const UserId &me);

    /// Reads the cache. Conflict for a cache of another user.
    Status load();

    void tick(Moment now);
    /// When tick() has something to do, by the steady clock.
    std::optional<qint64> wakeUpMs() const { return m_wakeUpMs; }

    struct Greeting {
        QByteArray token;
        std::optional<DeviceId> device;
        QString app;
    };
    void connected(const Greeting &greeting);
    void disconnected();
    void received(const ServerFrame &frame);
    bool isLive() const { return m_phase == Phase::Live; }

    std::vector<ClientFrame> takeFrames() { return std::exchange(m_frames, {}); }
    std::vector<notice::Any> takeNotices() { return std::exchange(m_notices, {}); }
    Changes takeChanges();
    bool hasChanges() const { return !m_dirty.isEmpty(); }
    /// The connection is to be closed: no answer, silence, or a peer that speaks nonsense.
    bool takeCloseWish() { return std::exchange(m_wantsClose, false); }

    // What a person wants. Stored when it returns without an error.
    Result<MessageId> compose(const ChatId &chat, const NewMessage &message);
    Status edit(const ChatId &chat, const MessageId &message, ContentType contentType,
        const QByteArray &payload);
    Status remove(const ChatId &chat, const MessageId &message);
    Status react(const ChatId &chat, const MessageId &message, const QString &text);
    Status unreact(const ChatId &chat, const MessageId &message, const QString &text);
    Status retry(const ChatId &chat, const MessageId &operation);
    Status discard(const ChatId &chat, const MessageId &operation);
    Result<ChatId> createDirect(const UserId &other);
    Result<ChatId> createGroup(const QString &title, const std::vector<UserId> &members);
    Status setTitle(const ChatId &chat, const QString &title);
    Status addMember(const ChatId &chat, const UserId &user);
    Status removeMember(const ChatId &chat, const UserId &user);
    Status setRole(const ChatId &chat, const UserId &user, Role role);
    /// Leave, Accept, Block, Unblock.
    Status changeOwnMembership(const ChatId &chat, Kind kind);
    Status markRead(const ChatId &chat, qint64 upTo);
    Status setState(const QString &key, const std::optional<QByteArray> &value);

    // What is on the screen, and what is asked for it. Nothing of this is stored.
    void focus(const std::optional<ChatId> &chat);
    void watch(const std::vector<UserId> &users);
    void setActive(bool active);
    void setTyping(const ChatId &chat, bool on);
    void wantHistory(const ChatId &chat, qint64 low, qint64 high);
    void wantUsers(const std::vector<UserId> &users);
    void wantDelivery(const ChatId &chat, const MessageId &message, quint64 ticket);
    /// A command that is passed on as it is; answered by a notice with the ticket.
    void ask(const Command &command, quint64 ticket);
    /// Whether holes are filled while nothing else is to be done. On from the beginning.
    void setBackfill(bool on) { m_isBackfilling = on; }

    const Screen &screen() const { return m_screen; }
    const Chat *chat(const ChatId &id) const;
    const Outbox &outbox() const { return m_outbox; }
    const UserState &state() const { return m_state; }
    std::optional<Epoch> epoch() const { return m_epoch; }
    /// What the device has, by rising chat id.
    std::vector<Have> have() const;

private:
    enum class Phase {
        Closed, ///< no connection, or one that is given up
        Greeting, ///< `hello` is not answered
        CatchingUp, ///< `sync` has not said everything
        Live,
    };

    // clientcore.cpp
    template <typename Work>
    Status write(Work &&work);
    Status fail(const Error &error);
    Status readAll();
    void readChats();
    void noteOwnCreations();
    Chat &chatFor(const ChatId &id);
    void closeConnection();
    RequestNumber request(const Command &command, quint64 ticket = 0);
    void sendHave(bool isHello, const Greeting &greeting);
    void sendCatchUps(const std::vector<Have> &have, size_t from);
    void catchUpAgain();
    void sendDigest();
    void wakeAt(qint64 steadyMs);
    template <typename T>
    void tell(T told)
    {
        m_notices.emplace_back(std::move(told));
    }

    // coreevents.cpp
    void on(const Sync &sync);
    void on(const Pushed &push);
    void on(const HandedOver &live);
    void on(const UserStateChanged &changed);
    void on(const PresenceChanged &changed);
    void on(const ProfileChanged &changed);
    void on(const TypingChanged &changed);
    void on(const Lagging &);
    void on(const GoAway &goAway);
    void on(const Closing &closing);
    void restore(const Epoch &epoch);
    void takePage(const PageReply &page, bool isAnswer);
    void askAgainForStale(Chat &chat);
    void askForPage(const ChatId &chat);
    void askForLacking();
    void noteJoined();
    void noteHead(const ChatHead &head);
    void afterContent(const ChatId &chat);

    // coreanswers.cpp
    void answer(const Answer &answer);
    void refuse(const Refused &refused);
    template <typename T>
    void replied(const T &command, const typename T::Reply &reply, const Requests::Pending &pending,
        RequestNumber number);
    void on(const Welcome &welcome);
    void on(const Send &send, const SendReply &reply);
    void on(const MarkUp &mark, const MarkReply &reply);
    void on(const History &history, const HistoryReply &reply);
    void on(const DigestReply &reply);
    void on(const UsersReply &reply, const Requests::Pending &pending);
    void on(const Members &members, const MembersReply &reply);
    void on(const Marks &marks, const MarksReply &reply, quint64 ticket);
    void takeResult(
        const ChatId &chat, const OperationResult &result, bool &retry, qint64 &afterMs);
    void rejectOperation(const ChatId &chat, const MessageId &id, ErrorCode code);
    void onRefusal(const Command &command, const Refusal &refusal, quint64 ticket);
    void refusedSend(const Send &send, const Refusal &refusal);
    void refusedRead(const Command &command, const Refusal &refusal);
    void refusedState(const SetState &set, const Refusal &refusal);
    void postponeSends(Chat &chat, qint64 leastMs);
    void forgetRequest(RequestNumber number, const Command &command);

    // corepump.cpp
    void pump();
    bool hasRoom() const;
    void pumpAlive();
    void pumpSends();
    void pumpMarks();
    bool pumpMark(Chat &chat);
    void pumpPages();
    void pumpHistory();
    bool pumpHistoryOf(Chat &chat);
    void pumpState();
    void pumpScreen();
    void pumpPeople();
    void pumpBackfill();
    bool isBusy() const;

    // coreintents.cpp
    Status append(const ChatId &chat, const Operation &operation);
    Operation operation(Kind kind);

    Cache &m_cache;
    Random &m_random;
    const UserId m_me;
    Uuid7 m_ids;
    Moment m_now;

    std::map<ChatId, Chat> m_chats;
    Dirty m_dirty;
    Outbox m_outbox;
    ChatSync m_sync;
    UserState m_state;
    People m_people;
    Screen m_screen;
    std::optional<Epoch> m_epoch;
    bool m_isWriting = false;
    bool m_isBroken = false;

    Phase m_phase = Phase::Closed;
    Requests m_requests;
    ServerLimits m_limits;
    std::vector<Have> m_greetedHave;
    size_t m_greetedCount = 0;
    qint64 m_heartbeatMs = limits::heartbeatMs;
    qint64 m_nextAliveMs = 0;
    qint64 m_lastReceivedMs = 0;
    int m_heartbeats = 0;
    bool m_isActive = false;
    bool m_isActiveUnsaid = false;
    RequestNumber m_digest = 0;
    RequestNumber m_usersRequest = 0;
    qint64 m_stateNotBeforeMs = 0;
    qint64 m_backfillNotBeforeMs = 0;
    bool m_isBackfilling = true;

    std::deque<ChatId> m_toPage; ///< newest activity first
    std::set<ChatId> m_toMark;
    std::set<ChatId> m_toFetch; ///< whose history is looked at
    std::set<ChatId> m_toBackfill;
    std::set<ChatId> m_toAskMembers;

    std::optional<ChatId> m_focus;
    std::vector<UserId> m_watched;
    bool m_isFocusUnsaid = false;
    bool m_isWatchUnsaid = false;
    std::optional<ChatId> m_typingChat;
    qint64 m_typedMs = 0;
    std::map<quint64, std::pair<ChatId, MessageId>> m_deliveryWanted;

    std::vector<ClientFrame> m_frames;
    std::vector<notice::Any> m_notices;
    std::optional<qint64> m_wakeUpMs;
    bool m_wantsClose = false;
};

template <typename Work>
Status ClientCore::write(Work &&work)
{
    if (m_isBroken)
        return Error(ErrorCode::Unavailable);
    PARLEY_ASSERT(!m_isWriting);
    m_isWriting = true;
    m_cache.begin();
    work();
    m_isWriting = false;
    if (auto done = m_cache.commit(); !done)
        return fail(done.error());
    for (SentItem &sent : m_outbox.takeNews())
        tell(
            notice::OperationAccepted{sent.chat, std::move(sent.operation), sent.seq, sent.timeMs});
    return Done{};
}

} // namespace parley
