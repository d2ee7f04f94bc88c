// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/chats/openchat.h"

#include "client/app/hue.h"
#include "client/app/knownusers.h"
#include "client/app/times.h"
#include "client/client.h"
#include "client/timeline/preparer.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>

namespace parley {

namespace {

/// People whose presence is kept fresh for one open chat.
constexpr size_t watchedMost = 100;

std::optional<MessageId> messageFrom(const QString &text)
{
    return MessageId::fromText(text.toLatin1());
}

std::optional<UserId> userFrom(const QString &text)
{
    return UserId::fromText(text.toLatin1());
}

} // namespace

OpenChat::OpenChat(ScreenWorld &world, const PreparedChat &chat, QObject *parent)
    : QObject(parent)
    , m_world(world)
    , m_summary(chat.summary)
    , m_timeline(open(world, chat.summary), chat.summary)
    , m_composer(world, m_timeline)
    , m_members(world, chat.summary.id)
    , m_delivery(world, chat.summary.id)
    , m_search(world, m_timeline)
    , m_marker(chat.summary.readUpTo)
{
    m_composer.setCanWrite(canWrite());
    if (isMarkedUnread())
        markUnread(false); // whoever opens it has come back to it
    m_readTimer.setSingleShot(true);
    connect(&m_readTimer, &QTimer::timeout, this, &OpenChat::tellRead);
    connect(&m_members, &MembersModel::onlineCountChanged, this, &OpenChat::onlineCountChanged);
    connect(&m_composer, &Composer::sent, &m_timeline, &TimelineModel::jumpToLatest);
    connect(&m_composer, &Composer::sent, this, &OpenChat::sent);
    connect(&world.users, &KnownUsers::changed, this, &OpenChat::refreshUsers);
    connect(&world.users, &KnownUsers::presenceChanged, this, [this](const QSet<UserId> &users) {
        if (m_summary.other && users.contains(*m_summary.other))
            emit presenceChanged();
    });
}

// The preparer must know the chat before its first rows come.
ScreenWorld &OpenChat::open(ScreenWorld &world, const ChatSummary &chat)
{
    world.preparer.openChat(chat.id);
    world.client.focusChat(chat.id);
    return world;
}

OpenChat::~OpenChat() = default;

void OpenChat::leaveScreen()
{
    m_composer.leave();
    m_world.preparer.closeChat();
    m_world.client.focusChat(std::nullopt);
}

QString OpenChat::title() const
{
    return m_summary.other ? m_world.users.name(*m_summary.other) : cleanName(m_summary.title);
}

int OpenChat::hue() const
{
    return m_summary.other ? hueOf(*m_summary.other) : hueOf(m_summary.id);
}

QString OpenChat::avatarKey() const
{
    return m_summary.other ? m_world.users.line(*m_summary.other).avatarKey : QString();
}

int OpenChat::presence() const
{
    return m_summary.other ? m_world.users.presence(*m_summary.other) : presence::Unknown;
}

QString OpenChat::lastSeenText() const
{
    const auto seen = m_summary.other ? m_world.users.lastSeenMs(*m_summary.other) : std::nullopt;
    return seen ? times::lastSeen(*seen, times::localDay(m_world.nowMs())) : QString();
}

QStringList OpenChat::typingNames() const
{
    QStringList names;
    for (const auto &user : m_typing)
        names.append(isolated(m_world.users.name(user)));
    return names;
}

OpenChat::WhyNot OpenChat::whyNot() const
{
    switch (m_summary.membership) {
    case MemberState::Invited:
        return RequestPending;
    case MemberState::Left:
        return Left;
    case MemberState::Removed:
        return Removed;
    case MemberState::Member:
        break;
    }
    return m_summary.canWrite ? None : Blocked;
}

OpenChat::MyRole OpenChat::myRole() const
{
    return static_cast<MyRole>(static_cast<int>(m_summary.role) - 1);
}

void OpenChat::accept()
{
    m_world.client.accept(id());
}

void OpenChat::block()
{
    m_world.client.block(id());
}

void OpenChat::unblock()
{
    m_world.client.unblock(id());
}

void OpenChat::setMuted(bool muted)
{
    if (muted)
        m_world.client.mute(id(), 0);
    else
        m_world.client.unmute(id());
}

void OpenChat::markUnread(bool unread)
{
    m_world.client.markUnread(id(), unread);
}

void OpenChat::setTitle(const QString &title)
{
    if (!title.trimmed().isEmpty())
        m_world.client.setTitle(id(), title.trimmed());
}

void OpenChat::addMember(const QString &userId)
{
    if (const auto user = userFrom(userId))
        m_world.client.addMember(id(), *user);
}

void OpenChat::removeMember(const QString &userId)
{
    if (const auto user = userFrom(userId))
        m_world.client.removeMember(id(), *user);
}

void OpenChat::setRole(const QString &userId, int role)
{
    const auto user = userFrom(userId);
    if (user && role >= Member && role <= Owner)
        m_world.client.setRole(id(), *user, static_cast<Role>(role + 1));
}

void OpenChat::leave()
{
    m_world.client.leave(id());
}

const TimelineLine *OpenChat::find(const QString &messageId) const
{
    const int row = m_timeline.rowOf(messageId);
    return row >= 0 ? &m_timeline.timeline().at(row) : nullptr;
}

void OpenChat::toggleReaction(const QString &messageId, const QString &emoji)
{
    const auto *line = find(messageId);
    if (!line || emoji.isEmpty() || emoji.toUtf8().size() > limits::reactionBytes)
        return;
    const auto &reactions = line->row().reactions;
    const bool isMine =
        std::any_of(reactions.begin(), reactions.end(), [&](const Reaction &reaction) {
            return reaction.text == emoji
                && std::find(reaction.users.begin(), reaction.users.end(), m_world.users.self())
                != reaction.users.end();
        });
    if (isMine)
        m_world.client.unreact(id(), line->row().id, emoji);
    else
        m_world.client.react(id(), line->row().id, emoji);
}

void OpenChat::remove(const QString &messageId)
{
    if (const auto message = messageFrom(messageId))
        m_world.client.deleteMessage(id(), *message);
}

void OpenChat::retry(const QString &messageId)
{
    const auto *line = find(messageId);
    if (line && line->prepared.row.operation)
        m_world.client.retry(id(), *line->prepared.row.operation);
}

void OpenChat::discard(const QString &messageId)
{
    const auto *line = find(messageId);
    if (line && line->prepared.row.operation)
        m_world.client.discard(id(), *line->prepared.row.operation);
}

void OpenChat::copyText(const QString &messageId)
{
    const auto *line = find(messageId);
    if (!line)
        return;
    QGuiApplication::clipboard()->setText(line->prepared.text.plain);
    emit copied();
}

void OpenChat::showDelivery(const QString &messageId)
{
    if (const auto message = messageFrom(messageId))
        m_delivery.show(*message);
}

void OpenChat::hideDelivery()
{
    m_delivery.hide();
}

void OpenChat::setVisibleRange(int firstRow, int lastRow, bool windowActive)
{
    const int newest = std::max(0, std::min(firstRow, lastRow));
    const int oldest = std::max(firstRow, lastRow);
    m_timeline.setVisibleRange(newest, oldest);
    m_newestVisible = newest;
    m_oldestVisible = windowActive ? oldest : -1;
    lookAtRange();
}

void OpenChat::lookAtRange()
{
    const auto &timeline = m_timeline.timeline();
    std::optional<qint64> seq;
    for (int row = m_newestVisible; row <= m_oldestVisible && row < timeline.count() && !seq; ++row)
        if (timeline.at(row).kind != TimelineLine::Kind::Hole && timeline.at(row).key.waiting == 0)
            seq = timeline.at(row).key.seq;
    // A request tells nobody that it was read; the mark waits until it is accepted.
    m_marker.show(isRequest() ? std::nullopt : seq, m_world.nowMs());
    startReadTimer();
}

void OpenChat::startReadTimer()
{
    const auto next = m_marker.nextMs();
    if (next)
        m_readTimer.start(static_cast<int>(std::max<qint64>(1, *next - m_world.nowMs())));
    else
        m_readTimer.stop();
}

void OpenChat::tellRead()
{
    if (const auto upTo = m_marker.due(m_world.nowMs())) {
        m_world.client.markRead(id(), *upTo);
        lookAtRange();
    } else {
        startReadTimer();
    }
}

void OpenChat::setSummary(const PreparedChat &chat)
{
    const auto old = std::exchange(m_summary, chat.summary);
    m_timeline.setChat(m_summary);
    m_composer.setCanWrite(canWrite());
    m_marker.raise(m_summary.readUpTo);
    if (old.title != m_summary.title)
        emit titleChanged();
    if (old.deliveredUpTo != m_summary.deliveredUpTo
        || old.othersReadUpTo != m_summary.othersReadUpTo)
        m_delivery.refresh();
    emit stateChanged();
}

void OpenChat::setTyping(const std::vector<UserId> &users)
{
    if (users == m_typing)
        return;
    m_typing = users;
    emit typingNamesChanged();
}

void OpenChat::apply(const PreparedChange &change)
{
    m_timeline.apply(change);
    m_composer.apply(change.rows);
    m_search.apply(change);
    lookAtRange();
}

void OpenChat::refreshUsers(const QSet<UserId> &users)
{
    if (m_summary.other && users.contains(*m_summary.other)) {
        emit titleChanged();
        emit presenceChanged();
    }
    if (std::any_of(m_typing.begin(), m_typing.end(),
            [&](const UserId &user) { return users.contains(user); }))
        emit typingNamesChanged();
}

std::vector<UserId> OpenChat::watched() const
{
    std::vector<UserId> users;
    if (m_summary.other)
        users.push_back(*m_summary.other);
    for (const auto &member : m_members.members())
        if (users.size() < watchedMost && !m_world.users.isSelf(member.user)
            && member.user != m_summary.other)
            users.push_back(member.user);
    return users;
}

} // namespace parley
