// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/gateway/catchingup.h"

#include "server/gateway/syncframes.h"
#include "server/store/visibility.h"
#include "shared/mutation.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QtEndian>

#include <unordered_set>

namespace parley {
namespace {

using HaveByChat = std::unordered_map<ChatId, Have>;

HaveByChat byChat(const std::vector<Have> &have)
{
    HaveByChat found;
    for (const Have &each : have)
        found[each.chat] = each;
    return found;
}

/// Asks for the head as it is now: a list of chats may be behind. A chat that the user is served no
/// more can still show that the store was restored. What the user never belonged to looks like what
/// does not exist.
Result<bool> exceedsStore(StoreReader &reader, const UserId &user, const Have &have)
{
    if (have.seq == 0)
        return false;
    const auto member = reader.member(have.chat, user);
    if (!member)
        return member.error().code == ErrorCode::NotFound ? Result<bool>(true) : member.error();
    if (!*member)
        return true;
    const auto head = reader.head(have.chat);
    if (!head)
        return head.error();
    return have.seq > *head;
}

Result<bool> isRestored(StoreReader &reader, const UserId &user, const ReadCatchUp &said,
    const std::vector<UserHead> &heads, HaveByChat have)
{
    if (said.epoch && *said.epoch != reader.epoch())
        return true;
    for (const UserHead &head : heads) {
        const auto found = have.find(head.chat);
        if (found != have.end() && found->second.seq <= head.head)
            have.erase(found);
    }
    for (const auto &[chat, each] : have) {
        const auto exceeds = exceedsStore(reader, user, each);
        if (!exceeds || *exceeds)
            return exceeds;
    }
    return false;
}

/// Adds chats, and whom they show, newest activity first.
class ChatList {
public:
    ChatList(StoreReader &reader, const UserId &user, SyncFrames &frames)
        : m_reader(reader)
        , m_user(user)
        , m_frames(frames)
    {
    }

    Status add(const UserHead &head)
    {
        const auto chat = chatHead(m_reader, m_user, head);
        if (!chat)
            return chat.error();
        if (!*chat)
            return Done{};
        m_frames.add(**chat);
        if ((*chat)->info) {
            for (const UserId &user : (*chat)->info->users)
                want(user);
        }
        if ((*chat)->last)
            want((*chat)->last->sender);
        return m_wanted.size() >= profilesAtOnce ? addProfiles() : Done{};
    }

    Status addProfiles()
    {
        const auto profiles = m_reader.profiles(std::exchange(m_wanted, {}));
        if (!profiles)
            return profiles.error();
        for (const UserRow &profile : *profiles)
            m_frames.add(profile);
        return Done{};
    }

private:
    static constexpr size_t profilesAtOnce = 100;

    void want(const UserId &user)
    {
        if (user != m_user && !user.isNull() && m_seen.insert(user).second)
            m_wanted.push_back(user);
    }

