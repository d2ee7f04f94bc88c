// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "tests/bench/ownserver.h"
#include "tests/bench/platform/link.h"
#include "tests/bench/platform/processfigures.h"

#include <QtCore/QJsonObject>

#include <memory>
#include <optional>

namespace parley::bench {

class Phrases;

/// What a scenario works with. The clocks of processor and memory are those of the server.
struct Run {
    const Settings &settings;
    Loop &loop;
    Route &route;
    Faults &faults;
    const std::vector<Ticket> &tickets;
    const Phrases &phrases;
    qint64 pid = 0;
    QJsonObject result{}; ///< what the scenario adds to the line that is printed

    ProcessFigures server() const { return figuresOf(pid); }
    qint64 warmUpNs() const { return qint64(settings.warmUpSeconds * double(nsPerSecond)); }
    qint64 measureNs() const { return qint64(settings.seconds * double(nsPerSecond)); }
};

/// What was done between two looks at the clocks, and what it cost: counts, time and processors are
/// of one and the same span.
struct Span {
    quint64 done = 0;
    double seconds = 0;
    double cpuSeconds = 0; ///< of the server
    double loadSeconds = 0; ///< of the processor, for the load
    double perSecond() const { return seconds > 0 ? double(done) / seconds : 0; }
    /// Seconds of the server's processor for ten thousand; nothing for none.
    QJsonValue cpuPer10k() const;
    /// How long it was and how busy both sides were. Where the load had no time left, it is the
    /// load that was measured.
    void addTo(QJsonObject &result) const;
};

/// Looks at the clocks when a span begins, and again when it ends.
class Stopwatch {
public:
    explicit Stopwatch(const Run &run)
        : m_run(run)
    {
    }
    bool isRunning() const { return m_began.seconds > 0; }
    /// `done`: how much was done before.
    void start(quint64 done) { m_began = look(done); }
    Span stop(quint64 done) const;

private:
    Span look(quint64 done) const;

    const Run &m_run;
    Span m_began;
};

/// Many speakers: they come a few at a time, get ready for each other, and say that they are there.
class Crowd {
public:
    /// Speakers for the users of these numbers, in the protocol of the run.
    Crowd(Run &run, size_t first, size_t count);
    ~Crowd();

    /// Everybody is signed in; false, with a fault, when that takes too long. `tick` is for others
    /// who are there meanwhile.
    bool come(const std::function<void(qint64)> &tick = {});
    /// Every pair has its chat.
    bool prepare();
    void leave();
    /// Between turns.
    void tick(qint64 now);

    size_t size() const { return m_speakers.size(); }
    Speaker &speaker(size_t number) { return *m_speakers[number]; }

private:
    Run &m_run;
    std::vector<std::unique_ptr<Speaker>> m_speakers;
    qint64 m_nextBeat = 0;
    size_t m_beats = 0;
};

/// 50, 95, 99 and 100 of 100, in milliseconds.
QJsonObject percentiles(const Histogram &histogram);

/// Lets a crowd talk by a plan until all is said, and measures.
struct TalkResult {
    Talk::Figures figures;
    Span span; ///< of messages that were done in it, whenever they were due
};
TalkResult talk(Run &run, Crowd &crowd, const Talk::Plan &plan, quint16 number,
    const std::function<void(qint64)> &tick = {});

} // namespace parley::bench
