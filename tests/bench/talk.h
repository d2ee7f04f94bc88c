// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "tests/bench/histogram.h"

#include <deque>
#include <vector>

namespace parley::bench {

class Talk;

/// What one user says to one partner, message by message, in order: due, taken by whoever sends it,
/// acknowledged by the server, arrived at the partner, and receipted to the user.
class Voice {
public:
    explicit Voice(Talk &talk)
        : m_talk(talk)
    {
    }

    /// Messages that are due and were not taken.
    size_t waiting() const { return m_due.size() - static_cast<size_t>(m_taken - m_done); }
    /// The number of the next message to be taken.
    quint64 next() const { return m_taken; }
    /// Takes so many of them.
    void take(size_t count, qint64 now);

    /// So many more, in order.
    void acknowledged(size_t count, qint64 now);
    void receipted(size_t count, qint64 now);
    /// Each once, in order.
    void arrived(quint64 message, qint64 now);

    bool isQuiet() const { return m_due.empty(); }
    quint64 receipts() const { return m_receipted; }

private:
    friend class Talk;
    void addDue(qint64 due) { m_due.push_back(due); }
    void finish(qint64 now);
    qint64 since(quint64 message) const { return m_due[static_cast<size_t>(message - m_done)]; }

    Talk &m_talk;
    std::deque<qint64> m_due; ///< of those that are not done; the first is number m_done
    quint64 m_done = 0;
    quint64 m_taken = 0;
    quint64 m_acknowledged = 0;
    quint64 m_arrived = 0;
    quint64 m_receipted = 0;
};

/// Who says how much when, and how long it took. In a closed loop each voice has so many messages
/// under way, and latency counts from when one was handed to the sender; at a fixed rate they
/// become due one after the other whatever becomes of them, and latency counts from then, so that a
/// server that stands still is charged for all who wait.
class Talk {
public:
    struct Plan {
        size_t voices = 0;
        int outstanding = 1;
        double perSecond = 0; ///< of all together; 0: a closed loop
        qint64 warmUpNs = 0;
        qint64 measureNs = 0;
    };
    struct Figures {
        // At a fixed rate of those that became due in the time that is measured, whenever they were
        // done; in a closed loop of what happened in that time.
        Histogram acknowledged;
        Histogram arrived;
        Histogram receipted;
        // From the first to the last, also outside the time that is measured.
        quint64 done = 0;
        quint64 taken = 0;
        quint64 allAcknowledged = 0;
        quint64 allArrived = 0;
        quint64 allReceipted = 0;
        quint64 misplaced = 0; ///< arrived out of order, or twice
        quint64 unfinished = 0;
    };

    explicit Talk(const Plan &plan);

    Voice &voice(size_t number) { return m_voices[number]; }
    size_t size() const { return m_voices.size(); }

    void begin(qint64 now);
    /// Makes due what is due; calls for each voice that has something new to say.
    template <typename Say>
    void tick(qint64 now, Say &&say)
    {
        for (; m_plan.perSecond > 0 && m_nextDue <= std::min(now, m_end);
             m_nextDue = dueTime(++m_given)) {
            const size_t number = m_given % m_voices.size();
            m_voices[number].addDue(m_nextDue);
            say(number);
        }
    }
    /// When the next message is due at a fixed rate.
    qint64 nextDue() const { return m_nextDue; }
    qint64 measureFrom() const { return m_from; }
    /// So many messages until now.
    quint64 done() const { return m_figures.done; }
    bool isOver(qint64 now) const { return now >= m_end; }
    bool isQuiet() const;
    /// After it is over.
    Figures figures();

private:
    friend class Voice;
    bool isMeasured(qint64 since, qint64 now) const;
    qint64 dueTime(quint64 number) const;

    const Plan m_plan;
    std::deque<Voice> m_voices;
    qint64 m_begin = 0;
    qint64 m_from = 0;
    qint64 m_end = 0;
    qint64 m_nextDue = 0;
    quint64 m_given = 0;
    Figures m_figures;
};

} // namespace parley::bench
