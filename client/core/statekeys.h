// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/id.h"

namespace parley::statekeys {

/// Keys of the own state, as protocol.md and the server write them.
inline QString chat(const ChatId &id)
{
    return QStringLiteral("chat/") + id.text();
}
inline QString mute(const ChatId &id)
{
    return QStringLiteral("mute/") + id.text();
}
inline QString draft(const ChatId &id)
{
    return QStringLiteral("draft/") + id.text();
}
inline QString unread(const ChatId &id)
{
    return QStringLiteral("unread/") + id.text();
}
inline QString privacy()
{
    return QStringLiteral("privacy");
}

/// The chat that a key is about, if it begins with `prefix`.
inline std::optional<ChatId> chatOf(const QString &key, QLatin1String prefix)
{
    if (!key.startsWith(prefix))
        return std::nullopt;
    return ChatId::fromText(key.mid(prefix.size()).toLatin1());
}

} // namespace parley::statekeys
