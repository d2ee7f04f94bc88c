// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/core/userstate.h"

#include "client/core/statekeys.h"
#include "shared/assert.h"
#include "shared/codec/numbers.h"
#include "shared/mutation.h"

namespace parley {

void UserState::load(qint64 revision)
{
    m_revision = revision;
    m_rows.clear();
    for (StateRow &row : m_cache.state())
        m_rows.insert_or_assign(row.key, row);
    m_wishes.clear();
    for (const Wish &wish : m_cache.wishes())
        m_wishes[wish.key].value = wish.value;
    m_joined.clear();
}

UserState::Applied UserState::apply(const StateRow &row)
{
    if (row.revision <= m_revision)
        return Applied::Known;
    const bool isGap = row.revision != m_revision + 1;
    if (isGap && !mutation(Mutation::StateGapApplied))
        return Applied::Gap;
    store(row);
    saveRevision(row.revision);
    return Applied::Done;
}

void UserState::applyAll(const std::vector<StateRow> &rows, qint64 revision)
{
    if (revision <= m_revision)
        return;
    for (const StateRow &row : rows)
        store(row);
    saveRevision(revision);
}

void UserState::store(const StateRow &row)
{
    const auto held = m_rows.find(row.key);
    if (held != m_rows.end() && held->second.revision >= row.revision)
        return;
    PARLEY_ASSERT(row.revision >= 0);
    m_rows.insert_or_assign(row.key, row);
    m_cache.saveState(row);
    touch(row.key);
    const auto chat = statekeys::chatOf(row.key, QLatin1String("chat/"));
    if (!chat || !row.value)
        return;
    if (const auto state = fromPeer<ChatState>(*row.value))
        m_joined.emplace_back(*chat, *state);
}

void UserState::saveRevision(qint64 revision)
{
    PARLEY_ASSERT(revision > m_revision);
    m_revision = revision;
    CachedMeta meta = m_cache.meta();
    meta.userRevision = revision;
    m_cache.saveMeta(meta);
    dropConfirmed();
}

void UserState::dropConfirmed()
{
    std::erase_if(m_wishes, [&](const auto &wish) {
        return wish.second.confirmedAt && wish.second.confirmedAt <= m_revision;
    });
}

void UserState::touch(const QString &key)
{
    for (const char *prefix : {"chat/", "mute/", "draft/", "unread/"}) {
        if (const auto chat = statekeys::chatOf(key, QLatin1String(prefix)))
            m_dirty.chats.insert(*chat);
    }
    if (key == statekeys::privacy())
        m_dirty.isPrivacyChanged = true;
}

std::optional<QByteArray> UserState::value(const QString &key) const
{
    if (const auto wish = m_wishes.find(key); wish != m_wishes.end())
        return wish->second.value;
    const auto row = m_rows.find(key);
    return row == m_rows.end() ? std::nullopt : row->second.value;
}

void UserState::set(const QString &key, const std::optional<QByteArray> &value)
{
    if (this->value(key) == value)
        return;
    Pending &wish = m_wishes[key];
    PARLEY_ASSERT(wish.basedOn >= 0 && wish.confirmedAt >= 0);
    wish.value = value;
    wish.basedOn = std::max(wish.basedOn, wish.confirmedAt);
    wish.confirmedAt = 0;
    m_cache.saveWish({key, value});
    touch(key);
}

std::optional<SetState> UserState::nextToSend() const
{
    for (const auto &[key, wish] : m_wishes) {
        if (wish.isSending || wish.confirmedAt)
            continue;
        const auto row = m_rows.find(key);
        const qint64 held = row == m_rows.end() ? 0 : row->second.revision;
        return SetState{key, wish.value, std::max(held, wish.basedOn)};
    }
    return std::nullopt;
}

void UserState::confirmed(const SetState &sent, const StateRow &row)
{
    apply(row);
    const auto found = m_wishes.find(sent.key);
    if (found == m_wishes.end())
        return;
    Pending &wish = found->second;
    wish.isSending = false;
    if (wish.value != sent.value) {
        wish.basedOn = row.revision;
        return;
    }
    m_cache.removeWish(sent.key);
    // Removing what was never there leaves no revision: 0 must not read as unconfirmed.
    if (row.revision <= m_revision)
        m_wishes.erase(found);
    else
        wish.confirmedAt = row.revision;
}

void UserState::conflict(const SetState &sent, const StateRow &row)
{
    apply(row);
    const auto found = m_wishes.find(sent.key);
    if (found == m_wishes.end())
        return;
    found->second.isSending = false;
    found->second.basedOn = row.revision;
}

void UserState::dropped(const QString &key)
{
    m_wishes.erase(key);
    m_cache.removeWish(key);
    touch(key);
}

void UserState::unsent(const QString &key)
{
    if (const auto found = m_wishes.find(key); found != m_wishes.end())
        found->second.isSending = false;
}

void UserState::disconnected()
{
    for (auto &[key, wish] : m_wishes)
        wish.isSending = false;
}

void UserState::restore()
{
    for (const auto &[key, row] : m_rows) {
        if (key.startsWith(QLatin1String("draft/")) && row.value && !m_wishes.contains(key))
            m_cache.saveWish({key, row.value});
    }
    for (const auto &[key, wish] : m_wishes) {
        if (wish.confirmedAt)
            m_cache.saveWish({key, wish.value});
    }
}

std::vector<std::pair<ChatId, ChatState>> UserState::allJoined() const
{
    std::vector<std::pair<ChatId, ChatState>> result;
    for (const auto &[key, row] : m_rows) {
        const auto chat = statekeys::chatOf(key, QLatin1String("chat/"));
        if (!chat || !row.value)
            continue;
        if (const auto state = fromPeer<ChatState>(*row.value))
            result.emplace_back(*chat, *state);
    }
    return result;
}

} // namespace parley
