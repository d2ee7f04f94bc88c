// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/core/cache.h"
#include "client/core/dirty.h"
#include "shared/protocol/events.h"

#include <unordered_map>

namespace parley {

/// What is known of other people: profiles (in the cache), presence and typing (for this
/// connection). Belongs to the core; profiles are saved within a transaction.
class People {
public:
    People(Cache &cache, Dirty &dirty)
        : m_cache(cache)
        , m_dirty(dirty)
    {
    }

    void load();
    void save(const UserRow &user);
    /// Notes users who are spoken of; those without a profile are asked for.
    void mention(const std::set<UserId> &users);
    /// At most so many of those to ask for, which then count as asked.
    std::vector<UserId> takeUnknown(size_t most);
    bool hasUnknown() const { return !m_unknown.empty(); }

    void setPresence(const std::vector<PresenceRow> &rows);
    std::optional<PresenceRow> presence(const UserId &user) const;
    void setTyping(const TypingChanged &typing, qint64 nowMs);
    void expireTyping(qint64 nowMs);
    std::optional<qint64> typingExpiresMs() const;
    /// Nobody is known to be there any more.
    void disconnected();

private:
    Cache &m_cache;
    Dirty &m_dirty;
    std::unordered_map<UserId, qint64> m_revisions;
    std::set<UserId> m_unknown;
    std::set<UserId> m_asked;
    std::map<UserId, PresenceRow> m_presence;
    std::map<std::pair<ChatId, UserId>, qint64> m_typingUntil;
};

} // namespace parley
