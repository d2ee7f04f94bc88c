// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/app/facts.h"
#include "client/app/screenworld.h"
#include "client/timeline/prepared.h"

#include <QtCore/QAbstractListModel>
#include <QtCore/QDate>
#include <QtQmlIntegration/qqmlintegration.h>

namespace parley {

/// The list of chats, newest activity first, moved as little as possible. Owned by App.
class ChatListModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("App has it")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(QString selectedId READ selectedId NOTIFY selectedIdChanged)
    Q_PROPERTY(Filter filter READ filter WRITE setFilter NOTIFY filterChanged)
    Q_PROPERTY(int unreadChats READ unreadChats NOTIFY unreadChatsChanged)
    Q_PROPERTY(int total READ total NOTIFY totalChanged)
    Q_PROPERTY(bool loaded READ isLoaded NOTIFY loadedChanged)
public:
    enum Filter { All, Unread, Groups };
    Q_ENUM(Filter)
    enum PreviewKind { Text, Deleted, System, Nothing };
    Q_ENUM(PreviewKind)
    /// Presence of people, here and wherever a model tells it.
    enum Presence {
        Unknown = presence::Unknown,
        Offline = presence::Offline,
        Away = presence::Away,
        Online = presence::Online,
    };
    Q_ENUM(Presence)
    /// Where an own message stands, here and wherever a model tells it.
    enum Delivery {
        None = int(parley::Delivery::None),
        Sending = int(parley::Delivery::Sending),
        Sent = int(parley::Delivery::Sent),
        Delivered = int(parley::Delivery::Delivered),
        Read = int(parley::Delivery::Read),
        Failed = int(parley::Delivery::Failed),
    };
    Q_ENUM(Delivery)
    enum Role {
        ChatIdRole = Qt::UserRole + 1,
        TitleRole,
        HueRole,
        AvatarKeyRole,
        IsGroupRole,
        PresenceRole,
        PreviewKindRole,
        PreviewSenderRole,
        PreviewMineRole,
        PreviewTextRole,
        PreviewSystemRole,
        TimeTextRole,
        StatusRole,
        DraftRole,
        FailedRole,
        TypingNamesRole,
        UnreadRole,
        MarkedUnreadRole,
        MutedRole,
        RequestRole,
        AccessibleTextRole,
    };

    explicit ChatListModel(ScreenWorld &world, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    int count() const { return rowCount(); }
    QString selectedId() const;
    Filter filter() const { return m_filter; }
    void setFilter(Filter filter);
    int unreadChats() const { return m_unreadChats; }
    int total() const { return static_cast<int>(m_chats.size()); }
    bool isLoaded() const { return m_loaded; }

    Q_INVOKABLE int rowOf(const QString &chatId) const;
    /// The chat at a row, empty outside of the list.
    Q_INVOKABLE QString idAt(int row) const;

    const PreparedChat *find(const ChatId &chat) const;
    /// The newest chat with this title, as it is shown.
    std::optional<ChatId> findTitle(const QString &title) const;
    QString title(const ChatSummary &chat) const;
    /// The newest chats first, whatever the filter is.
    std::vector<ChatId> newest(int most) const;

    void show(const std::vector<PreparedChat> &chats);
    void apply(const std::vector<PreparedChat> &chats, const std::vector<ChatId> &gone);
    void setTyping(const ChatId &chat, const UserId &user, bool on);
    std::vector<UserId> typing(const ChatId &chat) const;
    void select(const std::optional<ChatId> &chat);
    void startDay();
    void clear();

signals:
    void countChanged();
    void selectedIdChanged();
    void filterChanged();
    void unreadChatsChanged();
    void totalChanged();
    void loadedChanged();
    void typingChanged(const parley::ChatId &chat);

private:
    bool isShown(const PreparedChat &chat) const;
    static bool isBefore(const PreparedChat &one, const PreparedChat &other);
    int rowOf(const ChatId &chat) const;
    int rowFor(const PreparedChat &chat) const;
    void rebuild();
    void applyOne(const PreparedChat &chat);
    void takeOut(int row);
    void putIn(const PreparedChat &chat);
    void changed(const ChatId &chat, const QList<int> &roles);
    void refreshUsers(const QSet<UserId> &users);
    void refreshPresence(const QSet<UserId> &users);
    void countUnread();
    QVariant preview(const PreparedChat &chat, int role) const;
    QString accessibleText(const PreparedChat &chat) const;
    QStringList typingNames(const ChatId &chat) const;

    ScreenWorld &m_world;
    QHash<ChatId, PreparedChat> m_chats;
    std::vector<ChatId> m_shown; // in the order of the list
    QHash<ChatId, std::vector<UserId>> m_typing;
    std::optional<ChatId> m_selected;
    QDate m_today;
    Filter m_filter = All;
    int m_unreadChats = 0;
    bool m_loaded = false;
};

} // namespace parley
