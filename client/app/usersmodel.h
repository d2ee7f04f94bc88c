// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/app/userline.h"
#include "shared/id.h"

#include <QtCore/QAbstractListModel>

namespace parley {

class KnownUsers;

/// A list of people, sorted by name. Owned by People.
class UsersModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("People has them")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
public:
    enum Role {
        UserIdRole = Qt::UserRole + 1,
        NameRole,
        UserNameRole,
        HueRole,
        AvatarKeyRole,
        PresenceRole,
        IsChosenRole
    };

    explicit UsersModel(KnownUsers &users, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
    int count() const { return rowCount(); }

    const std::vector<UserId> &users() const { return m_shown; }
    bool contains(const UserId &user) const;
    /// Becomes this list, by as few insertions and removals as there are.
    void show(std::vector<UserId> users);
    void setChosen(const QSet<UserId> &chosen);

signals:
    void countChanged();

private:
    void refresh(const QSet<UserId> &users);

    KnownUsers &m_users;
    std::vector<UserId> m_shown;
    QSet<UserId> m_chosen;
};

} // namespace parley
