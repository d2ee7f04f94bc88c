// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/search/chatsearch.h"

#include "client/app/times.h"
#include "client/client.h"
#include "client/search/searchquery.h"
#include "client/timeline/preparer.h"
#include "client/timeline/timelinemodel.h"

namespace parley {

namespace {

SearchQuery queryOf(const QString &text, qint64 nowMs)
{
    auto query = SearchQuery::parse(text, times::localDay(nowMs));
    query.in.clear();
    return query;
}

} // namespace

ChatSearch::ChatSearch(ScreenWorld &world, TimelineModel &timeline, QObject *parent)
    : QObject(parent)
    , m_world(world)
    , m_timeline(timeline)
{
    connect(&world.preparer, &Preparer::searchReady, this, &ChatSearch::receive);
    connect(&timeline, &TimelineModel::jumped, this, [this] { m_isJumping = false; });
    connect(&timeline, &TimelineModel::jumpFailed, this, [this] {
        if (std::exchange(m_isJumping, false))
            skip();
    });
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &ChatSearch::askAgain);
}

QString ChatSearch::currentId() const
{
    return position() == 0 ? QString() : m_hits[static_cast<size_t>(m_current)].message.text();
}

bool ChatSearch::hasOlder() const
{
    return (m_isBetween ? m_current : m_current + 1) < count() || m_next;
}

QString ChatSearch::completeFromText() const
{
    return m_reach.completeFromMs ? times::date(*m_reach.completeFromMs) : QString();
}

void ChatSearch::setOpen(bool open)
{
    if (open == m_isOpen)
        return;
    m_isOpen = open;
    if (!open)
        setQuery(QString());
    emit openChanged();
}

void ChatSearch::setQuery(const QString &query)
{
    if (m_query == query)
        return;
    m_query = query;
    start();
    emit queryChanged();
}

void ChatSearch::start()
{
    const auto query = queryOf(m_query, m_world.nowMs());
    const bool wasLooking = m_isLooking;
    m_plan = SearchPlan(query, m_world.users);
    m_plan.request.chats = std::vector<ChatId>{m_timeline.chat().id};
    m_isLooking = m_plan.fault == SearchPlan::Fault::None && !query.isEmpty();
    m_isStepWaiting = false;
    m_isJumping = false;
    m_ticket = 0;
    m_next.reset();
    m_again.stop();
    if (m_isLooking) {
        m_world.preparer.lookFor(m_plan.request);
        begin(Run::First, countMost, SearchRequest::noEnd);
    } else {
        m_world.preparer.lookFor(std::nullopt);
        tellReach({});
        take({});
    }
    if (m_isLooking || wasLooking)
        m_timeline.refresh(); // with other marks
    emit stateChanged();
}

void ChatSearch::begin(Run run, int wanted, qint64 before)
{
    m_run = run;
    m_wanted = wanted;
    m_arriving.clear();
    ask(before);
}

void ChatSearch::ask(qint64 before)
{
    const auto held = static_cast<int>(m_run == Run::More ? m_hits.size() : m_arriving.size());
    // The first ones are there sooner when they are few.
    const bool isFirst = m_run == Run::First && before == SearchRequest::noEnd;
    auto request = m_plan.request;
    request.before = before;
    request.limit = std::min(m_wanted - held, isFirst ? SearchRequest::pageHits : pageMost);
    m_ticket = m_world.tickets.next();
    m_world.client.search(m_ticket, request);
}

void ChatSearch::askAgain()
{
    if (!m_isLooking)
        return;
    if (m_ticket != 0)
        m_again.start(againAfterMs);
    else
        begin(Run::Again, std::max(countMost, count()), SearchRequest::noEnd);
}

