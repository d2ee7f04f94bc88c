// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/messages/pages.h"

#include "server/store/visibility.h"
#include "shared/assert.h"
#include "shared/codec/cbor.h"
#include "shared/limits.h"
#include "shared/mutation.h"

namespace parley {
namespace {

/// Drops the oldest rows until the rest fits into one answer.
void fitRows(std::vector<Row> &rows)
{
    qsizetype bytes = 0;
    size_t kept = 0;
    while (kept < rows.size()) {
        bytes += toCbor(rows[rows.size() - 1 - kept]).size();
        if (kept > 0 && bytes > limits::answerBytes)
            break;
        ++kept;
    }
    PARLEY_ASSERT(kept <= rows.size() && (kept > 0 || rows.empty()));
    rows.erase(rows.begin(), rows.end() - static_cast<std::ptrdiff_t>(kept));
}

Opened buildOpened(const ChatAggregate &state, const StoredMember &member, const Loaded &read,
    const PageSizes &sizes)
{
    Opened opened;
    for (const Row &row : read.newestRows) {
        if (sees(member, row))
            opened.rows.push_back(row);
    }
    const size_t visible = opened.rows.size();
    fitRows(opened.rows);
    const bool isWhole = opened.rows.size() == visible && visible < size_t(sizes.openRows);
    opened.low = isWhole || opened.rows.empty() ? member.row.since : opened.rows.front().seq;
    for (const auto &[user, stored] : state.members) {
        if (opened.members.size() == size_t(limits::answerItems)) {
            opened.moreMembers = true;
            break;
        }
        opened.members.push_back(memberFor(member, stored.row));
    }
    PARLEY_ASSERT(opened.members.size() <= size_t(limits::answerItems));
    PARLEY_ASSERT(opened.low >= 1 && opened.rows.size() <= size_t(sizes.openRows));
    opened.mine = read.mine;
    return opened;
}

} // namespace

bool opensAnew(const StoredMember &member, qint64 after, qint64 head, const PageSizes &sizes)
{
    const bool isFromBefore = after < member.row.since;
    const bool joins = isFromBefore && !(mutation(Mutation::JoinReplayed) && after > 0);
    return joins || head - after > sizes.replayEntries;
}

LoadRequest pageRequest(const ChatId &chat, const StoredMember &member, const UserId &user,
    qint64 after, qint64 head, const PageSizes &sizes)
{
    PARLEY_ASSERT(member.row.user == user && isServed(member) && head > 0);
    LoadRequest request;
    request.chat = chat;
    request.wantState = true;
    if (opensAnew(member, after, head, sizes)) {
        request.newestRows = sizes.openRows;
        request.mineOf = user;
    } else if (after < head) {
        request.entries = LoadRequest::Entries{after + 1, head};
    }
    return request;
}

size_t entriesThatFit(const std::vector<Entry> &entries)
{
    qsizetype bytes = 0;
    size_t count = 0;
    for (const Entry &entry : entries) {
        bytes += toCbor(entry).size();
        if (count > 0 && (bytes > limits::answerBytes || count == size_t(limits::answerItems)))
            break;
        ++count;
    }
    PARLEY_ASSERT(count > 0 || entries.empty());
    return count;
}

PageReply buildPage(const Page &page, const ChatAggregate &state, const StoredMember &member,
    const Loaded &read, const PageSizes &sizes)
{
    PageReply reply;
    reply.chat = page.chat;
    reply.generation = page.generation;
    reply.head = state.head;
    PARLEY_ASSERT(isServed(member) && page.chat == state.chat);
    reply.unread = state.unread(member.row.user);
    if (opensAnew(member, page.after, state.head, sizes)) {
        reply.opened = buildOpened(state, member, read, sizes);
    } else {
        for (const Entry &entry : read.entries)
            reply.entries.push_back(entryFor(member, entry));
        const size_t fits = entriesThatFit(reply.entries);
        reply.more = fits < reply.entries.size();
        reply.entries.resize(fits);
        if (mutation(Mutation::HandOverWithGap) && reply.entries.size() > 1) {
            reply.entries.pop_back();
            reply.head = reply.entries.back().seq;
        }
    }
    if (!reply.more) {
        reply.marks = visibleMarks(state, member);
        reply.info = state.row;
        reply.self = member.row;
    }
    return reply;
}

} // namespace parley
