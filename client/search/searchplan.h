// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/search/searchvalues.h"

namespace parley {

class KnownUsers;
struct SearchQuery;

/// A query, with the people and the days that it names: what the client is asked, but for the
/// chats.
struct SearchPlan {
    /// Why nothing is searched.
    enum class Fault { None, UnknownKind, NoDate, NobodyNamed };

    SearchPlan() = default;
    SearchPlan(const SearchQuery &query, const KnownUsers &users);

    SearchRequest request;
    Fault fault = Fault::None; ///< the first one; the others come when it is mended
    QString faultText; ///< what was typed

private:
    void takeDays(const SearchQuery &query);
    void takeSenders(const SearchQuery &query, const KnownUsers &users);
    void fail(Fault kind, const QString &text);
};

} // namespace parley
