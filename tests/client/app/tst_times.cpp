// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/app/hue.h"
#include "client/app/times.h"

#include <QtTest/QTest>

#include <set>

using namespace parley;

namespace {

const QDate today(2026, 3, 4); // a Wednesday

qint64 at(const QDate &day, int hour, int minute)
{
    return QDateTime(day, QTime(hour, minute)).toMSecsSinceEpoch();
}

} // namespace

class TestTimes : public QObject {
    Q_OBJECT
private slots:
    void writesTheTimeOfDay()
    {
        QCOMPARE(times::clock(at(today, 9, 5)), QStringLiteral("09:05"));
        QVERIFY(times::exact(at(today, 9, 5)).endsWith(QStringLiteral("09:05:00")));
    }

    void writesLessTheLongerItIsAgo()
    {
        QCOMPARE(times::inList(at(today, 9, 5), today), QStringLiteral("09:05"));
        QCOMPARE(times::inList(at(today.addDays(-1), 23, 59), today), QStringLiteral("Yesterday"));
        QCOMPARE(times::inList(at(today.addDays(-2), 1, 0), today), QStringLiteral("Mon"));
        QCOMPARE(times::inList(at(today.addDays(-6), 1, 0), today), QStringLiteral("Thu"));
        QCOMPARE(times::inList(at(today.addDays(-7), 1, 0), today), QStringLiteral("25 Feb"));
        QVERIFY(
            times::inList(at(QDate(2025, 12, 31), 1, 0), today).contains(QStringLiteral("2025")));
        QCOMPARE(times::inList(0, today), QString());
    }

    void labelsDays()
    {
        QCOMPARE(times::dayLabel(today, today), QStringLiteral("Today"));
        QCOMPARE(times::dayLabel(today.addDays(1), today), QStringLiteral("Today"));
        QCOMPARE(times::dayLabel(today.addDays(-1), today), QStringLiteral("Yesterday"));
        QCOMPARE(times::dayLabel(today.addDays(-6), today), QStringLiteral("Thursday"));
        QVERIFY(times::dayLabel(today.addDays(-7), today).contains(QStringLiteral("February")));
    }

    void saysWhenSomebodyWasSeen()
    {
        QCOMPARE(
            times::lastSeen(at(today, 9, 5), today), QStringLiteral("last seen today at 09:05"));
        QCOMPARE(times::lastSeen(at(today.addDays(-1), 9, 5), today),
            QStringLiteral("last seen yesterday at 09:05"));
        QCOMPARE(
            times::lastSeen(at(today.addDays(-2), 9, 5), today), QStringLiteral("last seen Mon"));
    }

    void wakesUpOnceTheNewDayIsThere()
    {
        const QDateTime late(today, QTime(23, 59, 59));
        const auto wake = late.addMSecs(times::untilTomorrowMs(late));
        QCOMPARE(wake.date(), today.addDays(1));
        QVERIFY(late.msecsTo(wake) < 10'000);
    }

    void givesEveryIdItsHueForEver()
    {
        std::set<int> hues;
        for (quint8 number = 0; number < 200; ++number) {
            std::array<quint8, 16> bytes{};
            bytes[3] = number;
            const int hue = hueOf(UserId::fromArray(bytes));
            QVERIFY(hue >= 0 && hue < hueCount);
            hues.insert(hue);
        }
        QCOMPARE(hues.size(), size_t(hueCount));
        QCOMPARE(hueOf(QByteArrayView("a fixed id")), 3);
    }
};

QTEST_GUILESS_MAIN(TestTimes)
#include "tst_times.moc"
