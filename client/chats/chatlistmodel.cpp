// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/chats/chatlistmodel.h"

#include "client/app/hue.h"
#include "client/app/knownusers.h"
#include "client/app/times.h"
#include "client/timeline/presenter.h"
#include "client/timeline/spoken.h"
#include "client/timeline/timelinemodel.h"

namespace parley {

namespace {

bool isUnread(const ChatSummary &chat)
{
    return chat.unread > 0 || chat.isMarkedUnread;
}

bool isSystem(const ChatSummary &chat)
{
    return chat.last && chat.last->row.kind != Kind::Message;
}

// The marks may have moved after the row was read.
parley::Delivery lastDelivery(const ChatSummary &chat)
{
    if (!chat.last)
        return Delivery::None;
    const auto told = chat.last->delivery;
    const bool isByMarks = told == Delivery::Sent || told == Delivery::Delivered;
    return isByMarks ? std::max(told, deliveryOf(chat.last->key.seq, chat)) : told;
}

} // namespace

ChatListModel::ChatListModel(ScreenWorld &world, QObject *parent)
    : QAbstractListModel(parent)
    , m_world(world)
    , m_today(times::localDay(world.nowMs()))
{
    connect(&world.users, &KnownUsers::changed, this, &ChatListModel::refreshUsers);
    connect(&world.users, &KnownUsers::presenceChanged, this, &ChatListModel::refreshPresence);
}

int ChatListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

QHash<int, QByteArray> ChatListModel::roleNames() const
{
    return {{ChatIdRole, "chatId"}, {TitleRole, "title"}, {HueRole, "hue"},
        {AvatarKeyRole, "avatarKey"}, {IsGroupRole, "isGroup"}, {PresenceRole, "presence"},
        {PreviewKindRole, "previewKind"}, {PreviewSenderRole, "previewSender"},
        {PreviewMineRole, "previewMine"}, {PreviewTextRole, "previewText"},
        {PreviewSystemRole, "previewSystem"}, {TimeTextRole, "timeText"}, {StatusRole, "status"},
        {DraftRole, "draft"}, {FailedRole, "failed"}, {TypingNamesRole, "typingNames"},
        {UnreadRole, "unread"}, {MarkedUnreadRole, "markedUnread"}, {MutedRole, "muted"},
        {RequestRole, "request"}, {AccessibleTextRole, "accessibleText"}};
}

QVariant ChatListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const auto &chat = *find(m_shown[static_cast<size_t>(index.row())]);
    const auto &summary = chat.summary;
    switch (role) {
    case ChatIdRole:
        return summary.id.text();
    case TitleRole:
        return title(summary);
    case HueRole:
        return summary.other ? hueOf(*summary.other) : hueOf(summary.id);
    case AvatarKeyRole:
        return summary.other ? m_world.users.line(*summary.other).avatarKey : QString();
    case IsGroupRole:
        return summary.kind == ChatKind::Group;
    case PresenceRole:
        return summary.other ? static_cast<int>(m_world.users.presence(*summary.other)) : Unknown;
    case PreviewKindRole:
    case PreviewSenderRole:
    case PreviewMineRole:
    case PreviewTextRole:
    case PreviewSystemRole:
        return preview(chat, role);
    case TimeTextRole:
        return times::inList(summary.activityMs, m_today);
    case StatusRole:
        return static_cast<int>(lastDelivery(summary));
    case DraftRole:
        return oneLine(summary.draft);
    case FailedRole:
        return summary.hasFailed;
    case TypingNamesRole:
        return typingNames(summary.id);
    case UnreadRole:
        return static_cast<int>(std::min<qint64>(summary.unread, std::numeric_limits<int>::max()));
    case MarkedUnreadRole:
        return summary.isMarkedUnread;
    case MutedRole:
        return summary.isMuted;
    case RequestRole:
        return summary.membership == MemberState::Invited;
    case AccessibleTextRole:
        return accessibleText(chat);
    default:
        return {};
    }
}

QVariant ChatListModel::preview(const PreparedChat &chat, int role) const
{
    const auto &summary = chat.summary;
    const Row *row = summary.last ? &summary.last->row : nullptr;
    const bool isMine = row && m_world.users.isSelf(row->sender);
    const bool namesSender =
        row && (isSystem(summary) || (summary.kind == ChatKind::Group && !isMine));
    switch (role) {
    case PreviewKindRole:
        if (!row)
            return Nothing;
        return isSystem(summary) ? System : row->deleted ? Deleted : Text;
    case PreviewSenderRole:
        return namesSender ? isolated(m_world.users.name(row->sender)) : QString();
    case PreviewMineRole:
        return isMine;
    case PreviewTextRole:
        if (row && isSystem(summary))
            return row->user ? isolated(m_world.users.name(*row->user))
                             : cleanName(row->text.value_or(QString()));
        return chat.preview;
    default:
        return row ? TimelineModel::systemKindOf(row->kind) : TimelineModel::NoSystem;
    }
}

