// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/platform/timerlist.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QTimerEvent>

namespace parley {
namespace {

int msUntil(TimerList::Clock::time_point due)
{
    const auto left = due - TimerList::Clock::now();
    const qint64 ms = std::chrono::ceil<std::chrono::milliseconds>(left).count();
    return int(std::clamp<qint64>(ms, 0, std::numeric_limits<int>::max()));
}

} // namespace

void TimerList::add(int id, qint64 intervalMs, Qt::TimerType type, QObject *object)
{
    const auto due = Clock::now() + std::chrono::milliseconds(intervalMs);
    m_timers[id] = Timer{intervalMs, type, object, due, false};
    m_order.emplace(due, id);
}

bool TimerList::remove(int id)
{
    const auto found = m_timers.find(id);
    if (found == m_timers.end())
        return false;
    m_order.erase({found->second.due, id});
    m_timers.erase(found);
    return true;
}

bool TimerList::removeAll(QObject *object)
{
    std::vector<int> ids;
    for (const auto &[id, timer] : m_timers) {
        if (timer.object == object)
            ids.push_back(id);
    }
    for (const int id : ids)
        remove(id);
    return !ids.empty();
}

QList<QAbstractEventDispatcher::TimerInfo> TimerList::of(QObject *object) const
{
    QList<QAbstractEventDispatcher::TimerInfo> found;
    for (const auto &[id, timer] : m_timers) {
        if (timer.object == object)
            found.append(
                QAbstractEventDispatcher::TimerInfo(id, int(timer.intervalMs), timer.type));
    }
    return found;
}

int TimerList::remainingMs(int id) const
{
    const auto found = m_timers.find(id);
    return found == m_timers.end() ? -1 : msUntil(found->second.due);
}

std::optional<int> TimerList::nextMs() const
{
    for (const auto &[due, id] : m_order) {
        if (!m_timers.at(id).isFiring)
            return msUntil(due);
    }
    return std::nullopt;
}

int TimerList::fire()
{
    const auto now = Clock::now();
    std::vector<int> due;
    for (const auto &[at, id] : m_order) {
        if (at > now)
            break;
        due.push_back(id);
    }
    for (const int id : due)
        fireOne(id, now);
    return int(due.size());
}

void TimerList::fireOne(int id, Clock::time_point now)
{
    // An earlier one may have ended it, or begun it anew.
    const auto found = m_timers.find(id);
    if (found == m_timers.end() || found->second.isFiring || found->second.due > now)
        return;
    Timer &timer = found->second;
    m_order.erase({timer.due, id});
    // Missed turns are not made up for.
    timer.due = std::max(timer.due, now - std::chrono::milliseconds(timer.intervalMs))
        + std::chrono::milliseconds(timer.intervalMs);
    m_order.emplace(timer.due, id);
    timer.isFiring = true;
    QTimerEvent event(id);
    QCoreApplication::sendEvent(timer.object, &event);
    if (const auto again = m_timers.find(id); again != m_timers.end())
        again->second.isFiring = false;
}

} // namespace parley
