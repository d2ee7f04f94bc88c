// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/app/screenworld.h"
#include "client/timeline/prepared.h"

#include <QtCore/QAbstractListModel>
#include <QtQmlIntegration/qqmlintegration.h>

namespace parley {

class ChatListModel;

/// What a search has found: chats, people, messages, and what else can be done, in this order.
/// Owned by PaletteSearch.
class FoundModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Search has it")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(int results READ results NOTIFY countChanged)
public:
    enum Kind { Chat, Person, Message, NewChat, SwitchTheme };
    Q_ENUM(Kind)
    enum Section { Names, Messages, Actions };
    Q_ENUM(Section)
    enum Role {
        KindRole = Qt::UserRole + 1,
        SectionRole,
        ChatIdRole,
        UserIdRole,
        MessageIdRole,
        TitleRole,
        UserNameRole,
        ChatTitleRole,
        IsGroupRole,
        MemberCountRole,
        IsMineRole,
        HueRole,
        AvatarKeyRole,
        MarkupRole,
        PlainRole,
        RtlRole,
        TimeTextRole,
    };
    /// A line that is no message.
    struct Line {
        Kind kind = Chat;
        ChatId chat;
        UserId user;
    };

    FoundModel(ScreenWorld &world, const ChatListModel &chats, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
    int count() const { return rowCount(); }
    /// Without what else can be done.
    int results() const { return static_cast<int>(m_names.size() + m_hits.size()); }

    /// Everything but the messages is new.
    void show(std::vector<Line> names, std::vector<Line> actions);
    void showHits(std::vector<PreparedHit> hits);
    void addHits(const std::vector<PreparedHit> &hits);

signals:
    void countChanged();

private:
    QVariant lineValue(const Line &line, int role) const;
    QVariant chatValue(const ChatId &chat, int role) const;
    QVariant userValue(const UserId &user, int role) const;
    QVariant hitValue(const PreparedHit &hit, int role) const;
    QString chatTitle(const ChatId &chat) const;

    ScreenWorld &m_world;
    const ChatListModel &m_chats;
    std::vector<Line> m_names;
    std::vector<PreparedHit> m_hits;
    std::vector<Line> m_actions;
};

} // namespace parley
