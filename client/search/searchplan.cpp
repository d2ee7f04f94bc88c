// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/search/searchplan.h"

#include "client/search/searchnames.h"
#include "client/search/searchquery.h"

namespace parley {

namespace {

qint64 startMs(const QDate &day)
{
    return day.startOfDay().toMSecsSinceEpoch();
}

} // namespace

SearchPlan::SearchPlan(const SearchQuery &query, const KnownUsers &users)
{
    request.needles = query.needles;
    request.hasLink = query.hasLink;
    request.hasReply = query.hasReply;
    takeDays(query);
    if (query.fault == SearchQuery::Fault::NoDate)
        fail(Fault::NoDate, query.faultText);
    else if (query.fault == SearchQuery::Fault::UnknownKind)
        fail(Fault::UnknownKind, query.faultText);
    takeSenders(query, users);
}

void SearchPlan::takeDays(const SearchQuery &query)
{
    if (query.firstDay)
        request.sinceMs = startMs(*query.firstDay);
    if (query.lastDay)
        request.untilMs = startMs(query.lastDay->addDays(1));
}

void SearchPlan::takeSenders(const SearchQuery &query, const KnownUsers &users)
{
    for (const auto &name : query.from) {
        const auto named = usersNamed(users, name.split(u' ', Qt::SkipEmptyParts));
        if (named.empty())
            fail(Fault::NobodyNamed, name);
        auto &senders = request.senders ? *request.senders : request.senders.emplace();
        senders.insert(senders.end(), named.begin(), named.end());
    }
}

void SearchPlan::fail(Fault kind, const QString &text)
{
    if (fault != Fault::None)
        return;
    fault = kind;
    faultText = text;
}

} // namespace parley
