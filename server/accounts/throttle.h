// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QString>

#include <optional>
#include <unordered_map>

namespace parley {

/// Slows down who guesses: some attempts a minute of one account from one address, some more of one
/// address, then each further one waits twice as long as the last. Counts by address, so that
/// nobody can lock out somebody else. An attempt counts when it begins, and is given back when it
/// was right: many at once are as slow as one after another.
///
/// In memory and bounded. One thread at a time; the time is handed in.
class SignInThrottle {
public:
    struct Limits {
        qint64 accountPerMinute = 5;
        qint64 addressPerMinute = 20;
        size_t entries = 100'000; ///< of each kind; beyond it the oldest are forgotten
    };
    static constexpr qint64 longestWaitMs = 15 * 60 * 1000;

    explicit SignInThrottle(Limits limits)
        : m_limits(limits)
    {
    }

    /// Nothing when the attempt may be evaluated (and is counted), else how long to wait.
    std::optional<qint64> begin(const QString &address, const QString &account, qint64 nowMs);
    /// The attempt was right.
    void succeeded(const QString &address, const QString &account);

    size_t size() const { return m_accounts.size() + m_addresses.size(); }

private:
    struct Attempts {
        qint64 windowStartMs = 0;
        qint64 inWindow = 0;
        qint64 nextMs = 0; ///< when one more is evaluated, once the free ones are used
        int doublings = 0;
        qint64 lastMs = 0;
    };
    using Table = std::unordered_map<QString, Attempts>;

    Attempts &entry(Table &table, const QString &key, qint64 nowMs);
    static qint64 waitMs(const Attempts &attempts, qint64 nowMs);
    static void count(Attempts &attempts, qint64 most, qint64 nowMs);

    Limits m_limits;
    Table m_accounts;
    Table m_addresses;
};

} // namespace parley
