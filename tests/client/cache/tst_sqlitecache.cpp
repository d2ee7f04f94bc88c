// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/cache/sqlitecache.h"

#include "shared/sqlite/queryplan.h"
#include "tests/client/cache/sample.h"
#include "tests/client/support/talk.h"

using namespace parley;

class SqliteCacheTest : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void givesBackWhatItWasGiven();
    void keepsItAcrossOpenings();
    void keepsNothingThatWasNotCommitted();
    void readsRowsByPlaceInBothOrders();
    void hidesRowsOfUnknownKinds();
    void joinsIntervals();
    void dropsTheRowsOfOneChatAlone();
    void dropsAllThatCameFromTheServer();
    void forgetsOldSentOperations();
    void readsByIndexWhateverGrows();
    void findsADamagedBody();
    void storesNothingOnAFullDiskAndRecovers();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<SqliteCache> m_cache;
    void reopen();
};

void SqliteCacheTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    reopen();
}

void SqliteCacheTest::cleanup()
{
    m_cache.reset();
}

void SqliteCacheTest::reopen()
{
    m_cache.reset();
    auto cache = SqliteCache::open(m_folder->path());
    QVERIFY2(cache, cache ? "" : qPrintable(cache.error().text));
    m_cache = *std::move(cache);
}

void SqliteCacheTest::givesBackWhatItWasGiven()
{
    const CacheSample sample;
    m_cache->begin();
    sample.save(*m_cache);
    QCOMPARE(sample.difference(*m_cache), QString());
    QVERIFY(m_cache->commit());
    QCOMPARE(sample.difference(*m_cache), QString());
}

void SqliteCacheTest::keepsItAcrossOpenings()
{
    const CacheSample sample;
    m_cache->begin();
    sample.save(*m_cache);
    QVERIFY(m_cache->commit());
    reopen();
    QCOMPARE(sample.difference(*m_cache), QString());
    QVERIFY(m_cache->database().quickCheck());
    QCOMPARE(*m_cache->database().integer(QStringLiteral("PRAGMA synchronous")), 2); // FULL
    QCOMPARE(*m_cache->database().integer(QStringLiteral("PRAGMA secure_delete")), 1);
}

void SqliteCacheTest::keepsNothingThatWasNotCommitted()
{
    m_cache->begin();
    CacheSample().save(*m_cache);
    reopen();
    QVERIFY(m_cache->chats().empty());
    QVERIFY(m_cache->outbox().empty());
}

void SqliteCacheTest::readsRowsByPlaceInBothOrders()
{
    ChatLog log(chatNumber(1), userNumber(1), {});
    for (int i = 0; i < 20; ++i)
        log.post(userNumber(1), QString::number(i));
    m_cache->begin();
    for (const Row &row : log.rowsIn(1, 100))
        m_cache->saveRow(log.chat(), row);
    QVERIFY(m_cache->commit());
    const auto oldest = m_cache->rows(log.chat(), {5, 15}, Cache::Order::OldestFirst, 3);
    const auto newest = m_cache->rows(log.chat(), {5, 15}, Cache::Order::NewestFirst, 3);
    QCOMPARE(oldest.size(), size_t(3));
    QCOMPARE(oldest.front().seq, 5);
    QCOMPARE(newest.front().seq, 15);
    QCOMPARE(newest.back().seq, 13);
}

void SqliteCacheTest::hidesRowsOfUnknownKinds()
{
    Row row;
    row.id = messageNumber(1);
    row.seq = 4;
    row.kind = static_cast<Kind>(900);
    m_cache->begin();
    m_cache->saveRow(chatNumber(1), row);
    QVERIFY(m_cache->commit());
    QVERIFY(m_cache->rows(chatNumber(1), {1, 9}, Cache::Order::OldestFirst, 9).empty());
    QVERIFY(m_cache->row(chatNumber(1), row.id)); // stored all the same
}

void SqliteCacheTest::joinsIntervals()
{
    Intervals intervals;
    m_cache->begin();
    for (const auto &[low, high] : {std::pair(1, 3), std::pair(7, 9), std::pair(4, 6)}) {
        if (const auto change = intervals.add(low, high))
            m_cache->saveIntervals(chatNumber(1), *change);
    }
    QVERIFY(m_cache->commit());
    QCOMPARE(m_cache->intervals(chatNumber(1)).all(), (std::vector<Interval>{{1, 9}}));
    QCOMPARE(*m_cache->database().integer(QStringLiteral("SELECT count(*) FROM interval")), 1);
}

