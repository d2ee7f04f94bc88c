// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/search/searcher.h"

#include "client/search/searchable.h"
#include "client/search/searchneedle.h"

namespace parley {

namespace {

constexpr int candidatesAtOnce = 64;

template <typename IdType>
bool isOneOf(const std::optional<std::vector<IdType>> &ids, const IdType &id)
{
    return !ids || std::ranges::find(*ids, id) != ids->end();
}

} // namespace

bool isFound(const ChatId &chat, const Row &row, const SearchRequest &request)
{
    const bool isAsked = isSearchable(row) && isOneOf(request.chats, chat)
        && isOneOf(request.senders, row.sender) && row.time >= request.sinceMs
        && row.time < request.untilMs && (!request.hasReply || row.replyTo);
    const auto body = isAsked ? bodyOf(row) : std::nullopt;
    return body && (!request.hasLink || hasLink(*body))
        && containsAll(FoldedText(body->text), request.needles);
}

Result<SearchPage> Searcher::page(const SearchRequest &request)
{
    SearchPage page;
    page.needles = request.needles;
    qint64 before = request.before;
    for (int compared = 0; compared < candidatesMost; compared += candidatesAtOnce) {
        const auto candidates = m_index.find(request, before, candidatesAtOnce);
        if (!candidates)
            return candidates.error();
        for (const auto &candidate : *candidates) {
            before = candidate.place;
            if (auto found = hit(candidate, request))
                page.hits.push_back(*std::move(found));
            if (int(page.hits.size()) == request.limit)
                break;
        }
        page.next.reset();
        if (int(page.hits.size()) < request.limit && int(candidates->size()) < candidatesAtOnce)
            break;
        page.next = before;
        if (int(page.hits.size()) == request.limit)
            break;
    }
    if (request.before != SearchRequest::noEnd)
        return page;
    const auto isBehind = m_index.isBehind();
    if (!isBehind)
        return isBehind.error();
    page.reach = {*isBehind, m_core.screen().completeFromMs(request.chats)};
    return page;
}

std::optional<SearchHit> Searcher::hit(
    const SearchIndex::Candidate &candidate, const SearchRequest &request) const
{
    const Chat *chat = m_core.chat(candidate.chat);
    if (!chat || !m_core.screen().isShown(*chat))
        return std::nullopt;
    auto line = m_core.screen().timelines().row(*chat, candidate.id);
    if (!line || line->key.seq < chat->since(m_me) || !isFound(chat->id(), line->row, request))
        return std::nullopt;
    return SearchHit{chat->id(), *std::move(line)};
}

} // namespace parley
