// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/gateway/chatreads.h"

#include "server/store/visibility.h"
#include "shared/codec/cbor.h"

namespace parley {
namespace {

/// The asking user's own membership; the same refusal whether the chat is foreign or does not
/// exist.
Result<StoredMember> servedMember(StoreReader &reader, const ChatId &chat, const UserId &user)
{
    const auto member = reader.member(chat, user);
    if (!member) {
        const bool isAbsent = member.error().code == ErrorCode::NotFound;
        return isAbsent ? Error(ErrorCode::Forbidden) : member.error();
    }
    if (!*member || !isServed(**member))
        return ErrorCode::Forbidden;
    return **member;
}

struct Interval {
    qint64 low = 1;
    qint64 high = 0;
    enum class Keep : quint8 { Newest, Oldest, Middle } keep = Keep::Newest;
    qint64 middle = 0;
};

Result<Interval> askedInterval(const History &command, qint64 since, qint64 head)
{
    const int ways = int(command.before.has_value()) + int(command.after.has_value())
        + int(command.around.has_value());
    if (ways != 1 || command.limit == 0)
        return ErrorCode::Malformed;
    if (command.limit > limits::historyRows)
        return ErrorCode::TooLarge;
    const qint64 limit = command.limit;
    // Numbers from outside: clamped before anything is added to them.
    const auto inside = [&](qint64 seq) { return std::clamp<qint64>(seq, since - 1, head + 1); };
    Interval asked;
    if (command.before) {
        asked.high = inside(*command.before) - 1;
        asked.low = asked.high - limit + 1;
    } else if (command.after) {
        asked.low = inside(*command.after) + 1;
        asked.high = asked.low + limit - 1;
        asked.keep = Interval::Keep::Oldest;
    } else {
        asked.middle = std::clamp<qint64>(*command.around, since, head);
        asked.low = asked.middle - limit / 2;
        asked.high = asked.low + limit - 1;
        asked.keep = Interval::Keep::Middle;
    }
    asked.low = std::max(asked.low, since);
    asked.high = std::min(asked.high, head);
    return asked;
}

/// Shortens the interval until its rows fit in an answer.
void fitAnswer(Interval &interval, std::vector<Row> &rows)
{
    std::vector<qint64> sizes;
    qint64 total = 0;
    for (const Row &row : rows)
        total += sizes.emplace_back(toCbor(row).size());
    size_t first = 0;
    size_t last = rows.size();
    while (total > limits::answerBytes && last - first > 1) {
        const bool dropsNewest = interval.keep == Interval::Keep::Oldest
            || (interval.keep == Interval::Keep::Middle
                && rows[last - 1].seq - interval.middle > interval.middle - rows[first].seq);
        total -= dropsNewest ? sizes[--last] : sizes[first++];
    }
    if (first > 0)
        interval.low = rows[first - 1].seq + 1;
    if (last < rows.size())
        interval.high = rows[last].seq - 1;
    rows.erase(rows.begin() + qsizetype(last), rows.end());
    rows.erase(rows.begin(), rows.begin() + qsizetype(first));
}

/// Rows by rising user id that stop at a list's limits. `next` says where.
template <typename Item>
void cutList(std::vector<Item> &items, std::optional<UserId> &next)
{
    qsizetype bytes = 0;
    for (size_t i = 0; i < items.size(); ++i) {
        bytes += toCbor(items[i]).size();
        if (i > 0 && (bytes > limits::answerBytes || qsizetype(i) >= limits::answerItems)) {
            next = items[i - 1].user;
            items.resize(i);
            return;
        }
    }
}

} // namespace

Result<std::optional<PageReply>> readPage(
    StoreReader &reader, const UserId &user, const Page &command, const PageSizes &sizes)
{
    const auto self = servedMember(reader, command.chat, user);
    if (!self)
        return self.error();
    const auto head = reader.head(command.chat);
    if (!head)
        return head.error();
    const qint64 missed = *head - std::clamp<qint64>(command.after, 0, *head);
    const bool isPart = command.after >= firstVisible(*self) && missed > sizes.pageEntries
        && missed <= sizes.replayEntries;
    if (!isPart)
        return std::optional<PageReply>();

    const auto chat = reader.chat(command.chat);
    if (!chat)
        return chat.error();
    auto entries =
        reader.entries(command.chat, command.after + 1, command.after + sizes.pageEntries);
    if (!entries)
        return entries.error();
    // The reader has not heard of them yet: the message service has.
    if (entries->empty())
        return std::optional<PageReply>();
    PageReply reply;
    reply.chat = command.chat;
    reply.generation = command.generation;
    reply.head = *head;
    reply.unread = chat->unread(user);
    reply.more = true;
    qsizetype bytes = 0;
    for (Entry &entry : *entries) {
        Entry visible = entryFor(*self, std::move(entry));
        bytes += toCbor(visible).size();
        if (!reply.entries.empty() && bytes > limits::answerBytes)
            break;
        reply.entries.push_back(std::move(visible));
    }
    return std::optional(std::move(reply));
}

Result<HistoryReply> readHistory(StoreReader &reader, const UserId &user, const History &command)
{
    const auto self = servedMember(reader, command.chat, user);
    if (!self)
        return self.error();
    const auto head = reader.head(command.chat);
    if (!head)
        return head.error();
    auto interval = askedInterval(command, firstVisible(*self), *head);
    if (!interval)
        return interval.error();
    HistoryReply reply;
    if (interval->low <= interval->high) {
        auto rows = reader.rows(command.chat, interval->low, interval->high);
        if (!rows)
            return rows.error();
        fitAnswer(*interval, *rows);
        reply.rows = *std::move(rows);
    }
    reply.low = interval->low;
    reply.high = std::max(interval->high, interval->low - 1);
    reply.generation = command.generation;
    return reply;
}

Result<MembersReply> readMembers(StoreReader &reader, const UserId &user, const Members &command)
{
    const auto self = servedMember(reader, command.chat, user);
    if (!self)
        return self.error();
    const auto members = reader.members(command.chat, command.after, limits::answerItems + 1);
    if (!members)
        return members.error();
    MembersReply reply;
    for (const StoredMember &member : *members)
        reply.members.push_back(memberFor(*self, member.row));
    cutList(reply.members, reply.next);
    return reply;
}

Result<MarksReply> readMarks(StoreReader &reader, const UserId &user, const Marks &command)
{
    const auto self = servedMember(reader, command.chat, user);
    if (!self)
        return self.error();
    const auto members = reader.members(command.chat, command.after, limits::answerItems + 1);
    if (!members)
        return members.error();
    MarksReply reply;
    for (const StoredMember &member : *members)
        reply.marks.push_back(markFor(*self, member));
    cutList(reply.marks, reply.next);
    return reply;
}

} // namespace parley
