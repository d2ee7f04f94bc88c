// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "tests/simulation/run.h"
#include "tests/support/ledger.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QObject>
#include <QtCore/QProcess>

namespace parley::simulation {

/// Many worlds in several processes, each with a share of the seeds: a world that ends its process
/// is a failure like any other. Lives on a thread with an event loop, which it runs itself.
class Campaign : public QObject {
public:
    struct Plan {
        quint64 first = 1;
        quint64 last = 1;
        int jobs = 1;
        WorldOptions options;
    };
    explicit Campaign(const Plan &plan)
        : m_plan(plan)
    {
    }

    /// Blocks until all worlds have lived. True when none failed and everything was used.
    bool run();
    /// What came of it, for the ledger.
    LedgerLine ledgerLine() const;

    /// What a child does: its share of the seeds, told on standard output.
    static int work(quint64 first, quint64 last, quint64 stride, const WorldOptions &options);
    /// The arguments that a child, or a replay, is given for these options.
    static QStringList arguments(const WorldOptions &options);

private:
    struct Failure {
        quint64 seed = 0;
        QString what;
        int steps = 0;
    };
    struct Child {
        std::unique_ptr<QProcess> process;
        quint64 next = 0; ///< seed
        std::optional<quint64> living;
        bool isOver = false;
    };
    void start(Child &child);
    void hear(Child &child);
    void take(Child &child, const QByteArray &line);
    void ended(Child &child);
    void report() const;
    /// Makes the failure as small as it gets, and prints its end and how to replay it.
    void shrink(const Failure &failure) const;
    bool fails(quint64 seed, const WorldOptions &options, QString *trace = nullptr) const;
    double worldsPerSecond() const;

    Plan m_plan;
    std::vector<std::unique_ptr<Child>> m_children;
    Counts m_counts;
    std::vector<Failure> m_failures;
    quint64 m_worlds = 0;
    qint64 m_sumOfOperations = 0;
    std::vector<qint64> m_operations;
    std::vector<qint64> m_people;
    std::vector<qint64> m_devices;
    std::vector<qint64> m_faultKinds;
    qint64 m_elapsedMs = 0;
};

} // namespace parley::simulation
