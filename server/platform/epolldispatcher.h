// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/platform/timerlist.h"

#include <QtCore/QSocketNotifier>

#include <atomic>

namespace parley {

/// An event dispatcher for Linux on epoll: a turn of the loop costs what happened in it, not what
/// is open, as Qt's own do. A write notifier is tried at the end of the turn in which it was
/// enabled, and armed only if that did not do: most writes need no round trip through the kernel's
/// list.
///
/// Lives on the thread that it serves; wakeUp() and interrupt() may be called from any.
class EpollDispatcher final : public QAbstractEventDispatcher {
public:
    explicit EpollDispatcher(QObject *parent = nullptr);
    ~EpollDispatcher() override;

    bool processEvents(QEventLoop::ProcessEventsFlags flags) override;
    void registerSocketNotifier(QSocketNotifier *notifier) override;
    void unregisterSocketNotifier(QSocketNotifier *notifier) override;
    void registerTimer(int id, qint64 intervalMs, Qt::TimerType type, QObject *object) override
    {
        m_timers.add(id, intervalMs, type, object);
    }
    bool unregisterTimer(int id) override { return m_timers.remove(id); }
    bool unregisterTimers(QObject *object) override { return m_timers.removeAll(object); }
    QList<TimerInfo> registeredTimers(QObject *object) const override
    {
        return m_timers.of(object);
    }
    int remainingTime(int id) override { return m_timers.remainingMs(id); }
    void wakeUp() override;
    void interrupt() override;

private:
    static constexpr size_t kinds = 3; ///< QSocketNotifier's: read, write, exception

    struct Descriptor {
        std::array<QSocketNotifier *, kinds> notifiers{};
        quint32 armed = 0; ///< the events that epoll was told
        quint32 generation = 0; ///< grows when the number is given up: it may be reused at once
        bool isDirty = false;
        bool triesWrite = false;
    };

    Descriptor &at(int descriptor);
    static quint32 wanted(const Descriptor &entry);
    void change(int descriptor, Descriptor &entry);
    void apply(int descriptor, Descriptor &entry);
    void tryWrites();
    void applyChanges();
    int wait(int timeoutMs);
    int waitForWakeUp(int timeoutMs);
    int dispatch(int descriptor, quint32 generation, quint32 events);
    void drainWakeUps();

    int m_epoll;
    int m_wakeUps;
    std::atomic<bool> m_isWoken{false};
    std::atomic<bool> m_isInterrupted{false};
    std::vector<Descriptor> m_descriptors; ///< by number
    std::vector<int> m_changed;
    TimerList m_timers;
};

} // namespace parley
