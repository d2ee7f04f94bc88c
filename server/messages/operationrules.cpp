// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/messages/operationrules.h"

#include "server/messages/decision.h"
#include "server/store/visibility.h"
#include "shared/assert.h"
#include "shared/codec/cbor.h"
#include "shared/mutation.h"

#include <QtCore/QCryptographicHash>

namespace parley {
namespace {

constexpr qsizetype contentHashBytes = 16;

OperationResult resultOf(const KnownOperation &known)
{
    PARLEY_ASSERT(known.seq.has_value() != known.error.has_value());
    OperationResult result;
    result.id = known.id;
    result.duplicate = true;
    result.seq = known.seq;
    result.error = known.error;
    if (known.seq)
        result.time = known.time;
    return result;
}

/// Only by a mistake: the index is kept for ever, and for everybody.
bool isForgotten(const KnownOperation &known, const UserId &actor, qint64 nowMs)
{
    constexpr qint64 windowMs = 30'000;
    return mutation(Mutation::NoDedupe)
        || (mutation(Mutation::DedupeExpires) && nowMs - known.time > windowMs)
        || (mutation(Mutation::DedupeBySenderOnly) && known.sender != actor);
}

bool isStranger(const ChatDraft &draft, const UserId &actor)
{
    const StoredMember *self = draft.member(actor);
    return draft.exists() && !(self && isServed(*self));
}

} // namespace

QByteArray contentHash(const Operation &operation)
{
    return QCryptographicHash::hash(toCbor(operation), QCryptographicHash::Sha256)
        .first(contentHashBytes);
}

OperationResult decideOperation(DeskContext &context, ChatDraft &draft, const UserId &actor,
    const Operation &operation, const NamedPeople &people)
{
    const QByteArray content = contentHash(operation);
    const KnownOperation *known = draft.findKnown(operation.id);
    if (known && isForgotten(*known, actor, draft.time()))
        known = nullptr;
    OperationResult result;
    result.id = operation.id;
    if (mutation(Mutation::AuthoriseFirst) && isStranger(draft, actor)) {
        result.error = ErrorCode::Forbidden;
        return result;
    }
    const bool isSame = known && known->sender == actor
        && (known->content == content || mutation(Mutation::ContentNotCompared));
    if (isSame)
        return resultOf(*known);

    if (known) {
        // Who may not write here is not told whether the id is taken.
        const StoredMember *self = draft.member(actor);
        const bool served = self && isServed(*self);
        result.error = served ? ErrorCode::IdReused : ErrorCode::Forbidden;
        return result;
    }
    const qint64 headBefore = draft.head();
    const auto error = Decision(context, draft, actor, operation, people).run();
    if (error) {
        PARLEY_ASSERT(draft.head() == headBefore);
        result.error = error->code;
        result.retryAfterMs = error->retryAfterMs;
        const bool isFinal = error->errorClass() == ErrorClass::Reject;
        // A stranger's refusals are not kept: anyone could fill anyone's index with them.
        if (isFinal && draft.member(actor) && !mutation(Mutation::RejectNotKept))
            draft.keep(KnownOperation{operation.id, actor, content, {}, draft.time(), error->code});
        return result;
    }
    result.seq = headBefore + 1;
    PARLEY_ASSERT(draft.head() > headBefore);
    result.time = draft.time();
    draft.keep(KnownOperation{operation.id, actor, content, result.seq, draft.time(), {}});
    return result;
}

Operation receiptsOperation(const ChatId &chat, const UserId &user, bool off, qint64 occasion)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(QByteArrayLiteral("parley receipts"));
    hash.addData(chat.bytes());
    hash.addData(user.bytes());
    hash.addData(QByteArray::number(occasion) + (off ? "off" : "on"));
    Operation operation;
    operation.id = serversId(hash.result());
    operation.kind = Kind::Receipts;
    if (off)
        operation.text = QString();
    return operation;
}

} // namespace parley