    StoreReader &m_reader;
    UserId m_user;
    SyncFrames &m_frames;
    std::vector<UserId> m_wanted;
    std::unordered_set<UserId> m_seen;
};

Status addState(StoreReader &reader, const UserId &user, qint64 revision, SyncFrames &frames)
{
    while (true) {
        const auto rows = reader.stateAfter(user, revision, limits::answerItems);
        if (!rows)
            return rows.error();
        for (const StateRow &row : *rows)
            frames.add(row);
        if (std::ssize(*rows) < limits::answerItems)
            return Done{};
        revision = rows->back().revision;
    }
}

void addNumber(QCryptographicHash &hash, qint64 number)
{
    const qint64 bigEndian = qToBigEndian(number);
    hash.addData(QByteArrayView(reinterpret_cast<const char *>(&bigEndian), sizeof bigEndian));
}

} // namespace

Result<std::optional<ChatHead>> chatHead(
    StoreReader &reader, const UserId &user, const UserHead &head)
{
    const auto chat = reader.chat(head.chat);
    if (!chat)
        return chat.error();
    const auto self = chat->members.find(user);
    if (self == chat->members.end() || !isServed(self->second))
        return std::optional<ChatHead>();
    auto last = reader.lastRow(head.chat, firstVisible(self->second));
    if (!last)
        return last.error();
    ChatHead found;
    found.chat = head.chat;
    found.head = chat->head;
    found.unread = chat->unread(user);
    found.info = chat->row;
    found.self = memberFor(self->second, self->second.row);
    found.last = *std::move(last);
    found.marks = visibleMarks(*chat, self->second);
    return std::optional(std::move(found));
}

bool isUpToDate(const UserHead &head, const Have &have)
{
    return have.seq == head.head && have.seq >= head.since && have.marks == head.marks;
}

Result<CaughtUp> catchUp(StoreReader &reader, const UserId &user, const ReadCatchUp &said)
{
    const auto state = reader.user(user);
    if (!state)
        return state.error();
    const auto heads = reader.heads(user);
    if (!heads)
        return heads.error();
    const HaveByChat have = byChat(said.have);
    auto restored = isRestored(reader, user, said, *heads, have);
    if (!restored)
        return restored.error();
    CaughtUp result;
    result.number = said.number;
    if (*restored || said.userRevision > state->revision) {
        result.frames.push_back(SyncFrames::restored(reader.epoch()));
        return result;
    }

    SyncFrames frames(reader.epoch(), said.userRevision);
    if (auto done = addState(reader, user, said.userRevision, frames); !done)
        return done.error();
    ChatList chats(reader, user, frames);
    for (const UserHead &head : *heads) {
        const auto found = have.find(head.chat);
        if (found != have.end() && isUpToDate(head, found->second)) {
            result.handOvers.push_back(
                Page{head.chat, found->second.seq, found->second.generation});
        } else if (auto done = chats.add(head); !done) {
            return done.error();
        }
    }
    if (auto done = chats.addProfiles(); !done)
        return done.error();
    result.frames = frames.take(state->revision);
    return result;
}

Result<DigestReply> compareDigest(StoreReader &reader, const UserId &user, const Digest &digest)
{
    const auto state = reader.user(user);
    if (!state)
        return state.error();
    const auto heads = reader.heads(user);
    if (!heads)
        return heads.error();
    auto rows = reader.stateAfter(user, digest.userRevision, limits::answerItems);
    if (!rows)
        return rows.error();

    DigestReply reply;
    reply.userRevision = digest.userRevision;
    qsizetype bytes = 0;
    const auto fits = [&](qsizetype size) {
        bytes += size;
        const auto items = std::ssize(reply.state) + std::ssize(reply.chats);
        reply.more = items > 0 && (bytes > limits::answerBytes || items >= limits::answerItems);
        return !reply.more;
    };
    for (StateRow &row : *rows) {
        if (!fits(toCbor(row).size()))
            return reply;
        reply.userRevision = row.revision;
        reply.state.push_back(std::move(row));
    }
    if (std::ssize(*rows) == limits::answerItems) {
        reply.more = true;
        return reply;
    }
    reply.userRevision = std::max(reply.userRevision, state->revision);
    const HaveByChat have = byChat(digest.have);
    for (const UserHead &head : *heads) {
        const auto found = have.find(head.chat);
        if (found != have.end() && found->second.seq == head.head
            && found->second.marks == head.marks)
            continue;
        const auto chat = chatHead(reader, user, head);
        if (!chat)
            return chat.error();
        if (!*chat)
            continue;
        if (!fits(toCbor(**chat).size()))
            return reply;
        reply.chats.push_back(**chat);
    }
    return reply;
}

Result<QByteArray> digestHash(StoreReader &reader, const UserId &user)
{
    const auto state = reader.user(user);
    if (!state)
        return state.error();
    auto heads = reader.heads(user);
    if (!heads)
        return heads.error();
    std::sort(heads->begin(), heads->end(),
        [](const UserHead &a, const UserHead &b) { return a.chat < b.chat; });
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!mutation(Mutation::DigestWithoutUserState))
        addNumber(hash, state->revision);
    for (const UserHead &head : *heads) {
        hash.addData(head.chat.view());
        addNumber(hash, head.head);
        if (!mutation(Mutation::DigestWithoutMarks))
            addNumber(hash, head.marks);
    }
    return hash.result();
}

} // namespace parley
