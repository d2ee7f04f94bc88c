// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/core/clientcore.h"

#include "shared/assert.h"
#include "shared/mutation.h"

/// What the server says unasked, and the pages of a chat, asked or not.
namespace parley {

namespace {

constexpr qint64 firstStaleWaitMs = 250;
constexpr int mostStaleDoublings = 6;

} // namespace

void ClientCore::on(const Sync &sync)
{
    if (m_phase == Phase::Greeting)
        return;
    const auto isOld = [this](const ChatHead &head) {
        const auto held = m_chats.find(head.chat);
        return held != m_chats.end() && head.head < held->second.seq();
    };
    if (sync.restored || (m_epoch && sync.epoch != *m_epoch)
        || (mutation(Mutation::RestoreGuessed) && std::ranges::any_of(sync.chats, isOld))) {
        restore(sync.epoch);
        return;
    }
    const auto done = write([&] {
        CachedMeta meta = m_cache.meta();
        meta.epoch = sync.epoch;
        m_cache.saveMeta(meta);
        for (const UserRow &user : sync.users)
            m_people.save(user);
        m_state.applyAll(sync.state, sync.userRevision);
        noteJoined();
        for (const ChatHead &head : sync.chats)
            noteHead(head);
    });
    if (!done)
        return;
    PARLEY_ASSERT(!m_epoch || *m_epoch == sync.epoch);
    m_epoch = sync.epoch;
    for (const ChatHead &head : sync.chats)
        askForPage(head.chat);
    if (sync.more)
        return;
    m_phase = Phase::Live;
    askForLacking();
    tell(notice::CaughtUp{});
}

void ClientCore::restore(const Epoch &epoch)
{
    const auto done = write([&] {
        CachedMeta meta = m_cache.meta();
        m_outbox.restore(meta.serverTimeMs - limits::sentKeptMs);
        m_state.restore();
        if (!mutation(Mutation::RestoreKeepsCache))
            m_cache.removeServerContent();
        meta.user = m_me;
        meta.epoch = epoch;
        meta.userRevision = 0;
        m_cache.saveMeta(meta);
    });
    if (!done)
        return;
    for (const auto &[number, pending] : m_requests.takeAll()) {
        if (pending.ticket)
            tell(notice::Answered{pending.ticket, ErrorCode::Unavailable});
    }
    PARLEY_ASSERT(m_requests.unanswered() == 0);
    m_digest = 0;
    m_usersRequest = 0;
    if (auto read = readAll(); !read) {
        closeConnection();
        tell(notice::CacheFailed{read.error()});
        return;
    }
    m_phase = Phase::CatchingUp;
    sendCatchUps({}, 0);
}

void ClientCore::noteHead(const ChatHead &head)
{
    PARLEY_ASSERT(m_isWriting);
    Chat &chat = chatFor(head.chat);
    if (head.head < chat.seq()) {
        // Only an old frame. Watermarks never go back, so they may be taken from it.
        m_sync.applyMarks(chat, head.marks);
        return;
    }
    m_sync.applyHead(chat, head);
}

void ClientCore::noteJoined()
{
    for (const auto &[id, state] : m_state.takeJoined()) {
        PARLEY_ASSERT(m_isWriting);
        Chat &chat = chatFor(id);
        if (!m_sync.applyJoined(chat, state))
            continue;
        m_toMark.insert(id);
        if (m_phase == Phase::Live)
            askForPage(id);
    }
}

void ClientCore::askForLacking()
{
    for (const auto &[id, chat] : m_chats) {
        if (chat.isMine() && (chat.held.isEmpty() || chat.seq() < chat.since(m_me)))
            askForPage(id);
    }
}

void ClientCore::askForPage(const ChatId &id)
{
    Chat &chat = chatFor(id);
    if (!chat.isMine() || chat.session.wantsPage)
        return;
    chat.session.wantsPage = true;
    PARLEY_ASSERT(chat.isMine());
    if (m_focus == id)
        m_toPage.push_front(id);
    else
        m_toPage.push_back(id);
}

void ClientCore::askAgainForStale(Chat &chat)
{
    // The first time at once; a server that stays behind is not asked in a busy loop.
    if (chat.session.stalePages > 0) {
        const int doublings = std::min(chat.session.stalePages - 1, mostStaleDoublings);
        chat.session.pageNotBeforeMs = m_now.steadyMs + (firstStaleWaitMs << doublings);
    }
    PARLEY_ASSERT(chat.session.stalePages >= 0);
    ++chat.session.stalePages;
    askForPage(chat.id());
}

void ClientCore::takePage(const PageReply &page, bool isAnswer)
{
    Chat &chat = chatFor(page.chat);
    if (!chat.isMine())
        return;
    const bool isOfAnother = page.generation != chat.record.generation;
    if (isOfAnother && !mutation(Mutation::ResetWithoutGeneration)) {
        askAgainForStale(chat);
        return;
    }
    const bool isOld = page.head < chat.seq() && (page.opened || !page.more);
    if (isOld) {
        if (isAnswer)
            askAgainForStale(chat);
        return;
    }
    auto applied = ChatSync::Applied::All;
    const auto done = write([&] {
        if (page.opened) {
            m_sync.applyOpened(chat, page);
            return;
        }
        applied = m_sync.applyEntries(chat, page.entries);
        if (page.more)
            m_sync.applyMarks(chat, page.marks);
        else
            m_sync.applyPageHead(chat, page);
    });
    if (!done)
        return;
    afterContent(page.chat);
    if (!page.more && (applied == ChatSync::Applied::UpToAGap || chat.seq() < page.head)) {
        askAgainForStale(chat);
        return;
    }
    chat.session.stalePages = 0;
    if (page.more || applied == ChatSync::Applied::UpToAGap)
        askForPage(page.chat);
}

void ClientCore::afterContent(const ChatId &id)
{
    m_toMark.insert(id);
    m_toBackfill.insert(id);
    if (chatFor(id).session.wantsMembers)
        m_toAskMembers.insert(id);
}

void ClientCore::on(const HandedOver &live)
{
    takePage(live.page, false);
}

void ClientCore::on(const Pushed &push)
{
    Chat &chat = chatFor(push.chat);
    auto applied = ChatSync::Applied::All;
    const auto done = write([&] {
        applied = m_sync.applyEntries(chat, push.entries);
        m_sync.applyMarks(chat, push.marks);
    });
    if (!done)
        return;
    afterContent(push.chat);
    // While it catches up, a chat that has a gap is asked for anyway.
    if (applied == ChatSync::Applied::UpToAGap && m_phase == Phase::Live)
        askForPage(push.chat);
}

void ClientCore::on(const UserStateChanged &changed)
{
    auto applied = UserState::Applied::Known;
    const auto done = write([&] {
        applied = m_state.apply(changed.row);
        noteJoined();
    });
    if (done && applied == UserState::Applied::Gap)
        sendDigest();
}

void ClientCore::on(const PresenceChanged &changed)
{
    m_people.setPresence(changed.users);
}

void ClientCore::on(const ProfileChanged &changed)
{
    (void)write([&] { m_people.save(changed.user); });
}

void ClientCore::on(const TypingChanged &changed)
{
    if (changed.user != m_me)
        m_people.setTyping(changed, m_now.steadyMs);
}

void ClientCore::on(const Lagging &)
{
    catchUpAgain();
}

void ClientCore::on(const GoAway &goAway)
{
    tell(notice::GoneAway{goAway.windowMs});
}

void ClientCore::on(const Closing &closing)
{
    tell(notice::ClosedByServer{closing.reason});
    closeConnection();
}

} // namespace parley
