// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/messages/directorydesk.h"

#include "shared/assert.h"
#include "shared/codec/cbor.h"

namespace parley {

bool DirectoryDesk::isFor(const ServiceCommand &command)
{
    return std::holds_alternative<SignUp>(command) || std::holds_alternative<CreateUser>(command)
        || std::holds_alternative<CreateInvite>(command)
        || std::holds_alternative<RevokeInvite>(command);
}

void DirectoryDesk::proceed()
{
    while (m_stage == Stage::Idle && !m_waiting.empty()) {
        m_stage = Stage::Loading;
        LoadRequest request;
        const ServiceCommand &command = m_waiting.front().command;
        if (const auto *signUp = std::get_if<SignUp>(&command)) {
            request.userName = signUp->foldedName;
            request.inviteHash = signUp->inviteHash;
            request.user = signUp->user;
        } else if (const auto *create = std::get_if<CreateUser>(&command)) {
            request.userName = create->foldedName;
        } else if (const auto *invite = std::get_if<CreateInvite>(&command)) {
            request.inviteHash = invite->codeHash;
        } else {
            request.inviteHash = std::get<RevokeInvite>(command).codeHash;
        }
        m_context.load(*this, std::move(request));
    }
}

void DirectoryDesk::loaded(Loaded answer)
{
    PARLEY_ASSERT(m_stage == Stage::Loading);
    m_stage = Stage::Idle;
    if (answer.error) {
        refuse(*answer.error);
    } else {
        std::visit(
            [&]<typename T>(const T &command) {
                if constexpr (requires { decide(command, answer); })
                    decide(command, answer);
                else
                    PARLEY_UNREACHABLE("a command that belongs to another desk");
            },
            ServiceCommand(m_waiting.front().command));
    }
    proceed();
}

void DirectoryDesk::decide(const SignUp &command, const Loaded &read)
{
    const bool known = read.invite && !read.invite->revoked;
    const bool usedByOther = known && read.invite->usedBy && *read.invite->usedBy != command.user;
    const bool usedBySelf = known && read.invite->usedBy == command.user;
    const bool expired = known && !usedBySelf && read.invite->expires <= m_context.nowMs;
    // Whoever the invite made already must not take further names with it.
    if (!known || usedByOther || expired || read.user) {
        refuse(Error(ErrorCode::InvalidInvite));
        return;
    }
    if (read.nameOwner && *read.nameOwner != command.user) {
        refuse(Error(ErrorCode::NameTaken));
        return;
    }
    // Nobody would hear the token, and the invite would be used up.
    if (m_context.sessions.takeLeftEarly(m_waiting.front().origin.session)) {
        refuse(Error(ErrorCode::NotSignedIn));
        return;
    }
    DirectoryAppend append;
    PARLEY_ASSERT(read.invite && !read.invite->revoked);
    append.claimName = {command.foldedName, command.user};
    append.putInvite = *read.invite;
    append.putInvite->usedBy = command.user;
    std::get<SignUp>(m_waiting.front().command).admin = read.invite->admin;
    commit(std::move(append));
}

void DirectoryDesk::decide(const CreateUser &command, const Loaded &read)
{
    if (read.nameOwner && *read.nameOwner != command.user) {
        refuse(Error(ErrorCode::NameTaken));
        return;
    }
    DirectoryAppend append;
    append.claimName = {command.foldedName, command.user};
    commit(std::move(append));
}

void DirectoryDesk::decide(const CreateInvite &command, const Loaded &)
{
    DirectoryAppend append;
    InviteState invite;
    invite.codeHash = command.codeHash;
    invite.created = m_context.nowMs;
    invite.expires = command.expires;
    invite.admin = command.admin;
    invite.note = command.note;
    append.putInvite = invite;
    commit(std::move(append));
}

void DirectoryDesk::decide(const RevokeInvite &, const Loaded &read)
{
    if (!read.invite || read.invite->usedBy) {
        refuse(Error(ErrorCode::NotFound));
        return;
    }
    DirectoryAppend append;
    append.putInvite = *read.invite;
    append.putInvite->revoked = true;
    commit(std::move(append));
}

void DirectoryDesk::commit(DirectoryAppend append)
{
    PARLEY_ASSERT(m_stage == Stage::Idle && (append.claimName || append.putInvite));
    m_stage = Stage::Appending;
    m_context.append(*this, std::move(append));
}

void DirectoryDesk::appended(Outcome outcome)
{
    PARLEY_ASSERT(m_stage == Stage::Appending);
    m_stage = Stage::Idle;
    if (outcome == Outcome::Applied)
        finish();
    else if (outcome == Outcome::Unavailable || ++m_attempts > decisionAttempts)
        refuse(Error(outcome == Outcome::Unavailable ? ErrorCode::Unavailable : ErrorCode::Busy));
    proceed();
}

void DirectoryDesk::finish()
{
    PARLEY_ASSERT(!m_waiting.empty() && isFor(m_waiting.front().command));
    m_attempts = 0;
    Queued command = std::move(m_waiting.front());
    m_waiting.pop_front();
    const bool isUser = std::holds_alternative<SignUp>(command.command)
        || std::holds_alternative<CreateUser>(command.command);
    if (isUser)
        agreed(std::move(command));
    else
        m_context.answerInternal(command.origin, toCbor(Accepted{}));
}

void DirectoryDesk::refuse(const Error &error)
{
    PARLEY_ASSERT(!m_waiting.empty());
    m_attempts = 0;
    m_context.refuseInternal(m_waiting.front().origin, error);
    m_waiting.pop_front();
}

} // namespace parley
