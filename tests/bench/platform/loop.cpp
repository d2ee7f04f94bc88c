// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/bench/platform/loop.h"

#include "shared/assert.h"

#include <array>
#include <ctime>
#include <utility>

#include <sys/epoll.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace parley::bench {

namespace {

constexpr size_t bufferBytes = 256 * 1024;
constexpr size_t eventsAtOnce = 1024;

qint64 clockNs(clockid_t clock)
{
    timespec time{};
    clock_gettime(clock, &time);
    return time.tv_sec * nsPerSecond + time.tv_nsec;
}

} // namespace

qint64 nowNs()
{
    return clockNs(CLOCK_MONOTONIC);
}

qint64 wallMs()
{
    return clockNs(CLOCK_REALTIME) / nsPerMs;
}

Loop::Loop()
    : m_descriptor(epoll_create1(EPOLL_CLOEXEC))
    , m_now(nowNs())
    , m_buffer(bufferBytes, '\0')
{
    PARLEY_ASSERT(m_descriptor >= 0);
    // Unless told so, the system may wake a thread 50 microseconds late.
    prctl(PR_SET_TIMERSLACK, 1);
}

Loop::~Loop()
{
    close(m_descriptor);
}

void Loop::add(int descriptor, quint32 events, Watcher &watcher)
{
    epoll_event event{};
    event.events = events;
    event.data.ptr = &watcher;
    const int done = epoll_ctl(m_descriptor, EPOLL_CTL_ADD, descriptor, &event);
    PARLEY_ASSERT(done == 0);
}

void Loop::change(int descriptor, quint32 events, Watcher &watcher)
{
    epoll_event event{};
    event.events = events;
    event.data.ptr = &watcher;
    const int done = epoll_ctl(m_descriptor, EPOLL_CTL_MOD, descriptor, &event);
    PARLEY_ASSERT(done == 0);
}

void Loop::remove(int descriptor)
{
    epoll_ctl(m_descriptor, EPOLL_CTL_DEL, descriptor, nullptr);
}

void Loop::turn(qint64 mostNs)
{
    std::array<epoll_event, eventsAtOnce> events;
    const qint64 untilWake = std::exchange(m_wakeAt, std::numeric_limits<qint64>::max()) - nowNs();
    const qint64 wait = m_toFlush.empty() ? std::clamp<qint64>(untilWake, 0, mostNs) : 0;
    const timespec time{wait / nsPerSecond, wait % nsPerSecond};
    const int count =
        epoll_pwait2(m_descriptor, events.data(), static_cast<int>(events.size()), &time, nullptr);
    refresh();
    for (int i = 0; i < count; ++i) {
        const auto &event = events[static_cast<size_t>(i)];
        static_cast<Watcher *>(event.data.ptr)->ready(event.events);
    }
    if (m_beforeFlush && !m_toFlush.empty() && !m_beforeFlush())
        return;
    // By number: who is flushed may close, and who hears of it may have something to say.
    for (size_t i = 0; i < m_toFlush.size(); ++i)
        m_toFlush[i]->flush();
    m_toFlush.clear();
}

bool Loop::until(
    const std::function<bool()> &done, qint64 mostMs, const std::function<void(qint64)> &tick)
{
    const qint64 end = nowNs() + mostMs * nsPerMs;
    refresh();
    while (!done()) {
        if (m_now >= end)
            return false;
        if (tick)
            tick(m_now);
        turn(nsPerMs);
    }
    return true;
}

} // namespace parley::bench
