// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/mutation.h"

#include "server/messages/operationrules.h"

namespace parley {

/// One operation on its way through the rules of its kind. Each rule either returns an error and
/// has changed nothing, or has appended.
class Decision {
public:
    Decision(DeskContext &context, ChatDraft &draft, const UserId &actor,
        const Operation &operation, const NamedPeople &people)
        : m_context(context)
        , m_draft(draft)
        , m_actor(actor)
        , m_operation(operation)
        , m_people(people)
    {
        if (const StoredMember *found = draft.member(actor))
            m_self = *found;
    }

    /// Nothing, or why the operation was refused.
    std::optional<Error> run();

private:
    using Outcome = std::optional<Error>;

    Outcome create();
    Outcome createDirect();
    Outcome createGroup();
    Outcome message();
    Outcome edit();
    Outcome remove();
    Outcome react();
    Outcome unreact();
    Outcome title();
    Outcome addMember();
    Outcome removeMember();
    Outcome leave();
    Outcome setRole();
    Outcome accept();
    Outcome setBlocking(bool blocking);
    Outcome receipts();

    bool isMember() const { return m_self && m_self->row.state == MemberState::Member; }
    bool isInvited() const { return m_self && m_self->row.state == MemberState::Invited; }
    bool isGroup() const { return m_draft.row().kind == ChatKind::Group; }
    bool mayModerate() const
    {
        return isGroup() && isMember()
            && (m_self->row.role >= Role::Admin || mutation(Mutation::MemberGoverns));
    }
    const Row *visibleMessage(const std::optional<MessageId> &id) const;
    const StoredMember *otherOfDirect() const;
    const Loaded::Person *person(const UserId &user) const;
    /// Has no chat in common with the actor, and so takes part only once it accepts.
    bool isAsked(const UserId &user, ChatKind kind) const;
    struct Cost {
        Quota &quota;
        qint64 count;
    };
    /// Takes from all of them, or from none and says when to come again.
    Outcome charge(std::initializer_list<Cost> costs);
    Outcome notWritable() const;

    void putSystemRow(const Entry &entry, const std::optional<UserId> &user,
        const std::optional<QString> &text, const std::optional<Role> &role);
    void touch(Row row, qint64 seq);
    void found(const UserId &user, MemberState state, Role role);
    void changeMembers(int by);
    void giveRole(const MessageId &id, const UserId &user, Role role);
    const StoredMember *successor() const;
    bool hasOwner() const;

    DeskContext &m_context;
    ChatDraft &m_draft;
    const UserId &m_actor;
    const Operation &m_operation;
    const NamedPeople &m_people;
    std::optional<StoredMember> m_self;
};

/// An id that only the server makes: of version 8, so that no client can have taken it.
MessageId serversId(const QByteArray &hash);
/// A further entry of the same act needs an id of its own that a repeated attempt makes again.
MessageId derivedId(const MessageId &id, QByteArrayView purpose);

} // namespace parley
