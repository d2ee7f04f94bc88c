// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/bench/talk.h"

#include "shared/assert.h"

#include <algorithm>

namespace parley::bench {

namespace {

constexpr double nsPerSecond = 1e9;

} // namespace

void Voice::take(size_t count, qint64 now)
{
    PARLEY_ASSERT(count <= waiting());
    if (m_talk.m_plan.perSecond <= 0)
        std::fill_n(m_due.end() - static_cast<qptrdiff>(waiting()), count, now);
    m_taken += count;
    m_talk.m_figures.taken += count;
}

void Voice::acknowledged(size_t count, qint64 now)
{
    for (; count > 0 && m_acknowledged < m_taken; --count, ++m_acknowledged) {
        if (m_talk.isMeasured(since(m_acknowledged), now))
            m_talk.m_figures.acknowledged.add(now - since(m_acknowledged));
        ++m_talk.m_figures.allAcknowledged;
    }
    m_talk.m_figures.misplaced += count;
    finish(now);
}

void Voice::receipted(size_t count, qint64 now)
{
    for (; count > 0 && m_receipted < m_arrived; --count, ++m_receipted) {
        if (m_talk.isMeasured(since(m_receipted), now))
            m_talk.m_figures.receipted.add(now - since(m_receipted));
        ++m_talk.m_figures.allReceipted;
    }
    m_talk.m_figures.misplaced += count;
    finish(now);
}

void Voice::arrived(quint64 message, qint64 now)
{
    if (message != m_arrived || message >= m_taken) {
        ++m_talk.m_figures.misplaced;
        return;
    }
    if (m_talk.isMeasured(since(message), now))
        m_talk.m_figures.arrived.add(now - since(message));
    ++m_arrived;
    ++m_talk.m_figures.allArrived;
}

void Voice::finish(qint64 now)
{
    while (m_done < std::min(m_acknowledged, m_receipted)) {
        m_due.pop_front();
        ++m_talk.m_figures.done;
        ++m_done;
        if (m_talk.m_plan.perSecond <= 0 && !m_talk.isOver(now))
            addDue(now);
    }
}

Talk::Talk(const Plan &plan)
    : m_plan(plan)
{
    for (size_t i = 0; i < plan.voices; ++i)
        m_voices.emplace_back(*this);
}

void Talk::begin(qint64 now)
{
    m_begin = now;
    m_from = now + m_plan.warmUpNs;
    m_end = m_from + m_plan.measureNs;
    m_nextDue = dueTime(0);
    if (m_plan.perSecond > 0)
        return;
    for (Voice &voice : m_voices) {
        for (int i = 0; i < m_plan.outstanding; ++i)
            voice.addDue(now);
    }
}

// From the number each time, so that no rounding adds up.
qint64 Talk::dueTime(quint64 number) const
{
    return m_plan.perSecond <= 0 ? m_end
                                 : m_begin
            + static_cast<qint64>(static_cast<double>(number) * nsPerSecond / m_plan.perSecond);
}

bool Talk::isMeasured(qint64 since, qint64 now) const
{
    const qint64 decisive = m_plan.perSecond > 0 ? since : now;
    return decisive >= m_from && decisive < m_end;
}

bool Talk::isQuiet() const
{
    return std::ranges::all_of(m_voices, [](const Voice &voice) { return voice.isQuiet(); });
}

Talk::Figures Talk::figures()
{
    m_figures.unfinished = 0;
    for (const Voice &voice : m_voices)
        m_figures.unfinished += voice.m_due.size();
    return m_figures;
}

} // namespace parley::bench
