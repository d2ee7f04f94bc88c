// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QtGlobal>

#include <concepts>

/// Mistakes that can be made on purpose, so that the tests must notice them. They exist in the
/// build with PARLEY_MUTATIONS alone; in the product every question is the constant no, and what
/// hangs on it is never compiled into code. `tests/simulation/mutations.cpp` says what each one
/// means.
namespace parley {

enum class Mutation : quint8 {
    None,
    AckBeforeCommit,
    AnswerOnUnknown,
    ArrivalOrder,
    AttachUnchecked,
    AuthoriseFirst,
    BlockIgnored,
    BlockNotMasked,
    ClientInterpretsEdits,
    ClientMarkGoesBack,
    ContentNotCompared,
    DedupeBySenderOnly,
    DedupeExpires,
    DeleteByAnyone,
    DeletedPayloadKept,
    DeliveredBeforeHeld,
    DerivedForgotten,
    DerivedOutOfOrder,
    DigestWithoutMarks,
    DigestWithoutUserState,
    DirectIdOrdered,
    EditByNonAuthor,
    EditRevivesDeleted,
    EpochNotRedrawn,
    FifoBrokenByRetry,
    FrameInTwoTransactions,
    FsyncLeftOut,
    GapApplied,
    GroupLeftWithoutOwner,
    HandOverWithGap,
    HaveClaimsGap,
    HistoryLeaksOneRow,
    JoinReplayed,
    MarkGoesBack,
    MarkWrittenUncompared,
    MemberGoverns,
    NoDedupe,
    NoDigest,
    NoHeadCompare,
    OneFrameForAll,
    OutboxInMemory,
    OutboxRemovedEarly,
    PushBeforeCommit,
    PushWhileCatchingUp,
    ReactionDoubled,
    ReceiptsOffLeak,
    RejectNotKept,
    RejoinKeepsSince,
    RemovedStillServed,
    ResetWithoutGeneration,
    RestoreForgetsSent,
    RestoreGuessed,
    RestoreKeepsCache,
    RevokedSessionServed,
    RevokedTokenStays,
    StaleOwnerAnswers,
    StateGapApplied,
    UncachedRowDropped,
    UnreadOffByOne,
    VisibilityByMembership,
};
inline constexpr Mutation lastMutation = Mutation::VisibilityByMembership;

#ifdef PARLEY_MUTATIONS
inline constexpr bool hasMutations = true;

/// The one mistake that this process makes; None at first.
Mutation chosenMutation();
void chooseMutation(Mutation mistake);

/// True when one of these mistakes is to be made here.
template <std::same_as<Mutation>... Mistakes>
bool mutation(Mistakes... mistakes)
{
    return (... || (chosenMutation() == mistakes));
}
#else
inline constexpr bool hasMutations = false;

template <std::same_as<Mutation>... Mistakes>
consteval bool mutation(Mistakes...)
{
    return false;
}
#endif

} // namespace parley
