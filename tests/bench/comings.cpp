// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/bench/scenarios.h"

namespace parley::bench {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 lapMs = 300'000;

/// Lets everybody come back, a few at a time, and leave again as soon as they are there.
class Laps {
public:
    Laps(Run &run, Crowd &crowd)
        : m_run(run)
        , m_crowd(crowd)
    {
    }

    /// Until so many came back, or the time is over; those under way are waited for.
    void run(quint64 most, qint64 end)
    {
        m_left = most;
        m_end = end;
        const auto done = [this] { return m_open.empty() && !isGoing(m_run.loop.now()); };
        m_run.loop.until(done, lapMs, [this](qint64 now) { turn(now); });
        m_run.faults.add(m_open.size(), "a session did not come back");
    }

    Histogram times;
    quint64 inTime = 0; ///< back before the end

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
            inTime += now < m_end ? 1 : 0;
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

void runIdle(Run &run)
{
    const auto count = static_cast<size_t>(run.settings.sessions);
    Crowd crowd(run, 0, count);
    const qint64 before = run.server().residentKib;
    const qint64 began = nowNs();
    if (!crowd.come())
        return;
    const double seconds = double(nowNs() - began) / double(nsPerSecond);
    run.loop.until(
        [] { return false; }, run.warmUpNs() / nsPerMs, [&](qint64 now) { crowd.tick(now); });
    const ProcessFigures settled = run.server();
    run.loop.until(
        [] { return false; }, run.measureNs() / nsPerMs, [&](qint64 now) { crowd.tick(now); });
    const ProcessFigures after = run.server();
    run.result.insert(u"connectSeconds"_s, seconds);
    run.result.insert(u"kibPerSession"_s, double(after.residentKib - before) / double(count));
    run.result.insert(u"cpuShareAtRest"_s,
        run.settings.seconds > 0
            ? QJsonValue((after.cpuSeconds - settled.cpuSeconds) / run.settings.seconds)
            : QJsonValue());
    run.result.insert(u"rssWithoutSessionsKib"_s, before);
    run.result.insert(u"rssWithSessionsKib"_s, after.residentKib);
    crowd.leave();
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
    first.run(crowd.size(), nowNs() + lapMs * nsPerMs);
    Laps laps(run, crowd);
    const double cpuBefore = run.server().cpuSeconds;
    const qint64 began = nowNs();
    laps.run(std::numeric_limits<quint64>::max(), began + run.measureNs());
    const double cpu = run.server().cpuSeconds - cpuBefore;
    run.result.insert(u"signIns"_s, qint64(laps.times.count()));
    run.result.insert(u"signInsPerSecond"_s, double(laps.inTime) / run.settings.seconds);
    run.result.insert(u"signInMs"_s, percentiles(laps.times));
    run.result.insert(u"cpuSecondsPer10k"_s, per10k(cpu, laps.times.count()));
}

} // namespace parley::bench
