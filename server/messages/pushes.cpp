// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/messages/pushes.h"

#include "server/messages/pages.h"
#include "server/store/visibility.h"
#include "shared/assert.h"
#include "shared/mutation.h"

#include <set>

namespace parley {
namespace {

/// The frames of one commit, for everybody who sees the same of it.
std::vector<QByteArray> encodeCommit(
    const ChatId &chat, std::vector<Entry> entries, std::vector<Mark> marks)
{
    std::vector<QByteArray> frames;
    Pushed pushed;
    pushed.chat = chat;
    // One frame, unless the after-images are so large that a peer would refuse it.
    while (!entries.empty()) {
        const auto fits = static_cast<std::ptrdiff_t>(entriesThatFit(entries));
        PARLEY_ASSERT(fits > 0);
        pushed.entries.assign(entries.begin(), entries.begin() + fits);
        entries.erase(entries.begin(), entries.begin() + fits);
        if (entries.empty())
            pushed.marks = marks;
        frames.push_back(encodeEvent(pushed));
    }
    if (frames.empty() && !marks.empty()) {
        pushed.marks = std::move(marks);
        frames.push_back(encodeEvent(pushed));
    }
    return frames;
}

std::vector<Mark> marksFor(
    const ChatAggregate &state, const StoredMember &viewer, const std::vector<UserId> &moved)
{
    const bool ownOnly = sendsOwnMarksAlone(state);
    std::vector<Mark> marks;
    for (const UserId &user : moved) {
        if (ownOnly && user != viewer.row.user)
            continue;
        marks.push_back(markFor(viewer, state.members.at(user)));
    }
    return marks;
}

/// Who switched receipts on by one of `entries`.
std::set<UserId> switchedOn(const ChatAggregate &state, const std::vector<Entry> &entries)
{
    std::set<UserId> users;
    for (const Entry &entry : entries) {
        if (entry.kind != Kind::Receipts || !entry.user)
            continue;
        const auto member = state.members.find(*entry.user);
        if (member != state.members.end() && !member->second.row.receiptsOff)
            users.insert(*entry.user);
    }
    return users;
}

/// Whose watermarks are to be sent: those that moved, and what could not be seen while receipts
/// were off, on either side.
std::vector<UserId> toShow(const ChatAggregate &state, const UserId &viewer,
    const std::set<UserId> &switched, const std::vector<UserId> &moved)
{
    if (switched.empty())
        return moved;
    std::set<UserId> shown = switched;
    shown.insert(moved.begin(), moved.end());
    if (switched.contains(viewer) && !sendsOwnMarksAlone(state)) {
        for (const auto &[user, other] : state.members)
            shown.insert(user);
    }
    return {shown.begin(), shown.end()};
}

std::vector<Entry> entriesFor(const StoredMember &viewer, const std::vector<Entry> &entries)
{
    std::vector<Entry> visible;
    visible.reserve(entries.size());
    for (const Entry &entry : entries)
        visible.push_back(entryFor(viewer, entry));
    return visible;
}

/// The sessions that are to hear of it: those to which the chat was handed over.
std::vector<SessionRef> audience(DeskContext &context, const ChatAggregate &state)
{
    if (!mutation(Mutation::PushWhileCatchingUp))
        return context.sessions.liveIn(state.chat);
    std::vector<SessionRef> all;
    for (const auto &[user, member] : state.members) {
        for (const SessionRef &ref : context.sessions.ofUser(user))
            all.push_back(ref);
    }
    return all;
}

} // namespace

void pushCommit(DeskContext &context, const ChatAggregate &state, const std::vector<Entry> &entries,
    const std::vector<UserId> &movedMarks)
{
    struct Group {
        std::vector<Entry> entries;
        std::vector<Mark> marks;
        std::vector<SessionRef> sessions;
    };
    std::vector<Group> groups;
    std::map<UserId, size_t> groupOf;
    const std::set<UserId> switched = switchedOn(state, entries);
    for (const SessionRef &ref : audience(context, state)) {
        const UserId user = context.sessions.find(ref)->user;
        const auto found = state.members.find(user);
        // Who went and came again within one commit starts the chat over, like anyone who slept
        // through a join.
        const bool isAnew = found != state.members.end() && !entries.empty()
            && firstVisible(found->second) > entries.front().seq;
        const bool belongs = found != state.members.end()
            && (isServed(found->second) || mutation(Mutation::RemovedStillServed));
        if (!belongs || isAnew) {
            context.sessions.endLive(ref, state.chat);
            continue;
        }
        const auto known = groupOf.find(user);
        if (known != groupOf.end()) {
            groups[known->second].sessions.push_back(ref);
            continue;
        }
        Group mine{entriesFor(found->second, entries),
            marksFor(state, found->second, toShow(state, user, switched, movedMarks)), {ref}};
        const auto same = std::find_if(groups.begin(), groups.end(), [&](const Group &group) {
            return mutation(Mutation::OneFrameForAll)
                || (group.marks == mine.marks && group.entries == mine.entries);
        });
        groupOf[user] = static_cast<size_t>(same - groups.begin());
        if (same == groups.end())
            groups.push_back(std::move(mine));
        else
            same->sessions.push_back(ref);
    }
    for (Group &group : groups) {
        for (QByteArray &frame :
            encodeCommit(state.chat, std::move(group.entries), std::move(group.marks)))
            context.output(Outbound{group.sessions, Urgency::Push, std::move(frame)});
    }
}

void reportMissed(DeskContext &context, const ChatAggregate &state,
    const std::vector<Entry> &entries, const std::map<MessageId, std::vector<UserId>> &wake)
{
    const bool hasMessages = std::any_of(entries.begin(), entries.end(),
        [](const Entry &entry) { return entry.kind == Kind::Message; });
    if (!hasMessages)
        return;
    std::vector<UserId> away;
    for (const auto &[user, member] : state.members) {
        if (isServed(member) && !context.sessions.hasUser(user))
            away.push_back(user);
    }
    if (away.empty())
        return;
    for (const Entry &entry : entries) {
        if (entry.kind != Kind::Message)
            continue;
        Missed missed{state.chat, entry.id, entry.actor, away, {}};
        std::erase(missed.users, entry.actor);
        if (const auto named = wake.find(entry.id); named != wake.end()) {
            for (const UserId &user : named->second) {
                if (std::binary_search(away.begin(), away.end(), user))
                    missed.mentioned.push_back(user);
            }
        }
        if (!missed.users.empty())
            context.output(std::move(missed));
    }
}

void pushUserState(DeskContext &context, const UserId &user, const StateRow &row)
{
    const std::vector<SessionRef> sessions = context.sessions.ofUser(user);
    PARLEY_ASSERT(row.revision > 0 && !row.key.isEmpty());
    if (!sessions.empty())
        context.output(Outbound{sessions, Urgency::Push, encodeEvent(UserStateChanged{row})});
}

void pushTyping(
    DeskContext &context, const ChatAggregate &state, const Origin &origin, TypingChanged event)
{
    std::vector<SessionRef> sessions;
    for (const SessionRef &ref : context.sessions.liveIn(state.chat)) {
        const Sessions::Session *session = context.sessions.find(ref);
        PARLEY_ASSERT(session && session->live.contains(state.chat));
        const auto member = state.members.find(session->user);
        const bool takesPart =
            member != state.members.end() && member->second.row.state == MemberState::Member;
        if (takesPart && session->user != origin.user && session->focus == state.chat
            && !session->typingOff)
            sessions.push_back(ref);
    }
    if (!sessions.empty())
        context.output(Outbound{std::move(sessions), Urgency::Ephemeral, encodeEvent(event)});
}

} // namespace parley
