// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/messages/quota.h"
#include "shared/assert.h"

#include <algorithm>

namespace parley {
namespace {
constexpr qint64 windowMs = 3'600'000;
}

std::optional<qint64> Quota::take(const UserId &user, qint64 count, qint64 nowMs)
{
    PARLEY_ASSERT(count >= 0);
    forgetPast(nowMs);
    Window &window = m_windows[user];
    if (nowMs - window.startedMs >= windowMs)
        window = Window{nowMs, 0};
    if (window.used + count > m_perHour)
        return window.startedMs + windowMs - nowMs;
    window.used += count;
    PARLEY_ASSERT(window.used <= m_perHour);
    return std::nullopt;
}

void Quota::giveBack(const UserId &user, qint64 count)
{
    const auto window = m_windows.find(user);
    if (window != m_windows.end())
        window->second.used = std::max<qint64>(0, window->second.used - count);
}

void Quota::forgetPast(qint64 nowMs)
{
    if (nowMs - m_cleanedMs < windowMs)
        return;
    m_cleanedMs = nowMs;
    std::erase_if(
        m_windows, [&](const auto &item) { return nowMs - item.second.startedMs >= windowMs; });
}

} // namespace parley
