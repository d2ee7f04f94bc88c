// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/presence/presence.h"
#include "shared/assert.h"

namespace parley {
namespace {

constexpr qint64 minuteMs = 60'000;

qint64 toTheMinute(qint64 timeMs)
{
    return timeMs - timeMs % minuteMs;
}

} // namespace

void Presence::handle(const PresenceInput &input, qint64 nowMs)
{
    if (const auto *arrived = std::get_if<Arrived>(&input))
        arrive(*arrived, nowMs);
    else if (const auto *departed = std::get_if<Departed>(&input))
        depart(*departed, nowMs);
    else if (const auto *lively = std::get_if<Lively>(&input))
        renew(*lively, nowMs);
    else if (const auto *watching = std::get_if<Watching>(&input))
        watch(*watching, nowMs);
    else if (const auto *changed = std::get_if<UserChanged>(&input))
        change(*changed);
}

void Presence::tick(qint64 nowMs)
{
    std::vector<UserId> users;
    users.reserve(m_people.size());
    for (const auto &[user, person] : m_people)
        users.push_back(user);
    for (const UserId &user : users) {
        Person &person = m_people.at(user);
        announce(user, person, nowMs);
        forgetIfIdle(user);
    }
    std::erase_if(
        m_seenMs, [&](const auto &each) { return nowMs - each.second >= m_times.lastSeenMs; });
}

PresenceState Presence::stateOf(const UserId &user) const
{
    const auto found = m_people.find(user);
    return found == m_people.end() ? PresenceState::Offline : found->second.announced;
}

void Presence::arrive(const Arrived &input, qint64 nowMs)
{
    PARLEY_ASSERT(input.session != SessionRef{} && !input.user.isNull());
    Session &session = m_sessions[input.session];
    session.user = input.user;
    session.device = input.device;
    Person &person = m_people[input.user];
    person.privacy = input.privacy;
    // Who has just connected is there, until the first heartbeat knows better.
    person.leases[input.session] = Lease{nowMs + m_times.leaseMs, true};
    person.lastSeen = toTheMinute(nowMs);
    noteSeen(session, nowMs);
    announce(input.user, person, nowMs);
}

void Presence::depart(const Departed &input, qint64 nowMs)
{
    const auto found = m_sessions.find(input.session);
    if (found == m_sessions.end())
        return;
    PARLEY_ASSERT(!found->second.user.isNull());
    unwatch(input.session, found->second);
    const Session session = std::move(found->second);
    m_sessions.erase(found);
    const auto person = m_people.find(session.user);
    if (person == m_people.end())
        return;
    person->second.leases.erase(input.session);
    person->second.lastSeen = toTheMinute(nowMs);
    if (person->second.leases.empty())
        person->second.leftMs = nowMs;
    noteSeen(session, nowMs);
    announce(session.user, person->second, nowMs);
}

void Presence::renew(const Lively &input, qint64 nowMs)
{
    const auto found = m_sessions.find(input.session);
    if (found == m_sessions.end())
        return;
    PARLEY_ASSERT(m_people.contains(found->second.user));
    Person &person = m_people[found->second.user];
    person.leases[input.session] = Lease{nowMs + m_times.leaseMs, input.active};
    person.lastSeen = toTheMinute(nowMs);
    noteSeen(found->second, nowMs);
    announce(found->second.user, person, nowMs);
}

void Presence::watch(const Watching &input, qint64 nowMs)
{
    const auto found = m_sessions.find(input.origin.session);
    if (found == m_sessions.end())
        return;
    PARLEY_ASSERT(input.origin.session != SessionRef{});
    unwatch(input.origin.session, found->second);
    UsersReply reply;
    for (const Watchable &each : input.users) {
        const UserId user = each.profile.id;
        Person &person = m_people[user];
        if (!person.lastSeen && each.lastSeen)
            person.lastSeen = toTheMinute(*each.lastSeen);
        announce(user, person, nowMs);
        (each.hidden ? person.blindWatchers : person.watchers).insert(input.origin.session);
        found->second.watched.push_back(user);
        if (each.withProfile)
            reply.users.push_back(each.profile);
        const bool isShown = !each.hidden && seesPresence(input.origin.session);
        reply.presence.push_back(
            isShown ? rowOf(user, person) : PresenceRow{user, PresenceState::Offline, {}});
    }
    PARLEY_ASSERT(reply.presence.size() == input.users.size());
    m_outputs.push_back(Outbound{
        {input.origin.session}, Urgency::Answer, encodeReply(input.origin.request, reply)});
}

void Presence::change(const UserChanged &input)
{
    const auto found = m_people.find(input.user.id);
    if (found == m_people.end())
        return;
    Person &person = found->second;
    const bool wasOff = std::exchange(person.privacy, input.privacy).presenceOff;
    if (wasOff != input.privacy.presenceOff)
        push(input.user.id, person);
    std::vector<SessionRef> watchers(person.watchers.begin(), person.watchers.end());
    watchers.insert(watchers.end(), person.blindWatchers.begin(), person.blindWatchers.end());
    if (!watchers.empty())
        m_outputs.push_back(
            Outbound{watchers, Urgency::Ephemeral, encodeEvent(ProfileChanged{input.user})});
}

PresenceState Presence::current(const Person &person, qint64 nowMs) const
{
    bool isThere = false;
    bool isActive = false;
    for (const auto &[session, lease] : person.leases) {
        isThere = isThere || lease.untilMs > nowMs;
        isActive = isActive || (lease.untilMs > nowMs && lease.active);
    }
    if (isActive)
        return PresenceState::Online;
    if (isThere)
        return PresenceState::Away;
    PARLEY_ASSERT(!isActive && !isThere);
    qint64 goneMs = person.leftMs;
    for (const auto &[session, lease] : person.leases)
        goneMs = std::max(goneMs, lease.untilMs);
    // A short break is not worth telling anybody.
    return nowMs - goneMs < m_times.graceMs ? person.announced : PresenceState::Offline;
}

void Presence::announce(const UserId &user, Person &person, qint64 nowMs)
{
    PARLEY_ASSERT(!user.isNull());
    const PresenceState now = current(person, nowMs);
    if (std::exchange(person.announced, now) != now)
        push(user, person);
}

void Presence::push(const UserId &user, const Person &person)
{
    std::vector<SessionRef> receivers;
    for (const SessionRef &watcher : person.watchers) {
        if (seesPresence(watcher))
            receivers.push_back(watcher);
    }
    if (!receivers.empty())
        m_outputs.push_back(Outbound{std::move(receivers), Urgency::Ephemeral,
            encodeEvent(PresenceChanged{{rowOf(user, person)}})});
}

bool Presence::seesPresence(const SessionRef &viewer) const
{
    const auto session = m_sessions.find(viewer);
    if (session == m_sessions.end())
        return false;
    const auto person = m_people.find(session->second.user);
    return person != m_people.end() && !person->second.privacy.presenceOff;
}

PresenceRow Presence::rowOf(const UserId &user, const Person &person) const
{
    if (person.privacy.presenceOff)
        return PresenceRow{user, PresenceState::Offline, {}};
    const bool isOffline = person.announced == PresenceState::Offline;
    return PresenceRow{user, person.announced, isOffline ? person.lastSeen : std::nullopt};
}

void Presence::unwatch(const SessionRef &session, Session &entry)
{
    for (const UserId &user : std::exchange(entry.watched, {})) {
        const auto found = m_people.find(user);
        if (found == m_people.end())
            continue;
        found->second.watchers.erase(session);
        found->second.blindWatchers.erase(session);
        forgetIfIdle(user);
    }
}

void Presence::forgetIfIdle(const UserId &user)
{
    const auto found = m_people.find(user);
    PARLEY_ASSERT(found != m_people.end());
    const Person &person = found->second;
    if (person.leases.empty() && person.watchers.empty() && person.blindWatchers.empty()
        && person.announced == PresenceState::Offline)
        m_people.erase(found);
}

void Presence::noteSeen(const Session &session, qint64 nowMs)
{
    const auto found = m_seenMs.find(session.device);
    if (found != m_seenMs.end() && nowMs - found->second < m_times.lastSeenMs)
        return;
    m_seenMs[session.device] = nowMs;
    PARLEY_ASSERT(!session.user.isNull());
    m_outputs.push_back(DeviceSeen{session.user, session.device});
}

} // namespace parley
