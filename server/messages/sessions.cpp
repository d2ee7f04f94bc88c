// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/messages/sessions.h"
#include "shared/assert.h"

namespace parley {
namespace {
constexpr size_t remembered = 4'096;

/// The oldest of a gateway are past any doubt: it numbers its sessions upwards.
void remember(std::map<quint32, std::set<quint64>> &refs, const SessionRef &ref)
{
    std::set<quint64> &sessions = refs[ref.gateway];
    sessions.insert(ref.session);
    if (sessions.size() > remembered)
        sessions.erase(sessions.begin());
}
} // namespace

std::optional<SessionRef> Sessions::attach(
    const SessionRef &ref, const UserId &user, const DeviceId &device)
{
    if (takeLeftEarly(ref))
        return std::nullopt;
    std::optional<SessionRef> replaced;
    for (const SessionRef &other : ofDevice(user, device)) {
        if (other == ref)
            continue;
        replaced = other;
        end(other);
    }
    PARLEY_ASSERT(!user.isNull());
    PARLEY_ASSERT(ofDevice(user, device).size() <= 1);
    Session &session = m_sessions[ref];
    session.user = user;
    session.device = device;
    m_byUser[user].insert(ref);
    return replaced;
}

void Sessions::detach(const SessionRef &ref)
{
    const auto found = m_sessions.find(ref);
    if (found == m_sessions.end()) {
        if (m_ended[ref.gateway].erase(ref.session) == 0)
            remember(m_leftEarly, ref);
        return;
    }
    quieten(ref);
    const auto user = m_byUser.find(found->second.user);
    PARLEY_ASSERT(user != m_byUser.end() && user->second.contains(ref));
    PARLEY_ASSERT(found->second.live.empty());
    user->second.erase(ref);
    if (user->second.empty())
        m_byUser.erase(user);
    m_sessions.erase(found);
}

bool Sessions::takeLeftEarly(const SessionRef &ref)
{
    return m_leftEarly[ref.gateway].erase(ref.session) > 0;
}

void Sessions::end(const SessionRef &ref)
{
    if (!find(ref))
        return;
    detach(ref);
    remember(m_ended, ref);
    PARLEY_ASSERT(!find(ref));
}

bool Sessions::wasEnded(const SessionRef &ref) const
{
    const auto ended = m_ended.find(ref.gateway);
    return ended != m_ended.end() && ended->second.contains(ref.session);
}

void Sessions::quieten(const SessionRef &ref)
{
    Session *session = find(ref);
    if (!session)
        return;
    const std::set<ChatId> chats = session->live;
    for (const ChatId &chat : chats)
        endLive(ref, chat);
}

Sessions::Session *Sessions::find(const SessionRef &ref)
{
    const auto found = m_sessions.find(ref);
    return found == m_sessions.end() ? nullptr : &found->second;
}

void Sessions::makeLive(const SessionRef &ref, const ChatId &chat)
{
    Session *session = find(ref);
    PARLEY_ASSERT(session);
    session->live.insert(chat);
    m_live[chat].insert(ref);
}

void Sessions::endLive(const SessionRef &ref, const ChatId &chat)
{
    if (Session *session = find(ref))
        session->live.erase(chat);
    const auto live = m_live.find(chat);
    if (live == m_live.end())
        return;
    live->second.erase(ref);
    if (live->second.empty())
        m_live.erase(live);
}

std::vector<SessionRef> Sessions::liveIn(const ChatId &chat) const
{
    const auto live = m_live.find(chat);
    if (live == m_live.end())
        return {};
    return {live->second.begin(), live->second.end()};
}

std::vector<SessionRef> Sessions::ofUser(const UserId &user) const
{
    const auto found = m_byUser.find(user);
    if (found == m_byUser.end())
        return {};
    return {found->second.begin(), found->second.end()};
}

size_t Sessions::besides(const UserId &user, const DeviceId &device) const
{
    return ofUser(user).size() - ofDevice(user, device).size();
}

std::vector<SessionRef> Sessions::ofDevice(const UserId &user, const DeviceId &device) const
{
    std::vector<SessionRef> refs;
    for (const SessionRef &ref : ofUser(user)) {
        if (m_sessions.at(ref).device == device)
            refs.push_back(ref);
    }
    return refs;
}

} // namespace parley
