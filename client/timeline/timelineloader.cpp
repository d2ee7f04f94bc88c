// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/timeline/timelineloader.h"

#include "client/client.h"
#include "client/timeline/preparer.h"
#include "client/timeline/timeline.h"

namespace parley {

TimelineLoader::TimelineLoader(ScreenWorld &world, Timeline &timeline, QObject *parent)
    : QObject(parent)
    , m_world(world)
    , m_timeline(timeline)
{
    connect(&world.preparer, &Preparer::windowReady, this, &TimelineLoader::receive);
    connect(&world.client, &Client::historyFailed, this, &TimelineLoader::receiveHistoryFailed);
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &TimelineLoader::older);
    m_opening.setSingleShot(true);
    connect(&m_opening, &QTimer::timeout, this, &TimelineLoader::endOpening);
}

void TimelineLoader::open(const ChatSummary &chat)
{
    m_chat = chat.id;
    m_readUpTo = chat.readUpTo;
    m_unread = chat.unread;
    m_head = chat.head;
    if (chat.unread > 0)
        m_timeline.setUnreadAfter(chat.readUpTo);
    askOpen();
}

void TimelineLoader::askOpen()
{
    WindowRequest request;
    request.limit = pageRows;
    if (m_unread > unreadInNewest) {
        request.from = WindowRequest::From::Around;
        request.key = {m_readUpTo + 1, 0};
    }
    ask(Part::Open, request);
}

// A device that was away for long may not hold what its person has not read.
void TimelineLoader::goOnOpening()
{
    const bool isFirst = !std::exchange(m_isOpening, true);
    if (isFirst)
        m_opening.start(openingMs);
    if (m_timeline.count() == 0 && m_head > 0)
        return; // its first rows are on the way
    const auto hole = unreadHole();
    if (!lacksUnread() || !hole) {
        endOpening();
        return;
    }
    if (m_historyWanted)
        return;
    setHistoryWanted(true);
    const auto low = std::max(hole->low, m_readUpTo);
    m_world.client.wantHistory(m_chat, low, std::min(hole->high, low + holeRows - 1));
}

void TimelineLoader::endOpening()
{
    m_isOpening = false;
    m_opening.stop();
    setHistoryWanted(false);
    if (lacksUnread() && !m_timeline.reachesEnd())
        latest();
    else
        setLoaded();
}

bool TimelineLoader::lacksUnread() const
{
    return m_unread > 0 && m_timeline.firstUnreadRow() < 0;
}

std::optional<TimelineHole> TimelineLoader::unreadHole() const
{
    const auto first = m_readUpTo + 1;
    const auto contains = [&](const TimelineHole &hole) {
        return hole.low <= first && hole.high >= first;
    };
    if (m_timeline.olderHole() && contains(*m_timeline.olderHole()))
        return m_timeline.olderHole();
    for (int row = 0; row < m_timeline.count(); ++row) {
        const auto &line = m_timeline.at(row);
        if (line.kind == TimelineLine::Kind::Hole && contains(line.hole))
            return line.hole;
    }
    return std::nullopt;
}

void TimelineLoader::setLoaded()
{
    if (std::exchange(m_loaded, true))
        return;
    emit loadedChanged();
}

void TimelineLoader::older()
{
    const bool isTooSoon = m_failed && m_world.nowMs() < m_failedAtMs + retryFirstMs;
    if (!m_loaded || isLoading() || m_timeline.isAtStart() || isTooSoon)
        return;
    if (const auto &hole = m_timeline.olderHole())
        fill(*hole);
    else
        askOlder();
}

void TimelineLoader::askOlder()
{
    WindowRequest request;
    request.limit = pageRows;
    if (m_timeline.count() > 0) {
        request.from = WindowRequest::From::Before;
        request.key = m_timeline.at(m_timeline.count() - 1).key;
    }
    ask(Part::Older, request);
}

void TimelineLoader::newer()
{
    if (!m_loaded || isLoading() || m_timeline.reachesEnd() || m_timeline.count() == 0)
        return;
    WindowRequest request;
    request.limit = pageRows;
    request.from = WindowRequest::From::After;
    request.key = m_timeline.at(0).key;
    ask(Part::Newer, request);
}

