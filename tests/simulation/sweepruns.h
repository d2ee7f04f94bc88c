// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "tests/simulation/sweep.h"
#include "tests/support/ledger.h"

#include <QtCore/QEventLoop>
#include <QtCore/QProcess>

namespace parley::simulation {

/// A sweep of all scenarios, each in a process of its own, some at a time. What a scenario prints
/// is printed when it ends.
class SweepRuns : public QObject {
    Q_OBJECT

public:
    SweepRuns(const Sweep::Plan &plan, int jobs);

    /// Whether all held.
    bool run();
    /// What came of it.
    LedgerLine ledgerLine() const;

    /// A scenario's figures, as they are printed.
    static QString line(const QString &name, const Swept &swept);

private:
    void startNext();
    void ended(QProcess *process, const QString &name);

    Sweep::Plan m_plan;
    int m_jobs;
    QStringList m_waiting;
    QEventLoop m_loop;
    int m_running = 0;
    int m_scenarios = 0;
    int m_failed = 0;
    qint64 m_operations = 0;
    qint64 m_lives = 0;
};

} // namespace parley::simulation