void SqliteCacheTest::dropsTheRowsOfOneChatAlone()
{
    const CacheSample sample;
    m_cache->begin();
    sample.save(*m_cache);
    m_cache->saveRow(chatNumber(2), sample.rows.front());
    m_cache->removeRows(sample.chat.id);
    QVERIFY(m_cache->commit());
    QVERIFY(!m_cache->row(sample.chat.id, sample.rows.front().id));
    QVERIFY(m_cache->intervals(sample.chat.id).isEmpty());
    QVERIFY(m_cache->row(chatNumber(2), sample.rows.front().id));
    QCOMPARE(m_cache->outbox().size(), size_t(2));
    QCOMPARE(m_cache->wishes().size(), size_t(2));
    m_cache->begin();
    m_cache->removeChat(sample.chat.id);
    QVERIFY(m_cache->commit());
    QVERIFY(m_cache->chats().empty() && m_cache->marks(sample.chat.id).empty());
    QCOMPARE(m_cache->outbox().size(), size_t(2));
}

void SqliteCacheTest::dropsAllThatCameFromTheServer()
{
    const CacheSample sample;
    m_cache->begin();
    sample.save(*m_cache);
    m_cache->removeServerContent();
    QVERIFY(m_cache->commit());
    QVERIFY(m_cache->chats().empty() && m_cache->state().empty());
    QVERIFY(m_cache->userRevisions().empty() && m_cache->members(sample.chat.id).empty());
    QVERIFY(m_cache->rows(sample.chat.id, {1, 99}, Cache::Order::OldestFirst, 9).empty());
    QCOMPARE(m_cache->outbox().size(), size_t(2));
    QCOMPARE(m_cache->sentSince(0).size(), size_t(1));
    QCOMPARE(m_cache->wishes().size(), size_t(2));
    QCOMPARE(m_cache->meta(), sample.meta);
}

void SqliteCacheTest::forgetsOldSentOperations()
{
    const CacheSample sample;
    m_cache->begin();
    sample.save(*m_cache);
    m_cache->removeSentBefore(sample.sent.timeMs);
    QVERIFY(m_cache->commit());
    QCOMPARE(m_cache->sentSince(sample.sent.timeMs).size(), size_t(1));
    QVERIFY(m_cache->sentSince(sample.sent.timeMs + 1).empty());
    m_cache->begin();
    m_cache->removeSentBefore(sample.sent.timeMs + 1);
    QVERIFY(m_cache->commit());
    QVERIFY(m_cache->sentSince(0).empty());
}

void SqliteCacheTest::readsByIndexWhateverGrows()
{
    const CacheSample sample;
    m_cache->begin();
    sample.save(*m_cache);
    m_cache->removeOutbox(11);
    m_cache->removeWish(sample.wish.key);
    m_cache->removeSentBefore(1);
    m_cache->removeChat(chatNumber(9));
    QVERIFY(m_cache->commit());
    (void)sample.difference(*m_cache);
    // Read whole once, at the start: one row per chat, per user, per key, per waiting operation.
    const auto scans = fullScans(m_cache->database(),
        {QStringLiteral("chat"), QStringLiteral("user"), QStringLiteral("state"),
            QStringLiteral("wish"), QStringLiteral("outbox"), QStringLiteral("meta"),
            QStringLiteral("interval")});
    QVERIFY(scans);
    QCOMPARE(*scans, QStringList());
}

void SqliteCacheTest::findsADamagedBody()
{
    QVERIFY(m_cache->database().run(QStringLiteral("INSERT INTO outbox VALUES(1, ?, NULL, ?)"),
        chatNumber(1), QByteArray("no operation")));
    QVERIFY(m_cache->outbox().empty());
    const auto error = m_cache->takeError();
    QVERIFY(error && error->code == ErrorCode::Damaged);
}

void SqliteCacheTest::storesNothingOnAFullDiskAndRecovers()
{
    SeededRandom random(4);
    ClientCore core(*m_cache, random, userNumber(1));
    core.tick({1'700'000'000'000, 1});
    QVERIFY(core.load());
    const auto chat = core.createGroup(QStringLiteral("Walkers"), {userNumber(2)});
    QVERIFY(chat);
    const auto pages = m_cache->database().integer(QStringLiteral("PRAGMA page_count"));
    QVERIFY(m_cache->database().execute(QStringLiteral("PRAGMA max_page_count=%1").arg(**pages)));
    NewMessage big;
    big.payload = QByteArray(60'000, 'x');
    const auto refused = core.compose(*chat, big);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Unavailable);
    QCOMPARE(core.outbox().items(*chat).size(), size_t(1));
    QCOMPARE(core.screen().summary(*core.chat(*chat), 0).title, QStringLiteral("Walkers"));

    QVERIFY(m_cache->database().execute(QStringLiteral("PRAGMA max_page_count=100000")));
    QVERIFY(core.compose(*chat, big));
    QCOMPARE(core.outbox().items(*chat).size(), size_t(2));
    reopen();
    QCOMPARE(m_cache->outbox().size(), size_t(2));
}

QTEST_GUILESS_MAIN(SqliteCacheTest)
#include "tst_sqlitecache.moc"
