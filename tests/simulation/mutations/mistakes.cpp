// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/simulation/mutations/mistakes.h"

#include <QtCore/QFile>
#include <QtCore/QTextStream>

namespace parley::simulation {
namespace {

constexpr Mistake all[] = {
    {Mutation::AckBeforeCommit, "ack-before-commit",
        "The server answers before the store has said Applied."},
    {Mutation::AnswerOnUnknown, "answer-on-unknown",
        "An append whose outcome is unknown is taken for applied.", Ground::Partitioned},
    {Mutation::ArrivalOrder, "arrival-order",
        "A device takes the row that came last for the newest one."},
    {Mutation::AttachUnchecked, "attach-unchecked",
        "A session attaches without looking whether its device was revoked meanwhile."},
    {Mutation::AuthoriseFirst, "authorise-first",
        "A resent operation is authorised before its id is looked up."},
    {Mutation::BlockIgnored, "block-ignored", "Who is blocked goes on writing."},
    {Mutation::BlockNotMasked, "block-not-masked", "The blocked one is told so."},
    {Mutation::ClientInterpretsEdits, "client-interprets-edits",
        "A device takes the new text out of an edit instead of the whole row."},
    {Mutation::ClientMarkGoesBack, "client-mark-goes-back",
        "A device takes over a watermark as it comes, not the higher one."},
    {Mutation::ContentNotCompared, "content-not-compared",
        "A known id with another content is answered as done."},
    {Mutation::DedupeBySenderOnly, "dedupe-by-sender-only",
        "An id counts as known only for the one who sent it first.", Ground::Partitioned},
    {Mutation::DedupeExpires, "dedupe-expires", "Ids are known for thirty seconds."},
    {Mutation::DeleteByAnyone, "delete-by-anyone", "Every member deletes everybody's messages."},
    {Mutation::DeletedPayloadKept, "deleted-payload-kept", "A deleted message keeps what it said."},
    {Mutation::DeliveredBeforeHeld, "delivered-before-held",
        "A device reports delivered up to the head that it was told of."},
    {Mutation::DerivedForgotten, "derived-forgotten",
        "A write to a user that a chat promised is not repeated."},
    {Mutation::DerivedOutOfOrder, "derived-out-of-order",
        "A repeated write to a user overrides a later one.", Ground::Partitioned},
    {Mutation::DigestWithoutMarks, "digest-without-marks", "The digest leaves watermarks out."},
    {Mutation::DigestWithoutUserState, "digest-without-user-state",
        "The digest leaves the user's revision out."},
    {Mutation::DirectIdOrdered, "direct-id-ordered",
        "The id of a direct chat depends on who begins it."},
    {Mutation::EditByNonAuthor, "edit-by-non-author", "Every member edits everybody's messages."},
    {Mutation::EditRevivesDeleted, "edit-revives-deleted",
        "The edit of a deleted message brings a text back."},
    {Mutation::EpochNotRedrawn, "epoch-not-redrawn", "A restored store keeps its epoch."},
    {Mutation::FifoBrokenByRetry, "fifo-broken-by-retry",
        "What follows an operation that must be sent again is accepted."},
    {Mutation::FrameInTwoTransactions, "frame-in-two-transactions",
        "A device commits what it claims to hold before the rows."},
    {Mutation::FsyncLeftOut, "fsync-left-out", "SQLite does not wait for the disk."},
    {Mutation::GapApplied, "gap-applied", "A device applies an entry beyond a gap."},
    {Mutation::GroupLeftWithoutOwner, "group-left-without-owner",
        "When the owner leaves, nobody follows."},
    {Mutation::HandOverWithGap, "hand-over-with-gap",
        "A chat is handed over by a page that lacks the newest entry."},
    {Mutation::HaveClaimsGap, "have-claims-gap",
        "A device says that it has what it was only told of."},
    {Mutation::HistoryLeaksOneRow, "history-leaks-one-row", "Reads begin one row before the join."},
    {Mutation::JoinReplayed, "join-replayed",
        "Who comes back to a chat is sent what happened in between."},
    {Mutation::MarkGoesBack, "mark-goes-back", "The server takes a watermark over as it comes."},
    {Mutation::MarkWrittenUncompared, "mark-written-uncompared",
        "The store writes a watermark without comparing it.", Ground::Partitioned},
    {Mutation::MemberGoverns, "member-governs", "Every member may do what admins may."},
    {Mutation::NoDedupe, "no-dedupe", "Ids are not looked up."},
    {Mutation::NoDigest, "no-digest", "Devices never send a digest."},
    {Mutation::NoHeadCompare, "no-head-compare", "The store appends without comparing the head.",
        Ground::Partitioned},
    {Mutation::OneFrameForAll, "one-frame-for-all",
        "Everybody is pushed what the first one may see."},
    {Mutation::OutboxInMemory, "outbox-in-memory", "The outbox is not written to disk."},
    {Mutation::OutboxRemovedEarly, "outbox-removed-early",
        "An operation leaves the outbox when it is sent."},
    {Mutation::PushBeforeCommit, "push-before-commit",
        "Entries are pushed before the store has them."},
    {Mutation::PushWhileCatchingUp, "push-while-catching-up",
        "A session is pushed chats that were not handed over to it."},
    {Mutation::ReactionDoubled, "reaction-doubled", "A reaction counts as often as it is sent."},
    {Mutation::ReceiptsOffLeak, "receipts-off-leak",
        "Others are sent what was read by who hides it."},
    {Mutation::RejectNotKept, "reject-not-kept", "What an operation was refused for is forgotten."},
    {Mutation::RejoinKeepsSince, "rejoin-keeps-since",
        "Who comes back may read what was said while away."},
    {Mutation::RemovedStillServed, "removed-still-served", "Who was removed is pushed on."},
    {Mutation::ResetWithoutGeneration, "reset-without-generation",
        "Pages from before a reset are taken for current."},
    {Mutation::RestoreForgetsSent, "restore-forgets-sent",
        "After a restore devices do not send again what the backup lacks."},
    {Mutation::RestoreGuessed, "restore-guessed",
        "A device takes an old list of chats for a restored store.", Ground::Partitioned},
    {Mutation::RestoreKeepsCache, "restore-keeps-cache",
        "After a restore devices keep the rows of the past that is gone."},
    {Mutation::RevokedSessionServed, "revoked-session-served",
        "The session of a revoked device goes on."},
    {Mutation::RevokedTokenStays, "revoked-token-stays",
        "The token of a revoked device opens the door."},
    {Mutation::StaleOwnerAnswers, "stale-owner-answers",
        "A server decides on what it remembers without comparing the head.", Ground::Partitioned},
    {Mutation::StateGapApplied, "state-gap-applied", "A device applies user state beyond a gap."},
    {Mutation::UncachedRowDropped, "uncached-row-dropped",
        "A device drops the row of a place that it does not hold."},
    {Mutation::UnreadOffByOne, "unread-off-by-one", "A read message is counted one too few."},
    {Mutation::VisibilityByMembership, "visibility-by-membership",
        "A member may read what was said before the join."},
};

} // namespace

std::span<const Mistake> mistakes()
{
    return all;
}

const Mistake *findMistake(const QString &name)
{
    for (const Mistake &mistake : all) {
        if (name == QLatin1String(mistake.name))
            return &mistake;
    }
    return nullptr;
}

RecordedSeeds::RecordedSeeds(QString path)
    : m_path(std::move(path))
{
    QFile file(m_path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Text))
        return;
    for (const QByteArray &line : file.readAll().split('\n')) {
        const QList<QByteArray> words = line.simplified().split(' ');
        if (words.size() == 2 && !line.startsWith('#'))
            m_seeds[QString::fromLatin1(words[0])] = words[1].toULongLong();
    }
}

std::optional<quint64> RecordedSeeds::of(const QString &name) const
{
    const auto found = m_seeds.find(name);
    return found == m_seeds.end() ? std::optional<quint64>() : std::optional(found->second);
}

void RecordedSeeds::put(const QString &name, quint64 seed)
{
    m_seeds[name] = seed;
}

bool RecordedSeeds::save() const
{
    QFile file(m_path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Text))
        return false;
    QTextStream out(&file);
    out << "# SPDX-"
        << "FileCopyrightText: 2026 The Parley authors\n"
        << "# SPDX-"
        << "License-Identifier: MPL-2.0\n"
        << "# For each mistake a world that notices it: parley-mutations --record writes this.\n";
    for (const auto &[name, seed] : m_seeds)
        out << name << ' ' << seed << '\n';
    return true;
}

} // namespace parley::simulation
