// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/core/chat.h"
#include "client/core/outbox.h"
#include "client/core/values.h"

namespace parley {

/// Reads parts of timelines for the screen. Changes nothing; belongs to the screen's maker.
///
/// What waits in the outbox is laid over the rows here, and nowhere else: it is this device's own
/// wish, shown as such, and never stored as a row.
class TimelineReader {
public:
    TimelineReader(Cache &cache, const Outbox &outbox, const UserId &me)
        : m_cache(cache)
        , m_outbox(outbox)
        , m_me(me)
    {
    }

    TimelineWindow window(const Chat &chat, const WindowRequest &request) const;
    /// Nothing when it is neither held nor waiting.
    std::optional<TimelineRow> row(const Chat &chat, const MessageId &id) const;
    /// The newest row, waiting ones included.
    std::optional<TimelineRow> last(const Chat &chat) const;

private:
    TimelineRow fromRow(const Chat &chat, const Row &row) const;
    TimelineRow fromOperation(const Operation &operation) const;
    TimelineRow fromItem(const Chat &chat, const OutboxItem &item) const;
    TimelineRow fromSent(const Chat &chat, const SentItem &item) const;
    /// Accepted ones that are not held yet, then those in the outbox.
    std::vector<TimelineRow> waiting(const Chat &chat) const;
    void layOver(const Chat &chat, TimelineRow &row) const;
    void layOver(TimelineRow &row, const Operation &operation) const;
    void quote(const Chat &chat, TimelineRow &row) const;
    void takeOlder(const Chat &chat, TimelineWindow &window, TimelineKey before, int limit) const;
    void takeNewer(const Chat &chat, TimelineWindow &window, TimelineKey after, int limit) const;
    std::optional<TimelineKey> placeOf(const Chat &chat, const WindowRequest &request) const;

    Cache &m_cache;
    const Outbox &m_outbox;
    UserId m_me;
};

} // namespace parley
