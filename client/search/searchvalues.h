// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/core/values.h"

#include <QtCore/QStringList>

#include <limits>

/// What the screen asks of a search and is answered: plain values, copied from thread to thread.
namespace parley {

/// Which messages are wanted: those for which all of it holds.
struct SearchRequest {
    static constexpr qint64 noEnd = std::numeric_limits<qint64>::max();
    static constexpr int pageHits = 30;

    QStringList needles; ///< as in SearchQuery
    std::optional<std::vector<ChatId>> chats; ///< in one of these
    std::optional<std::vector<UserId>> senders; ///< by one of these
    bool hasLink = false;
    bool hasReply = false;
    qint64 sinceMs = 0; ///< by the server's time...
    qint64 untilMs = noEnd; ///< ...and before this
    qint64 before = noEnd; ///< SearchPage::next of the page before
    int limit = pageHits;
};

/// A message that was found.
struct SearchHit {
    ChatId chat;
    TimelineRow row;
};

/// How much of the history a search can see.
struct SearchReach {
    /// Some message that this device holds is not in the index yet.
    bool isIndexing = false;
    /// Everything from then on is held; nothing when all is that may ever be read.
    std::optional<qint64> completeFromMs;
    friend bool operator==(const SearchReach &, const SearchReach &) = default;
};

/// Hits, newest first.
struct SearchPage {
    QStringList needles; ///< as they were asked for
    std::vector<SearchHit> hits;
    /// There may be more: ask again with it. A page may be short, even empty, and have one.
    std::optional<qint64> next;
    std::optional<SearchReach> reach; ///< with the first page
};

} // namespace parley
