// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/core/timelinereader.h"

#include "shared/assert.h"
#include "shared/uuid7.h"

namespace parley {

namespace {

constexpr qint64 behindEverything = std::numeric_limits<qint64>::max();

/// Operations that are rows of their own while they wait; all others change a row, or show nothing.
bool isLine(const Operation &operation)
{
    return operation.kind == Kind::Message || operation.kind == Kind::Create;
}

void addReaction(Row &row, const QString &text, const UserId &user)
{
    auto found = std::ranges::find(row.reactions, text, &Reaction::text);
    if (found == row.reactions.end())
        found = row.reactions.insert(row.reactions.end(), Reaction{text, {}});
    if (std::ranges::find(found->users, user) == found->users.end())
        found->users.push_back(user);
}

void removeReaction(Row &row, const QString &text, const UserId &user)
{
    for (Reaction &reaction : row.reactions) {
        if (reaction.text == text)
            std::erase(reaction.users, user);
    }
    std::erase_if(row.reactions, [](const Reaction &reaction) { return reaction.users.empty(); });
}

void joinHoles(std::vector<TimelineHole> &holes)
{
    std::ranges::sort(holes, {}, &TimelineHole::low);
    std::vector<TimelineHole> joined;
    for (const TimelineHole &hole : holes) {
        if (!joined.empty() && hole.low <= joined.back().high + 1)
            joined.back().high = std::max(joined.back().high, hole.high);
        else
            joined.push_back(hole);
    }
    PARLEY_ASSERT(joined.size() <= holes.size());
    holes = std::move(joined);
}

} // namespace

TimelineWindow TimelineReader::window(const Chat &chat, const WindowRequest &request) const
{
    TimelineWindow window;
    window.chat = chat.id();
    switch (request.from) {
    case WindowRequest::From::Newest:
        window.reachesEnd = true;
        takeOlder(chat, window, {behindEverything, behindEverything}, request.limit);
        break;
    case WindowRequest::From::Before:
        takeOlder(chat, window, request.key, request.limit);
        break;
    case WindowRequest::From::After:
        takeNewer(chat, window, request.key, request.limit);
        break;
    case WindowRequest::From::Around: {
        const auto place = placeOf(chat, request);
        const TimelineKey middle = place.value_or(request.key);
        takeOlder(chat, window, {middle.seq, middle.waiting + 1}, request.limit / 2 + 1);
        takeNewer(chat, window, middle, request.limit / 2);
        window.found = place;
        break;
    }
    }
    joinHoles(window.holes);
    PARLEY_ASSERT(std::ranges::is_sorted(window.holes, {}, &TimelineHole::low));
    return window;
}

std::optional<TimelineKey> TimelineReader::placeOf(
    const Chat &chat, const WindowRequest &request) const
{
    if (!request.message)
        return chat.held.contains(request.key.seq) ? std::optional(request.key) : std::nullopt;
    if (const auto found = row(chat, *request.message))
        return found->key;
    return std::nullopt;
}

void TimelineReader::takeOlder(
    const Chat &chat, TimelineWindow &window, TimelineKey before, int limit) const
{
    std::vector<TimelineRow> older; // newest first
    const auto lines = waiting(chat);
    for (auto line = lines.rbegin(); line != lines.rend() && int(older.size()) < limit; ++line) {
        if (line->key < before)
            older.push_back(*line);
    }
    const qint64 since = chat.since(m_me);
    qint64 place = std::min(chat.seq(), before.waiting > 0 ? before.seq : before.seq - 1);
    while (place >= since && int(older.size()) < limit) {
        const auto interval = chat.held.around(place);
        if (!interval) {
            const auto hole = chat.held.holes(since, place).back();
            if (chat.isMine())
                window.holes.push_back({hole.low, hole.high});
            place = hole.low - 1;
            continue;
        }
        PARLEY_ASSERT(interval->low <= place && place <= interval->high);
        const int wanted = limit - int(older.size());
        const auto rows = m_cache.rows(
            chat.id(), {std::max(interval->low, since), place}, Cache::Order::NewestFirst, wanted);
        for (const Row &held : rows)
            older.push_back(fromRow(chat, held));
        place = int(rows.size()) == wanted ? rows.back().seq - 1 : interval->low - 1;
    }
    PARLEY_ASSERT(int(older.size()) <= std::max(limit, 0));
    window.reachesStart = place < since;
    window.rows.insert(window.rows.begin(), std::make_move_iterator(older.rbegin()),
        std::make_move_iterator(older.rend()));
}

void TimelineReader::takeNewer(
    const Chat &chat, TimelineWindow &window, TimelineKey after, int limit) const
{
    int left = limit;
    const qint64 top = chat.seq();
    qint64 place =
        std::max(after.seq == behindEverything ? after.seq : after.seq + 1, chat.since(m_me));
    while (place <= top && left > 0) {
        const auto interval = chat.held.around(place);
        if (!interval) {
            const auto hole = chat.held.holes(place, top).front();
            if (chat.isMine())
                window.holes.push_back({hole.low, hole.high});
            place = hole.high + 1;
            continue;
        }
        const auto rows =
            m_cache.rows(chat.id(), {place, interval->high}, Cache::Order::OldestFirst, left);
        for (const Row &held : rows)
            window.rows.push_back(fromRow(chat, held));
        left -= int(rows.size());
        PARLEY_ASSERT(left >= 0);
        place = left == 0 ? rows.back().seq + 1 : interval->high + 1;
    }
    const auto lines = waiting(chat);
    auto line = std::ranges::find_if(lines, [&](const auto &each) { return each.key > after; });
    for (; line != lines.end() && left > 0; ++line, --left)
        window.rows.push_back(*line);
    window.reachesEnd = place > top && line == lines.end();
}

std::optional<TimelineRow> TimelineReader::row(const Chat &chat, const MessageId &id) const
{
    if (const auto held = m_cache.row(chat.id(), id); held && chat.held.contains(held->seq))
        return fromRow(chat, *held);
    for (const SentItem &item : m_outbox.accepted(chat.id())) {
        if (item.operation.id == id && isLine(item.operation))
            return fromSent(chat, item);
    }
    if (const OutboxItem *item = m_outbox.find(chat.id(), id); item && isLine(item->operation))
        return fromItem(chat, *item);
    return std::nullopt;
}

std::optional<TimelineRow> TimelineReader::last(const Chat &chat) const
{
    const auto &items = m_outbox.items(chat.id());
    for (auto item = items.rbegin(); item != items.rend(); ++item) {
        if (isLine(item->operation))
            return fromItem(chat, *item);
    }
    const auto &accepted = m_outbox.accepted(chat.id());
    for (auto item = accepted.rbegin(); item != accepted.rend(); ++item) {
        if (isLine(item->operation))
            return fromSent(chat, *item);
    }
    if (chat.record.last)
        return fromRow(chat, *chat.record.last);
    return std::nullopt;
}

std::vector<TimelineRow> TimelineReader::waiting(const Chat &chat) const
{
    std::vector<TimelineRow> lines;
    for (const SentItem &item : m_outbox.accepted(chat.id())) {
        if (isLine(item.operation))
            lines.push_back(fromSent(chat, item));
    }
    for (const OutboxItem &item : m_outbox.items(chat.id())) {
        if (isLine(item.operation))
            lines.push_back(fromItem(chat, item));
    }
    return lines;
}

TimelineRow TimelineReader::fromRow(const Chat &chat, const Row &held) const
{
    TimelineRow line;
    line.row = held;
    line.key = {held.seq, 0};
    if (held.sender == m_me && held.kind == Kind::Message) {
        line.delivery = held.seq <= chat.othersReadUpTo(m_me) ? Delivery::Read
            : held.seq <= chat.deliveredUpTo(m_me)            ? Delivery::Delivered
                                                              : Delivery::Sent;
    }
    layOver(chat, line);
    quote(chat, line);
    return line;
}

TimelineRow TimelineReader::fromOperation(const Operation &operation) const
{
    TimelineRow line;
    line.row.id = operation.id;
    line.row.kind = operation.kind;
    line.row.sender = m_me;
    line.row.time = Uuid7::timeMs(operation.id);
    line.row.replyTo = operation.replyTo;
    line.row.threadRoot = operation.threadRoot;
    line.row.expires = operation.expires;
    line.row.contentType = operation.contentType;
    line.row.payload = operation.payload;
    line.row.text = operation.text;
    return line;
}

TimelineRow TimelineReader::fromItem(const Chat &chat, const OutboxItem &item) const
{
    TimelineRow line = fromOperation(item.operation);
    PARLEY_ASSERT(item.chat == chat.id());
    line.key = {behindEverything, item.position};
    line.delivery = item.failure ? Delivery::Failed : Delivery::Sending;
    line.failure = item.failure;
    line.operation = item.operation.id;
    layOver(chat, line);
    quote(chat, line);
    return line;
}

TimelineRow TimelineReader::fromSent(const Chat &chat, const SentItem &item) const
{
    TimelineRow line = fromOperation(item.operation);
    PARLEY_ASSERT(item.chat == chat.id());
    line.row.seq = item.seq;
    line.row.time = item.timeMs;
    line.key = {item.seq, 0};
    line.delivery = Delivery::Sent;
    layOver(chat, line);
    quote(chat, line);
    return line;
}

void TimelineReader::layOver(const Chat &chat, TimelineRow &line) const
{
    for (const SentItem &item : m_outbox.accepted(chat.id())) {
        if (item.operation.target == line.row.id)
            layOver(line, item.operation);
    }
    for (const OutboxItem &item : m_outbox.items(chat.id())) {
        if (item.operation.target != line.row.id)
            continue;
        line.operation = item.operation.id;
        if (item.failure) {
            line.failure = item.failure;
            continue;
        }
        line.hasWaitingChange = true;
        layOver(line, item.operation);
    }
}

void TimelineReader::layOver(TimelineRow &line, const Operation &operation) const
{
    Row &row = line.row;
    PARLEY_ASSERT(operation.target == row.id);
    if (row.deleted)
        return;
    switch (operation.kind) {
    case Kind::Edit:
        row.contentType = operation.contentType;
        row.payload = operation.payload;
        row.editedAt = Uuid7::timeMs(operation.id);
        break;
    case Kind::Delete:
        row.deleted = true;
        row.payload.clear();
        row.reactions.clear();
        break;
    case Kind::React:
        addReaction(row, operation.text.value_or(QString()), m_me);
        break;
    case Kind::Unreact:
        removeReaction(row, operation.text.value_or(QString()), m_me);
        break;
    default:
        break;
    }
}

void TimelineReader::quote(const Chat &chat, TimelineRow &line) const
{
    if (!line.row.replyTo)
        return;
    line.quoted = m_cache.row(chat.id(), *line.row.replyTo);
    if (line.quoted)
        return;
    if (const OutboxItem *item = m_outbox.find(chat.id(), *line.row.replyTo))
        line.quoted = fromOperation(item->operation).row;
}

} // namespace parley
