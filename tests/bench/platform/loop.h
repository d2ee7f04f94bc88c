// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QtGlobal>

#include <algorithm>
#include <functional>
#include <limits>
#include <string>
#include <vector>

namespace parley::bench {

/// Nanoseconds of the steady clock.
qint64 nowNs();
/// Milliseconds since 1970.
qint64 wallMs();

constexpr qint64 nsPerMs = 1'000'000;
constexpr qint64 nsPerSecond = 1'000'000'000;

/// Who waits for a descriptor. Outlives its place in the loop.
class Watcher {
public:
    virtual ~Watcher() = default;
    /// Something can be read or written, or went wrong.
    virtual void ready(quint32 events) = 0;
    /// At the end of a turn, when it was asked for.
    virtual void flush() = 0;
};

/// One thread's wait for many descriptors (epoll): whatever a turn brought is written once, at its
/// end. Linux alone. Does not own the watchers.
class Loop {
public:
    Loop();
    ~Loop();
    Loop(const Loop &) = delete;
    Loop &operator=(const Loop &) = delete;

    void add(int descriptor, quint32 events, Watcher &watcher);
    void change(int descriptor, quint32 events, Watcher &watcher);
    /// At once: descriptors are used again.
    void remove(int descriptor);
    void flushSoon(Watcher &watcher) { m_toFlush.push_back(&watcher); }
    /// Between turns: it is about to end.
    void forget(Watcher &watcher) { std::erase(m_toFlush, &watcher); }

    /// Waits for at most so long and handles what came.
    void turn(qint64 mostNs);
    /// The next turn waits no longer than until then.
    void wakeAt(qint64 ns) { m_wakeAt = std::min(m_wakeAt, ns); }
    /// Called before what a turn brought is written, if it brought anything. Where it says false,
    /// nothing is written, and it is asked again in the next turn.
    void setBeforeFlush(std::function<bool()> call) { m_beforeFlush = std::move(call); }
    /// Turns until `done` says so, or the time is over; says whether it was done. `tick` is called
    /// between turns, at least every millisecond.
    bool until(const std::function<bool()> &done, qint64 mostMs,
        const std::function<void(qint64 nowNs)> &tick = {});

    /// When the last bytes were read, or the turn began.
    qint64 now() const { return m_now; }
    void refresh() { m_now = nowNs(); }
    /// To read into; whoever reads takes out what is in it at once.
    std::string &buffer() { return m_buffer; }

private:
    int m_descriptor;
    qint64 m_now;
    std::string m_buffer;
    std::vector<Watcher *> m_toFlush;
    std::function<bool()> m_beforeFlush;
    qint64 m_wakeAt = std::numeric_limits<qint64>::max();
};

} // namespace parley::bench
