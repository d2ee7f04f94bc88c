// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/cache/searchindex.h"

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
    static constexpr int pauseMs = 40;
    /// What one edits now may be edited again: one sweep for all of it.
    static constexpr int sweepAfterMs = 60'000;
    static constexpr int retryMs = 60'000;

    explicit Indexer(SearchIndex &index, QObject *parent = nullptr);

    /// Something may have changed.
    void wake();

private:
    void step();
    void sweep();
    void fail(const Error &error);

    SearchIndex &m_index;
    QTimer m_stepTimer;
    QTimer m_sweepTimer;
};

} // namespace parley
