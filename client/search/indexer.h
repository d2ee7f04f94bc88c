// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/cache/searchindex.h"

#include <QtCore/QDeadlineTimer>
#include <QtCore/QObject>
#include <QtCore/QTimer>

namespace parley {

/// Takes the index forward behind the core: in small steps with pauses, in which everything else on
/// the client's thread has its turn. Belongs to the client; lives on its thread.
class Indexer : public QObject {
    Q_OBJECT
public:
    static constexpr int stepRows = 200;
    static constexpr int stepPages = 32;

    /// In milliseconds.
    struct Pace {
        int pause = 40; ///< between steps
        /// What one edits now may be edited again: one sweep for all of it.
        int sweepAfter = 60'000;
        /// A sweep writes the whole index anew: between one and the next.
        int betweenSweeps = 6 * 60 * 60 * 1'000;
        int retry = 60'000;
    };

    explicit Indexer(SearchIndex &index, QObject *parent = nullptr)
        : Indexer(index, Pace(), parent)
    {
    }
    Indexer(SearchIndex &index, const Pace &pace, QObject *parent = nullptr);

    /// Something may have changed.
    void wake();

private:
    void step();
    void sweep();
    void fail(const Error &error);

    void waitForSweep();

    SearchIndex &m_index;
    const Pace m_pace;
    QTimer m_stepTimer;
    QTimer m_sweepTimer;
    QDeadlineTimer m_nextSweep{0}; ///< not before
};

} // namespace parley
