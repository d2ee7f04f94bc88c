// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/messages/sessions.h"

namespace parley {
namespace {
constexpr size_t rememberedEarly = 4'096;
}

std::optional<SessionRef> Sessions::attach(
    const SessionRef &ref, const UserId &user, const DeviceId &device)
{
    if (m_leftEarly.erase(ref) > 0)
        return std::nullopt;
    std::optional<SessionRef> replaced;
    for (const SessionRef &other : ofDevice(user, device)) {
        if (other == ref)
            continue;
        replaced = other;
        detach(other);
    }
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
        m_leftEarly.insert(ref);
        // Also here: sessions that the service itself had ended. The oldest are past any doubt.
        if (m_leftEarly.size() > rememberedEarly)
            m_leftEarly.erase(m_leftEarly.begin());
        return;
    }
    quieten(ref);
    const auto user = m_byUser.find(found->second.user);
    user->second.erase(ref);
    if (user->second.empty())
        m_byUser.erase(user);
    m_sessions.erase(found);
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
