// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/search/foundmodel.h"

#include "client/app/hue.h"
#include "client/app/knownusers.h"
#include "client/app/times.h"
#include "client/chats/chatlistmodel.h"

namespace parley {

FoundModel::FoundModel(ScreenWorld &world, const ChatListModel &chats, QObject *parent)
    : QAbstractListModel(parent)
    , m_world(world)
    , m_chats(chats)
{
    connect(&world.users, &KnownUsers::changed, this, [this] {
        if (rowCount() > 0)
            emit dataChanged(index(0), index(rowCount() - 1));
    });
}

int FoundModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : results() + static_cast<int>(m_actions.size());
}

QHash<int, QByteArray> FoundModel::roleNames() const
{
    return {{KindRole, "kind"}, {SectionRole, "section"}, {ChatIdRole, "chatId"},
        {UserIdRole, "userId"}, {MessageIdRole, "messageId"}, {TitleRole, "title"},
        {UserNameRole, "userName"}, {ChatTitleRole, "chatTitle"}, {IsGroupRole, "isGroup"},
        {MemberCountRole, "memberCount"}, {IsMineRole, "isMine"}, {HueRole, "hue"},
        {AvatarKeyRole, "avatarKey"}, {MarkupRole, "markup"}, {PlainRole, "plain"},
        {RtlRole, "rtl"}, {TimeTextRole, "timeText"}};
}

QVariant FoundModel::data(const QModelIndex &index, int role) const
{
    // What views ask on their own account, such as a size, is no business of these facts.
    if (!index.isValid() || index.row() >= rowCount() || role < KindRole || role > TimeTextRole)
        return {};
    auto row = static_cast<size_t>(index.row());
    if (row < m_names.size())
        return lineValue(m_names[row], role);
    row -= m_names.size();
    return row < m_hits.size() ? hitValue(m_hits[row], role)
                               : lineValue(m_actions[row - m_hits.size()], role);
}

QVariant FoundModel::lineValue(const Line &line, int role) const
{
    if (role == KindRole)
        return line.kind;
    if (role == SectionRole)
        return line.kind == Chat || line.kind == Person ? Names : Actions;
    if (line.kind == Chat)
        return chatValue(line.chat, role);
    return userValue(line.user, role);
}

QVariant FoundModel::chatValue(const ChatId &chat, int role) const
{
    const auto *found = m_chats.find(chat);
    const auto summary = found ? found->summary : ChatSummary();
    switch (role) {
    case ChatIdRole:
        return chat.text();
    case TitleRole:
        return m_chats.title(summary);
    case IsGroupRole:
        return summary.kind == ChatKind::Group;
    case MemberCountRole:
        return static_cast<int>(summary.members);
    case HueRole:
        return summary.other ? hueOf(*summary.other) : hueOf(chat);
    default:
        return userValue(summary.other.value_or(UserId()), role);
    }
}

QVariant FoundModel::userValue(const UserId &user, int role) const
{
    const auto line = user.isNull() ? UserLine() : m_world.users.line(user);
    switch (role) {
    case UserIdRole:
        return line.userId;
    case TitleRole:
        return line.name;
    case UserNameRole:
        return line.userName;
    case HueRole:
        return line.hue;
    case AvatarKeyRole:
        return line.avatarKey;
    case IsGroupRole:
    case IsMineRole:
    case RtlRole:
        return false;
    case MemberCountRole:
        return 0;
    default:
        return QString();
    }
}

QVariant FoundModel::hitValue(const PreparedHit &hit, int role) const
{
    switch (role) {
    case KindRole:
        return Message;
    case SectionRole:
        return Messages;
    case ChatIdRole:
        return hit.chat.text();
    case MessageIdRole:
        return hit.message.text();
    case ChatTitleRole:
        return chatTitle(hit.chat);
    case IsGroupRole:
        return chatValue(hit.chat, role);
    case IsMineRole:
        return m_world.users.isSelf(hit.sender);
    case MarkupRole:
        return hit.snippet.markup;
    case PlainRole:
        return hit.snippet.plain;
    case RtlRole:
        return hit.snippet.rtl;
    case TimeTextRole:
        return times::inList(hit.timeMs, times::localDay(m_world.nowMs()));
    default:
        return userValue(hit.sender, role);
    }
}

QString FoundModel::chatTitle(const ChatId &chat) const
{
    const auto *found = m_chats.find(chat);
    return found ? m_chats.title(found->summary) : QString();
}

void FoundModel::show(std::vector<Line> names, std::vector<Line> actions)
{
    beginResetModel();
    m_names = std::move(names);
    m_actions = std::move(actions);
    endResetModel();
    emit countChanged();
}

void FoundModel::showHits(std::vector<PreparedHit> hits)
{
    const int first = static_cast<int>(m_names.size());
    if (!m_hits.empty()) {
        beginRemoveRows({}, first, first + static_cast<int>(m_hits.size()) - 1);
        m_hits.clear();
        endRemoveRows();
    }
    addHits(hits);
    emit countChanged();
}

void FoundModel::addHits(const std::vector<PreparedHit> &hits)
{
    if (hits.empty())
        return;
    const int first = results();
    beginInsertRows({}, first, first + static_cast<int>(hits.size()) - 1);
    m_hits.insert(m_hits.end(), hits.begin(), hits.end());
    endInsertRows();
    emit countChanged();
}

} // namespace parley
