// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/account/profile.h"
#include "shared/id.h"

#include <vector>

namespace parley::bench {

/// A line that somebody said.
struct SaidLine {
    QString nick;
    QString text;
};

/// What people said in all logs (*.log) of a folder, in the order of their names. NotFound when
/// there is nothing.
Result<std::vector<SaidLine>> readSaid(const QString &folder);

/// How large a cache is wanted, and of what.
struct CachePlan {
    int messages = 100'000;
    int chats = 200;
    quint64 seed = 1;
    qint64 newestMs = 0; ///< the time of the last message
};

/// A chat of the cache.
struct GeneratedChat {
    ChatId id;
    QString title;
    qint64 messages = 0;
};

/// Fills the cache of a profile that nobody has open with groups that are held whole: the lines are
/// said again and again, the n-th chat a n-th as often as the first, over two years. Whoever opens
/// the profile is signed in, at an address where nobody answers. The largest chat comes first.
Result<std::vector<GeneratedChat>> generateCache(
    const Profile &profile, const CachePlan &plan, const std::vector<SaidLine> &said);

} // namespace parley::bench
