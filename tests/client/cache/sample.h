// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/core/cache.h"
#include "tests/client/support/log.h"

namespace parley {

/// One of everything that a cache holds. Never changed: golden files were made from it.
struct CacheSample {
    CacheSample();
    /// Within a transaction.
    void save(Cache &cache) const;
    /// The first thing that the cache does not give back as it was saved; empty for none.
    QString difference(Cache &cache) const;

    CachedMeta meta;
    CachedChat chat;
    std::vector<Row> rows;
    Entry unknown;
    MemberRow member;
    Mark mark;
    OutboxItem waiting;
    OutboxItem refused;
    SentItem sent;
    UserRow user;
    StateRow state;
    StateRow removedState;
    Wish wish;
    Wish removal;
};

} // namespace parley
