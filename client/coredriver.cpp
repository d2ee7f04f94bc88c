// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/coredriver.h"

namespace parley {

CoreDriver::CoreDriver(
    SqliteCache &cache, ServerLink &link, Random &random, const UserId &me, QObject *parent)
    : QObject(parent)
    , m_link(link)
    , m_core(cache, random, me)
    , m_index(cache.database())
    , m_indexer(m_index)
    , m_searcher(m_index, m_core, me)
{
    m_wake.setSingleShot(true);
    m_flush.setSingleShot(true);
    m_wake.setTimerType(Qt::PreciseTimer);
    m_flush.setTimerType(Qt::PreciseTimer);
    connect(&m_wake, &QTimer::timeout, this, [this] { run([](ClientCore &) {}); });
    connect(&m_flush, &QTimer::timeout, this, &CoreDriver::flush);
    connect(&link, &ServerLink::opened, this,
        [this] { run([this](ClientCore &core) { core.connected(m_greeting); }); });
    connect(&link, &ServerLink::lost, this,
        [this] { run([](ClientCore &core) { core.disconnected(); }); });
    connect(&link, &ServerLink::received, this,
        [this](const ServerFrame &frame) { run([&](ClientCore &core) { core.received(frame); }); });
}

Status CoreDriver::load()
{
    m_core.tick(presentMoment());
    auto loaded = m_core.load();
    if (loaded)
        settle();
    return loaded;
}

void CoreDriver::settle()
{
    const auto frames = m_core.takeFrames();
    for (const ClientFrame &frame : frames)
        m_link.send(frame);
    const bool wantsClose = m_core.takeCloseWish();
    const auto notices = m_core.takeNotices();
    for (const notice::Any &notice : notices)
        emit noticed(notice);
    if (wantsClose)
        m_link.drop();
    m_indexer.wake();
    schedule();
}

void CoreDriver::schedule()
{
    const qint64 nowMs = presentMoment().steadyMs;
    if (const auto wakeUpMs = m_core.wakeUpMs())
        m_wake.start(int(std::clamp<qint64>(*wakeUpMs - nowMs, 0, 3'600'000)));
    else
        m_wake.stop();
    if (m_core.hasChanges() && !m_flush.isActive())
        m_flush.start(
            int(std::clamp<qint64>(m_flushedMs + changesEveryMs - nowMs, 0, changesEveryMs)));
}

void CoreDriver::flush()
{
    m_flushedMs = presentMoment().steadyMs;
    const Changes changes = m_core.takeChanges();
    if (!changes.isEmpty())
        emit changed(changes);
    settle();
}

} // namespace parley