QString ChatListModel::title(const ChatSummary &chat) const
{
    return chat.other ? m_world.users.name(*chat.other) : cleanName(chat.title);
}

QStringList ChatListModel::typingNames(const ChatId &chat) const
{
    QStringList names;
    for (const auto &user : m_typing.value(chat))
        names.append(isolated(m_world.users.name(user)));
    return names;
}

QString ChatListModel::accessibleText(const PreparedChat &chat) const
{
    const auto &summary = chat.summary;
    spoken::ChatFacts facts;
    facts.title = title(summary);
    facts.unread = summary.unread;
    facts.time = times::inList(summary.activityMs, m_today);
    facts.draft = oneLine(summary.draft);
    facts.hasFailed = summary.hasFailed;
    facts.isMuted = summary.isMuted;
    facts.isRequest = summary.membership == MemberState::Invited;
    facts.preview = chat.preview;
    if (summary.last && !isSystem(summary)) {
        facts.isDeleted = summary.last->row.deleted;
        if (summary.kind == ChatKind::Group)
            facts.sender = m_world.users.name(summary.last->row.sender);
    }
    return spoken::chat(facts);
}

QString ChatListModel::selectedId() const
{
    return m_selected ? m_selected->text() : QString();
}

bool ChatListModel::isShown(const PreparedChat &chat) const
{
    const auto &summary = chat.summary;
    if (summary.id == m_selected)
        return true; // what is open does not vanish when it was read
    return m_filter == All || (m_filter == Unread && isUnread(summary))
        || (m_filter == Groups && summary.kind == ChatKind::Group);
}

bool ChatListModel::isBefore(const PreparedChat &one, const PreparedChat &other)
{
    return std::tuple(-one.summary.activityMs, one.summary.id)
        < std::tuple(-other.summary.activityMs, other.summary.id);
}

int ChatListModel::rowFor(const PreparedChat &chat) const
{
    const auto found = std::partition_point(m_shown.begin(), m_shown.end(),
        [&](const ChatId &shown) { return isBefore(*find(shown), chat); });
    return static_cast<int>(found - m_shown.begin());
}

int ChatListModel::rowOf(const ChatId &chat) const
{
    const auto found = std::find(m_shown.begin(), m_shown.end(), chat);
    return found == m_shown.end() ? -1 : static_cast<int>(found - m_shown.begin());
}

int ChatListModel::rowOf(const QString &chatId) const
{
    const auto id = ChatId::fromText(chatId.toLatin1());
    return id ? rowOf(*id) : -1;
}

QString ChatListModel::idAt(int row) const
{
    return row >= 0 && row < rowCount() ? m_shown[static_cast<size_t>(row)].text() : QString();
}

const PreparedChat *ChatListModel::find(const ChatId &chat) const
{
    const auto found = m_chats.constFind(chat);
    return found == m_chats.constEnd() ? nullptr : &*found;
}

std::vector<ChatId> ChatListModel::newest(int most) const
{
    std::vector<const PreparedChat *> all;
    for (const auto &chat : m_chats)
        all.push_back(&chat);
    const auto kept = std::min(all.size(), static_cast<size_t>(most));
    std::partial_sort(all.begin(), all.begin() + static_cast<ptrdiff_t>(kept), all.end(),
        [](const auto *one, const auto *other) { return isBefore(*one, *other); });
    std::vector<ChatId> ids;
    for (size_t i = 0; i < kept; ++i)
        ids.push_back(all[i]->summary.id);
    return ids;
}

std::optional<ChatId> ChatListModel::findTitle(const QString &wanted) const
{
    for (const auto &chat : newest(total()))
        if (title(find(chat)->summary) == wanted)
            return chat;
    return std::nullopt;
}

void ChatListModel::setFilter(Filter filter)
{
    if (filter == m_filter)
        return;
    m_filter = filter;
    rebuild();
    emit filterChanged();
}

void ChatListModel::rebuild()
{
    beginResetModel();
    m_shown.clear();
    for (const auto &chat : newest(total()))
        if (isShown(*find(chat)))
            m_shown.push_back(chat);
    endResetModel();
    emit countChanged();
}

void ChatListModel::show(const std::vector<PreparedChat> &chats)
{
    m_chats.clear();
    for (const auto &chat : chats)
        m_chats.insert(chat.summary.id, chat);
    rebuild();
    countUnread();
    emit totalChanged();
    if (!std::exchange(m_loaded, true))
        emit loadedChanged();
}

