// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/store/aggregates.h"

/// Who sees what of a chat: the one predicate that history, pages, pushes and marks share.
namespace parley {

/// True for who is served anything new of the chat.
bool isServed(const StoredMember &member);
/// The first seq that the member reads.
qint64 firstVisible(const StoredMember &member);
/// A row below `since` is not the member's to see.
bool sees(const StoredMember &member, const Row &row);
/// The entry as the viewer may see it: rows below since are left out, blocks show nothing to
/// others.
Entry entryFor(const StoredMember &viewer, Entry entry);
/// The member row as the viewer may see it: who blocks stays private.
MemberRow memberFor(const StoredMember &viewer, MemberRow row);

/// The watermark of `member` as `viewer` may see it: read is 0 when either keeps receipts off.
Mark markFor(const StoredMember &viewer, const StoredMember &member);
/// True for a chat that is so large that everybody is sent the own watermark alone: with more than
/// limits::marksMembers members, or more than limits::marksPeople who are or were members.
bool sendsOwnMarksAlone(const ChatAggregate &chat);
/// The watermarks that the viewer is sent: of all who are or were members, or the own one alone.
std::vector<Mark> visibleMarks(const ChatAggregate &chat, const StoredMember &viewer);
/// Their sum of delivered + read: what `have` is compared with.
qint64 visibleMarksSum(const ChatAggregate &chat, const StoredMember &viewer);

} // namespace parley
