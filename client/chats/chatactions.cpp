// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/chats/chatactions.h"

#include "client/app/screenworld.h"
#include "client/chats/chatlistmodel.h"
#include "client/client.h"

namespace parley {

ChatActions::ChatActions(ScreenWorld &world, const ChatListModel &chats, QObject *parent)
    : QObject(parent)
    , m_world(world)
    , m_chats(chats)
{
}

bool ChatActions::aim(const QString &chatId)
{
    const auto id = ChatId::fromText(chatId.toLatin1());
    const auto *chat = id ? m_chats.find(*id) : nullptr;
    if (!chat)
        return false;
    m_chat = chat->summary;
    m_title = m_chats.title(m_chat);
    emit aimed();
    return isMember() || isRequest();
}

void ChatActions::markRead()
{
    m_world.client.markRead(m_chat.id, m_chat.head);
    if (m_chat.isMarkedUnread)
        m_world.client.markUnread(m_chat.id, false);
}

void ChatActions::markUnread()
{
    m_world.client.markUnread(m_chat.id, true);
}

void ChatActions::setMuted(bool muted)
{
    if (muted)
        m_world.client.mute(m_chat.id, 0);
    else
        m_world.client.unmute(m_chat.id);
}

void ChatActions::accept()
{
    m_world.client.accept(m_chat.id);
}

void ChatActions::leave()
{
    m_world.client.leave(m_chat.id);
}

void ChatActions::block()
{
    m_world.client.block(m_chat.id);
}

void ChatActions::unblock()
{
    m_world.client.unblock(m_chat.id);
}

} // namespace parley
