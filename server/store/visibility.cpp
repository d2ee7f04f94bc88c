// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/store/visibility.h"

#include "shared/mutation.h"

namespace parley {
namespace {
/// A kind that no peer knows: the entry counts, and shows nothing.
constexpr Kind nothingToSee = static_cast<Kind>(0);
} // namespace

bool isServed(const StoredMember &member)
{
    return member.row.state == MemberState::Member || member.row.state == MemberState::Invited;
}

qint64 firstVisible(const StoredMember &member)
{
    if (mutation(Mutation::HistoryLeaksOneRow))
        return std::max<qint64>(1, member.row.since - 1);
    return mutation(Mutation::VisibilityByMembership) ? 1 : member.row.since;
}

bool sees(const StoredMember &member, const Row &row)
{
    return row.seq >= member.row.since || mutation(Mutation::VisibilityByMembership);
}

MemberRow memberFor(const StoredMember &viewer, MemberRow row)
{
    if (row.user != viewer.row.user && !mutation(Mutation::BlockNotMasked))
        row.blocking = false;
    return row;
}

Entry entryFor(const StoredMember &viewer, Entry entry)
{
    if (entry.row && !sees(viewer, *entry.row))
        entry.row.reset();
    if (entry.member)
        entry.member = memberFor(viewer, *std::move(entry.member));
    const bool isBlock = entry.kind == Kind::Block || entry.kind == Kind::Unblock;
    if (isBlock && entry.actor != viewer.row.user && !mutation(Mutation::BlockNotMasked)) {
        entry.kind = nothingToSee;
        entry.user.reset();
        entry.member.reset();
    }
    return entry;
}

Mark markFor(const StoredMember &viewer, const StoredMember &member)
{
    const bool own = member.row.user == viewer.row.user;
    const bool hidden = !own && (viewer.row.receiptsOff || member.row.receiptsOff)
        && !mutation(Mutation::ReceiptsOffLeak);
    return Mark{member.row.user, member.delivered, hidden ? 0 : member.read};
}

bool sendsOwnMarksAlone(const ChatAggregate &chat)
{
    return chat.row.members > quint32(limits::marksMembers)
        || chat.members.size() > size_t(limits::marksPeople);
}

std::vector<Mark> visibleMarks(const ChatAggregate &chat, const StoredMember &viewer)
{
    if (sendsOwnMarksAlone(chat))
        return {markFor(viewer, viewer)};
    std::vector<Mark> marks;
    marks.reserve(chat.members.size());
    for (const auto &[user, member] : chat.members)
        marks.push_back(markFor(viewer, member));
    return marks;
}

qint64 visibleMarksSum(const ChatAggregate &chat, const StoredMember &viewer)
{
    qint64 sum = 0;
    for (const Mark &mark : visibleMarks(chat, viewer))
        sum += mark.delivered + mark.read;
    return sum;
}

} // namespace parley
