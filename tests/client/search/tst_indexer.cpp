// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/search/indexer.h"
#include "tests/client/search/library.h"
#include "tests/support/waiting.h"

#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace parley;

/// The index follows by itself, and forgets by itself.
class IndexerTest : public QObject {
    Q_OBJECT
private slots:
    void init();
    void followsWhatCame();
    void forgetsForGoodAfterAWhile();
    void writesItAnewNoMoreOftenThanItMay();

private:
    static constexpr qint64 startMs = 1'600'000'000'000;
    static ChatId chat() { return chatNumber(1); }
    bool isBehind() { return *m_library->index().isBehind(); }
    bool hasRemains() { return *m_library->index().hasRemains(); }
    void deleteRow(Row row);

    std::unique_ptr<Library> m_library;
};

void IndexerTest::init()
{
    m_library = std::make_unique<Library>();
    m_library->addChat(chat());
}

void IndexerTest::deleteRow(Row row)
{
    row.revision += 100;
    row.deleted = true;
    row.payload.clear();
    m_library->save(chat(), row);
}

void IndexerTest::followsWhatCame()
{
    for (int at = 0; at < 2 * Indexer::stepRows + 1; ++at)
        m_library->say(chat(), Library::anna(), u"ridge %1"_s.arg(at), startMs + at);
    m_library->hold(chat());
    m_library->open();
    QVERIFY(isBehind());
    Indexer indexer(m_library->index(), {0, 60'000, 60'000, 60'000});
    PARLEY_WAIT(!isBehind());
    QCOMPARE(m_library->texts(u"ridge"_s).size(), 2 * Indexer::stepRows + 1);
    m_library->say(chat(), Library::anna(), u"later"_s, startMs + 10'000);
    indexer.wake();
    PARLEY_WAIT(!isBehind());
}

void IndexerTest::forgetsForGoodAfterAWhile()
{
    const Row row = m_library->say(chat(), Library::anna(), u"a secret"_s, startMs);
    m_library->hold(chat());
    m_library->catchUp();
    deleteRow(row);
    Indexer indexer(m_library->index(), {0, 0, 60'000, 60'000});
    PARLEY_WAIT(!isBehind() && !hasRemains());
}

void IndexerTest::writesItAnewNoMoreOftenThanItMay()
{
    const Row first = m_library->say(chat(), Library::anna(), u"a secret"_s, startMs);
    const Row second = m_library->say(chat(), Library::anna(), u"another"_s, startMs + 1);
    m_library->hold(chat());
    m_library->catchUp();
    deleteRow(first);
    Indexer indexer(m_library->index(), {0, 0, 1'000'000, 60'000});
    PARLEY_WAIT(!isBehind() && !hasRemains());
    deleteRow(second);
    indexer.wake();
    PARLEY_WAIT(!isBehind());
    QVERIFY(!waitUntil([&] { return !hasRemains(); }, 200));
    // A program that begins anew does not wait for the last one's sweep.
    Indexer next(m_library->index(), {0, 0, 1'000'000, 60'000});
    PARLEY_WAIT(!hasRemains());
}

QTEST_GUILESS_MAIN(IndexerTest)
#include "tst_indexer.moc"
