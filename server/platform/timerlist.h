// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QAbstractEventDispatcher>

#include <chrono>
#include <optional>
#include <set>
#include <unordered_map>

namespace parley {

/// The timers of one event dispatcher, by the time at which they are due. One thread.
class TimerList {
public:
    using Clock = std::chrono::steady_clock;

    void add(int id, qint64 intervalMs, Qt::TimerType type, QObject *object);
    bool remove(int id);
    bool removeAll(QObject *object);
    QList<QAbstractEventDispatcher::TimerInfo> of(QObject *object) const;
    /// Milliseconds until the timer is due, -1 if there is none of this id.
    int remainingMs(int id) const;
    /// Milliseconds, rounded up, until the next is due; nothing without timers that wait.
    std::optional<int> nextMs() const;
    /// Sends their events to all that are due; says how many.
    int fire();

private:
    struct Timer {
        qint64 intervalMs = 0;
        Qt::TimerType type = Qt::CoarseTimer;
        QObject *object = nullptr;
        Clock::time_point due;
        bool isFiring = false; ///< its event is being handled: it fires not again within that
    };
    void fireOne(int id, Clock::time_point now);

    std::unordered_map<int, Timer> m_timers;
    std::set<std::pair<Clock::time_point, int>> m_order;
};

} // namespace parley
