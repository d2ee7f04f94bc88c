// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/core/values.h"

#include <QtCore/QObject>
#include <QtQmlIntegration/qqmlintegration.h>

namespace parley {

class ChatListModel;
struct ScreenWorld;

/// What can be done with a chat of the list without opening it: aim at one, then act. It keeps what
/// it saw, so that what is asked first still names the chat that was meant. Owned by App, lives on
/// the screen's thread.
class ChatActions : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("App has it")
    Q_PROPERTY(QString title READ title NOTIFY aimed)
    Q_PROPERTY(bool isGroup READ isGroup NOTIFY aimed)
    Q_PROPERTY(bool isRequest READ isRequest NOTIFY aimed)
    Q_PROPERTY(bool isMuted READ isMuted NOTIFY aimed)
    Q_PROPERTY(bool isBlocked READ isBlocked NOTIFY aimed)
    Q_PROPERTY(bool canMarkRead READ canMarkRead NOTIFY aimed)
    Q_PROPERTY(bool canMarkUnread READ canMarkUnread NOTIFY aimed)
    Q_PROPERTY(bool canLeave READ canLeave NOTIFY aimed)
public:
    ChatActions(ScreenWorld &world, const ChatListModel &chats, QObject *parent = nullptr);

    /// Whether there is such a chat, and anything that can be done with it.
    Q_INVOKABLE bool aim(const QString &chatId);

    QString title() const { return m_title; }
    bool isGroup() const { return m_chat.kind == ChatKind::Group; }
    bool isRequest() const { return m_chat.membership == MemberState::Invited; }
    bool isMuted() const { return m_chat.isMuted; }
    bool isBlocked() const { return m_chat.isBlocking; }
    bool canMarkRead() const { return isMember() && isUnread(); }
    bool canMarkUnread() const { return isMember() && !isUnread(); }
    bool canLeave() const { return isMember() && isGroup(); }

    Q_INVOKABLE void markRead();
    Q_INVOKABLE void markUnread();
    Q_INVOKABLE void setMuted(bool muted);
    Q_INVOKABLE void accept();
    /// A request to join a group is declined by the same.
    Q_INVOKABLE void leave();
    Q_INVOKABLE void block();
    Q_INVOKABLE void unblock();

signals:
    void aimed();

private:
    bool isMember() const { return m_chat.membership == MemberState::Member; }
    bool isUnread() const { return m_chat.unread > 0 || m_chat.isMarkedUnread; }

    ScreenWorld &m_world;
    const ChatListModel &m_chats;
    ChatSummary m_chat;
    QString m_title;
};

} // namespace parley
