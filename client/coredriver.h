// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/cache/sqlitecache.h"
#include "client/core/clientcore.h"
#include "client/network/serverlink.h"
#include "client/search/indexer.h"
#include "client/search/searcher.h"

namespace parley {

/// Drives the core of one account: tells it the time, what comes in and what the person wants, and
/// carries out what it says. Belongs to the client; one thread, with an event loop.
class CoreDriver : public QObject {
    Q_OBJECT
public:
    static constexpr qint64 changesEveryMs = 16;

    CoreDriver(SqliteCache &cache, ServerLink &link, Random &random, const UserId &me,
        QObject *parent = nullptr);

    Status load();
    /// What to greet the server with, from the next connection on.
    void setGreeting(const ClientCore::Greeting &greeting) { m_greeting = greeting; }

    /// Calls `want(core)` and does what follows from it.
    template <typename Want>
    auto run(Want &&want)
    {
        m_core.tick(presentMoment());
        if constexpr (std::is_void_v<std::invoke_result_t<Want, ClientCore &>>) {
            want(m_core);
            settle();
        } else {
            auto result = want(m_core);
            settle();
            return result;
        }
    }
    Result<SearchPage> search(const SearchRequest &request) { return m_searcher.page(request); }
    const ClientCore &core() const { return m_core; }
    const Screen &screen() const { return m_core.screen(); }

signals:
    void noticed(const parley::notice::Any &notice);
    void changed(const parley::Changes &changes);

private:
    void settle();
    void flush();
    void schedule();

    ServerLink &m_link;
    ClientCore m_core;
    SearchIndex m_index;
    Indexer m_indexer;
    Searcher m_searcher;
    ClientCore::Greeting m_greeting;
    QTimer m_wake;
    QTimer m_flush;
    qint64 m_flushedMs = 0;
};

} // namespace parley
