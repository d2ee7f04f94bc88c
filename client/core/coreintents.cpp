// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/core/clientcore.h"

#include "client/core/statekeys.h"
#include "shared/assert.h"
#include "shared/directchat.h"

/// What a person wants.
namespace parley {

namespace {

Error closedChat()
{
    return {ErrorCode::Forbidden, QStringLiteral("Nothing can be written in this chat")};
}

} // namespace

Operation ClientCore::operation(Kind kind)
{
    Operation operation;
    operation.id = m_ids.next(m_now.wallMs);
    operation.kind = kind;
    PARLEY_ASSERT(Uuid7::isVersion7(operation.id));
    return operation;
}

Status ClientCore::append(const ChatId &id, const Operation &operation)
{
    const Chat *known = chat(id);
    const bool isMembership = operation.kind == Kind::Accept || operation.kind == Kind::Leave
        || operation.kind == Kind::Block || operation.kind == Kind::Unblock;
    if (!known || !(isMembership ? known->isMine() : m_screen.canWrite(*known)))
        return closedChat();
    if (operation.payload.size() > qsizetype(m_limits.payloadBytes))
        return Error(ErrorCode::TooLarge, QStringLiteral("The message is too long"));
    PARLEY_ASSERT(!m_outbox.find(id, operation.id));
    auto done = write([&] { m_outbox.add(id, operation); });
    pump();
    return done;
}

Result<MessageId> ClientCore::compose(const ChatId &id, const NewMessage &message)
{
    Operation posted = operation(Kind::Message);
    posted.contentType = message.contentType;
    posted.payload = message.payload;
    posted.replyTo = message.replyTo;
    posted.threadRoot = message.threadRoot;
    posted.wake = message.wake;
    if (auto done = append(id, posted); !done)
        return done.error();
    return posted.id;
}

Status ClientCore::edit(
    const ChatId &id, const MessageId &message, ContentType contentType, const QByteArray &payload)
{
    Operation edited = operation(Kind::Edit);
    edited.target = message;
    edited.contentType = contentType;
    edited.payload = payload;
    return append(id, edited);
}

Status ClientCore::remove(const ChatId &id, const MessageId &message)
{
    Operation removed = operation(Kind::Delete);
    removed.target = message;
    return append(id, removed);
}

Status ClientCore::react(const ChatId &id, const MessageId &message, const QString &text)
{
    Operation reaction = operation(Kind::React);
    reaction.target = message;
    reaction.text = text;
    return append(id, reaction);
}

Status ClientCore::unreact(const ChatId &id, const MessageId &message, const QString &text)
{
    Operation reaction = operation(Kind::Unreact);
    reaction.target = message;
    reaction.text = text;
    return append(id, reaction);
}

Status ClientCore::retry(const ChatId &id, const MessageId &failed)
{
    const OutboxItem *item = m_outbox.find(id, failed);
    if (!item || !item->failure)
        return Error(ErrorCode::NotFound);
    // A new id: the server keeps the first final outcome of the old one for ever.
    Operation again = item->operation;
    PARLEY_ASSERT(again.id == failed);
    again.id = m_ids.next(m_now.wallMs);
    auto done = write([&] {
        m_outbox.finish(id, failed);
        m_outbox.add(id, again);
    });
    pump();
    return done;
}

Status ClientCore::discard(const ChatId &id, const MessageId &failed)
{
    const OutboxItem *item = m_outbox.find(id, failed);
    if (!item || !item->failure)
        return Error(ErrorCode::NotFound);
    const Chat *known = chat(id);
    const bool endsChat = item->operation.kind == Kind::Create && known && !known->joined;
    std::vector<MessageId> discarded{failed};
    if (endsChat) {
        // The chat will never be: what was written into it has nowhere to go.
        discarded.clear();
        for (const OutboxItem &each : m_outbox.items(id))
            discarded.push_back(each.operation.id);
    }
    PARLEY_ASSERT(!discarded.empty());
    const auto done = write([&] {
        for (const MessageId &each : discarded)
            m_outbox.finish(id, each);
        if (endsChat)
            m_cache.removeChat(id);
    });
    if (done && endsChat) {
        m_chats.erase(id);
        for (auto *names : {&m_toMark, &m_toFetch, &m_toBackfill, &m_toAskMembers})
            names->erase(id);
        std::erase(m_toPage, id);
        m_dirty.chats.erase(id);
        m_dirty.chatsGone.insert(id);
    }
    pump();
    return done;
}

Result<ChatId> ClientCore::createDirect(const UserId &other)
{
    if (other == m_me || other.isNull())
        return Error(ErrorCode::Forbidden, QStringLiteral("A direct chat needs somebody else"));
    const ChatId id = directChatId(m_me, other);
    Chat &created = chatFor(id);
    if (created.isMine() || m_screen.isPending(created))
        return id;
    PARLEY_ASSERT(created.id() == id && !(id == ChatId()));
    Operation create = operation(Kind::Create);
    create.user = other;
    const auto done = write([&] {
        m_sync.applyOwnCreation(created, create, m_now.wallMs);
        m_outbox.add(id, create);
    });
    m_people.mention(m_sync.takeSeenUsers());
    pump();
    return done ? Result<ChatId>(id) : done.error();
}

Result<ChatId> ClientCore::createGroup(const QString &title, const std::vector<UserId> &members)
{
    if (title.toUtf8().size() > limits::titleBytes)
        return Error(ErrorCode::TooLarge, QStringLiteral("The title is too long"));
    if (qsizetype(members.size()) >= qsizetype(m_limits.groupMembers))
        return Error(ErrorCode::LimitReached, QStringLiteral("Too many members for one group"));
    const ChatId id = newGroupId(m_random);
    Operation create = operation(Kind::Create);
    create.text = title;
    create.members = members;
    Chat &created = chatFor(id);
    const auto done = write([&] {
        m_sync.applyOwnCreation(created, create, m_now.wallMs);
        m_outbox.add(id, create);
    });
    m_people.mention(m_sync.takeSeenUsers());
    pump();
    return done ? Result<ChatId>(id) : done.error();
}

Status ClientCore::setTitle(const ChatId &id, const QString &title)
{
    if (title.toUtf8().size() > limits::titleBytes)
        return Error(ErrorCode::TooLarge, QStringLiteral("The title is too long"));
    Operation titled = operation(Kind::Title);
    titled.text = title;
    return append(id, titled);
}

Status ClientCore::addMember(const ChatId &id, const UserId &user)
{
    Operation added = operation(Kind::Add);
    added.user = user;
    return append(id, added);
}

Status ClientCore::removeMember(const ChatId &id, const UserId &user)
{
    Operation removed = operation(Kind::Remove);
    removed.user = user;
    return append(id, removed);
}

Status ClientCore::setRole(const ChatId &id, const UserId &user, Role role)
{
    Operation given = operation(Kind::SetRole);
    given.user = user;
    given.role = role;
    return append(id, given);
}

Status ClientCore::changeOwnMembership(const ChatId &id, Kind kind)
{
    return append(id, operation(kind));
}

Status ClientCore::markRead(const ChatId &id, qint64 upTo)
{
    const auto found = m_chats.find(id);
    if (found == m_chats.end() || upTo <= found->second.readUpTo(m_me))
        return Done{};
    PARLEY_ASSERT(found->second.id() == id);
    auto done = write([&] { m_sync.wantRead(found->second, upTo); });
    m_toMark.insert(id);
    pump();
    return done;
}

Status ClientCore::setState(const QString &key, const std::optional<QByteArray> &value)
{
    if (value && value->size() > limits::stateValueBytes)
        return Error(ErrorCode::TooLarge, QStringLiteral("Too large to be kept"));
    if (m_state.value(key) == value)
        return Done{};
    auto done = write([&] { m_state.set(key, value); });
    pump();
    return done;
}

void ClientCore::focus(const std::optional<ChatId> &id)
{
    if (m_focus == id)
        return;
    m_focus = id;
    m_isFocusUnsaid = true;
    if (id) {
        const auto place = std::ranges::find(m_toPage, *id);
        if (place != m_toPage.end()) {
            m_toPage.erase(place);
            m_toPage.push_front(*id);
        }
    }
    pump();
}

void ClientCore::watch(const std::vector<UserId> &users)
{
    m_watched = users;
    if (qsizetype(m_watched.size()) > limits::watchedUsers)
        m_watched.resize(size_t(limits::watchedUsers));
    PARLEY_ASSERT(qsizetype(m_watched.size()) <= limits::watchedUsers);
    m_isWatchUnsaid = true;
    pump();
}

void ClientCore::setActive(bool active)
{
    if (m_isActive == active)
        return;
    m_isActive = active;
    m_isActiveUnsaid = true;
    pump();
}

void ClientCore::setTyping(const ChatId &id, bool on)
{
    const auto privacy = m_state.read<Privacy>(statekeys::privacy());
    if (m_phase != Phase::Live || (privacy && privacy->typingOff) || !hasRoom())
        return;
    const bool isSaid = m_typingChat == id
        && m_now.steadyMs < m_typedMs + (on ? limits::typingEveryMs : limits::typingLastsMs);
    // Said again only after a while; taken back only where it was said.
    if (on == isSaid)
        return;
    PARLEY_ASSERT(m_phase == Phase::Live);
    m_typingChat = on ? std::optional(id) : std::nullopt;
    m_typedMs = m_now.steadyMs;
    request(Typing{id, on});
}

void ClientCore::wantHistory(const ChatId &id, qint64 low, qint64 high)
{
    const auto found = m_chats.find(id);
    if (found == m_chats.end() || low > high)
        return;
    auto &wanted = found->second.session.historyWanted;
    const Interval interval{low, high};
    PARLEY_ASSERT(low <= high);
    std::erase(wanted, interval);
    wanted.push_front(interval);
    m_toFetch.insert(id);
    pump();
}

void ClientCore::wantUsers(const std::vector<UserId> &users)
{
    m_people.mention({users.begin(), users.end()});
    m_dirty.users.insert(users.begin(), users.end());
    pump();
}

void ClientCore::wantDelivery(const ChatId &id, const MessageId &message, quint64 ticket)
{
    const Chat *known = chat(id);
    if (!known)
        return;
    auto details = m_screen.delivery(*known, message);
    details.isComplete = !known->isLarge() || m_phase != Phase::Live;
    const bool isAsked = !details.isComplete;
    tell(notice::DeliveryKnown{ticket, std::move(details)});
    if (!isAsked)
        return;
    m_deliveryWanted.insert_or_assign(ticket, std::pair(id, message));
    request(Marks{id, {}}, ticket);
}

void ClientCore::ask(const Command &command, quint64 ticket)
{
    if (m_phase != Phase::Live) {
        tell(notice::Answered{ticket, ErrorCode::Unavailable});
        return;
    }
    request(command, ticket);
}

} // namespace parley
