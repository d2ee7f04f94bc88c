// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/simulation/hostileowner.h"

namespace parley::simulation {

bool HostileReader::bringUpToDate(const Partition &partition)
{
    if (m_engine.isAway(partition))
        return false;
    m_replica->catchUp(partition);
    return true;
}

Result<qint64> HostileReader::head(const ChatId &chat)
{
    if (!bringUpToDate(chat))
        return ErrorCode::Unavailable;
    return MemoryReader::head(chat);
}

Result<std::optional<StoredMember>> HostileReader::member(const ChatId &chat, const UserId &user)
{
    if (!bringUpToDate(chat))
        return ErrorCode::Unavailable;
    return MemoryReader::member(chat, user);
}

Result<UserAggregate> HostileReader::user(const UserId &user)
{
    if (!bringUpToDate(user))
        return ErrorCode::Unavailable;
    return MemoryReader::user(user);
}

Result<std::vector<UserHead>> HostileReader::heads(const UserId &user)
{
    if (m_replica->isBehind())
        m_engine.noteStaleRead();
    return MemoryReader::heads(user);
}

Result<ChatAggregate> HostileReader::chat(const ChatId &chat)
{
    if (m_replica->isBehind(chat))
        m_engine.noteStaleRead();
    return MemoryReader::chat(chat);
}

Result<std::optional<UserId>> HostileReader::userByName(const QString &foldedName)
{
    return m_engine.currentReader()->userByName(foldedName);
}

Result<std::optional<TokenOwner>> HostileReader::tokenOwner(const QByteArray &tokenHash)
{
    return m_engine.currentReader()->tokenOwner(tokenHash);
}

Result<std::optional<InviteState>> HostileReader::invite(const QByteArray &codeHash)
{
    return m_engine.currentReader()->invite(codeHash);
}

} // namespace parley::simulation
