// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/core/people.h"
#include "shared/assert.h"

namespace parley {

void People::load()
{
    m_revisions.clear();
    for (const auto &[user, revision] : m_cache.userRevisions())
        m_revisions.emplace(user, revision);
    m_unknown.clear();
    m_asked.clear();
}

void People::save(const UserRow &user)
{
    m_unknown.erase(user.id);
    const auto held = m_revisions.find(user.id);
    if (held != m_revisions.end() && held->second >= user.revision)
        return;
    PARLEY_ASSERT(!m_unknown.contains(user.id));
    m_revisions.insert_or_assign(user.id, user.revision);
    m_cache.saveUser(user);
    m_dirty.users.insert(user.id);
}

void People::mention(const std::set<UserId> &users)
{
    for (const UserId &user : users) {
        if (!user.isNull() && !m_revisions.contains(user) && !m_asked.contains(user))
            m_unknown.insert(user);
    }
}

std::vector<UserId> People::takeUnknown(size_t most)
{
    std::vector<UserId> users;
    while (users.size() < most && !m_unknown.empty())
        users.push_back(m_unknown.extract(m_unknown.begin()).value());
    PARLEY_ASSERT(users.size() <= most);
    m_asked.insert(users.begin(), users.end());
    return users;
}

void People::setPresence(const std::vector<PresenceRow> &rows)
{
    for (const PresenceRow &row : rows) {
        m_presence.insert_or_assign(row.user, row);
        m_dirty.presence.insert(row.user);
    }
}

std::optional<PresenceRow> People::presence(const UserId &user) const
{
    const auto found = m_presence.find(user);
    return found == m_presence.end() ? std::nullopt : std::optional(found->second);
}

void People::setTyping(const TypingChanged &typing, qint64 nowMs)
{
    const std::pair key(typing.chat, typing.user);
    if (typing.on)
        m_typingUntil.insert_or_assign(key, nowMs + limits::typingLastsMs);
    else if (!m_typingUntil.erase(key))
        return;
    m_dirty.typing.push_back({typing.chat, typing.user, typing.on});
}

void People::expireTyping(qint64 nowMs)
{
    std::erase_if(m_typingUntil, [&](const auto &typing) {
        if (typing.second > nowMs)
            return false;
        m_dirty.typing.push_back({typing.first.first, typing.first.second, false});
        return true;
    });
}

std::optional<qint64> People::typingExpiresMs() const
{
    std::optional<qint64> first;
    for (const auto &[key, until] : m_typingUntil) {
        if (!first || until < *first)
            first = until;
    }
    return first;
}

void People::disconnected()
{
    for (auto &[user, row] : m_presence) {
        if (row.state == PresenceState::Offline)
            continue;
        row.state = PresenceState::Offline;
        m_dirty.presence.insert(user);
    }
    expireTyping(std::numeric_limits<qint64>::max());
    m_asked.clear();
}

} // namespace parley
