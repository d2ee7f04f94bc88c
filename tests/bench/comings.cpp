// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/bench/scenarios.h"

namespace parley::bench {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 drainMs = 30'000;
constexpr qint64 firstLapMs = 300'000;
constexpr size_t firstPart = 10; ///< one in so many

/// Lets everybody come back, a few at a time, and leave again as soon as they are there.
class Laps {
public:
    Laps(Run &run, Crowd &crowd)
        : m_run(run)
        , m_crowd(crowd)
    {
    }

    /// Until so many came back, or the time is over; those under way are waited for. What counts is
    /// the span until then, with those who were back in it.
    Span run(quint64 most, qint64 mostNs)
    {
        m_left = most;
        m_end = nowNs() + mostNs;
        Stopwatch watch(m_run);
        watch.start(0);
        const auto over = [this] { return !isGoing(m_run.loop.now()); };
        const auto tick = [this](qint64 now) { turn(now); };
        m_run.loop.until(over, mostNs / nsPerMs + drainMs, tick);
        const Span span = watch.stop(times.count());
        m_run.loop.until([this] { return m_open.empty(); }, drainMs, tick);
        m_run.faults.add(m_open.size(), "a session did not come back");
        return span;
    }

    Histogram times;

private:
    struct Coming {
        size_t number = 0;
        qint64 since = 0;
    };

    bool isGoing(qint64 now) const
    {
        return m_left > 0 && now < m_end && m_run.faults.count() == 0;
    }

    bool isOpen(size_t number) const
    {
        return std::ranges::any_of(
            m_open, [number](const Coming &coming) { return coming.number == number; });
    }

    void turn(qint64 now)
    {
        std::erase_if(m_open, [&](const Coming &coming) {
            Speaker &speaker = m_crowd.speaker(coming.number);
            if (!speaker.isBack())
                return false;
            times.add(now - coming.since);
            speaker.stop();
            return true;
        });
        while (m_open.size() < size_t(m_run.settings.parallel) && isGoing(now) && !isOpen(m_next)) {
            m_crowd.speaker(m_next).start();
            m_open.push_back({m_next, now});
            m_next = (m_next + 1) % m_crowd.size();
            --m_left;
        }
    }

    Run &m_run;
    Crowd &m_crowd;
    std::vector<Coming> m_open;
    size_t m_next = 0;
    quint64 m_left = 0;
    qint64 m_end = 0;
};

} // namespace

// What the first ones cost once (threads, caches, pools) is not what one more session costs: it is
// measured from when a tenth of them are there.
void runIdle(Run &run)
{
    const auto count = static_cast<size_t>(run.settings.sessions);
    Crowd first(run, 0, count / firstPart);
    Crowd others(run, first.size(), count - first.size());
    const auto tick = [&](qint64 now) {
        first.tick(now);
        others.tick(now);
    };
    const auto rest = [&](qint64 ns) { run.loop.until([] { return false; }, ns / nsPerMs, tick); };
    // It has just been started, and may not be done with that.
    rest(run.warmUpNs());
    const qint64 without = run.server().residentKib;
    if (!first.come())
        return;
    rest(run.warmUpNs());
    const qint64 withFirst = run.server().residentKib;
    const qint64 began = nowNs();
    if (!others.come([&](qint64 now) { first.tick(now); }))
        return;
    const double seconds = double(nowNs() - began) / double(nsPerSecond);
    rest(run.warmUpNs());
    Stopwatch watch(run);
    watch.start(0);
    rest(run.measureNs());
    const Span span = watch.stop(0);
    const qint64 withAll = run.server().residentKib;
    run.result.insert(u"connectSeconds"_s, seconds);
    run.result.insert(u"kibPerSession"_s, double(withAll - withFirst) / double(others.size()));
    span.addTo(run.result);
    run.result.insert(u"rssWithoutSessionsKib"_s, without);
    run.result.insert(u"rssWithFirstSessionsKib"_s, withFirst);
    run.result.insert(u"rssWithSessionsKib"_s, withAll);
    first.leave();
    others.leave();
}

void runStorm(Run &run)
{
    Crowd crowd(run, 0, run.settings.users());
    if (!crowd.come() || !crowd.prepare())
        return;
    // What was said last is on its way.
    run.loop.until([] { return false; }, 200, [&](qint64 now) { crowd.tick(now); });
    crowd.leave();
    // The first lap learns what the server has to say about itself.
    Laps first(run, crowd);
    first.run(crowd.size(), firstLapMs * nsPerMs);
    if (run.faults.count() > 0)
        return;
    Laps laps(run, crowd);
    const Span span = laps.run(std::numeric_limits<quint64>::max(), run.measureNs());
    run.result.insert(u"signIns"_s, qint64(span.done));
    run.result.insert(u"signInsPerSecond"_s, span.perSecond());
    run.result.insert(u"signInMs"_s, percentiles(laps.times));
    span.addTo(run.result);
}

} // namespace parley::bench
