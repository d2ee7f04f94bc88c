// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/app/facts.h"
#include "client/app/screenworld.h"
#include "shared/protocol/content.h"

#include <QtCore/QAbstractListModel>
#include <QtCore/QSet>
#include <QtQmlIntegration/qqmlintegration.h>

namespace parley {

/// Who takes part in the open chat: owner, admins, then by name. Owned by Chat.
class MembersModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Chat has it")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(int onlineCount READ onlineCount NOTIFY onlineCountChanged)
public:
    enum Role {
        UserIdRole = Qt::UserRole + 1,
        NameRole,
        HueRole,
        AvatarKeyRole,
        RoleRole,
        PresenceRole,
        IsMeRole,
        InvitedRole,
    };

    MembersModel(ScreenWorld &world, const ChatId &chat, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
    int count() const { return rowCount(); }
    int onlineCount() const { return m_onlineCount; }

    const std::vector<MemberRow> &members() const { return m_members; }
    const MemberRow *find(const UserId &user) const;
    /// The list again, as it is now.
    void refresh();

signals:
    void countChanged();
    void onlineCountChanged();
    void membersChanged();

private:
    void show(std::vector<MemberRow> members);
    void arrange(std::vector<MemberRow> &members) const;
    static bool contains(const std::vector<MemberRow> &members, const UserId &user);
    void take(int row);
    void put(int row, const MemberRow &member);
    void refreshUsers(const QSet<UserId> &users);
    void countOnline();

    ScreenWorld &m_world;
    ChatId m_chat;
    std::vector<MemberRow> m_members;
    quint64 m_ticket = 0;
    int m_onlineCount = 0;
};

} // namespace parley
