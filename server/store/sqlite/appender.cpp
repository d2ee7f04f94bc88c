// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/store/sqlite/appender.h"

#include "server/store/invites.h"
#include "shared/mutation.h"

namespace parley {

Appender::Appender(Database &database, const Epoch &epoch)
    : m_epoch(epoch)
    , m_chats(database)
    , m_log(database)
    , m_operations(database)
    , m_derived(database)
    , m_users(database)
    , m_directory(database)
    , m_store(database)
{
}

Result<Outcome> Appender::apply(const Append &append)
{
    return std::visit([this](const auto &one) { return applyOne(one); }, append);
}

Status Appender::finish()
{
    return m_totals.isZero() ? Status(Done{}) : m_store.add(m_totals);
}

Result<bool> Appender::fits(const ChatAppend &append)
{
    const auto head = m_chats.head(append.chat);
    if (!head)
        return head.error();
    const bool isMoved = head->value_or(0) != append.expectedHead;
    if (isMoved && !mutation(Mutation::NoHeadCompare))
        return false;
    const auto known = m_operations.isAnyKnown(append.chat, append.operations);
    if (!known)
        return known.error();
    return !*known;
}

Result<Outcome> Appender::applyOne(const ChatAppend &append)
{
    if (append.epoch != m_epoch)
        return Outcome::HeadMoved;
    // Watermarks alone are not compared: as maxima they are right whoever writes them.
    if (!append.entries.empty() || !append.operations.empty()) {
        const auto compared = fits(append);
        if (!compared)
            return compared.error();
        if (!*compared)
            return Outcome::HeadMoved;
        if (auto written = writeLog(append); !written)
            return written.error();
    }
    if (auto written = writeMarks(append); !written)
        return written.error();
    return Outcome::Applied;
}

Status Appender::writeLog(const ChatAppend &append)
{
    if (auto done = m_operations.put(append); !done)
        return done;
    if (append.entries.empty())
        return Done{};
    if (auto done = m_chats.putChat(append); !done)
        return done;
    qint64 seq = append.expectedHead;
    for (const Entry &entry : append.entries) {
        PARLEY_ASSERT(entry.seq == ++seq);
        m_hasDeleted = m_hasDeleted || entry.kind == Kind::Delete || entry.kind == Kind::Edit;
        if (auto done = m_log.putEntry(append.chat, entry); !done)
            return done;
    }
    for (const Row &row : append.rows) {
        if (auto done = m_log.putRow(append.chat, row); !done)
            return done;
    }
    for (const StoredMember &member : append.members) {
        if (auto done = m_chats.putMember(append.chat, member); !done)
            return done;
    }
    m_totals.chats += append.expectedHead == 0 ? 1 : 0;
    m_totals.entries += qint64(append.entries.size());
    return Done{};
}

Status Appender::writeMarks(const ChatAppend &append)
{
    for (const StoredMark &mark : append.marks) {
        if (auto done = m_chats.raiseMark(append.chat, mark); !done)
            return done;
    }
    for (const Derived &derived : append.derived) {
        if (auto done = m_derived.put(derived); !done)
            return done;
    }
    return Done{};
}

Result<Outcome> Appender::applyOne(const UserAppend &append)
{
    if (append.epoch != m_epoch)
        return Outcome::HeadMoved;
    const auto revision = m_users.revision(append.user);
    if (!revision)
        return revision.error();
    if (append.create.has_value() == revision->has_value()
        || revision->value_or(0) != append.expectedRevision)
        return Outcome::HeadMoved;
    qint64 next = append.expectedRevision;
    for (const StateRow &row : append.state)
        PARLEY_ASSERT(row.revision == ++next);
    if (auto done = m_users.put(append); !done)
        return done.error();
    m_totals.users += append.create ? 1 : 0;
    return Outcome::Applied;
}

Result<Outcome> Appender::applyOne(const DirectoryAppend &append)
{
    if (append.claimName) {
        const auto owner = m_directory.nameOwner(append.claimName->first);
        if (!owner)
            return owner.error();
        if (*owner && **owner != append.claimName->second)
            return Outcome::HeadMoved;
    }
    if (append.putInvite) {
        const auto stored = m_directory.invite(append.putInvite->codeHash);
        if (!stored)
            return stored.error();
        if (*stored && !mayReplace(**stored, *append.putInvite))
            return Outcome::HeadMoved;
    }
    if (append.claimName) {
        const auto &[name, user] = *append.claimName;
        if (auto done = m_directory.putName(name, user); !done)
            return done.error();
    }
    if (append.putInvite) {
        if (auto done = m_directory.putInvite(*append.putInvite); !done)
            return done.error();
    }
    return Outcome::Applied;
}

Result<Outcome> Appender::applyOne(const DerivedDone &done)
{
    if (done.epoch != m_epoch)
        return Outcome::HeadMoved;
    if (auto removed = m_derived.remove(done.derived); !removed)
        return removed.error();
    return Outcome::Applied;
}

} // namespace parley