void ChatListModel::apply(const std::vector<PreparedChat> &chats, const std::vector<ChatId> &gone)
{
    const int before = total();
    const int rows = rowCount();
    for (const auto &chat : chats)
        applyOne(chat);
    for (const auto &chat : gone) {
        takeOut(rowOf(chat));
        m_chats.remove(chat);
    }
    countUnread();
    if (before != total())
        emit totalChanged();
    if (rows != rowCount())
        emit countChanged();
}

void ChatListModel::applyOne(const PreparedChat &chat)
{
    const auto &id = chat.summary.id;
    const auto *known = find(id);
    if (known && *known == chat)
        return;
    const int from = rowOf(id);
    if (from < 0 || !isShown(chat)) {
        takeOut(from);
        m_chats.insert(id, chat);
        putIn(chat);
        return;
    }
    // Where it goes, counted as if it were not in the list.
    m_shown.erase(m_shown.begin() + from);
    const int to = rowFor(chat);
    m_shown.insert(m_shown.begin() + from, id);
    if (to != from) {
        beginMoveRows({}, from, from, {}, to > from ? to + 1 : to);
        m_shown.erase(m_shown.begin() + from);
        m_shown.insert(m_shown.begin() + to, id);
        m_chats.insert(id, chat);
        endMoveRows();
    }
    m_chats.insert(id, chat);
    emit dataChanged(index(to), index(to));
}

void ChatListModel::takeOut(int row)
{
    if (row < 0)
        return;
    beginRemoveRows({}, row, row);
    m_shown.erase(m_shown.begin() + row);
    endRemoveRows();
}

void ChatListModel::putIn(const PreparedChat &chat)
{
    if (!isShown(chat))
        return;
    const int row = rowFor(chat);
    beginInsertRows({}, row, row);
    m_shown.insert(m_shown.begin() + row, chat.summary.id);
    endInsertRows();
}

void ChatListModel::setTyping(const ChatId &chat, const UserId &user, bool on)
{
    auto &users = m_typing[chat];
    const auto found = std::find(users.begin(), users.end(), user);
    if (on == (found != users.end()))
        return;
    if (on)
        users.push_back(user);
    else
        users.erase(found);
    if (users.empty())
        m_typing.remove(chat);
    changed(chat, {TypingNamesRole});
    emit typingChanged(chat);
}

std::vector<UserId> ChatListModel::typing(const ChatId &chat) const
{
    return m_typing.value(chat);
}

void ChatListModel::select(const std::optional<ChatId> &chat)
{
    if (chat == m_selected)
        return;
    const auto old = std::exchange(m_selected, chat);
    for (const auto &touched : {old, m_selected}) {
        const auto *known = touched ? find(*touched) : nullptr;
        if (!known)
            continue;
        const int row = rowOf(*touched);
        if (row >= 0 && !isShown(*known))
            takeOut(row);
        else if (row < 0)
            putIn(*known);
    }
    emit selectedIdChanged();
    emit countChanged();
}

void ChatListModel::startDay()
{
    m_today = times::localDay(m_world.nowMs());
    if (rowCount() > 0)
        emit dataChanged(index(0), index(rowCount() - 1), {TimeTextRole, AccessibleTextRole});
}

void ChatListModel::clear()
{
    m_typing.clear();
    m_selected.reset();
    show({});
    m_loaded = false;
    emit loadedChanged();
    emit selectedIdChanged();
}

void ChatListModel::changed(const ChatId &chat, const QList<int> &roles)
{
    const int row = rowOf(chat);
    if (row >= 0)
        emit dataChanged(index(row), index(row), roles);
}

void ChatListModel::refreshUsers(const QSet<UserId> &users)
{
    for (int row = 0; row < rowCount(); ++row) {
        const auto &summary = find(m_shown[static_cast<size_t>(row)])->summary;
        const bool isOther = summary.other && users.contains(*summary.other);
        const bool isSender = summary.last && users.contains(summary.last->row.sender);
        if (isOther || isSender || m_typing.contains(summary.id))
            emit dataChanged(index(row), index(row));
    }
}

void ChatListModel::refreshPresence(const QSet<UserId> &users)
{
    for (int row = 0; row < rowCount(); ++row) {
        const auto &other = find(m_shown[static_cast<size_t>(row)])->summary.other;
        if (other && users.contains(*other))
            emit dataChanged(index(row), index(row), {PresenceRole});
    }
}

void ChatListModel::countUnread()
{
    int unread = 0;
    for (const auto &chat : m_chats)
        unread += isUnread(chat.summary) && !chat.summary.isMuted ? 1 : 0;
    if (unread == m_unreadChats)
        return;
    m_unreadChats = unread;
    emit unreadChatsChanged();
}

} // namespace parley
