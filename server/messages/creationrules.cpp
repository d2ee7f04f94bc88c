// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
//
// Decision: new chats.
#include "server/messages/decision.h"

#include "shared/assert.h"
#include "shared/directchat.h"

namespace parley {

std::optional<Error> Decision::create()
{
    if (m_draft.exists()) {
        // A group under the computed id of a direct chat must not pass for it.
        if (m_operation.user && isGroup())
            return Error(ErrorCode::Forbidden);
        if (isInvited())
            return accept();
        return Error(isMember() ? ErrorCode::NoEffect : ErrorCode::Forbidden);
    }
    return m_operation.user ? createDirect() : createGroup();
}

std::optional<Error> Decision::createDirect()
{
    const UserId other = *m_operation.user;
    if (other == m_actor || directChatId(m_actor, other) != m_draft.chat())
        return Error(ErrorCode::Malformed, QStringLiteral("not the id of this direct chat"));
    if (!person(other))
        return Error(ErrorCode::Forbidden);
    const bool asks = isAsked(other, ChatKind::Direct);
    if (const Outcome refused = charge({{asks ? m_context.requestQuota : m_context.chatQuota, 1}}))
        return refused;
    ChatRow row;
    row.kind = ChatKind::Direct;
    row.created = m_draft.time();
    row.revision = 1;
    row.members = 2;
    row.users = {std::min(m_actor, other), std::max(m_actor, other)};
    m_draft.create(row);
    PARLEY_ASSERT(row.users.front() < row.users.back() && m_draft.head() == 0);
    const Entry entry = m_draft.append(Kind::Create, m_operation.id, m_actor);
    m_draft.putChatRow(row);
    found(m_actor, MemberState::Member, Role::Member);
    found(other, asks ? MemberState::Invited : MemberState::Member, Role::Member);
    putSystemRow(entry, other, {}, {});
    return std::nullopt;
}

std::optional<Error> Decision::createGroup()
{
    if (!canNameGroup(m_draft.chat()))
        return Error(ErrorCode::Malformed, QStringLiteral("not the id of a group"));
    std::vector<UserId> others = m_operation.members;
    std::sort(others.begin(), others.end());
    others.erase(std::unique(others.begin(), others.end()), others.end());
    std::erase(others, m_actor);
    const auto count = static_cast<qint64>(others.size());
    // More at once than an hour allows would be told to wait for ever.
    if (quint32(count) + 1 > m_context.limits.announced.groupMembers
        || count > m_context.limits.announced.addedMembersPerHour)
        return Error(ErrorCode::LimitReached);
    for (const UserId &user : others) {
        if (!person(user))
            return Error(ErrorCode::Forbidden);
    }
    const bool asks = std::any_of(others.begin(), others.end(),
        [&](const UserId &user) { return isAsked(user, ChatKind::Group); });
    if (const Outcome refused = charge({{m_context.chatQuota, 1}, {m_context.memberQuota, count},
            {m_context.requestQuota, asks ? 1 : 0}}))
        return refused;
    ChatRow row;
    row.kind = ChatKind::Group;
    row.title = m_operation.text.value_or(QString());
    row.created = m_draft.time();
    row.revision = 1;
    row.members = quint32(count) + 1;
    PARLEY_ASSERT(row.members == others.size() + 1);
    m_draft.create(row);
    const Entry entry = m_draft.append(Kind::Create, m_operation.id, m_actor);
    m_draft.putChatRow(row);
    found(m_actor, MemberState::Member, Role::Owner);
    for (const UserId &user : others) {
        const bool waits = isAsked(user, ChatKind::Group);
        found(user, waits ? MemberState::Invited : MemberState::Member, Role::Member);
    }
    putSystemRow(entry, {}, row.title, {});
    return std::nullopt;
}

void Decision::found(const UserId &user, MemberState state, Role role)
{
    PARLEY_ASSERT(m_draft.head() == 1 && !m_draft.member(user));
    StoredMember member;
    member.row.user = user;
    member.row.state = state;
    member.row.role = role;
    member.row.since = 1;
    member.row.revision = m_draft.head();
    m_draft.putMember(member);
    m_draft.derive(user, ChatState{0, 1});
}

} // namespace parley
