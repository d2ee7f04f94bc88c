// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
//
// Decision: who belongs to a chat, and as what.
#include "server/messages/decision.h"

#include "server/store/visibility.h"
#include "shared/assert.h"
#include "shared/mutation.h"

namespace parley {

std::optional<Error> Decision::addMember()
{
    if (!mayModerate())
        return Error(ErrorCode::Forbidden);
    if (!m_operation.user)
        return Error(ErrorCode::Malformed, QStringLiteral("no user"));
    const UserId user = *m_operation.user;
    const StoredMember *present = m_draft.member(user);
    if (present && isServed(*present))
        return Error(ErrorCode::NoEffect);
    if (!person(user))
        return Error(ErrorCode::Forbidden);
    if (m_draft.row().members >= m_context.limits.announced.groupMembers)
        return Error(ErrorCode::LimitReached);
    const bool asks = isAsked(user, ChatKind::Group);
    if (const Outcome refused =
            charge({{m_context.memberQuota, 1}, {m_context.requestQuota, asks ? 1 : 0}}))
        return refused;
    StoredMember joined = present ? *present : StoredMember{};
    Entry &added = m_draft.append(Kind::Add, m_operation.id, m_actor);
    PARLEY_ASSERT(user != m_actor);
    added.user = user;
    const Entry entry = added;
    joined.row.user = user;
    joined.row.state = asks ? MemberState::Invited : MemberState::Member;
    joined.row.role = Role::Member;
    if (!present || !mutation(Mutation::RejoinKeepsSince))
        joined.row.since = entry.seq;
    joined.row.revision = entry.seq;
    m_draft.putMember(joined);
    // What was said before the join is not unread: marks begin at the join.
    m_draft.raiseMark(
        StoredMark{user, entry.seq, entry.seq, m_draft.messages() - joined.ownMessages});
    changeMembers(+1);
    m_draft.derive(user, ChatState{0, entry.seq});
    putSystemRow(entry, user, {}, {});
    return std::nullopt;
}

std::optional<Error> Decision::removeMember()
{
    if (!mayModerate())
        return Error(ErrorCode::Forbidden);
    if (!m_operation.user || *m_operation.user == m_actor)
        return Error(ErrorCode::Malformed, QStringLiteral("who leaves says leave"));
    const StoredMember *target = m_draft.member(*m_operation.user);
    if (!target || !isServed(*target))
        return Error(ErrorCode::NoEffect);
    if (target->row.role >= m_self->row.role)
        return Error(ErrorCode::Forbidden);
    StoredMember gone = *target;
    PARLEY_ASSERT(isServed(gone) && gone.row.user != m_actor);
    Entry &removed = m_draft.append(Kind::Remove, m_operation.id, m_actor);
    removed.user = gone.row.user;
    const Entry entry = removed;
    gone.row.state = MemberState::Removed;
    gone.row.role = Role::Member;
    gone.row.revision = entry.seq;
    m_draft.putMember(gone);
    changeMembers(-1);
    m_draft.derive(gone.row.user, ChatState{0, std::nullopt, MemberState::Removed});
    putSystemRow(entry, gone.row.user, {}, {});
    return std::nullopt;
}

std::optional<Error> Decision::leave()
{
    if (!isGroup())
        return Error(ErrorCode::Forbidden);
    StoredMember gone = *m_self;
    const bool wasOwner = gone.row.role == Role::Owner;
    PARLEY_ASSERT(gone.row.user == m_actor && isServed(gone));
    Entry &left = m_draft.append(Kind::Leave, m_operation.id, m_actor);
    left.user = m_actor;
    const Entry entry = left;
    gone.row.state = MemberState::Left;
    gone.row.role = Role::Member;
    gone.row.revision = entry.seq;
    m_draft.putMember(gone);
    changeMembers(-1);
    m_draft.derive(m_actor, ChatState{0, std::nullopt, MemberState::Left});
    putSystemRow(entry, m_actor, {}, {});
    if (!wasOwner || mutation(Mutation::GroupLeftWithoutOwner))
        return std::nullopt;
    if (const StoredMember *next = successor())
        giveRole(derivedId(m_operation.id, "parley successor"), next->row.user, Role::Owner);
    return std::nullopt;
}

std::optional<Error> Decision::setRole()
{
    if (!isGroup() || !isMember() || m_self->row.role != Role::Owner)
        return Error(ErrorCode::Forbidden);
    if (!m_operation.user || !m_operation.role || *m_operation.user == m_actor
        || *m_operation.role < Role::Member || *m_operation.role > Role::Owner)
        return Error(ErrorCode::Malformed, QStringLiteral("no user, or no role"));
    const StoredMember *target = m_draft.member(*m_operation.user);
    if (!target || target->row.state != MemberState::Member)
        return Error(ErrorCode::Forbidden);
    if (target->row.role == *m_operation.role)
        return Error(ErrorCode::NoEffect);
    giveRole(m_operation.id, *m_operation.user, *m_operation.role);
    // A group has one owner: who gives the role away stays as an admin.
    if (*m_operation.role == Role::Owner)
        giveRole(derivedId(m_operation.id, "parley former owner"), m_actor, Role::Admin);
    return std::nullopt;
}

std::optional<Error> Decision::accept()
{
    if (!isInvited())
        return Error(ErrorCode::NoEffect);
    PARLEY_ASSERT(m_self->row.user == m_actor);
    Entry &accepted = m_draft.append(Kind::Accept, m_operation.id, m_actor);
    accepted.user = m_actor;
    const Entry entry = accepted;
    StoredMember joined = *m_self;
    joined.row.state = MemberState::Member;
    joined.row.revision = entry.seq;
    m_draft.putMember(joined);
    putSystemRow(entry, m_actor, {}, {});
    // The owner left while nobody but invited ones was there.
    if (isGroup() && !hasOwner())
        giveRole(derivedId(m_operation.id, "parley successor"), m_actor, Role::Owner);
    return std::nullopt;
}

std::optional<Error> Decision::setBlocking(bool blocking)
{
    if (isGroup())
        return Error(ErrorCode::Forbidden);
    if (m_self->row.blocking == blocking)
        return Error(ErrorCode::NoEffect);
    PARLEY_ASSERT(m_draft.row().users.size() == 2);
    Entry &entry = m_draft.append(blocking ? Kind::Block : Kind::Unblock, m_operation.id, m_actor);
    entry.user = m_actor;
    StoredMember changed = *m_self;
    changed.row.blocking = blocking;
    changed.row.revision = entry.seq;
    m_draft.putMember(changed);
    return std::nullopt;
}

std::optional<Error> Decision::receipts()
{
    const bool off = m_operation.text.has_value();
    if (m_self->row.receiptsOff == off)
        return Error(ErrorCode::NoEffect);
    Entry &entry = m_draft.append(Kind::Receipts, m_operation.id, m_actor);
    entry.user = m_actor;
    StoredMember changed = *m_self;
    changed.row.receiptsOff = off;
    changed.row.revision = entry.seq;
    m_draft.putMember(changed);
    return std::nullopt;
}

void Decision::giveRole(const MessageId &id, const UserId &user, Role role)
{
    PARLEY_ASSERT(m_draft.member(user) && isServed(*m_draft.member(user)));
    PARLEY_ASSERT(role >= Role::Member && role <= Role::Owner);
    Entry &given = m_draft.append(Kind::SetRole, id, m_actor);
    given.user = user;
    const Entry entry = given;
    StoredMember changed = *m_draft.member(user);
    changed.row.role = role;
    changed.row.revision = entry.seq;
    m_draft.putMember(changed);
    putSystemRow(entry, user, {}, role);
}

const StoredMember *Decision::successor() const
{
    const StoredMember *best = nullptr;
    for (const StoredMember *candidate : m_draft.served()) {
        if (candidate->row.state != MemberState::Member)
            continue;
        const bool higher = best && candidate->row.role > best->row.role;
        const bool older =
            best && candidate->row.role == best->row.role && candidate->row.since < best->row.since;
        if (!best || higher || older)
            best = candidate;
    }
    PARLEY_ASSERT(!best || best->row.state == MemberState::Member);
    return best;
}

bool Decision::hasOwner() const
{
    const auto served = m_draft.served();
    return std::any_of(served.begin(), served.end(),
        [](const StoredMember *member) { return member->row.role == Role::Owner; });
}

void Decision::changeMembers(int by)
{
    ChatRow row = m_draft.row();
    PARLEY_ASSERT(isGroup() && int(row.members) + by >= 0);
    row.members = static_cast<quint32>(int(row.members) + by);
    row.revision = m_draft.head();
    m_draft.putChatRow(row);
}

} // namespace parley
