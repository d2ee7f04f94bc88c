// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/core/intervals.h"

#include <QtTest/QTest>

#include <random>
#include <set>

using namespace parley;

namespace {

std::vector<Interval> bruteHoles(const std::set<qint64> &held, qint64 low, qint64 high)
{
    std::vector<Interval> holes;
    for (qint64 place = low; place <= high; ++place) {
        if (held.contains(place))
            continue;
        if (!holes.empty() && holes.back().high == place - 1)
            holes.back().high = place;
        else
            holes.push_back({place, place});
    }
    return holes;
}

} // namespace

class IntervalsTest : public QObject {
    Q_OBJECT
private slots:
    void agreesWithASetOfNumbers();
    void saysWhatChanged();
    void keepsTouchingIntervalsAsOne();
    void addsNothingTwice();
};

void IntervalsTest::agreesWithASetOfNumbers()
{
    std::mt19937 random(11);
    for (int world = 0; world < 300; ++world) {
        Intervals intervals;
        std::set<qint64> numbers;
        std::map<qint64, qint64> stored; // what a table would hold that follows the changes
        for (int step = 0; step < 25; ++step) {
            const qint64 low = 1 + qint64(random() % 60);
            const qint64 high = low - 1 + qint64(random() % 9);
            if (const auto change = intervals.add(low, high)) {
                for (const qint64 gone : change->removedLows)
                    stored.erase(gone);
                stored[change->added.low] = change->added.high;
            }
            for (qint64 place = low; place <= high; ++place)
                numbers.insert(place);
            QCOMPARE(intervals.top(), numbers.empty() ? 0 : *numbers.rbegin());
            for (qint64 place = 0; place < 72; ++place)
                QCOMPARE(intervals.contains(place), numbers.contains(place));
            QCOMPARE(intervals.holes(1, 70), bruteHoles(numbers, 1, 70));
            QCOMPARE(intervals.holes(low, high), std::vector<Interval>());
            QCOMPARE(intervals.holes(20, 40), bruteHoles(numbers, 20, 40));
            QVERIFY(intervals.covers(low, high));
        }
        std::vector<Interval> rows;
        for (const auto &[low, high] : stored)
            rows.push_back({low, high});
        QCOMPARE(intervals.all(), rows);
    }
}

void IntervalsTest::saysWhatChanged()
{
    Intervals intervals;
    intervals.add(1, 3);
    intervals.add(10, 12);
    const auto change = intervals.add(4, 9);
    QVERIFY(change);
    QCOMPARE(change->removedLows, (std::vector<qint64>{1, 10}));
    QCOMPARE(change->added, (Interval{1, 12}));
}

void IntervalsTest::keepsTouchingIntervalsAsOne()
{
    Intervals intervals;
    intervals.add(5, 6);
    intervals.add(7, 8);
    QCOMPARE(intervals.all(), (std::vector<Interval>{{5, 8}}));
    QCOMPARE(*intervals.last(), (Interval{5, 8}));
}

void IntervalsTest::addsNothingTwice()
{
    Intervals intervals;
    intervals.add(5, 9);
    QVERIFY(!intervals.add(6, 8));
    QVERIFY(!intervals.add(3, 2));
}

QTEST_APPLESS_MAIN(IntervalsTest)
#include "tst_intervals.moc"
