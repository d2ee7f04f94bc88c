// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
//
// Decision: which rule is whose, and what several of them ask.
#include "server/messages/decision.h"

#include "server/store/visibility.h"
#include "shared/assert.h"
#include "shared/mutation.h"
#include "shared/uuid7.h"

#include <QtCore/QCryptographicHash>

namespace parley {

MessageId serversId(const QByteArray &hash)
{
    PARLEY_ASSERT(hash.size() >= MessageId::sizeBytes);
    QByteArray bytes = hash.first(MessageId::sizeBytes);
    bytes[6] = static_cast<char>((bytes[6] & 0x0f) | 0x80);
    bytes[8] = static_cast<char>((bytes[8] & 0x3f) | 0x80);
    return *MessageId::fromBytes(bytes);
}

MessageId derivedId(const MessageId &id, QByteArrayView purpose)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(purpose.toByteArray());
    hash.addData(id.bytes());
    return serversId(hash.result());
}

std::optional<Error> Decision::run()
{
    const bool fromServer = m_operation.kind == Kind::Receipts;
    if (!fromServer && !Uuid7::isVersion7(m_operation.id))
        return Error(ErrorCode::Malformed, QStringLiteral("the id is not a UUIDv7"));
    if (m_operation.kind == Kind::Create)
        return create();
    if (!m_draft.exists() || !(isMember() || isInvited()))
        return Error(ErrorCode::Forbidden);
    switch (m_operation.kind) {
    case Kind::Create:
        break;
    case Kind::Message:
        return message();
    case Kind::Edit:
        return edit();
    case Kind::Delete:
        return remove();
    case Kind::React:
        return react();
    case Kind::Unreact:
        return unreact();
    case Kind::Title:
        return title();
    case Kind::Add:
        return addMember();
    case Kind::Remove:
        return removeMember();
    case Kind::Leave:
        return leave();
    case Kind::SetRole:
        return setRole();
    case Kind::Accept:
        return accept();
    case Kind::Block:
        return setBlocking(true);
    case Kind::Unblock:
        return setBlocking(false);
    case Kind::Receipts:
        return receipts();
    }
    return Error(ErrorCode::Unsupported);
}

std::optional<Error> Decision::title()
{
    if (!mayModerate())
        return Error(ErrorCode::Forbidden);
    if (!m_operation.text)
        return Error(ErrorCode::Malformed, QStringLiteral("no title"));
    if (*m_operation.text == m_draft.row().title)
        return Error(ErrorCode::NoEffect);
    PARLEY_ASSERT(isGroup());
    const Entry entry = m_draft.append(Kind::Title, m_operation.id, m_actor);
    ChatRow row = m_draft.row();
    row.title = *m_operation.text;
    row.revision = entry.seq;
    m_draft.putChatRow(row);
    putSystemRow(entry, {}, row.title, {});
    return std::nullopt;
}

const StoredMember *Decision::otherOfDirect() const
{
    for (const UserId &user : m_draft.row().users) {
        if (user != m_actor)
            return m_draft.member(user);
    }
    return nullptr;
}

const Loaded::Person *Decision::person(const UserId &user) const
{
    const auto found = std::find_if(m_people.begin(), m_people.end(),
        [&](const Loaded::Person &known) { return known.user == user; });
    return found == m_people.end() ? nullptr : &*found;
}

bool Decision::isAsked(const UserId &user, ChatKind kind) const
{
    const Loaded::Person *known = person(user);
    const Asking asking = m_context.limits.asking;
    const bool isExempt =
        asking == Asking::Nowhere || (kind == ChatKind::Group && asking == Asking::InDirectChats);
    return known && !known->common && !isExempt;
}

std::optional<Error> Decision::charge(std::initializer_list<Cost> costs)
{
    for (auto cost = costs.begin(); cost != costs.end(); ++cost) {
        const auto wait = cost->quota.take(m_actor, cost->count, m_context.nowMs);
        if (!wait)
            continue;
        for (auto taken = costs.begin(); taken != cost; ++taken)
            taken->quota.giveBack(m_actor, taken->count);
        Error limited(ErrorCode::RateLimited);
        limited.retryAfterMs = wait;
        return limited;
    }
    for (const Cost &cost : costs)
        m_draft.charge(cost.quota, m_actor, cost.count);
    return std::nullopt;
}

std::optional<Error> Decision::notWritable() const
{
    if (!isMember())
        return Error(ErrorCode::Forbidden);
    if (isGroup())
        return std::nullopt;
    const StoredMember *other = otherOfDirect();
    const bool isBlocked = other && other->row.blocking && !mutation(Mutation::BlockIgnored);
    if (!other || isBlocked || m_self->row.blocking)
        return Error(ErrorCode::Forbidden);
    const bool isRequest = other->row.state == MemberState::Invited;
    const bool hasContent = m_operation.kind == Kind::Message || m_operation.kind == Kind::Edit;
    if (isRequest && hasContent && m_operation.contentType != ContentType::Text)
        return Error(ErrorCode::Forbidden);
    return std::nullopt;
}

void Decision::putSystemRow(const Entry &entry, const std::optional<UserId> &user,
    const std::optional<QString> &text, const std::optional<Role> &role)
{
    PARLEY_ASSERT(entry.seq == m_draft.head() && entry.actor == m_actor);
    Row row;
    row.id = entry.id;
    row.kind = entry.kind;
    row.seq = entry.seq;
    row.revision = entry.seq;
    row.sender = entry.actor;
    row.time = entry.time;
    row.user = user;
    row.text = text;
    row.role = role;
    m_draft.putRow(std::move(row));
}

} // namespace parley
