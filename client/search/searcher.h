// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/cache/searchindex.h"
#include "client/core/clientcore.h"

namespace parley {

/// Finds messages: takes candidates from the index and compares them with what the screen would
/// show, own changes that still wait in it. On the client's thread, of which a page takes a bounded
/// part. Belongs to the client; index and core outlive it.
class Searcher {
public:
    /// So many candidates are compared for one page; what is left is for the next one.
    static constexpr int candidatesMost = 400;

    Searcher(SearchIndex &index, const ClientCore &core, const UserId &me)
        : m_index(index)
        , m_core(core)
        , m_me(me)
    {
    }

    Result<SearchPage> page(const SearchRequest &request);

private:
    std::optional<SearchHit> hit(
        const SearchIndex::Candidate &candidate, const SearchRequest &request) const;

    SearchIndex &m_index;
    const ClientCore &m_core;
    UserId m_me;
};

/// Whether a row is what was asked for. Pure.
bool isFound(const ChatId &chat, const Row &row, const SearchRequest &request);

} // namespace parley
