// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/client.h"

#include "client/clientwork.h"
#include "client/core/statekeys.h"

/// The slots for what is stored before it is shown: messages, chats and the own state.
namespace parley {

namespace {

/// Of a result only whether it is one.
template <typename T>
Status statusOf(const Result<T> &result)
{
    return result ? Status(Done{}) : Status(result.error());
}

} // namespace

void Client::sendMessage(const ChatId &chat, const NewMessage &message)
{
    post([chat, message](Work &work) {
        work.store(chat, [&](ClientCore &core) { return statusOf(core.compose(chat, message)); });
    });
}

void Client::editMessage(const ChatId &chat, const MessageId &message, const QByteArray &payload,
    ContentType contentType)
{
    post([chat, message, payload, contentType](Work &work) {
        work.store(
            chat, [&](ClientCore &core) { return core.edit(chat, message, contentType, payload); });
    });
}

void Client::deleteMessage(const ChatId &chat, const MessageId &message)
{
    post([chat, message](Work &work) {
        work.store(chat, [&](ClientCore &core) { return core.remove(chat, message); });
    });
}

void Client::react(const ChatId &chat, const MessageId &message, const QString &emoji)
{
    post([chat, message, emoji](Work &work) {
        work.store(chat, [&](ClientCore &core) { return core.react(chat, message, emoji); });
    });
}

void Client::unreact(const ChatId &chat, const MessageId &message, const QString &emoji)
{
    post([chat, message, emoji](Work &work) {
        work.store(chat, [&](ClientCore &core) { return core.unreact(chat, message, emoji); });
    });
}

void Client::retry(const ChatId &chat, const MessageId &operation)
{
    post([chat, operation](Work &work) {
        work.store(chat, [&](ClientCore &core) { return core.retry(chat, operation); });
    });
}

void Client::discard(const ChatId &chat, const MessageId &operation)
{
    post([chat, operation](Work &work) {
        work.store(chat, [&](ClientCore &core) { return core.discard(chat, operation); });
    });
}

void Client::markRead(const ChatId &chat, qint64 upTo)
{
    post([chat, upTo](Work &work) {
        work.store(chat, [&](ClientCore &core) { return core.markRead(chat, upTo); });
    });
}

void Client::setDraft(const ChatId &chat, const Draft &draft)
{
    const auto value = draft.isEmpty() ? std::nullopt : std::optional(toCbor(draft));
    post([chat, value](Work &work) {
        work.store(
            chat, [&](ClientCore &core) { return core.setState(statekeys::draft(chat), value); });
    });
}

void Client::createDirect(quint64 ticket, const UserId &other)
{
    post([this, ticket, other](Work &work) {
        work.store({}, [&](ClientCore &core) {
            const auto chat = core.createDirect(other);
            if (chat)
                emit chatCreated(ticket, *chat);
            return statusOf(chat);
        });
    });
}

void Client::createGroup(quint64 ticket, const QString &title, const std::vector<UserId> &members)
{
    post([this, ticket, title, members](Work &work) {
        work.store({}, [&](ClientCore &core) {
            const auto chat = core.createGroup(title, members);
            if (chat)
                emit chatCreated(ticket, *chat);
            return statusOf(chat);
        });
    });
}

void Client::setTitle(const ChatId &chat, const QString &title)
{
    post([chat, title](Work &work) {
        work.store(chat, [&](ClientCore &core) { return core.setTitle(chat, title); });
    });
}

void Client::addMember(const ChatId &chat, const UserId &user)
{
    post([chat, user](Work &work) {
        work.store(chat, [&](ClientCore &core) { return core.addMember(chat, user); });
    });
}

void Client::removeMember(const ChatId &chat, const UserId &user)
{
    post([chat, user](Work &work) {
        work.store(chat, [&](ClientCore &core) { return core.removeMember(chat, user); });
    });
}

void Client::setRole(const ChatId &chat, const UserId &user, Role role)
{
    post([chat, user, role](Work &work) {
        work.store(chat, [&](ClientCore &core) { return core.setRole(chat, user, role); });
    });
}

void Client::leave(const ChatId &chat)
{
    post([chat](Work &work) {
        work.store(
            chat, [&](ClientCore &core) { return core.changeOwnMembership(chat, Kind::Leave); });
    });
}

void Client::accept(const ChatId &chat)
{
    post([chat](Work &work) {
        work.store(
            chat, [&](ClientCore &core) { return core.changeOwnMembership(chat, Kind::Accept); });
    });
}

void Client::block(const ChatId &chat)
{
    post([chat](Work &work) {
        work.store(
            chat, [&](ClientCore &core) { return core.changeOwnMembership(chat, Kind::Block); });
    });
}

void Client::unblock(const ChatId &chat)
{
    post([chat](Work &work) {
        work.store(
            chat, [&](ClientCore &core) { return core.changeOwnMembership(chat, Kind::Unblock); });
    });
}

void Client::mute(const ChatId &chat, qint64 untilMs)
{
    post([chat, untilMs](Work &work) {
        work.store(chat, [&](ClientCore &core) {
            return core.setState(statekeys::mute(chat), toCbor(Mute{untilMs}));
        });
    });
}

void Client::unmute(const ChatId &chat)
{
    post([chat](Work &work) {
        work.store(chat,
            [&](ClientCore &core) { return core.setState(statekeys::mute(chat), std::nullopt); });
    });
}

void Client::markUnread(const ChatId &chat, bool unread)
{
    const auto value = unread ? std::optional(QByteArrayLiteral("\xf5")) : std::nullopt;
    post([chat, value](Work &work) {
        work.store(
            chat, [&](ClientCore &core) { return core.setState(statekeys::unread(chat), value); });
    });
}

void Client::setPrivacy(const Privacy &privacy)
{
    post([privacy](Work &work) {
        work.store({},
            [&](ClientCore &core) { return core.setState(statekeys::privacy(), toCbor(privacy)); });
    });
}

} // namespace parley
