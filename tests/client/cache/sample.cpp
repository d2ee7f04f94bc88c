// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/client/cache/sample.h"

namespace parley {

CacheSample::CacheSample()
{
    ChatLog log(chatNumber(1), userNumber(1), {userNumber(2)});
    const MessageId first = log.post(userNumber(2), QStringLiteral("first"));
    log.edit(userNumber(2), first, QStringLiteral("first, edited"));
    log.post(userNumber(1), QStringLiteral("second"));
    Operation reaction;
    reaction.id = messageNumber(5000);
    reaction.kind = Kind::React;
    reaction.target = first;
    reaction.text = QStringLiteral("\U0001f331");
    log.append(userNumber(1), reaction);
    log.appendUnknown(userNumber(2));
    rows = log.rowsIn(1, log.head());
    unknown = log.entries(log.head(), log.head()).front();

    meta = {userNumber(1), Epoch::fromArray({7}), 12, 1'700'000'000'000};
    chat.id = log.chat();
    chat.generation = 3;
    chat.head = log.head();
    chat.unread = 4;
    chat.unreadHead = 5;
    chat.readWanted = 2;
    chat.info = log.info();
    chat.last = rows.back();
    member = {userNumber(2), MemberState::Member, Role::Admin, 1, 9, true, false};
    mark = {userNumber(2), 5, 3};

    Operation message;
    message.id = messageNumber(5001);
    message.contentType = ContentType::Text;
    message.payload = textPayload(QStringLiteral("waits"));
    message.replyTo = first;
    message.wake = {userNumber(2)};
    waiting = {11, chat.id, message, {}};
    message.id = messageNumber(5002);
    refused = {12, chat.id, message, ErrorCode::Forbidden};
    message.id = messageNumber(5003);
    sent = {10, chat.id, message, 4, 1'700'000'000'004};
    user = {userNumber(2), QStringLiteral("anna"), QStringLiteral("Anna"), QByteArray("picture"),
        QStringLiteral("away"), 99, 8};
    state = {QStringLiteral("folder/work"), QByteArray("v"), 11};
    removedState = {QStringLiteral("folder/gone"), std::nullopt, 12};
    wish = {QStringLiteral("draft/x"), QByteArray("half")};
    removal = {QStringLiteral("mute/x"), std::nullopt};
}

void CacheSample::save(Cache &cache) const
{
    cache.saveMeta(meta);
    cache.saveChat(chat);
    for (const Row &row : rows)
        cache.saveRow(chat.id, row);
    cache.saveUnknownEntry(chat.id, unknown);
    cache.saveIntervals(chat.id, {{}, {1, 3}});
    cache.saveIntervals(chat.id, {{1}, {1, chat.head}});
    cache.saveMember(chat.id, member);
    cache.saveMark(chat.id, mark);
    cache.saveOutbox(waiting);
    cache.saveOutbox(refused);
    cache.saveSent(sent);
    cache.saveUser(user);
    cache.saveState(state);
    cache.saveState(removedState);
    cache.saveWish(wish);
    cache.saveWish(removal);
}

QString CacheSample::difference(Cache &cache) const
{
    const auto sorted = [](auto items, auto by) {
        std::ranges::sort(items, {}, by);
        return items;
    };
    Intervals held;
    held.add(1, chat.head);
    const std::pair<const char *, bool> checks[] = {
        {"meta", cache.meta() == meta},
        {"chats", cache.chats() == std::vector{chat}},
        {"rows", cache.rows(chat.id, {1, 100}, Cache::Order::OldestFirst, 100) == rows},
        {"row", cache.row(chat.id, rows.front().id) == rows.front()},
        {"count", cache.countMessages(chat.id, 0, userNumber(1)) == 1},
        {"intervals", cache.intervals(chat.id) == held},
        {"members", cache.members(chat.id) == std::vector{member}},
        {"member", cache.member(chat.id, member.user) == member},
        {"marks", cache.marks(chat.id) == std::vector{mark}},
        {"outbox", cache.outbox() == std::vector{waiting, refused}},
        {"sent", cache.sentSince(0) == std::vector{sent}},
        {"sentAbove", cache.sentAbove(chat.id, 3) == std::vector{sent}},
        {"position", cache.highestPosition() == 12},
        {"user", cache.user(user.id) == user},
        {"users", cache.userRevisions() == std::vector{std::pair(user.id, user.revision)}},
        {"state", sorted(cache.state(), &StateRow::key) == std::vector{removedState, state}},
        {"wishes", sorted(cache.wishes(), &Wish::key) == std::vector{wish, removal}},
        {"error", !cache.takeError()},
    };
    for (const auto &[what, isEqual] : checks) {
        if (!isEqual)
            return QLatin1String(what);
    }
    return QString();
}

} // namespace parley