void ChatSearch::receive(quint64 ticket, const PreparedSearchPage &page)
{
    if (ticket != m_ticket)
        return;
    m_ticket = 0;
    if (page.reach)
        tellReach(*page.reach);
    auto &hits = m_run == Run::More ? m_hits : m_arriving;
    for (const auto &hit : page.hits)
        hits.push_back({hit.message, hit.timeMs});
    const bool isDone = !page.next || static_cast<int>(hits.size()) >= m_wanted;
    // What is there now is told of behind the screen only when all of it is known.
    if (m_run != Run::Again || isDone)
        m_next = page.next;
    if (m_run == Run::First && (isDone || !m_arriving.empty())) {
        m_run = Run::More;
        take(std::exchange(m_arriving, {}));
    }
    if (!isDone)
        ask(*page.next);
    else
        finish();
    emit stateChanged();
}

void ChatSearch::tellReach(const SearchReach &reach)
{
    m_reach = reach;
    if (!reach.isIndexing)
        m_indexingSinceMs.reset();
    else if (!m_indexingSinceMs)
        m_indexingSinceMs = m_world.nowMs();
    m_isIndexing = m_indexingSinceMs && m_world.nowMs() >= *m_indexingSinceMs + indexingMs;
}

// Of another query: one begins at its newest hit.
void ChatSearch::take(Hits hits)
{
    m_hits = std::move(hits);
    m_isBetween = false;
    m_current = -1;
    if (!m_hits.empty())
        go(0);
}

void ChatSearch::finish()
{
    if (m_run == Run::Again) {
        const auto place =
            m_current >= 0 && m_current < count() ? m_hits[static_cast<size_t>(m_current)] : Hit();
        const bool hadNone = m_hits.empty();
        m_hits = std::exchange(m_arriving, {});
        auto now = std::ranges::find(m_hits, place.message, &Hit::message);
        const bool isGone = now == m_hits.end();
        if (isGone)
            now = std::ranges::find_if(
                m_hits, [&](const Hit &hit) { return hit.timeMs <= place.timeMs; });
        m_isBetween = !hadNone && (m_isBetween || isGone);
        m_current = hadNone ? -1 : static_cast<int>(now - m_hits.begin());
    }
    m_run = Run::More;
    if (std::exchange(m_isStepWaiting, false))
        older();
    if (m_reach.isIndexing)
        m_again.start(indexingMs);
}

void ChatSearch::older()
{
    const int next = m_isBetween ? m_current : m_current + 1;
    if (next < count()) {
        go(next);
    } else if (m_ticket != 0) {
        m_isStepWaiting = true;
    } else if (m_next) {
        m_isStepWaiting = true;
        begin(Run::More, count() + pageMost, *m_next);
    }
    emit stateChanged();
}

void ChatSearch::newer()
{
    if (!hasNewer())
        return;
    go(m_current - 1);
    emit stateChanged();
}

void ChatSearch::go(int hit)
{
    m_current = hit;
    m_isBetween = false;
    m_isStepWaiting = false;
    m_isJumping = true;
    // First the mark: a long text is shown whole, and is to have its height when the list goes
    // there.
    emit stateChanged();
    m_timeline.jumpTo(currentId());
}

void ChatSearch::remove(const MessageId &message)
{
    const auto hit = std::ranges::find(m_hits, message, &Hit::message);
    if (hit == m_hits.end())
        return;
    const auto at = static_cast<int>(hit - m_hits.begin());
    m_hits.erase(hit);
    if (at < m_current)
        --m_current;
    else if (at == m_current)
        m_isBetween = true;
}

// It has gone from this device since it was found.
void ChatSearch::skip()
{
    if (position() == 0)
        return;
    remove(m_hits[static_cast<size_t>(m_current)].message);
    older();
}

void ChatSearch::apply(const PreparedChange &change)
{
    if (!m_isLooking)
        return;
    const int before = count();
    for (const auto &row : change.rows)
        if (row.row.row.deleted)
            remove(row.row.row.id);
    for (const auto &id : change.gone)
        remove(id);
    if (count() != before)
        emit stateChanged();
    if (!m_again.isActive())
        m_again.start(againAfterMs);
}

} // namespace parley
