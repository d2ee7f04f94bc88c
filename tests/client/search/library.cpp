// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/client/search/library.h"

#include "client/core/statekeys.h"
#include "client/search/searchable.h"

#include <QtTest/QTest>

namespace parley {

namespace {

void must(const Status &done)
{
    if (!done)
        qFatal("%s", qPrintable(done.error().text));
}

} // namespace

Library::Library()
{
    auto cache = SqliteCache::open(m_folder.path());
    if (!cache)
        qFatal("%s", qPrintable(cache.error().text));
    m_cache = *std::move(cache);
    m_index = std::make_unique<SearchIndex>(m_cache->database());
}

Library::~Library()
{
    m_core.reset();
}

void Library::addChat(const ChatId &chat)
{
    CachedChat record;
    record.id = chat;
    m_cache->begin();
    m_cache->saveChat(record);
    m_cache->saveState(
        {statekeys::chat(chat), toCbor(ChatState{1, 1}), qint64(m_heads.size()) + 1});
    must(m_cache->commit());
    m_heads[chat] = 0;
}

Row Library::say(const ChatId &chat, const UserId &sender, const QString &text, qint64 timeMs,
    std::optional<MessageId> replyTo)
{
    Row row;
    row.id = messageNumber(++m_made);
    row.seq = row.revision = ++m_heads[chat];
    row.sender = sender;
    row.time = timeMs;
    row.contentType = ContentType::Text;
    row.payload = textPayload(text);
    row.replyTo = replyTo;
    save(chat, row);
    return row;
}

void Library::save(const ChatId &chat, const Row &row)
{
    m_cache->begin();
    m_cache->saveRow(chat, row);
    must(m_cache->commit());
}

void Library::hold(const ChatId &chat, qint64 from)
{
    m_cache->begin();
    m_cache->saveIntervals(chat, {{}, {from, m_heads[chat]}});
    must(m_cache->commit());
}

void Library::open()
{
    m_searcher.reset();
    m_core = std::make_unique<ClientCore>(*m_cache, m_random, me());
    m_core->tick({1'700'000'000'000, 1'000});
    must(m_core->load());
    m_searcher = std::make_unique<Searcher>(*m_index, *m_core, me());
}

void Library::catchUp()
{
    while (*m_index->isBehind())
        must(m_index->step(200));
}

std::vector<Row> Library::find(SearchRequest request)
{
    std::vector<Row> rows;
    for (;;) {
        const auto page = m_searcher->page(request);
        if (!page)
            qFatal("%s", qPrintable(page.error().text));
        for (const auto &hit : page->hits)
            rows.push_back(hit.row.row);
        if (!page->next)
            return rows;
        request.before = *page->next;
    }
}

QStringList Library::texts(const QString &needle)
{
    SearchRequest request;
    request.needles = {needle};
    QStringList texts;
    for (const auto &row : find(request))
        texts += bodyOf(row)->text;
    return texts;
}

} // namespace parley
