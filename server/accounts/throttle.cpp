// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/accounts/throttle.h"

namespace parley {
namespace {

constexpr qint64 minuteMs = 60'000;
constexpr qint64 firstWaitMs = 2'000;
constexpr int doublingsMost = 20;
/// Who has been quiet this long begins anew.
constexpr qint64 forgetMs = 60 * minuteMs;

QString accountKey(const QString &address, const QString &account)
{
    return address + QChar(u'\n') + account;
}

} // namespace

SignInThrottle::Attempts &SignInThrottle::entry(Table &table, const QString &key, qint64 nowMs)
{
    if (!table.contains(key) && table.size() >= m_limits.entries) {
        // Rare, and linear: only a flood of addresses comes here. Half goes, so it stays rare.
        std::vector<qint64> times;
        times.reserve(table.size());
        for (const auto &each : table)
            times.push_back(each.second.lastMs);
        const auto middle = times.begin() + qsizetype(times.size() / 2);
        std::nth_element(times.begin(), middle, times.end());
        const qint64 oldest = *middle;
        std::erase_if(table, [&](const auto &each) { return each.second.lastMs <= oldest; });
    }
    Attempts &attempts = table[key];
    if (nowMs - attempts.lastMs > forgetMs)
        attempts = {};
    if (nowMs - attempts.windowStartMs >= minuteMs) {
        attempts.windowStartMs = nowMs;
        attempts.inWindow = 0;
    }
    return attempts;
}

qint64 SignInThrottle::waitMs(const Attempts &attempts, qint64 nowMs)
{
    return std::max<qint64>(0, attempts.nextMs - nowMs);
}

void SignInThrottle::count(Attempts &attempts, qint64 most, qint64 nowMs)
{
    attempts.lastMs = nowMs;
    ++attempts.inWindow;
    if (attempts.doublings == 0 && attempts.inWindow < most)
        return;
    const qint64 wait = firstWaitMs << std::min(attempts.doublings, doublingsMost);
    attempts.nextMs = nowMs + std::min(wait, longestWaitMs);
    attempts.doublings = std::min(attempts.doublings + 1, doublingsMost);
}

std::optional<qint64> SignInThrottle::begin(
    const QString &address, const QString &account, qint64 nowMs)
{
    Attempts &byAddress = entry(m_addresses, address, nowMs);
    Attempts &byAccount = entry(m_accounts, accountKey(address, account), nowMs);
    const qint64 wait = std::max(waitMs(byAddress, nowMs), waitMs(byAccount, nowMs));
    if (wait > 0)
        return wait;
    count(byAddress, m_limits.addressPerMinute, nowMs);
    count(byAccount, m_limits.accountPerMinute, nowMs);
    return std::nullopt;
}

void SignInThrottle::succeeded(const QString &address, const QString &account)
{
    m_accounts.erase(accountKey(address, account));
    const auto found = m_addresses.find(address);
    if (found == m_addresses.end())
        return;
    // Only its own attempt is given back: one right guess does not pay for a thousand wrong ones.
    found->second.inWindow = std::max<qint64>(0, found->second.inWindow - 1);
    if (found->second.doublings == 1 && found->second.inWindow < m_limits.addressPerMinute) {
        found->second.doublings = 0;
        found->second.nextMs = 0;
    }
}

} // namespace parley
