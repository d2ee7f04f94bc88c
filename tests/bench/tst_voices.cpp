// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/bench/talk.h"

#include <QtTest/QTest>

namespace parley::bench {

class VoicesTest : public QObject {
    Q_OBJECT
private slots:
    void findsPercentiles();
    void keepsSoManyUnderWay();
    void countsFromWhenAMessageWasDue();
    void countsOnlyWhatIsMeasured();
    void noticesWhatComesTwice();
};

namespace {

constexpr qint64 ms = 1'000'000;

// One message by the whole way, in so much time.
void pass(Voice &voice, qint64 from, qint64 took)
{
    voice.take(1, from);
    voice.acknowledged(1, from + took);
    voice.arrived(voice.next() - 1, from + took);
    voice.receipted(1, from + took);
}

} // namespace

void VoicesTest::findsPercentiles()
{
    Histogram histogram;
    QCOMPARE(histogram.percentileNs(0.5), 0);
    for (qint64 i = 1; i <= 1'000; ++i)
        histogram.add(i * 1'000'000);
    const auto isNear = [&](double part, qint64 wanted) {
        const qint64 found = histogram.percentileNs(part);
        return found >= wanted && found <= wanted + wanted / 100;
    };
    QVERIFY(isNear(0.5, 500'000'000));
    QVERIFY(isNear(0.99, 990'000'000));
    QCOMPARE(histogram.percentileNs(1), 1'000'000'000);
    QCOMPARE(histogram.mostNs(), 1'000'000'000);
    for (const qint64 value : {qint64(0), qint64(1), qint64(127), qint64(128), qint64(1) << 62}) {
        Histogram one;
        one.add(value);
        QCOMPARE(one.percentileNs(0.5), value);
    }
    Histogram sum;
    sum.add(histogram);
    sum.add(histogram);
    QCOMPARE(sum.count(), 2'000U);
    QCOMPARE(sum.percentileNs(0.5), histogram.percentileNs(0.5));
}

void VoicesTest::keepsSoManyUnderWay()
{
    Talk talk({1, 3, 0, 0, 100 * ms});
    Voice &voice = talk.voice(0);
    QVERIFY(voice.isQuiet());
    talk.begin(0);
    QCOMPARE(voice.waiting(), 3U);
    voice.take(2, 0);
    QCOMPARE(voice.waiting(), 1U);
    voice.acknowledged(2, ms);
    QCOMPARE(voice.waiting(), 1U); // The receipt is what ends a message.
    voice.arrived(0, ms);
    voice.arrived(1, ms);
    voice.receipted(2, 2 * ms);
    QCOMPARE(voice.waiting(), 3U);
    voice.take(3, 2 * ms);
    voice.acknowledged(3, 101 * ms);
    for (quint64 message = 2; message < 5; ++message)
        voice.arrived(message, 101 * ms);
    voice.receipted(3, 101 * ms);
    QVERIFY(talk.isOver(101 * ms));
    QVERIFY(talk.isQuiet());
    const auto figures = talk.figures();
    QCOMPARE(figures.taken, 5U);
    QCOMPARE(figures.allReceipted, 5U);
    QCOMPARE(figures.done, 5U);
    QCOMPARE(figures.receipted.count(), 2U);
    QCOMPARE(figures.unfinished, 0U);
}

void VoicesTest::countsFromWhenAMessageWasDue()
{
    Talk talk({2, 1, 1'000, 0, 10 * ms});
    talk.begin(0);
    std::vector<size_t> said;
    talk.tick(5 * ms, [&](size_t voice) { said.push_back(voice); });
    QCOMPARE(said, (std::vector<size_t>{0, 1, 0, 1, 0, 1})); // due at 0 to 5 ms
    QCOMPARE(talk.voice(0).waiting(), 3U);
    for (int i = 0; i < 3; ++i)
        pass(talk.voice(0), 20 * ms, ms);
    const auto figures = talk.figures();
    QCOMPARE(figures.done, 3U);
    QCOMPARE(figures.receipted.mostNs(), 21 * ms);
    QCOMPARE(figures.unfinished, 3U);
}

void VoicesTest::countsOnlyWhatIsMeasured()
{
    Talk talk({1, 1, 0, 10 * ms, 10 * ms});
    talk.begin(0);
    Voice &voice = talk.voice(0);
    pass(voice, 5 * ms, ms);
    pass(voice, 12 * ms, 2 * ms);
    pass(voice, 19 * ms, 2 * ms);
    const auto figures = talk.figures();
    QCOMPARE(figures.done, 3U);
    QCOMPARE(figures.acknowledged.count(), 1U);
    QCOMPARE(figures.acknowledged.mostNs(), 2 * ms);
    QCOMPARE(figures.allReceipted, 3U);
    QVERIFY(talk.isQuiet());
}

void VoicesTest::noticesWhatComesTwice()
{
    Talk talk({1, 2, 0, 0, 100 * ms});
    talk.begin(0);
    Voice &voice = talk.voice(0);
    voice.take(2, 0);
    voice.arrived(1, ms); // before the first
    voice.arrived(0, ms);
    voice.arrived(0, ms);
    voice.arrived(2, ms); // never sent
    voice.receipted(2, ms); // one has not arrived
    QCOMPARE(talk.figures().misplaced, 4U);
    QCOMPARE(talk.figures().allArrived, 1U);
}

} // namespace parley::bench

QTEST_GUILESS_MAIN(parley::bench::VoicesTest)
#include "tst_voices.moc"
