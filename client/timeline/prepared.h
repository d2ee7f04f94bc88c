// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/search/searchvalues.h"
#include "client/timeline/presenter.h"

/// The client's values with their texts ready to paint.
namespace parley {

struct PreparedRow {
    TimelineRow row;
    PresentedText text; ///< of a message that can be read
    QString quote; ///< one line of the answered message
    bool isUnreadable = false; ///< a kind of content that this program cannot show
    bool isQuoteUnreadable = false;
    friend bool operator==(const PreparedRow &, const PreparedRow &) = default;
};

struct PreparedWindow {
    ChatId chat;
    std::vector<PreparedRow> rows;
    std::vector<TimelineHole> holes;
    bool reachesStart = false;
    bool reachesEnd = false;
    std::optional<TimelineKey> found;
};

struct PreparedChange {
    ChatId chat;
    bool isReset = false;
    std::vector<TimelineHole> filled; ///< as in TimelineChange
    std::vector<PreparedRow> rows;
    std::vector<MessageId> gone;
};

struct PreparedChat {
    ChatSummary summary;
    QString preview; ///< one line of its newest message
    friend bool operator==(const PreparedChat &, const PreparedChat &) = default;
};

/// A message that was found, with a line of it.
struct PreparedHit {
    ChatId chat;
    MessageId message;
    UserId sender;
    qint64 timeMs = 0;
    PresentedText snippet; ///< what was found is marked
};

struct PreparedSearchPage {
    std::vector<PreparedHit> hits;
    std::optional<qint64> next;
    std::optional<SearchReach> reach; ///< with the first page
};

/// Changes, of which the timelines are those of the open chat.
struct PreparedChanges {
    Changes changes; ///< without `chats` and `timelines`
    std::vector<PreparedChat> chats;
    std::vector<PreparedChange> timelines;
};

} // namespace parley
