// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/search/palettesearch.h"

#include "client/app/knownusers.h"
#include "client/app/times.h"
#include "client/chats/chatlistmodel.h"
#include "client/client.h"
#include "client/search/searchnames.h"
#include "client/search/searchplan.h"
#include "client/timeline/preparer.h"

namespace parley {

namespace {

constexpr size_t chatsMost = 5;
constexpr size_t peopleMost = 3;
/// Before anything is typed it is the quick way to another chat.
constexpr int recentMost = 8;

template <PaletteSearch::Fault shown, SearchPlan::Fault planned>
constexpr bool isSame = int(shown) == int(planned);
static_assert(
    isSame<PaletteSearch::NoFault,
        SearchPlan::Fault::
            None> && isSame<PaletteSearch::UnknownKind, SearchPlan::Fault::UnknownKind> && isSame<PaletteSearch::NoDate, SearchPlan::Fault::NoDate> && isSame<PaletteSearch::NobodyNamed, SearchPlan::Fault::NobodyNamed>);

} // namespace

PaletteSearch::PaletteSearch(ScreenWorld &world, const ChatListModel &chats, QObject *parent)
    : QObject(parent)
    , m_world(world)
    , m_chats(chats)
    , m_found(world, chats)
{
    connect(&world.preparer, &Preparer::searchReady, this, &PaletteSearch::receive);
}

QString PaletteSearch::completeFromText() const
{
    return m_reach.completeFromMs ? times::date(*m_reach.completeFromMs) : QString();
}

void PaletteSearch::setQuery(const QString &query)
{
    if (m_query == query)
        return;
    m_query = query;
    start();
    emit queryChanged();
}

void PaletteSearch::reset()
{
    m_query.clear();
    m_reach = {};
    start();
    emit queryChanged();
}

void PaletteSearch::start()
{
    m_ticket = 0;
    m_next.reset();
    m_fault = NoFault;
    m_faultText.clear();
    m_isFirst = true;
    m_missing = SearchRequest::pageHits;
    const auto query = SearchQuery::parse(m_query, times::localDay(m_world.nowMs()));
    resolve(query);
    showNames(query);
    if (m_fault == NoFault && !query.isEmpty())
        ask(SearchRequest::noEnd);
    else
        m_found.showHits({});
    emit stateChanged();
}

void PaletteSearch::showNames(const SearchQuery &query)
{
    std::vector<FoundModel::Line> names;
    QSet<UserId> shown{m_world.users.self()};
    const bool isAboutNames = !query.hasFilter() && m_fault == NoFault;
    auto chats = chatsNamed(m_chats, m_world.users, query.words);
    if (m_query.trimmed().isEmpty())
        chats = m_chats.newest(recentMost);
    else
        chats.resize(std::min(chats.size(), chatsMost));
    for (const auto &chat : chats) {
        names.push_back({FoundModel::Chat, chat, {}});
        if (const auto &other = m_chats.find(chat)->summary.other)
            shown.insert(*other);
    }
    for (const auto &user : usersNamed(m_world.users, query.words)) {
        if (names.size() < chats.size() + peopleMost && !shown.contains(user))
            names.push_back({FoundModel::Person, {}, user});
    }
    std::vector<FoundModel::Line> actions;
    if (m_query.trimmed().isEmpty())
        actions.push_back({FoundModel::SwitchTheme, {}, {}});
    else if (isAboutNames && !query.words.isEmpty())
        actions.push_back({FoundModel::NewChat, {}, {}});
    m_found.show(
        isAboutNames ? std::move(names) : std::vector<FoundModel::Line>(), std::move(actions));
}

void PaletteSearch::resolve(const SearchQuery &query)
{
    const SearchPlan plan(query, m_world.users);
    m_request = plan.request;
    m_fault = static_cast<Fault>(plan.fault);
    m_faultText = plan.faultText;
    for (const auto &name : query.in) {
        const auto found = chatsNamed(m_chats, m_world.users, name.split(u' ', Qt::SkipEmptyParts));
        if (found.empty())
            fail(NoChatNamed, name);
        auto &chats = m_request.chats ? *m_request.chats : m_request.chats.emplace();
        chats.insert(chats.end(), found.begin(), found.end());
    }
}

// The first one is told, the others come when it is mended.
void PaletteSearch::fail(Fault fault, const QString &text)
{
    if (m_fault != NoFault)
        return;
    m_fault = fault;
    m_faultText = text;
}

void PaletteSearch::ask(qint64 before)
{
    m_request.before = before;
    m_request.limit = m_missing;
    m_ticket = m_world.tickets.next();
    m_world.client.search(m_ticket, m_request);
}

void PaletteSearch::loadMore()
{
    if (m_ticket != 0 || !m_next)
        return;
    m_missing = SearchRequest::pageHits;
    ask(*m_next);
    emit stateChanged();
}

void PaletteSearch::receive(quint64 ticket, const PreparedSearchPage &page)
{
    if (ticket != m_ticket)
        return;
    m_ticket = 0;
    m_next = page.next;
    m_reach = page.reach.value_or(m_reach);
    m_missing -= static_cast<int>(page.hits.size());
    // What was found before stays until then, so that nothing flickers while one types.
    if (std::exchange(m_isFirst, false))
        m_found.showHits(page.hits);
    else
        m_found.addHits(page.hits);
    if (m_next && m_missing > 0)
        ask(*m_next);
    emit stateChanged();
}

} // namespace parley
