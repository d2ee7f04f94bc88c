// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/core/chat.h"

#include "shared/assert.h"
#include "shared/mutation.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QtEndian>

namespace parley {

namespace {

void addNumber(QCryptographicHash &hash, qint64 number)
{
    const qint64 bigEndian = qToBigEndian(number);
    hash.addData(QByteArrayView(reinterpret_cast<const char *>(&bigEndian), sizeof bigEndian));
}

} // namespace

const MemberRow *Chat::member(const UserId &user) const
{
    const auto found = members.find(user);
    PARLEY_ASSERT(found == members.end() || found->second.user == user);
    return found == members.end() ? nullptr : &found->second;
}

qint64 Chat::since(const UserId &me) const
{
    const MemberRow *self = member(me);
    if (joined && joined->since)
        return self ? std::max(*joined->since, self->since) : *joined->since;
    return self ? self->since : 1;
}

Mark Chat::mark(const UserId &user) const
{
    const auto found = marks.find(user);
    PARLEY_ASSERT(found == marks.end() || found->second.user == user);
    return found == marks.end() ? Mark{user, 0, 0} : found->second;
}

bool Chat::isReadHidden(const UserId &me, const UserId &user) const
{
    if (user == me)
        return false;
    const MemberRow *self = member(me);
    const MemberRow *other = member(user);
    return (self && self->receiptsOff) || (other && other->receiptsOff);
}

qint64 Chat::marksSum(const UserId &me) const
{
    if (isLarge()) {
        const Mark own = mark(me);
        return own.delivered + own.read;
    }
    qint64 sum = 0;
    for (const auto &[user, known] : marks)
        sum += known.delivered + (isReadHidden(me, user) ? 0 : known.read);
    return sum;
}

qint64 Chat::deliveredUpTo(const UserId &me) const
{
    qint64 highest = 0;
    for (const auto &[user, known] : marks) {
        if (!isLarge() && user != me)
            highest = std::max(highest, known.delivered);
    }
    return highest;
}

qint64 Chat::othersReadUpTo(const UserId &me) const
{
    qint64 highest = 0;
    for (const auto &[user, known] : marks) {
        if (!isLarge() && user != me && !isReadHidden(me, user))
            highest = std::max(highest, known.read);
    }
    return highest;
}

Have Chat::have(const UserId &me) const
{
    const qint64 claimed = mutation(Mutation::HaveClaimsGap) ? std::max(record.head, seq()) : seq();
    return {id(), claimed, marksSum(me), record.generation};
}

QByteArray digestHash(qint64 userRevision, const std::vector<Have> &have)
{
    PARLEY_ASSERT(std::ranges::is_sorted(have, {}, &Have::chat));
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!mutation(Mutation::DigestWithoutUserState))
        addNumber(hash, userRevision);
    for (const Have &item : have) {
        hash.addData(item.chat.view());
        addNumber(hash, item.seq);
        if (!mutation(Mutation::DigestWithoutMarks))
            addNumber(hash, item.marks);
    }
    return hash.result();
}

} // namespace parley
