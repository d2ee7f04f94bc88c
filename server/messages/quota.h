// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/id.h"

#include <optional>
#include <unordered_map>

namespace parley {

/// How often each user may do one kind of thing within an hour. Counts in memory; a user who has
/// done nothing for an hour costs nothing. One thread; the time is handed in.
class Quota {
public:
    explicit Quota(qint64 perHour)
        : m_perHour(perHour)
    {
    }

    /// Nothing when `count` more are allowed (and now counted), else how long to wait.
    std::optional<qint64> take(const UserId &user, qint64 count, qint64 nowMs);
    /// What was taken was not used.
    void giveBack(const UserId &user, qint64 count);

private:
    struct Window {
        qint64 startedMs = 0;
        qint64 used = 0;
    };
    void forgetPast(qint64 nowMs);

    qint64 m_perHour;
    qint64 m_cleanedMs = 0;
    std::unordered_map<UserId, Window> m_windows;
};

} // namespace parley
