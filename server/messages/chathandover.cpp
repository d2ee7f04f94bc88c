// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
//
// ChatDesk: pages, answered from one read of the store, between two commits, and live from there
// on.
#include "server/messages/chatdesk.h"

#include "server/messages/pages.h"

namespace parley {

void ChatDesk::startPage()
{
    const Queued &command = m_waiting.front();
    const Page &page = std::get<Page>(command.command);
    m_stage = Stage::LoadingPage;
    PARLEY_ASSERT(page.chat == m_chat && m_remembered);
    LoadRequest request;
    if (const StoredMember *member = servedMember(command.origin.user)) {
        request = pageRequest(m_chat, *member, command.origin.user, page.after, m_state->head,
            m_context.limits.pages);
    } else {
        request.chat = m_chat;
        request.wantState = true;
    }
    m_context.load(*this, std::move(request));
}

void ChatDesk::finishPage(Loaded answer)
{
    const bool current = isCurrent(answer);
    PARLEY_ASSERT(std::holds_alternative<Page>(m_waiting.front().command));
    remember(answer);
    // The read was made for another head than the one it found: ask again with the right one.
    if (!current && ++m_attempts <= decisionAttempts)
        return;
    m_attempts = 0;
    const Queued command = std::move(m_waiting.front());
    m_waiting.pop_front();
    if (!current) {
        refuse(command, Error(ErrorCode::Busy));
        return;
    }
    const Page &page = std::get<Page>(command.command);
    const Origin &origin = command.origin;
    if (!m_context.sessions.find(origin.session))
        return;
    const StoredMember *member = servedMember(origin.user);
    if (!member) {
        if (origin.request != 0)
            refuse(command, Error(ErrorCode::Forbidden));
        return;
    }
    PARLEY_ASSERT(m_state && m_state->head > 0);
    PageReply reply = buildPage(page, *m_state, *member, answer, m_context.limits.pages);
    if (!reply.more)
        m_context.sessions.makeLive(origin.session, m_chat);
    if (origin.request != 0)
        m_context.answer(origin, toCbor(reply));
    else
        m_context.output(
            Outbound{{origin.session}, Urgency::Answer, encodeEvent(HandedOver{std::move(reply)})});
    healReceipts(origin, *member);
}

void ChatDesk::healReceipts(const Origin &origin, const StoredMember &member)
{
    const Sessions::Session *session = m_context.sessions.find(origin.session);
    if (!session || session->receiptsOff == member.row.receiptsOff)
        return;
    // The chat was not live when the user switched, or a crash came between the two; or another
    // owner knows better.
    m_context.enqueue(ReceiptsDoubt{m_chat, origin.user, member.row.receiptsOff, -m_state->head});
}

} // namespace parley
