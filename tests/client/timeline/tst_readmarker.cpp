// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/timeline/readmarker.h"

#include <QtTest/QTest>

using namespace parley;

namespace {

constexpr auto shown = ReadMarker::shownMs;
constexpr auto every = ReadMarker::everyMs;

} // namespace

class TestReadMarker : public QObject {
    Q_OBJECT
private slots:
    void tellsWhatWasShownLongEnough()
    {
        ReadMarker marker(0);
        marker.show(5, 1'000);
        QCOMPARE(marker.due(1'000 + shown - 1), std::nullopt);
        QCOMPARE(marker.due(1'000 + shown), std::optional<qint64>(5));
        QCOMPARE(marker.nextMs(), std::nullopt);
    }

    void tellsNothingTwice()
    {
        ReadMarker marker(5);
        marker.show(5, 0);
        QCOMPARE(marker.nextMs(), std::nullopt);
        marker.show(4, 0);
        QCOMPARE(marker.due(10'000), std::nullopt);
    }

    void forgetsWhatWasScrolledAway()
    {
        ReadMarker marker(0);
        marker.show(5, 0);
        marker.show(3, shown - 1);
        QCOMPARE(marker.due(shown), std::optional<qint64>(3));
    }

    void waitsAgainAfterTheWindowLostTheFocus()
    {
        ReadMarker marker(0);
        marker.show(5, 0);
        marker.show(std::nullopt, shown - 1);
        QCOMPARE(marker.due(10 * shown), std::nullopt);
        marker.show(5, 10 * shown);
        QCOMPARE(marker.due(10 * shown + 1), std::nullopt);
    }

    void tellsAtMostOnceASecond()
    {
        ReadMarker marker(0);
        marker.show(1, 0);
        QCOMPARE(marker.due(shown), std::optional<qint64>(1));
        marker.show(2, shown + 1);
        QCOMPARE(marker.due(shown + every - 1), std::nullopt);
        QCOMPARE(marker.due(shown + every), std::optional<qint64>(2));
    }

    void knowsWhatAnotherDeviceHasRead()
    {
        ReadMarker marker(0);
        marker.raise(9);
        marker.show(9, 0);
        QCOMPARE(marker.nextMs(), std::nullopt);
    }
};

QTEST_GUILESS_MAIN(TestReadMarker)
#include "tst_readmarker.moc"
