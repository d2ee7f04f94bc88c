// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/core/backoff.h"

#include "tests/client/support/seededrandom.h"

#include <QtTest/QTest>

using namespace parley;

class BackoffTest : public QObject {
    Q_OBJECT
private slots:
    void waitsAtMostTheDoubledTimeAndAMinute();
    void triesAtOnceAndThenWaits();
    void beginsAnewAfterThirtyHealthySeconds();
    void doesNotBeginAnewAfterAShortSession();
    void comesBackWithinTheWindowOfAServerThatGoesAway();
    void waitsAsLongAsTheServerSays();
    void triesAtOnceOnWaking();
    void neverTriesWhenStopped();
};

void BackoffTest::waitsAtMostTheDoubledTimeAndAMinute()
{
    SeededRandom random(3);
    for (int world = 0; world < 200; ++world) {
        Backoff backoff;
        for (int n = 0; n < 40; ++n) {
            const qint64 most = n < 7 ? qint64(500) << n : Backoff::mostMs;
            const qint64 wait = backoff.next(random);
            QVERIFY(wait >= 0 && wait <= std::min(most, Backoff::mostMs));
        }
    }
}

void BackoffTest::triesAtOnceAndThenWaits()
{
    SeededRandom random(3);
    Reconnect reconnect(random);
    QVERIFY(!reconnect.dueAt());
    reconnect.start(1'000);
    QCOMPARE(*reconnect.dueAt(), 1'000);
    reconnect.trying();
    QVERIFY(!reconnect.dueAt());
    reconnect.lost(2'000);
    QVERIFY(*reconnect.dueAt() >= 2'000 && *reconnect.dueAt() <= 2'500);
}

void BackoffTest::beginsAnewAfterThirtyHealthySeconds()
{
    SeededRandom random(3);
    Reconnect reconnect(random);
    reconnect.start(0);
    for (int i = 0; i < 9; ++i) {
        reconnect.trying();
        reconnect.lost(0);
    }
    reconnect.trying();
    reconnect.online(0);
    reconnect.lost(Reconnect::healthyMs);
    QCOMPARE(reconnect.failures(), 1);
    QVERIFY(*reconnect.dueAt() <= Reconnect::healthyMs + 500);
}

void BackoffTest::doesNotBeginAnewAfterAShortSession()
{
    SeededRandom random(3);
    Reconnect reconnect(random);
    reconnect.start(0);
    reconnect.trying();
    reconnect.lost(0);
    reconnect.trying();
    reconnect.online(0);
    reconnect.lost(Reconnect::healthyMs - 1);
    QCOMPARE(reconnect.failures(), 2);
}

void BackoffTest::comesBackWithinTheWindowOfAServerThatGoesAway()
{
    SeededRandom random(3);
    qint64 latest = 0;
    for (int i = 0; i < 200; ++i) {
        Reconnect reconnect(random);
        reconnect.start(0);
        reconnect.trying();
        reconnect.online(0);
        reconnect.goneAway(10'000);
        reconnect.lost(100);
        QVERIFY(*reconnect.dueAt() >= 100 && *reconnect.dueAt() <= 10'100);
        latest = std::max(latest, *reconnect.dueAt());
    }
    QVERIFY(latest > 5'000);
}

void BackoffTest::waitsAsLongAsTheServerSays()
{
    SeededRandom random(3);
    Reconnect reconnect(random);
    reconnect.start(0);
    reconnect.trying();
    reconnect.lost(1'000, 30'000);
    QVERIFY(*reconnect.dueAt() >= 31'000);
}

void BackoffTest::triesAtOnceOnWaking()
{
    SeededRandom random(3);
    Reconnect reconnect(random);
    reconnect.start(0);
    reconnect.trying();
    reconnect.lost(0, 50'000);
    reconnect.wake(7);
    QCOMPARE(*reconnect.dueAt(), 7);
}

void BackoffTest::neverTriesWhenStopped()
{
    SeededRandom random(3);
    Reconnect reconnect(random);
    reconnect.start(0);
    reconnect.stop();
    reconnect.wake(5);
    reconnect.lost(6);
    QVERIFY(!reconnect.dueAt());
}

QTEST_APPLESS_MAIN(BackoffTest)
#include "tst_backoff.moc"
