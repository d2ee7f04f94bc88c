// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "tests/simulation/mutations/mistakes.h"

#include <QtCore/QObject>
#include <QtCore/QProcess>

#include <deque>

namespace parley::simulation {

/// Worlds one after the other in which one mistake is made, until one of them notices.
struct Search {
    const Mistake *mistake = nullptr;
    quint64 first = 1; ///< seed
    quint64 most = 1; ///< worlds
};

struct Found {
    bool isCaught = false;
    quint64 seed = 0; ///< of the last world
    quint64 worlds = 0; ///< that it took
    QString violation;
};

/// Runs searches in processes of their own, several at once: a mistake may end a process by an
/// assertion, which is as good as a violation.
class Hunt : public QObject {
    Q_OBJECT

public:
    explicit Hunt(int jobs)
        : m_jobs(jobs)
    {
    }

    void add(const Search &search);
    /// Returns when all are done, in the order in which they were added.
    std::vector<Found> run();
    /// Hears of each as it is done.
    std::function<void(const Search &, const Found &)> told;

private:
    void startNext();
    void finish(size_t index, QProcess &process);

    int m_jobs;
    int m_running = 0;
    size_t m_next = 0;
    std::vector<Search> m_searches;
    std::vector<Found> m_found;
};

/// The process of one search: says what comes of it on standard output.
int search(const Search &search);

} // namespace parley::simulation
