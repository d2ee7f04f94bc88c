// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/bench/run.h"

#include "tests/bench/mqttspeaker.h"
#include "tests/bench/parleyspeaker.h"
#include "tests/bench/relayspeaker.h"
#include "tests/bench/xmppspeaker.h"

#include <QtCore/QCoreApplication>

namespace parley::bench {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 comeMs = 300'000;
constexpr qint64 stepMs = 120'000;
constexpr qint64 drainMs = 30'000;
constexpr qint64 beatNs = 20 * nsPerSecond;

std::unique_ptr<Speaker> makeSpeaker(Run &run, size_t number)
{
    const QString protocol = run.settings.server.scheme();
    const auto textBytes = static_cast<size_t>(run.settings.textBytes);
    if (protocol == "xmpp"_L1)
        return std::make_unique<XmppSpeaker>(run.route, run.faults, run.tickets, number, textBytes,
            run.settings.isRegistering ? XmppSpeaker::Account::ToMake
                                       : XmppSpeaker::Account::Existing);
    if (protocol == "mqtt"_L1)
        return std::make_unique<MqttSpeaker>(run.route, run.faults, textBytes, number);
    if (protocol == "relay"_L1)
        return std::make_unique<RelaySpeaker>(run.route, run.faults, textBytes, number);
    return std::make_unique<ParleySpeaker>(run.route, run.faults, run.phrases, run.tickets, number);
}

} // namespace

Crowd::Crowd(Run &run, size_t first, size_t count)
    : m_run(run)
{
    for (size_t number = first; number < first + count; ++number)
        m_speakers.push_back(makeSpeaker(run, number));
}

Crowd::~Crowd() = default;

bool Crowd::come(const std::function<void(qint64)> &tickOthers)
{
    size_t started = 0;
    size_t there = 0;
    const auto parallel = static_cast<size_t>(m_run.settings.parallel);
    const bool isDone = m_run.loop.until(
        [&] {
            while (there < started && m_speakers[there]->isThere())
                ++there;
            while (started < m_speakers.size() && started < there + parallel)
                m_speakers[started++]->start();
            return there == m_speakers.size() || m_run.faults.count() > 0;
        },
        comeMs,
        [&](qint64 now) {
            tick(now);
            if (tickOthers)
                tickOthers(now);
        });
    if (!isDone)
        m_run.faults.add(u"only %1 of %2 came"_s.arg(there).arg(m_speakers.size()));
    return m_run.faults.count() == 0;
}

bool Crowd::prepare()
{
    for (int step = 0; step < m_speakers.front()->steps(); ++step) {
        for (const auto &speaker : m_speakers)
            speaker->doStep(step);
        size_t ready = 0;
        const bool isDone = m_run.loop.until(
            [&] {
                while (ready < m_speakers.size() && m_speakers[ready]->isStepDone())
                    ++ready;
                return ready == m_speakers.size() || m_run.faults.count() > 0;
            },
            stepMs, [this](qint64 now) { tick(now); });
        if (!isDone)
            m_run.faults.add(u"only %1 of %2 are ready"_s.arg(ready).arg(m_speakers.size()));
    }
    return m_run.faults.count() == 0;
}

void Crowd::leave()
{
    for (const auto &speaker : m_speakers)
        speaker->stop();
}

void Crowd::tick(qint64 now)
{
    if (m_speakers.empty())
        return;
    const qint64 pause = beatNs / static_cast<qint64>(m_speakers.size());
    if (m_nextBeat == 0)
        m_nextBeat = now + beatNs / 2;
    // Who was not called for long has nobody say it twice.
    m_nextBeat = std::max(m_nextBeat, now - beatNs);
    for (; m_nextBeat <= now; m_nextBeat += pause) {
        Speaker &speaker = *m_speakers[m_beats++ % m_speakers.size()];
        if (speaker.isThere())
            speaker.beat();
    }
}

QJsonObject percentiles(const Histogram &histogram)
{
    const auto milliseconds = [](qint64 ns) { return double(ns / 1'000) / 1'000; };
    return {{u"p50"_s, milliseconds(histogram.percentileNs(0.5))},
        {u"p95"_s, milliseconds(histogram.percentileNs(0.95))},
        {u"p99"_s, milliseconds(histogram.percentileNs(0.99))},
        {u"max"_s, milliseconds(histogram.mostNs())}};
}

TalkResult talk(Run &run, Crowd &crowd, const Talk::Plan &plan, quint16 number,
    const std::function<void(qint64)> &tick)
{
    Talk talk(plan);
    for (size_t i = 0; i < crowd.size(); ++i)
        crowd.speaker(i).join(talk, number);
    run.loop.refresh();
    talk.begin(run.loop.now());
    for (size_t i = 0; i < crowd.size(); ++i)
        crowd.speaker(i).say();

    Stopwatch watch(run);
    const auto turn = [&](qint64 now) {
        crowd.tick(now);
        if (tick)
            tick(now);
        talk.tick(now, [&](size_t voice) { crowd.speaker(voice).say(); });
        if (!talk.isOver(now))
            run.loop.wakeAt(talk.nextDue());
        if (!watch.isRunning() && now >= talk.measureFrom())
            watch.start(talk.done());
    };
    const qint64 mostMs = (plan.warmUpNs + plan.measureNs) / nsPerMs + drainMs;
    // With a fault the run is of no use, and who was lost would be waited for in vain.
    const auto isFaulty = [&run] { return run.faults.count() > 0; };
    run.loop.until([&] { return talk.isOver(run.loop.now()) || isFaulty(); }, mostMs, turn);
    TalkResult result;
    // Before the rest is waited for: that costs the server, too.
    result.span = watch.stop(talk.done());
    run.loop.until([&] { return talk.isQuiet() || isFaulty(); }, drainMs, turn);
    for (size_t i = 0; i < crowd.size(); ++i)
        crowd.speaker(i).part();
    result.figures = talk.figures();
    run.faults.add(result.figures.unfinished, "messages were never done");
    run.faults.add(result.figures.misplaced, "messages came twice, or out of order");
    return result;
}

QJsonValue Span::cpuPer10k() const
{
    constexpr double many = 10'000;
    return done == 0 ? QJsonValue() : QJsonValue(cpuSeconds * many / double(done));
}

void Span::addTo(QJsonObject &result) const
{
    result.insert(u"measuredSeconds"_s, seconds);
    result.insert(u"cpuSecondsPer10k"_s, cpuPer10k());
    result.insert(u"serverCpuShare"_s, seconds > 0 ? cpuSeconds / seconds : 0);
    result.insert(u"loadCpuShare"_s, seconds > 0 ? loadSeconds / seconds : 0);
}

Span Stopwatch::look(quint64 done) const
{
    return {done, double(nowNs()) / double(nsPerSecond), m_run.server().cpuSeconds,
        figuresOf(QCoreApplication::applicationPid()).cpuSeconds};
}

Span Stopwatch::stop(quint64 done) const
{
    if (!isRunning())
        return {};
    const Span now = look(done);
    return {now.done - m_began.done, now.seconds - m_began.seconds,
        now.cpuSeconds - m_began.cpuSeconds, now.loadSeconds - m_began.loadSeconds};
}

} // namespace parley::bench
