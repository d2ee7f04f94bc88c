// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/core/clientcore.h"

#include "shared/assert.h"
#include "shared/mutation.h"

/// Sends what may be sent now, and notes when to look again.
namespace parley {

namespace {

/// Room that is kept free for heartbeats and for what a person asks.
constexpr qsizetype reservedCommands = 4;
/// Pages that are asked for at once.
constexpr int pagesAtOnce = 6;
constexpr qint64 backfillEveryMs = 100;

} // namespace

bool ClientCore::hasRoom() const
{
    return m_requests.unanswered() < qsizetype(m_limits.unansweredCommands) - reservedCommands;
}

void ClientCore::pump()
{
    PARLEY_ASSERT(!m_isWriting);
    m_wakeUpMs.reset();
    if (const auto typing = m_people.typingExpiresMs())
        wakeAt(*typing);
    if (m_phase == Phase::Closed)
        return;
    if (m_phase != Phase::Greeting)
        pumpAlive();
    if (m_phase == Phase::Live) {
        pumpSends();
        pumpMarks();
        pumpPages();
        pumpHistory();
        pumpState();
        pumpScreen();
        pumpPeople();
        pumpBackfill();
    }
    wakeAt(m_lastReceivedMs + limits::silenceMs);
    if (const auto deadline = m_requests.deadlineMs())
        wakeAt(*deadline);
}

void ClientCore::pumpAlive()
{
    PARLEY_ASSERT(m_phase == Phase::CatchingUp || m_phase == Phase::Live);
    if (m_isActiveUnsaid)
        m_nextAliveMs = std::min(m_nextAliveMs, m_now.steadyMs);
    if (m_now.steadyMs >= m_nextAliveMs) {
        Alive alive;
        alive.active = m_isActive;
        // The hash of what a device that is still catching up has would differ for sure.
        const bool isDue = ++m_heartbeats >= limits::digestEvery && !mutation(Mutation::NoDigest);
        if (isDue && m_phase == Phase::Live) {
            m_heartbeats = 0;
            alive.digest = digestHash(m_state.revision(), have());
        }
        request(alive);
        m_isActiveUnsaid = false;
        m_nextAliveMs = m_now.steadyMs + m_heartbeatMs;
        PARLEY_ASSERT(m_nextAliveMs > m_now.steadyMs);
    }
    wakeAt(m_nextAliveMs);
}

void ClientCore::pumpSends()
{
    PARLEY_ASSERT(m_phase == Phase::Live);
    for (const ChatId &id : m_outbox.chatsToSend()) {
        Chat &chat = chatFor(id);
        if (chat.session.send)
            continue;
        if (m_now.steadyMs < chat.sendNotBeforeMs) {
            wakeAt(chat.sendNotBeforeMs);
            continue;
        }
        if (!hasRoom())
            return;
        const auto most =
            std::min(chat.session.batchOperations, qsizetype(m_limits.batchOperations));
        Send send{id, m_outbox.batch(id, most, qsizetype(m_limits.batchBytes))};
        chat.session.send = request(send);
        if (mutation(Mutation::OutboxRemovedEarly)) {
            const auto done = write([&] {
                for (const Operation &sent : send.operations)
                    m_outbox.finish(id, sent.id);
            });
            if (!done)
                return;
        }
    }
}

void ClientCore::pumpMarks()
{
    for (auto id = m_toMark.begin(); id != m_toMark.end();) {
        if (pumpMark(chatFor(*id)))
            ++id;
        else
            id = m_toMark.erase(id);
    }
}

/// False when the chat's marks are done.
bool ClientCore::pumpMark(Chat &chat)
{
    const MemberRow *self = chat.member(m_me);
    if (!chat.isMine() || (self && self->state != MemberState::Member))
        return false;
    const Mark own = chat.mark(m_me);
    if (own.delivered >= chat.seq() && own.read >= chat.record.readWanted)
        return false;
    if (chat.session.mark || !hasRoom())
        return true;
    if (m_now.steadyMs < chat.session.markNotBeforeMs) {
        wakeAt(chat.session.markNotBeforeMs);
        return true;
    }
    const qint64 reached = mutation(Mutation::DeliveredBeforeHeld) ? chat.record.head : chat.seq();
    chat.session.mark =
        request(MarkUp{chat.id(), std::max(reached, own.delivered), chat.readUpTo(m_me)});
    if (chat.isLarge())
        chat.session.markNotBeforeMs = m_now.steadyMs + limits::largeGroupMarkMs;
    return true;
}

void ClientCore::pumpPages()
{
    PARLEY_ASSERT(m_phase == Phase::Live);
    if (m_toPage.empty())
        return;
    int asked = 0;
    for (const auto &[id, chat] : m_chats)
        asked += chat.session.page ? 1 : 0;
    for (auto id = m_toPage.begin(); id != m_toPage.end();) {
        Chat &chat = chatFor(*id);
        if (!chat.session.wantsPage || !chat.isMine()) {
            chat.session.wantsPage = false;
            id = m_toPage.erase(id);
            continue;
        }
        if (m_now.steadyMs < chat.session.pageNotBeforeMs) {
            wakeAt(chat.session.pageNotBeforeMs);
            ++id;
            continue;
        }
        if (asked >= pagesAtOnce || !hasRoom())
            return;
        if (chat.session.page) {
            ++id;
            continue;
        }
        ++asked;
        chat.session.wantsPage = false;
        PARLEY_ASSERT(chat.session.page == 0 && asked <= pagesAtOnce);
        chat.session.page = request(Page{*id, chat.seq(), chat.record.generation});
        id = m_toPage.erase(id);
    }
}

void ClientCore::pumpHistory()
{
    for (auto id = m_toFetch.begin(); id != m_toFetch.end();) {
        Chat &chat = chatFor(*id);
        if (chat.session.historyWanted.empty() && !chat.session.history)
            id = m_toFetch.erase(id);
        else
            pumpHistoryOf(chat), ++id;
    }
}

/// Asks for the next wanted places. False when there is nothing to ask for.
bool ClientCore::pumpHistoryOf(Chat &chat)
{
    Chat::Session &session = chat.session;
    while (!session.historyWanted.empty()) {
        const Interval wanted = session.historyWanted.front();
        const auto holes = chat.held.holes(
            std::max(wanted.low, chat.since(m_me)), std::min(wanted.high, chat.seq()));
        if (holes.empty() || session.isHistoryOver || !chat.isMine()) {
            session.historyWanted.pop_front();
            continue;
        }
        if (session.history || !hasRoom())
            return true;
        if (m_now.steadyMs < session.historyNotBeforeMs) {
            wakeAt(session.historyNotBeforeMs);
            return true;
        }
        PARLEY_ASSERT(holes.back().low <= holes.back().high && chat.session.history == 0);
        History history;
        history.chat = chat.id();
        history.before = holes.back().high + 1;
        history.limit = quint32(limits::historyRows);
        history.generation = chat.record.generation;
        session.historyWanted.pop_front();
        session.history = request(history);
        return true;
    }
    return false;
}

void ClientCore::pumpState()
{
    PARLEY_ASSERT(m_phase == Phase::Live);
    if (m_now.steadyMs < m_stateNotBeforeMs) {
        wakeAt(m_stateNotBeforeMs);
        return;
    }
    while (hasRoom()) {
        const auto next = m_state.nextToSend();
        if (!next)
            return;
        PARLEY_ASSERT(!next->key.isEmpty());
        m_state.sending(next->key);
        request(*next);
    }
}

void ClientCore::pumpScreen()
{
    if (m_isFocusUnsaid && hasRoom()) {
        m_isFocusUnsaid = false;
        request(Focus{m_focus});
    }
    if (m_isWatchUnsaid && hasRoom()) {
        m_isWatchUnsaid = false;
        request(Watch{m_watched});
    }
}

void ClientCore::pumpPeople()
{
    if (m_people.hasUnknown() && !m_usersRequest && hasRoom())
        m_usersRequest = request(Users{m_people.takeUnknown(size_t(limits::watchedUsers))});
    for (const ChatId &id : m_toAskMembers) {
        Chat::Session &session = chatFor(id).session;
        if (!session.wantsMembers || session.membersRequest || !hasRoom())
            continue;
        session.membersRequest = request(Members{id, session.membersAfter});
    }
}

bool ClientCore::isBusy() const
{
    return !m_toPage.empty() || !m_toFetch.empty() || !m_outbox.isIdle()
        || m_requests.unanswered() > 0;
}

void ClientCore::pumpBackfill()
{
    if (!m_isBackfilling || m_toBackfill.empty() || isBusy())
        return;
    if (m_now.steadyMs < m_backfillNotBeforeMs) {
        wakeAt(m_backfillNotBeforeMs);
        return;
    }
    while (!m_toBackfill.empty()) {
        const bool isFocused = m_focus && m_toBackfill.contains(*m_focus);
        const ChatId id = isFocused ? *m_focus : *m_toBackfill.begin();
        Chat &chat = chatFor(id);
        chat.session.historyWanted.push_back({1, chat.seq()});
        if (pumpHistoryOf(chat)) {
            m_toFetch.insert(id);
            m_backfillNotBeforeMs = m_now.steadyMs + backfillEveryMs;
            return;
        }
        m_toBackfill.erase(id);
    }
}

} // namespace parley