void TimelineLoader::latest()
{
    if (m_loaded && m_timeline.reachesEnd()) {
        emit arrived(std::nullopt);
        return;
    }
    WindowRequest request;
    request.limit = pageRows;
    ask(Part::Latest, request);
}

void TimelineLoader::around(const MessageId &message)
{
    if (m_timeline.rowOf(message) >= 0) {
        emit arrived(message);
        return;
    }
    WindowRequest request;
    request.limit = pageRows;
    request.from = WindowRequest::From::Around;
    request.message = message;
    ask(Part::Around, request);
}

void TimelineLoader::refresh()
{
    if (m_ticket != 0) {
        m_refreshAgain = true;
        return;
    }
    if (m_isOpening) {
        askOpen();
        return;
    }
    const int held = m_timeline.count() + (m_historyWanted ? int(holeRows) : 0);
    WindowRequest request;
    request.limit = std::clamp(held, pageRows, refreshRowsMost);
    if (!m_timeline.reachesEnd() && m_timeline.count() > 0) {
        request.from = WindowRequest::From::Around;
        request.key = m_timeline.at(m_timeline.count() / 2).key;
    }
    ask(Part::Refresh, request);
}

void TimelineLoader::fill(const TimelineHole &hole)
{
    if (m_historyWanted)
        return;
    setFailed(false);
    setHistoryWanted(true);
    // People read upwards: the end that is nearest to them comes first.
    m_world.client.wantHistory(m_chat, std::max(hole.low, hole.high - holeRows + 1), hole.high);
}

void TimelineLoader::ask(Part part, WindowRequest request)
{
    request.chat = m_chat;
    m_part = part;
    m_request = request;
    m_ticket = m_world.tickets.next();
    m_world.client.requestWindow(m_ticket, request);
    emit loadingChanged();
}

void TimelineLoader::receive(quint64 ticket, const PreparedWindow &window)
{
    if (ticket != m_ticket)
        return;
    m_ticket = 0;
    const bool isMissing = m_part == Part::Around && !window.found;
    if (!isMissing)
        put(window);
    setFailed(false);
    m_hasPart = true;
    if (m_part == Part::Open)
        goOnOpening();
    else
        setLoaded();
    const bool broughtHistory = m_part == Part::Refresh && m_historyWanted;
    if (broughtHistory)
        setHistoryWanted(false);
    emit loadingChanged();
    tellArrival(isMissing);
    goOn(broughtHistory);
}

void TimelineLoader::tellArrival(bool isMissing)
{
    if (isMissing)
        emit missing();
    else if (m_part == Part::Around)
        emit arrived(m_request.message);
    else if (m_part == Part::Latest)
        emit arrived(std::nullopt);
}

void TimelineLoader::goOn(bool broughtHistory)
{
    if (m_ticket != 0)
        return;
    if (std::exchange(m_refreshAgain, false))
        refresh();
    else if (m_isOpening)
        return;
    else if (broughtHistory && m_timeline.olderHole())
        askOlder();
    else if (m_timeline.count() < pageRows / 2)
        older();
}

void TimelineLoader::put(const PreparedWindow &window)
{
    switch (m_part) {
    case Part::Open:
    case Part::Latest:
    case Part::Around:
        m_timeline.reset(window);
        break;
    case Part::Older:
        m_timeline.mergeOlder(window);
        break;
    case Part::Newer:
        m_timeline.mergeNewer(window);
        break;
    case Part::Refresh:
        if (m_request.from == WindowRequest::From::Newest)
            m_timeline.mergeNewest(window);
        else
            m_timeline.mergeWithin(window);
        break;
    }
}

void TimelineLoader::receiveHistoryFailed(const ChatId &chat)
{
    if (chat != m_chat || !m_historyWanted)
        return;
    if (m_isOpening) {
        endOpening();
        return;
    }
    setHistoryWanted(false);
    m_failedAtMs = m_world.nowMs();
    setFailed(true);
    m_retry.start(m_retryMs);
    m_retryMs = std::min(2 * m_retryMs, retryMostMs);
}

void TimelineLoader::setFailed(bool failed)
{
    if (!failed)
        m_retry.stop();
    if (m_failed == failed)
        return;
    m_failed = failed;
    emit failedChanged();
}

void TimelineLoader::setHistoryWanted(bool wanted)
{
    if (m_historyWanted == wanted)
        return;
    m_historyWanted = wanted;
    emit loadingChanged();
}

} // namespace parley
