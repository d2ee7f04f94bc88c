// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/chats/membersmodel.h"

#include "client/app/hue.h"
#include "client/app/knownusers.h"
#include "client/client.h"

#include <QtCore/QCollator>

namespace parley {

namespace {

bool isThere(const MemberRow &member)
{
    return member.state == MemberState::Member || member.state == MemberState::Invited;
}

} // namespace

MembersModel::MembersModel(ScreenWorld &world, const ChatId &chat, QObject *parent)
    : QAbstractListModel(parent)
    , m_world(world)
    , m_chat(chat)
{
    connect(&world.users, &KnownUsers::changed, this, &MembersModel::refreshUsers);
    connect(&world.users, &KnownUsers::presenceChanged, this, &MembersModel::refreshUsers);
    connect(&world.client, &Client::membersReady, this,
        [this](quint64 ticket, const ChatId &, const std::vector<MemberRow> &members) {
            if (ticket == m_ticket)
                show(members);
        });
    refresh();
}

int MembersModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_members.size());
}

QHash<int, QByteArray> MembersModel::roleNames() const
{
    return {{UserIdRole, "userId"}, {NameRole, "name"}, {HueRole, "hue"},
        {AvatarKeyRole, "avatarKey"}, {RoleRole, "role"}, {PresenceRole, "presence"},
        {IsMeRole, "isMe"}, {InvitedRole, "invited"}};
}

QVariant MembersModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const auto &member = m_members[static_cast<size_t>(index.row())];
    switch (role) {
    case UserIdRole:
        return member.user.text();
    case NameRole:
        return m_world.users.name(member.user);
    case HueRole:
        return hueOf(member.user);
    case AvatarKeyRole:
        return m_world.users.line(member.user).avatarKey;
    case RoleRole:
        return static_cast<int>(member.role) - 1; // as OpenChat::MyRole
    case PresenceRole:
        return static_cast<int>(m_world.users.presence(member.user));
    case IsMeRole:
        return m_world.users.isSelf(member.user);
    case InvitedRole:
        return member.state == MemberState::Invited;
    default:
        return {};
    }
}

const MemberRow *MembersModel::find(const UserId &user) const
{
    const auto found = std::find_if(m_members.begin(), m_members.end(),
        [&](const MemberRow &member) { return member.user == user; });
    return found == m_members.end() ? nullptr : &*found;
}

void MembersModel::refresh()
{
    m_ticket = m_world.tickets.next();
    m_world.client.requestMembers(m_ticket, m_chat);
}

void MembersModel::show(std::vector<MemberRow> members)
{
    std::erase_if(members, [](const MemberRow &member) { return !isThere(member); });
    arrange(members);
    const auto count = m_members.size();
    for (int row = rowCount() - 1; row >= 0; --row)
        if (!contains(members, m_members[static_cast<size_t>(row)].user))
            take(row);
    for (int row = 0; row < static_cast<int>(members.size()); ++row)
        put(row, members[static_cast<size_t>(row)]);
    if (m_members.size() != count)
        emit countChanged();
    countOnline();
    emit membersChanged();
}

bool MembersModel::contains(const std::vector<MemberRow> &members, const UserId &user)
{
    return std::any_of(members.begin(), members.end(),
        [&](const MemberRow &member) { return member.user == user; });
}

void MembersModel::arrange(std::vector<MemberRow> &members) const
{
    QCollator collator;
    collator.setCaseSensitivity(Qt::CaseInsensitive);
    std::sort(members.begin(), members.end(), [&](const MemberRow &one, const MemberRow &other) {
        if (one.role != other.role)
            return one.role > other.role;
        const int order =
            collator.compare(m_world.users.name(one.user), m_world.users.name(other.user));
        return order != 0 ? order < 0 : one.user < other.user;
    });
}

void MembersModel::take(int row)
{
    beginRemoveRows({}, row, row);
    m_members.erase(m_members.begin() + row);
    endRemoveRows();
}

void MembersModel::put(int row, const MemberRow &member)
{
    const auto *known = find(member.user);
    if (!known) {
        beginInsertRows({}, row, row);
        m_members.insert(m_members.begin() + row, member);
        endInsertRows();
        return;
    }
    const auto from = static_cast<int>(known - m_members.data());
    if (from != row) {
        beginMoveRows({}, from, from, {}, row);
        std::rotate(
            m_members.begin() + row, m_members.begin() + from, m_members.begin() + from + 1);
        endMoveRows();
    }
    if (m_members[static_cast<size_t>(row)] == member)
        return;
    m_members[static_cast<size_t>(row)] = member;
    emit dataChanged(index(row), index(row));
}

void MembersModel::refreshUsers(const QSet<UserId> &users)
{
    for (int row = 0; row < rowCount(); ++row)
        if (users.contains(m_members[static_cast<size_t>(row)].user))
            emit dataChanged(index(row), index(row));
    countOnline();
}

void MembersModel::countOnline()
{
    int online = 0;
    for (const auto &member : m_members) {
        const bool isHere = m_world.users.presence(member.user) == presence::Online
            || m_world.users.isSelf(member.user);
        online += isHere ? 1 : 0;
    }
    if (online == m_onlineCount)
        return;
    m_onlineCount = online;
    emit onlineCountChanged();
}

} // namespace parley
