// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/core/backoff.h"
#include "client/core/clientcore.h"
#include "shared/assert.h"
#include "shared/codec/numbers.h"
#include "shared/mutation.h"

/// What the server answers.
namespace parley {

namespace {

constexpr qint64 refusedWaitMs = 5'000;
constexpr qint64 markWaitMs = 1'000;
/// What is waited for when a history page, a member page or a state key was not answered well.
constexpr qint64 readWaitMs = 5'000;

/// Refused for good, these stay in sight until the person retries or discards them.
bool isKeptWhenRefused(Kind kind)
{
    return kind == Kind::Create || kind == Kind::Message || kind == Kind::Edit
        || kind == Kind::Delete;
}

} // namespace

void ClientCore::answer(const Answer &answered)
{
    const auto pending = m_requests.take(answered.request);
    if (!pending)
        return;
    std::visit(
        [&](const auto &command) {
            using T = std::remove_cvref_t<decltype(command)>;
            const auto reply = fromPeer<typename T::Reply>(answered.body);
            if (!reply) {
                closeConnection();
                return;
            }
            forgetRequest(answered.request, pending->command);
            replied<T>(command, *reply, *pending, answered.request);
        },
        pending->command);
}

/// Where the core remembers that something is asked, it is asked no longer.
void ClientCore::forgetRequest(RequestNumber number, const Command &command)
{
    if (m_digest == number)
        m_digest = 0;
    if (m_usersRequest == number)
        m_usersRequest = 0;
    std::visit(
        [&](const auto &each) {
            using T = std::remove_cvref_t<decltype(each)>;
            if constexpr (
                std::same_as<T,
                    Send> || std::same_as<T, MarkUp> || std::same_as<T, Page> || std::same_as<T, History> || std::same_as<T, Members>) {
                Chat::Session &session = chatFor(each.chat).session;
                for (RequestNumber *held : {&session.send, &session.mark, &session.page,
                         &session.history, &session.membersRequest}) {
                    if (*held == number)
                        *held = 0;
                }
            }
        },
        command);
}

template <typename T>
void ClientCore::replied(const T &command, const typename T::Reply &reply,
    const Requests::Pending &pending, RequestNumber)
{
    if constexpr (std::same_as<T, Hello>)
        on(reply);
    else if constexpr (
        std::same_as<T,
            Send> || std::same_as<T, MarkUp> || std::same_as<T, History> || std::same_as<T, Members>)
        on(command, reply);
    else if constexpr (std::same_as<T, Page>)
        takePage(reply, true);
    else if constexpr (std::same_as<T, Alive>) {
        if (reply.differs)
            sendDigest();
    } else if constexpr (std::same_as<T, Digest>)
        on(reply);
    else if constexpr (std::same_as<T, SetState>)
        (void)write([&] {
            m_state.confirmed(command, reply.row);
            noteJoined();
        });
    else if constexpr (std::same_as<typename T::Reply, UsersReply>)
        on(reply, pending);
    else if constexpr (std::same_as<T, SetProfile>) {
        (void)write([&] { m_people.save(reply); });
        tell(notice::Answered{pending.ticket, {}});
    } else if constexpr (std::same_as<T, Marks>)
        on(command, reply, pending.ticket);
    else if constexpr (std::same_as<T, Devices>)
        tell(notice::DevicesListed{pending.ticket, reply.devices});
    else {
        static_assert(std::same_as<typename T::Reply, Accepted>);
        if (pending.ticket)
            tell(notice::Answered{pending.ticket, {}});
    }
}

void ClientCore::on(const Welcome &welcome)
{
    if (!welcome.user || welcome.user->id != m_me) {
        tell(notice::SessionRefused{refusalOf(Error(ErrorCode::NotSignedIn))});
        closeConnection();
        return;
    }
    PARLEY_ASSERT(welcome.user && welcome.user->id == m_me);
    m_phase = Phase::CatchingUp;
    m_limits = welcome.limits;
    m_heartbeatMs = std::max<qint64>(welcome.heartbeatMs, 1000);
    PARLEY_ASSERT(m_heartbeatMs >= 1000);
    m_nextAliveMs = m_now.steadyMs + m_heartbeatMs;
    m_isActiveUnsaid = m_isActive;
    const auto done = write([&] {
        CachedMeta meta = m_cache.meta();
        meta.serverTimeMs = std::max(meta.serverTimeMs, welcome.time);
        m_cache.saveMeta(meta);
        m_cache.removeSentBefore(meta.serverTimeMs - limits::sentKeptMs);
        m_people.save(*welcome.user);
    });
    if (!done)
        return;
    tell(notice::Welcomed{welcome});
    if (m_greetedCount < m_greetedHave.size())
        sendCatchUps(m_greetedHave, m_greetedCount);
    PARLEY_ASSERT(m_greetedCount <= m_greetedHave.size());
    m_greetedHave.clear();
    m_greetedCount = 0;
}

void ClientCore::on(const Send &send, const SendReply &reply)
{
    bool retry = false;
    qint64 afterMs = 0;
    const auto done = write([&] {
        for (const OperationResult &result : reply.results)
            takeResult(send.chat, result, retry, afterMs);
        m_outbox.seen(send.chat, chatFor(send.chat).seq());
    });
    if (!done)
        return;
    Chat &chat = chatFor(send.chat);
    chat.session.batchOperations = limits::batchOperations;
    if (retry)
        postponeSends(chat, afterMs);
    else
        chat.sendFailures = 0;
}

void ClientCore::takeResult(
    const ChatId &chat, const OperationResult &result, bool &retry, qint64 &afterMs)
{
    if (result.seq && !result.error) {
        m_outbox.accept(chat, result.id, *result.seq, result.time.value_or(0));
        return;
    }
    const ErrorCode code = result.error.value_or(ErrorCode::Internal);
    if (code == ErrorCode::NoEffect) {
        m_outbox.finish(chat, result.id);
        return;
    }
    if (errorClass(code) == ErrorClass::Reject || errorClass(code) == ErrorClass::Conflict) {
        rejectOperation(chat, result.id, code);
        return;
    }
    retry = true;
    afterMs = std::max(afterMs, result.retryAfterMs.value_or(0));
}

void ClientCore::rejectOperation(const ChatId &chat, const MessageId &id, ErrorCode code)
{
    PARLEY_ASSERT(m_isWriting);
    const OutboxItem *item = m_outbox.find(chat, id);
    if (!item)
        return;
    const Kind kind = item->operation.kind;
    PARLEY_ASSERT(item->chat == chat && item->operation.id == id);
    if (isKeptWhenRefused(kind)) {
        m_outbox.fail(chat, id, code);
        return;
    }
    m_outbox.finish(chat, id);
    tell(notice::OperationRefused{chat, kind, code});
}

void ClientCore::postponeSends(Chat &chat, qint64 leastMs)
{
    const qint64 backoffMs =
        std::min(Backoff::mostMs, Backoff::firstMs << std::min(chat.sendFailures, 7));
    PARLEY_ASSERT(backoffMs >= Backoff::firstMs && backoffMs <= Backoff::mostMs);
    ++chat.sendFailures;
    const auto jitterMs = static_cast<qint64>(m_random.below(static_cast<quint64>(backoffMs)));
    chat.sendNotBeforeMs = m_now.steadyMs + std::max(leastMs, backoffMs / 2 + jitterMs / 2);
}

void ClientCore::on(const MarkUp &mark, const MarkReply &reply)
{
    const auto done = write([&] {
        Chat &chat = chatFor(mark.chat);
        m_sync.applyMarks(chat, {{m_me, reply.delivered, reply.read}});
        m_sync.noteUnread(chat, reply.unread, chat.seq());
    });
    if (!done)
        return;
    // Done is only what is confirmed: the server may have known a lower head.
    Chat &chat = chatFor(mark.chat);
    PARLEY_ASSERT(chat.id() == mark.chat);
    if (reply.delivered < mark.delivered || reply.read < mark.read)
        chat.session.markNotBeforeMs =
            std::max(chat.session.markNotBeforeMs, m_now.steadyMs + markWaitMs);
    m_toMark.insert(mark.chat);
}

void ClientCore::on(const History &history, const HistoryReply &reply)
{
    Chat &chat = chatFor(history.chat);
    const bool isOfAnother = reply.generation != chat.record.generation;
    if (isOfAnother && !mutation(Mutation::ResetWithoutGeneration))
        return;
    if (reply.low > reply.high) {
        chat.session.isHistoryOver = true;
        return;
    }
    (void)write([&] { m_sync.applyHistory(chat, reply); });
}

void ClientCore::on(const DigestReply &reply)
{
    const auto done = write([&] {
        m_state.applyAll(reply.state, reply.userRevision);
        noteJoined();
        for (const ChatHead &head : reply.chats)
            noteHead(head);
    });
    if (!done)
        return;
    for (const ChatHead &head : reply.chats) {
        m_toMark.insert(head.chat);
        if (head.head > chatFor(head.chat).seq())
            askForPage(head.chat);
    }
    if (reply.more)
        sendDigest();
}

void ClientCore::on(const UsersReply &reply, const Requests::Pending &pending)
{
    const auto done = write([&] {
        for (const UserRow &user : reply.users)
            m_people.save(user);
    });
    if (!done)
        return;
    m_people.setPresence(reply.presence);
    if (std::holds_alternative<FindUser>(pending.command))
        tell(notice::UserFound{pending.ticket,
            reply.users.empty() ? std::nullopt : std::optional(reply.users.front())});
}

void ClientCore::on(const Members &members, const MembersReply &reply)
{
    Chat &chat = chatFor(members.chat);
    if (!write([&] { m_sync.applyMembers(chat, reply.members); }))
        return;
    PARLEY_ASSERT(chat.id() == members.chat);
    chat.session.membersAfter = reply.next;
    chat.session.wantsMembers = reply.next.has_value();
    if (!chat.session.wantsMembers)
        m_toAskMembers.erase(members.chat);
}

void ClientCore::on(const Marks &marks, const MarksReply &reply, quint64 ticket)
{
    Chat &chat = chatFor(marks.chat);
    if (!write([&] { m_sync.applyMarks(chat, reply.marks); }))
        return;
    if (reply.next) {
        request(Marks{marks.chat, reply.next}, ticket);
        return;
    }
    const auto wanted = m_deliveryWanted.extract(ticket);
    if (wanted)
        tell(notice::DeliveryKnown{ticket, m_screen.delivery(chat, wanted.mapped().second)});
}

void ClientCore::refuse(const Refused &refused)
{
    const auto pending = m_requests.take(refused.request);
    if (!pending) {
        // An error without a request: the connection as a whole is refused.
        if (refused.request == 0) {
            tell(notice::SessionRefused{refused.refusal});
            closeConnection();
        }
        return;
    }
    forgetRequest(refused.request, pending->command);
    onRefusal(pending->command, refused.refusal, pending->ticket);
}

void ClientCore::onRefusal(const Command &command, const Refusal &refusal, quint64 ticket)
{
    const bool endsSession = std::holds_alternative<Hello>(command)
        || refusal.errorClass == ErrorClass::Auth || refusal.errorClass == ErrorClass::Upgrade;
    if (endsSession) {
        tell(notice::SessionRefused{refusal});
        closeConnection();
        return;
    }
    if (refusal.errorClass == ErrorClass::Resync)
        catchUpAgain();
    if (const auto *send = std::get_if<Send>(&command))
        refusedSend(*send, refusal);
    else if (const auto *set = std::get_if<SetState>(&command))
        refusedState(*set, refusal);
    else if (std::holds_alternative<CatchUp>(command))
        closeConnection(); // Without it nothing can be right: begin anew, after the back-off.
    else
        refusedRead(command, refusal);
    if (ticket)
        tell(notice::Answered{ticket, refusal.code});
}

void ClientCore::refusedSend(const Send &send, const Refusal &refusal)
{
    Chat &chat = chatFor(send.chat);
    if (refusal.errorClass != ErrorClass::Reject) {
        postponeSends(chat, refusal.retryAfterMs.value_or(0));
        return;
    }
    PARLEY_ASSERT(!send.operations.empty());
    if (send.operations.size() > 1) {
        // One of them is the culprit; alone it will be told apart from the others.
        chat.session.batchOperations = 1;
        return;
    }
    (void)write([&] { rejectOperation(send.chat, send.operations.front().id, refusal.code); });
}

void ClientCore::refusedState(const SetState &set, const Refusal &refusal)
{
    const bool isFinal = refusal.errorClass == ErrorClass::Reject;
    if (!isFinal && !(refusal.errorClass == ErrorClass::Conflict && refusal.row)) {
        m_state.unsent(set.key);
        m_stateNotBeforeMs =
            m_now.steadyMs + std::max(refusedWaitMs, refusal.retryAfterMs.value_or(0));
        return;
    }
    (void)write([&] {
        if (isFinal)
            m_state.dropped(set.key);
        else
            m_state.conflict(set, *refusal.row);
        noteJoined();
    });
}

void ClientCore::refusedRead(const Command &command, const Refusal &refusal)
{
    const qint64 notBeforeMs =
        m_now.steadyMs + std::max(readWaitMs, refusal.retryAfterMs.value_or(0));
    const bool mayComeLater = refusal.errorClass == ErrorClass::Retry;
    if (const auto *page = std::get_if<Page>(&command)) {
        chatFor(page->chat).session.pageNotBeforeMs = notBeforeMs;
        if (mayComeLater)
            askForPage(page->chat);
    } else if (const auto *history = std::get_if<History>(&command)) {
        Chat::Session &session = chatFor(history->chat).session;
        session.historyNotBeforeMs = notBeforeMs;
        session.isHistoryOver = !mayComeLater;
        session.historyWanted.clear();
        tell(notice::HistoryFailed{history->chat});
    } else if (const auto *mark = std::get_if<MarkUp>(&command)) {
        chatFor(mark->chat).session.markNotBeforeMs = notBeforeMs;
        m_toMark.insert(mark->chat);
    } else if (const auto *members = std::get_if<Members>(&command)) {
        chatFor(members->chat).session.wantsMembers = false;
        m_toAskMembers.erase(members->chat);
    }
}

} // namespace parley
