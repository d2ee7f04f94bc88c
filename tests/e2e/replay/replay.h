// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "tests/e2e/compare/journal.h"
#include "tests/e2e/replay/dayplan.h"
#include "tests/e2e/replay/speaker.h"
#include "tests/support/tcpproxy.h"

#include <QtCore/QElapsedTimer>

#include <random>

namespace parley {

/// Lets the people of a day live it again, from the first line until every device holds all of it.
///
/// Somebody comes shortly before the first line, goes when there is nothing to say for a while, and
/// comes back for the next one; in the end everybody is there. One group holds the day; the pair
/// also talks in a direct chat. Lives on the main thread, with an event loop.
class Replay : public QObject {
    Q_OBJECT
public:
    struct Settings {
        QString title; ///< of the group
        double speed = 0; ///< times faster than life; 0: as fast as it goes
        int cuts = 0; ///< connections that are reset on the way
        quint32 seed = 1;
        bool isEveryoneStaying = false; ///< nobody goes before the end
    };
    struct Result {
        int said = 0; ///< lines in the group
        int saidDirectly = 0;
        int replies = 0;
        int renamed = 0;
        int acknowledged = 0; ///< entries of every kind, by their own senders
        int visits = 0; ///< how often somebody came
        int cuts = 0;
        qint64 talkMs = 0; ///< from the first line to the last acknowledgement
        qint64 totalMs = 0;
        QStringList refusals;
    };

    /// All but `plan` outlive it; no proxy, no cuts.
    Replay(DayPlan plan, Settings settings, std::vector<std::unique_ptr<Speaker>> &speakers,
        compare::JournalWriter &journal, TcpProxy *proxy);

    void start();
    const Result &result() const { return m_result; }

signals:
    void finished();
    void progress(const QString &sentence);

private:
    enum class Stage { Gathering, Talking, Settling, Finished };

    const DayPlan m_plan;
    const Settings m_settings;
    std::vector<std::unique_ptr<Speaker>> &m_speakers;
    compare::JournalWriter &m_journal;
    TcpProxy *m_proxy;
    std::mt19937 m_random;

    Stage m_stage = Stage::Gathering;
    std::optional<ChatId> m_group;
    std::optional<ChatId> m_direct;
    bool m_isCreating = false;
    size_t m_next = 0;
    int m_unacknowledged = 0;
    int m_openRenames = 0;
    std::vector<std::vector<size_t>> m_stepsOf; ///< by person
    std::map<qsizetype, MessageId> m_messages; ///< acknowledged, by line
    std::map<MessageId, qsizetype> m_lines;
    std::map<ChatId, qint64> m_heads;
    QElapsedTimer m_clock;
    QElapsedTimer m_quiet;
    QTimer m_timer;
    Result m_result;

    void connectSpeaker(Speaker &speaker);
    void look();
    void gather();
    void talk();
    void settle();
    void come(size_t person);
    void letComeAndGo();
    bool mayTake(const PlannedStep &step) const;
    void take(const PlannedStep &step);
    void say(const PlannedStep &step);
    NewMessage messageOf(const PlannedStep &step) const;
    void cutIfDue();
    qint64 dueMs(const PlannedStep &step) const;
    std::optional<size_t> nextStepOf(size_t person) const;
    bool hasEverything(const Speaker &speaker, size_t person) const;
    bool isOfPair(size_t person) const;
};

} // namespace parley
