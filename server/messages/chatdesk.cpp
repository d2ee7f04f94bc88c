// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/messages/chatdesk.h"

#include "server/messages/operationrules.h"
#include "server/messages/pages.h"
#include "server/messages/pushes.h"
#include "server/store/visibility.h"
#include "shared/assert.h"
#include "shared/mutation.h"

namespace parley {
namespace {

/// Bounds of what is decided together: one chat's flood must not make one endless transaction.
constexpr size_t stepOperations = 512;
constexpr qsizetype stepBytes = 512 * 1024;

/// A create or add needs to know people, as one asker sees them: it is decided by itself.
bool namesPeople(const Send &send)
{
    return std::any_of(send.operations.begin(), send.operations.end(),
        [](const Operation &one) { return one.kind == Kind::Create || one.kind == Kind::Add; });
}

qsizetype sizeOf(const Send &send)
{
    qsizetype bytes = 0;
    for (const Operation &operation : send.operations)
        bytes += operation.payload.size();
    return bytes;
}

bool isPage(const Queued &command)
{
    return std::holds_alternative<Page>(command.command);
}

/// Internal sends come from no session.
bool fromServer(const Origin &origin)
{
    return origin.session == SessionRef{};
}

} // namespace

void ChatDesk::proceed()
{
    while (m_stage == Stage::Idle && !m_waiting.empty()) {
        if (dropsOfEndedSession())
            continue;
        if (!m_remembered)
            loadState();
        else if (isPage(m_waiting.front()))
            startPage();
        else
            startStep();
    }
}

void ChatDesk::loadState()
{
    PARLEY_ASSERT(m_stage == Stage::Idle && m_step.commands.empty());
    m_stage = Stage::LoadingState;
    LoadRequest request;
    request.chat = m_chat;
    request.wantState = true;
    m_context.load(*this, std::move(request));
}

void ChatDesk::loaded(Loaded answer)
{
    const Stage stage = std::exchange(m_stage, Stage::Idle);
    if (answer.error) {
        giveUp(*answer.error);
        proceed();
        return;
    }
    if (stage == Stage::LoadingState) {
        remember(answer);
    } else if (stage == Stage::LoadingPage) {
        finishPage(std::move(answer));
    } else {
        PARLEY_ASSERT(stage == Stage::LoadingStep);
        finishStep(std::move(answer));
    }
    proceed();
}

void ChatDesk::remember(const Loaded &answer)
{
    PARLEY_ASSERT(!answer.state || answer.state->chat == m_chat);
    PARLEY_ASSERT(!answer.state || !answer.head || answer.state->head == *answer.head);
    m_state = answer.state;
    m_epoch = answer.epoch;
    m_remembered = true;
}

bool ChatDesk::isCurrent(const Loaded &answer) const
{
    if (mutation(Mutation::StaleOwnerAnswers))
        return true;
    return answer.epoch == m_epoch && answer.head.value_or(0) == (m_state ? m_state->head : 0);
}

bool ChatDesk::dropsOfEndedSession()
{
    PARLEY_ASSERT(!m_waiting.empty());
    if (!m_context.sessions.wasEnded(m_waiting.front().origin.session))
        return false;
    refuse(m_waiting.front(), Error(ErrorCode::NotSignedIn));
    m_waiting.pop_front();
    return true;
}

const StoredMember *ChatDesk::servedMember(const UserId &user) const
{
    if (!m_state)
        return nullptr;
    const auto found = m_state->members.find(user);
    return found != m_state->members.end() && isServed(found->second) ? &found->second : nullptr;
}

Queued ChatDesk::receiptsSwitch(const UserId &user, bool off) const
{
    PARLEY_ASSERT(m_state);
    Origin server;
    server.user = user;
    // The minus keeps these ids apart from those that a userRevision makes.
    return Queued{server, Send{m_chat, {receiptsOperation(m_chat, user, off, -m_state->head)}}};
}

// Steps: operations, marks, focus and typing that wait together.

void ChatDesk::startStep()
{
    collectStep();
    PARLEY_ASSERT(m_remembered && !m_step.draft);
    m_stage = Stage::LoadingStep;
    m_context.load(*this, stepRequest());
}

void ChatDesk::collectStep()
{
    m_step = Step{};
    size_t operations = 0;
    qsizetype bytes = 0;
    while (!m_waiting.empty() && !isPage(m_waiting.front())) {
        if (dropsOfEndedSession())
            continue;
        const auto *send = std::get_if<Send>(&m_waiting.front().command);
        const bool alone = send && namesPeople(*send);
        if (alone && !m_step.commands.empty())
            break;
        if (send) {
            operations += send->operations.size();
            bytes += sizeOf(*send);
            const bool full = operations > stepOperations || bytes > stepBytes;
            if (full && !m_step.commands.empty())
                break;
        }
        const bool accepts = send
            && std::any_of(send->operations.begin(), send->operations.end(),
                [](const Operation &one) { return one.kind == Kind::Accept; });
        m_step.commands.push_back(std::move(m_waiting.front()));
        m_waiting.pop_front();
        // Marks behind an accept are decided on what it made of the member.
        if (alone || accepts)
            break;
    }
    tellReceiptsFirst();
}

/// Whoever hides reads, and marks before this chat has heard of it: the switch goes into the log
/// with the mark, so that the read is pushed to nobody.
void ChatDesk::tellReceiptsFirst()
{
    std::map<UserId, Queued> switches;
    for (const Queued &command : m_step.commands) {
        if (!std::holds_alternative<MarkUp>(command.command))
            continue;
        const Sessions::Session *session = m_context.sessions.find(command.origin.session);
        const StoredMember *member = servedMember(command.origin.user);
        if (session && member && session->receiptsOff && !member->row.receiptsOff)
            switches.try_emplace(command.origin.user, receiptsSwitch(command.origin.user, true));
    }
    for (auto &[user, command] : switches) {
        m_step.commands.push_back(std::move(command));
        // It may be this session that is wrong, and another owner that has heard of the switch
        // back: unless the user's own state is asked, the two contradict each other without end.
        m_context.enqueue(ReceiptsDoubt{m_chat, user, true, -m_state->head});
    }
}

LoadRequest ChatDesk::stepRequest() const
{
    LoadRequest request;
    request.chat = m_chat;
    for (const Queued &command : m_step.commands) {
        if (const auto *send = std::get_if<Send>(&command.command)) {
            for (const Operation &operation : send->operations) {
                request.operations.push_back(operation.id);
                for (const auto &row :
                    {operation.target, operation.replyTo, operation.threadRoot}) {
                    if (row)
                        request.rows.push_back(*row);
                }
                if (operation.user)
                    request.people.push_back(*operation.user);
                request.people.insert(
                    request.people.end(), operation.members.begin(), operation.members.end());
            }
            request.asker = command.origin.user;
        } else if (const auto *mark = std::get_if<MarkUp>(&command.command)) {
            // Who may not mark is refused without counting: it would read the whole log.
            const StoredMember *member = servedMember(command.origin.user);
            const bool counts = member && member->row.state == MemberState::Member;
            const qint64 read = counts ? std::min(mark->read, m_state->head) : 0;
            request.counts.push_back(
                {command.origin.user, counts ? member->read : 0, std::max<qint64>(read, 0)});
        }
    }
    return request;
}

void ChatDesk::finishStep(Loaded answer)
{
    if (!isCurrent(answer)) {
        m_remembered = false;
        again();
        return;
    }
    m_step.draft.emplace(m_chat, m_state ? &*m_state : nullptr, m_context.nowMs);
    PARLEY_ASSERT(m_remembered && m_step.draft->exists() == m_state.has_value());
    m_step.draft->learn(answer.operations, answer.rows);
    decideMarks(answer);
    for (const Queued &command : m_step.commands) {
        if (std::holds_alternative<Send>(command.command))
            decideSend(command, answer);
        else if (std::holds_alternative<Focus>(command.command))
            decideFocus(command);
        else if (std::holds_alternative<Typing>(command.command))
            decideTyping(command);
    }
    if (m_step.draft->isEmpty()) {
        answerStep();
        m_step = Step{};
        return;
    }
    if (mutation(Mutation::AckBeforeCommit)) {
        answerStep();
        m_step.sendReplies.clear();
        m_step.markers.clear();
    }
    if (mutation(Mutation::PushBeforeCommit) && m_state)
        pushCommit(m_context, *m_state, m_step.draft->entriesWithImages(), {});
    PARLEY_ASSERT(m_step.sendReplies.size() + m_step.markers.size() <= m_step.commands.size());
    m_stage = Stage::Appending;
    m_context.append(*this, m_step.draft->takeAppend(m_epoch));
}

void ChatDesk::decideSend(const Queued &command, const Loaded &read)
{
    const Send &send = std::get<Send>(command.command);
    SendReply reply;
    PARLEY_ASSERT(send.chat == m_chat);
    std::optional<OperationResult> stopped;
    for (const Operation &operation : send.operations) {
        if (stopped) {
            // Order holds: what follows an operation that must be sent again is sent again too.
            stopped->id = operation.id;
            reply.results.push_back(*stopped);
            continue;
        }
        OperationResult result;
        if (operation.kind == Kind::Receipts && !fromServer(command.origin)) {
            result.id = operation.id;
            result.error = ErrorCode::Unsupported;
        } else {
            result = decideOperation(
                m_context, *m_step.draft, command.origin.user, operation, read.people);
        }
        const bool comesAgain = result.error && errorClass(*result.error) == ErrorClass::Retry;
        if (comesAgain && !mutation(Mutation::FifoBrokenByRetry))
            stopped = result;
        if (!operation.wake.empty())
            m_step.wake[operation.id] = operation.wake;
        reply.results.push_back(std::move(result));
    }
    PARLEY_ASSERT(reply.results.size() == send.operations.size());
    m_step.sendReplies.emplace_back(command.origin, std::move(reply));
}

void ChatDesk::decideMarks(const Loaded &read)
{
    const qint64 head = m_step.draft->head();
    size_t index = 0;
    for (const Queued &command : m_step.commands) {
        const auto *mark = std::get_if<MarkUp>(&command.command);
        if (!mark)
            continue;
        const qint64 others = read.counts.at(index++);
        const StoredMember *member = m_step.draft->member(command.origin.user);
        const bool allowed = member && member->row.state == MemberState::Member;
        m_step.markers.emplace_back(command.origin, allowed);
        if (!allowed)
            continue;
        const StoredMember *before = servedMember(command.origin.user);
        PARLEY_ASSERT(before && before->row.user == command.origin.user && others >= 0);
        StoredMark raised;
        raised.user = command.origin.user;
        raised.delivered = std::clamp<qint64>(mark->delivered, 0, head);
        raised.read = std::clamp<qint64>(mark->read, 0, head);
        raised.readMessages = before->readMessages + others;
        if (mutation(Mutation::UnreadOffByOne) && others > 0)
            --raised.readMessages;
        if (raised.delivered > member->delivered || raised.read > member->read)
            m_step.draft->raiseMark(raised);
    }
}

void ChatDesk::decideFocus(const Queued &command)
{
    Sessions::Session *session = m_context.sessions.find(command.origin.session);
    if (!session)
        return;
    if (!servedMember(command.origin.user)) {
        refuse(command, Error(ErrorCode::Forbidden));
        return;
    }
    session->focus = m_chat;
    m_context.answer(command.origin, toCbor(Accepted{}));
}

void ChatDesk::decideTyping(const Queued &command)
{
    Sessions::Session *session = m_context.sessions.find(command.origin.session);
    if (!session)
        return;
    const StoredMember *member = servedMember(command.origin.user);
    if (!member || member->row.state != MemberState::Member) {
        refuse(command, Error(ErrorCode::Forbidden));
        return;
    }
    m_context.answer(command.origin, toCbor(Accepted{}));
    const bool on = std::get<Typing>(command.command).on;
    Sessions::Typed &last = session->typed[m_chat];
    const bool tooSoon = on && m_context.nowMs - last.atMs < limits::typingEveryMs;
    const bool saysNothing = !on && !last.isOn;
    if (session->typingOff || tooSoon || saysNothing)
        return;
    if (on)
        last.atMs = m_context.nowMs;
    last.isOn = on;
    PARLEY_ASSERT(session->user == command.origin.user);
    pushTyping(m_context, *m_state, command.origin, TypingChanged{m_chat, command.origin.user, on});
}

void ChatDesk::appended(Outcome outcome)
{
    PARLEY_ASSERT(m_stage == Stage::Appending);
    m_stage = Stage::Idle;
    if (mutation(Mutation::AnswerOnUnknown) && outcome == Outcome::Unknown)
        outcome = Outcome::Applied;
    switch (outcome) {
    case Outcome::Applied:
        complete();
        break;
    case Outcome::HeadMoved:
    case Outcome::Unknown:
        // Reading again finds what did get in; deciding again answers it as a duplicate. What it
        // promised to users is then known to the store alone.
        m_context.hasOpenDerived = true;
        m_remembered = false;
        again();
        break;
    case Outcome::Unavailable:
        giveUp(Error(ErrorCode::Unavailable));
        break;
    }
    proceed();
}

void ChatDesk::complete()
{
    PARLEY_ASSERT(m_step.draft && !m_step.draft->isEmpty());
    const std::vector<Entry> entries = m_step.draft->entriesWithImages();
    const std::vector<UserId> moved = m_step.draft->movedMarks();
    const std::vector<Derived> derived = m_step.draft->derived();
    m_step.draft->applyTo(m_state);
    PARLEY_ASSERT(m_state && m_state->chat == m_chat);
    PARLEY_ASSERT(entries.empty() || entries.back().seq == m_state->head);
    m_remembered = true;
    answerStep();
    pushCommit(m_context, *m_state, entries, moved);
    reportMissed(m_context, *m_state, entries, m_step.wake);
    for (const Derived &promised : derived)
        m_context.enqueue(PromisedWord{promised, m_epoch});
    m_step = Step{};
}

void ChatDesk::answerStep()
{
    m_attempts = 0;
    for (const auto &[origin, reply] : m_step.sendReplies) {
        if (!fromServer(origin))
            m_context.answer(origin, toCbor(reply));
    }
    for (const auto &[origin, allowed] : m_step.markers) {
        const StoredMember *member = servedMember(origin.user);
        if (!allowed || !member) {
            m_context.refuse(origin, Error(ErrorCode::Forbidden));
            continue;
        }
        PARLEY_ASSERT(m_state && member->row.user == origin.user);
        m_context.answer(origin,
            toCbor(MarkReply{member->delivered, member->read, m_state->unread(origin.user)}));
    }
}

void ChatDesk::again()
{
    PARLEY_ASSERT(m_stage == Stage::Idle && m_attempts <= decisionAttempts);
    if (++m_attempts > decisionAttempts) {
        m_attempts = 0;
        giveUp(Error(ErrorCode::Busy));
        return;
    }
    if (m_step.draft)
        m_step.draft->giveBackCharges();
    // Focus and typing were answered when they were decided; operations and marks come again.
    for (auto command = m_step.commands.rbegin(); command != m_step.commands.rend(); ++command) {
        const bool sends = std::holds_alternative<Send>(command->command);
        const bool marks = std::holds_alternative<MarkUp>(command->command);
        if (m_step.draft && !sends && !marks)
            continue;
        m_waiting.push_front(std::move(*command));
    }
    m_step = Step{};
}

void ChatDesk::giveUp(const Error &error)
{
    PARLEY_ASSERT(m_stage == Stage::Idle);
    m_remembered = false;
    std::vector<Queued> commands = std::move(m_step.commands);
    const bool answeredSome = m_step.draft.has_value();
    if (m_step.draft)
        m_step.draft->giveBackCharges();
    m_step = Step{};
    if (commands.empty()) {
        // The read before the first decision failed: nothing that waits can be decided now.
        commands.assign(
            std::make_move_iterator(m_waiting.begin()), std::make_move_iterator(m_waiting.end()));
        m_waiting.clear();
    }
    for (const Queued &command : commands) {
        const bool promises = std::holds_alternative<Send>(command.command)
            || std::holds_alternative<MarkUp>(command.command);
        if (!answeredSome || promises)
            refuse(command, error);
    }
}

void ChatDesk::refuse(const Queued &command, const Error &error)
{
    if (fromServer(command.origin) || command.origin.request == 0)
        return;
    m_context.refuse(command.origin, error);
}

} // namespace parley
