// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
//
// Decision: what people say, and what they do to what was said.
#include "server/messages/decision.h"

#include "server/store/visibility.h"
#include "shared/assert.h"
#include "shared/mutation.h"

namespace parley {

std::optional<Error> Decision::message()
{
    if (const Outcome refused = notWritable())
        return refused;
    if (m_operation.contentType == ContentType::None || m_operation.payload.isEmpty())
        return Error(ErrorCode::Malformed, QStringLiteral("a message without content"));
    if (m_operation.replyTo && !visibleMessage(m_operation.replyTo))
        return Error(ErrorCode::NoTarget);
    if (m_operation.threadRoot && !visibleMessage(m_operation.threadRoot))
        return Error(ErrorCode::NoTarget);
    PARLEY_ASSERT(m_self && m_self->row.user == m_actor);
    const Entry entry = m_draft.append(Kind::Message, m_operation.id, m_actor);
    Row row;
    row.id = entry.id;
    row.kind = Kind::Message;
    row.seq = entry.seq;
    row.revision = entry.seq;
    row.sender = m_actor;
    row.time = entry.time;
    row.replyTo = m_operation.replyTo;
    row.threadRoot = m_operation.threadRoot;
    row.expires = m_operation.expires;
    row.contentType = m_operation.contentType;
    row.payload = m_operation.payload;
    m_draft.putRow(std::move(row));
    m_draft.countMessage(m_actor);
    return std::nullopt;
}

std::optional<Error> Decision::edit()
{
    if (const Outcome refused = notWritable())
        return refused;
    const Row *target = visibleMessage(m_operation.target);
    const bool isAuthor = target && target->sender == m_actor;
    if (!target || !(isAuthor || mutation(Mutation::EditByNonAuthor)))
        return Error(ErrorCode::NoTarget);
    if (m_operation.contentType == ContentType::None || m_operation.payload.isEmpty())
        return Error(ErrorCode::Malformed, QStringLiteral("a message without content"));
    const bool same =
        target->payload == m_operation.payload && target->contentType == m_operation.contentType;
    const bool isGone = target->deleted && !mutation(Mutation::EditRevivesDeleted);
    if (isGone || same)
        return Error(ErrorCode::NoEffect);
    Row row = *target;
    PARLEY_ASSERT(row.kind == Kind::Message && row.seq > 0);
    Entry &entry = m_draft.append(Kind::Edit, m_operation.id, m_actor);
    entry.target = row.id;
    row.contentType = m_operation.contentType;
    row.payload = m_operation.payload;
    row.editedAt = entry.time;
    touch(std::move(row), entry.seq);
    return std::nullopt;
}

std::optional<Error> Decision::remove()
{
    if (!isMember())
        return Error(ErrorCode::Forbidden);
    const Row *target = visibleMessage(m_operation.target);
    if (!target)
        return Error(ErrorCode::NoTarget);
    const bool isAuthor = target->sender == m_actor;
    if (!isAuthor && !mayModerate() && !mutation(Mutation::DeleteByAnyone))
        return Error(ErrorCode::Forbidden);
    if (target->deleted)
        return Error(ErrorCode::NoEffect);
    Row row = *target;
    PARLEY_ASSERT(row.kind == Kind::Message && row.seq > 0);
    Entry &entry = m_draft.append(Kind::Delete, m_operation.id, m_actor);
    entry.target = row.id;
    row.deleted = true;
    row.contentType = ContentType::None;
    if (!mutation(Mutation::DeletedPayloadKept))
        row.payload.clear();
    row.reactions.clear();
    row.replyTo.reset();
    row.editedAt.reset();
    touch(std::move(row), entry.seq);
    return std::nullopt;
}

std::optional<Error> Decision::react()
{
    if (const Outcome refused = notWritable())
        return refused;
    const QString text = m_operation.text.value_or(QString());
    if (text.isEmpty())
        return Error(ErrorCode::Malformed, QStringLiteral("a reaction without an emoji"));
    if (text.toUtf8().size() > limits::reactionBytes)
        return Error(ErrorCode::TooLarge);
    const Row *target = visibleMessage(m_operation.target);
    if (!target)
        return Error(ErrorCode::NoTarget);
    if (target->deleted)
        return Error(ErrorCode::NoEffect);
    Row row = *target;
    auto same = std::find_if(row.reactions.begin(), row.reactions.end(),
        [&](const Reaction &reaction) { return reaction.text == text; });
    if (same == row.reactions.end()) {
        if (row.reactions.size() >= m_context.limits.announced.reactionKinds)
            return Error(ErrorCode::LimitReached);
        same = row.reactions.insert(same, Reaction{text, {}});
    }
    const bool isThere =
        std::find(same->users.begin(), same->users.end(), m_actor) != same->users.end();
    if (isThere && !mutation(Mutation::ReactionDoubled))
        return Error(ErrorCode::NoEffect);
    if (same->users.size() >= size_t(limits::arrayItems))
        return Error(ErrorCode::LimitReached);
    same->users.push_back(m_actor);
    PARLEY_ASSERT(!row.deleted && !row.reactions.empty());
    Entry &entry = m_draft.append(Kind::React, m_operation.id, m_actor);
    entry.target = row.id;
    touch(std::move(row), entry.seq);
    return std::nullopt;
}

std::optional<Error> Decision::unreact()
{
    if (!isMember())
        return Error(ErrorCode::Forbidden);
    const Row *target = visibleMessage(m_operation.target);
    if (!target)
        return Error(ErrorCode::NoTarget);
    const QString text = m_operation.text.value_or(QString());
    Row row = *target;
    const auto same = std::find_if(row.reactions.begin(), row.reactions.end(),
        [&](const Reaction &reaction) { return reaction.text == text; });
    if (same == row.reactions.end() || std::erase(same->users, m_actor) == 0)
        return Error(ErrorCode::NoEffect);
    if (same->users.empty())
        row.reactions.erase(same);
    PARLEY_ASSERT(row.reactions.size() <= target->reactions.size());
    Entry &entry = m_draft.append(Kind::Unreact, m_operation.id, m_actor);
    entry.target = row.id;
    touch(std::move(row), entry.seq);
    return std::nullopt;
}

const Row *Decision::visibleMessage(const std::optional<MessageId> &id) const
{
    const Row *row = id ? m_draft.findRow(*id) : nullptr;
    return row && row->kind == Kind::Message && sees(*m_self, *row) ? row : nullptr;
}

void Decision::touch(Row row, qint64 seq)
{
    PARLEY_ASSERT(seq == m_draft.head());
    row.revision = seq;
    m_draft.putRow(std::move(row));
}

} // namespace parley
