// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/queue/memoryqueue.h"
#include "server/queue/serialising.h"
#include "server/queue/workers.h"

#include <QtTest/QTest>

#include <atomic>

using namespace parley;

/// The queues between the parts: bounded, in order, one wake for each batch.
class tst_Queues : public QObject {
    Q_OBJECT

private slots:
    void refusesTheCommandPastItsCapacity_data();
    void refusesTheCommandPastItsCapacity();
    void wakesOnceForEachBatch();
    void keepsTheOrder();
    void losesNothingBetweenThreads();
    void splitsLongDeliveries();
    void boundsTheJobsThatWait();
    void doesEveryJobOnceOnItsThreads();

private:
    static Queued command(RequestNumber request)
    {
        return Queued{Origin{{1, 2}, request, {}, {}}, Detach{}};
    }
};

void tst_Queues::refusesTheCommandPastItsCapacity_data()
{
    QTest::addColumn<bool>("asBytes");
    QTest::newRow("in memory") << false;
    QTest::newRow("as bytes") << true;
}

void tst_Queues::refusesTheCommandPastItsCapacity()
{
    QFETCH(bool, asBytes);
    std::unique_ptr<CommandQueue> queue;
    if (asBytes)
        queue = std::make_unique<SerialisingQueue>(3);
    else
        queue = std::make_unique<MemoryQueue>(3);
    for (RequestNumber i = 1; i <= 3; ++i)
        QCOMPARE(queue->offer(command(i)), CommandQueue::Offered::Accepted);
    QCOMPARE(queue->offer(command(4)), CommandQueue::Offered::Full);
    QCOMPARE(queue->size(), size_t(3));
    QCOMPARE(queue->take(2).size(), size_t(2));
    QCOMPARE(queue->offer(command(5)), CommandQueue::Offered::Accepted);
    const auto rest = queue->take(10);
    QCOMPARE(rest.size(), size_t(2));
    QCOMPARE(rest.back().origin.request, 5u);
}

void tst_Queues::wakesOnceForEachBatch()
{
    MemoryQueue queue(100);
    int wakes = 0;
    queue.setWake([&] { ++wakes; });
    queue.offer(command(1));
    queue.offer(command(2));
    QCOMPARE(wakes, 1);
    queue.take(1);
    queue.offer(command(3));
    QCOMPARE(wakes, 1); // whoever took a part takes again
    queue.take(10);
    queue.offer(command(4));
    QCOMPARE(wakes, 2);
}

void tst_Queues::keepsTheOrder()
{
    MemoryQueue queue(1000);
    for (RequestNumber i = 0; i < 1000; ++i)
        queue.offer(command(i));
    RequestNumber expected = 0;
    while (expected < 1000) {
        for (const Queued &each : queue.take(7))
            QCOMPARE(each.origin.request, expected++);
    }
}

void tst_Queues::losesNothingBetweenThreads()
{
    constexpr int offers = 20'000;
    MemoryQueue queue(offers * 2);
    QSemaphore woken;
    queue.setWake([&] { woken.release(); });
    const auto offer = [&] {
        for (int i = 0; i < offers; ++i)
            queue.offer(command(1));
    };
    std::unique_ptr<QThread> one(QThread::create(offer));
    std::unique_ptr<QThread> other(QThread::create(offer));
    one->start();
    other->start();
    size_t taken = 0;
    while (taken < 2 * offers) {
        QVERIFY(woken.tryAcquire(1, 10'000));
        for (size_t batch = 64; batch == 64; taken += batch)
            batch = queue.take(64).size();
    }
    one->wait();
    other->wait();
    QCOMPARE(taken, size_t(2 * offers));
}

void tst_Queues::splitsLongDeliveries()
{
    class Kept : public ServiceOutlet {
    public:
        void deliver(std::vector<ServiceOutput> given) override { outputs = std::move(given); }
        std::vector<ServiceOutput> outputs;
    } kept;
    SerialisingOutlet outlet(kept);
    Outbound outbound;
    outbound.frame = "frame";
    for (quint64 i = 0; i < quint64(limits::arrayItems) + 1; ++i)
        outbound.to.push_back(SessionRef{1, i});
    outlet.deliver({outbound});
    QCOMPARE(kept.outputs.size(), size_t(2));
    QCOMPARE(std::get<Outbound>(kept.outputs[1]).to.front().session, quint64(limits::arrayItems));
    QCOMPARE(std::get<Outbound>(kept.outputs[1]).frame, QByteArray("frame"));
}

void tst_Queues::boundsTheJobsThatWait()
{
    QSemaphore started;
    QSemaphore goOn;
    Workers<int> workers(QStringLiteral("test"), 1, 2, [] { return std::make_unique<int>(0); });
    const auto job = [&](int &) {
        started.release();
        goOn.acquire();
    };
    QVERIFY(workers.offer(job));
    QVERIFY(started.tryAcquire(1, 10'000));
    QVERIFY(workers.offer(job));
    QVERIFY(workers.offer(job));
    QVERIFY(!workers.offer(job));
    goOn.release(3);
    QVERIFY(started.tryAcquire(2, 10'000));
}

void tst_Queues::doesEveryJobOnceOnItsThreads()
{
    std::atomic<int> sum{0};
    QSemaphore done;
    Workers<int> workers(QStringLiteral("test"), 3, 1000, [] { return std::make_unique<int>(0); });
    for (int i = 1; i <= 1000; ++i)
        QVERIFY(workers.offer([&, i](int &) {
            sum += i;
            done.release();
        }));
    QVERIFY(done.tryAcquire(1000, 10'000));
    QCOMPARE(sum.load(), 500'500);
}

QTEST_GUILESS_MAIN(tst_Queues)
#include "tst_queues.moc"
