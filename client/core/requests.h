// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/protocol/frame.h"

#include <map>

namespace parley {

/// The commands of one connection that are not answered yet. A value of the core's.
class Requests {
public:
    struct Pending {
        Command command;
        qint64 deadlineMs = 0;
        quint64 ticket = 0; ///< of the person's request, 0 for the core's own
        bool isAbandoned = false; ///< its answer may never come, and is not waited for
    };

    RequestNumber add(const Command &command, qint64 nowMs, quint64 ticket = 0)
    {
        const RequestNumber number = ++m_last;
        m_pending.emplace(number, Pending{command, nowMs + limits::answerMs, ticket, false});
        return number;
    }
    std::optional<Pending> take(RequestNumber number)
    {
        auto node = m_pending.extract(number);
        return node ? std::optional(std::move(node.mapped())) : std::nullopt;
    }
    /// Pages and history that were asked before the session lagged.
    void abandonReads()
    {
        for (auto &[number, pending] : m_pending) {
            if (std::holds_alternative<Page>(pending.command)
                || std::holds_alternative<History>(pending.command))
                pending.isAbandoned = true;
        }
    }
    qsizetype unanswered() const
    {
        return std::ranges::count_if(
            m_pending, [](const auto &each) { return !each.second.isAbandoned; });
    }
    /// When the oldest is overdue.
    std::optional<qint64> deadlineMs() const
    {
        std::optional<qint64> first;
        for (const auto &[number, pending] : m_pending) {
            if (!pending.isAbandoned && (!first || pending.deadlineMs < *first))
                first = pending.deadlineMs;
        }
        return first;
    }
    std::map<RequestNumber, Pending> takeAll() { return std::exchange(m_pending, {}); }

private:
    std::map<RequestNumber, Pending> m_pending;
    RequestNumber m_last = 0;
};

} // namespace parley
