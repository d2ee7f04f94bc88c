// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/bench/scenarios.h"

namespace parley::bench {

using namespace Qt::StringLiterals;

namespace {

Talk::Plan planOf(const Run &run)
{
    Talk::Plan plan;
    plan.voices = static_cast<size_t>(2 * run.settings.pairs);
    plan.outstanding = static_cast<int>(run.settings.outstanding);
    plan.perSecond = run.settings.scenario == "rate"_L1 ? double(run.settings.rate) : 0;
    plan.warmUpNs = run.warmUpNs();
    plan.measureNs = run.measureNs();
    return plan;
}

void add(Run &run, const TalkResult &result)
{
    const Talk::Figures &figures = result.figures;
    run.result.insert(u"messages"_s, qint64(result.span.done));
    run.result.insert(u"messagesPerSecond"_s, result.span.perSecond());
    result.span.addTo(run.result);
    run.result.insert(u"acknowledgedMs"_s, percentiles(figures.acknowledged));
    run.result.insert(u"deliveredMs"_s, percentiles(figures.arrived));
    run.result.insert(u"receiptMs"_s, percentiles(figures.receipted));
    run.result.insert(u"total"_s,
        QJsonObject{{u"sent"_s, qint64(figures.taken)},
            {u"acknowledged"_s, qint64(figures.allAcknowledged)},
            {u"delivered"_s, qint64(figures.allArrived)},
            {u"receipted"_s, qint64(figures.allReceipted)}});
}

} // namespace

void runPairs(Run &run)
{
    Crowd crowd(run, 0, static_cast<size_t>(2 * run.settings.pairs));
    if (!crowd.come() || !crowd.prepare())
        return;
    add(run, talk(run, crowd, planOf(run), 1));
    crowd.leave();
}

void runBeside(Run &run)
{
    const auto active = static_cast<size_t>(2 * run.settings.pairs);
    Crowd crowd(run, 0, active);
    if (!crowd.come() || !crowd.prepare())
        return;
    const TalkResult before = talk(run, crowd, planOf(run), 1);
    TalkResult beside;
    {
        Crowd idle(run, active, static_cast<size_t>(run.settings.idle));
        // Those who talk must not be taken for dead meanwhile.
        if (!idle.come([&](qint64 now) { crowd.tick(now); }))
            return;
        beside = talk(run, crowd, planOf(run), 2, [&](qint64 now) { idle.tick(now); });
        idle.leave();
    }
    // The store grows, and the machine has its moods: what it is compared with is taken on both
    // sides.
    const TalkResult after = talk(run, crowd, planOf(run), 3);
    add(run, beside);
    const double alone = (before.span.perSecond() + after.span.perSecond()) / 2;
    run.result.insert(u"alonePerSecondBefore"_s, before.span.perSecond());
    run.result.insert(u"alonePerSecondAfter"_s, after.span.perSecond());
    run.result.insert(u"aloneCpuSecondsPer10kBefore"_s, before.span.cpuPer10k());
    run.result.insert(u"aloneCpuSecondsPer10kAfter"_s, after.span.cpuPer10k());
    run.result.insert(
        u"ratio"_s, alone > 0 ? QJsonValue(beside.span.perSecond() / alone) : QJsonValue());
    crowd.leave();
}

} // namespace parley::bench
