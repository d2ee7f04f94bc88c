// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/core/cache.h"
#include "client/core/dirty.h"
#include "shared/codec/cbor.h"

#include <map>

namespace parley {

/// The own state: keys under one dense revision, and what the person set but the server has not
/// confirmed. Belongs to the core; changes are made within a transaction of the cache, and after a
/// failed one load() puts memory right.
class UserState {
public:
    UserState(Cache &cache, Dirty &dirty)
        : m_cache(cache)
        , m_dirty(dirty)
    {
    }

    void load(qint64 revision);
    qint64 revision() const { return m_revision; }

    enum class Applied { Done, Known, Gap };
    /// A pushed row: only the one after the own revision is applied.
    Applied apply(const StateRow &row);
    /// Rows of a sync or a digest's answer, which leave out what was overwritten.
    void applyAll(const std::vector<StateRow> &rows, qint64 revision);

    /// As the person sees it: what was set here comes first.
    std::optional<QByteArray> value(const QString &key) const;
    template <typename T>
    std::optional<T> read(const QString &key) const;

    void set(const QString &key, const std::optional<QByteArray> &value);
    /// The next key to tell the server, if one may be sent.
    std::optional<SetState> nextToSend() const;
    void sending(const QString &key) { m_wishes[key].isSending = true; }
    void confirmed(const SetState &sent, const StateRow &row);
    /// Another device was faster: the person's newest wish stands, based on what is there now.
    void conflict(const SetState &sent, const StateRow &row);
    /// Refused for good.
    void dropped(const QString &key);
    /// Not answered: to be sent again.
    void unsent(const QString &key);
    void disconnected();
    /// The store was restored: drafts that it may have forgotten are wished for again.
    void restore();

    /// Chats that one joined or lost since the last call.
    std::vector<std::pair<ChatId, ChatState>> takeJoined() { return std::exchange(m_joined, {}); }
    std::vector<std::pair<ChatId, ChatState>> allJoined() const;

private:
    struct Pending {
        std::optional<QByteArray> value;
        bool isSending = false;
        qint64 confirmedAt = 0; ///< the state will say so itself at this revision
        qint64 basedOn = 0; ///< at least: from a conflict
    };
    void store(const StateRow &row);
    void touch(const QString &key);
    void saveRevision(qint64 revision);
    void dropConfirmed();

    Cache &m_cache;
    Dirty &m_dirty;
    qint64 m_revision = 0;
    std::map<QString, StateRow> m_rows;
    std::map<QString, Pending> m_wishes;
    std::vector<std::pair<ChatId, ChatState>> m_joined;
};

template <typename T>
std::optional<T> UserState::read(const QString &key) const
{
    const auto bytes = value(key);
    if (!bytes)
        return std::nullopt;
    auto decoded = fromCbor<T>(*bytes);
    return decoded ? std::optional<T>(*std::move(decoded)) : std::nullopt;
}

} // namespace parley
