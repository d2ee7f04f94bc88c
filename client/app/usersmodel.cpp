// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/app/usersmodel.h"

#include "client/app/knownusers.h"

namespace parley {

UsersModel::UsersModel(KnownUsers &users, QObject *parent)
    : QAbstractListModel(parent)
    , m_users(users)
{
    connect(&users, &KnownUsers::changed, this, &UsersModel::refresh);
    connect(&users, &KnownUsers::presenceChanged, this, &UsersModel::refresh);
}

int UsersModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

QHash<int, QByteArray> UsersModel::roleNames() const
{
    return {{UserIdRole, "userId"}, {NameRole, "name"}, {UserNameRole, "userName"},
        {HueRole, "hue"}, {AvatarKeyRole, "avatarKey"}, {PresenceRole, "presence"},
        {IsChosenRole, "isChosen"}};
}

QVariant UsersModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const auto &user = m_shown[static_cast<size_t>(index.row())];
    const auto line = m_users.line(user);
    switch (role) {
    case UserIdRole:
        return line.userId;
    case NameRole:
        return line.name;
    case UserNameRole:
        return line.userName;
    case HueRole:
        return line.hue;
    case AvatarKeyRole:
        return line.avatarKey;
    case PresenceRole:
        return static_cast<int>(m_users.presence(user));
    case IsChosenRole:
        return m_chosen.contains(user);
    default:
        return {};
    }
}

bool UsersModel::contains(const UserId &user) const
{
    return std::find(m_shown.begin(), m_shown.end(), user) != m_shown.end();
}

void UsersModel::show(std::vector<UserId> users)
{
    const auto count = m_shown.size();
    for (int row = rowCount() - 1; row >= 0; --row) {
        const auto &shown = m_shown[static_cast<size_t>(row)];
        if (std::find(users.begin(), users.end(), shown) != users.end())
            continue;
        beginRemoveRows({}, row, row);
        m_shown.erase(m_shown.begin() + row);
        endRemoveRows();
    }
    for (int row = 0; row < static_cast<int>(users.size()); ++row) {
        const auto &user = users[static_cast<size_t>(row)];
        const auto found = std::find(m_shown.begin(), m_shown.end(), user);
        const auto from = static_cast<int>(found - m_shown.begin());
        if (found == m_shown.end()) {
            beginInsertRows({}, row, row);
            m_shown.insert(m_shown.begin() + row, user);
            endInsertRows();
        } else if (from != row) {
            beginMoveRows({}, from, from, {}, row);
            std::rotate(m_shown.begin() + row, m_shown.begin() + from, m_shown.begin() + from + 1);
            endMoveRows();
        }
    }
    if (m_shown.size() != count)
        emit countChanged();
}

void UsersModel::setChosen(const QSet<UserId> &chosen)
{
    const auto changed =
        QSet<UserId>(chosen).subtract(m_chosen) + QSet<UserId>(m_chosen).subtract(chosen);
    m_chosen = chosen;
    refresh(changed);
}

void UsersModel::refresh(const QSet<UserId> &users)
{
    for (int row = 0; row < rowCount(); ++row)
        if (users.contains(m_shown[static_cast<size_t>(row)]))
            emit dataChanged(index(row), index(row));
}

} // namespace parley
