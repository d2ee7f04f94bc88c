// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/search/indexer.h"

#include <QtCore/QLoggingCategory>

namespace parley {

Q_LOGGING_CATEGORY(searchLog, "parley.search")

Indexer::Indexer(SearchIndex &index, const Pace &pace, QObject *parent)
    : QObject(parent)
    , m_index(index)
    , m_pace(pace)
{
    m_stepTimer.setSingleShot(true);
    m_sweepTimer.setSingleShot(true);
    connect(&m_stepTimer, &QTimer::timeout, this, &Indexer::step);
    connect(&m_sweepTimer, &QTimer::timeout, this, &Indexer::sweep);
    wake();
}

void Indexer::wake()
{
    if (m_stepTimer.isActive())
        return;
    const auto isBehind = m_index.isBehind();
    if (!isBehind)
        fail(isBehind.error());
    else if (*isBehind)
        m_stepTimer.start(m_pace.pause);
    else if (const auto remains = m_index.hasRemains(); !remains)
        fail(remains.error());
    else if (*remains && !m_sweepTimer.isActive())
        waitForSweep();
}

void Indexer::waitForSweep()
{
    m_sweepTimer.start(std::max(m_pace.sweepAfter, int(m_nextSweep.remainingTime())));
}

void Indexer::step()
{
    if (const auto done = m_index.step(stepRows); !done)
        fail(done.error());
    else
        wake();
}

void Indexer::sweep()
{
    if (const auto done = m_index.sweep(stepPages); !done) {
        fail(done.error());
        return;
    }
    if (const auto remains = m_index.hasRemains(); remains && *remains)
        m_sweepTimer.start(m_pace.pause);
    else
        m_nextSweep.setRemainingTime(m_pace.betweenSweeps);
}

// The disk may be full for a while; messages are stored all the same, and found later.
void Indexer::fail(const Error &error)
{
    qCWarning(searchLog, "the index waits: %s", qPrintable(error.text));
    m_stepTimer.start(m_pace.retry);
}

} // namespace parley
