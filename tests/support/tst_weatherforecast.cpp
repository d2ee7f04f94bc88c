// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/support/weatherforecast.h"

#include <QTest>

#include <set>

using namespace parley;

class WeatherForecastTest : public QObject {
    Q_OBJECT

private slots:
    void isTheSameForTheSameSeed();
    void knowsEveryKind();
};

void WeatherForecastTest::isTheSameForTheSameSeed()
{
    WeatherForecast one(7);
    WeatherForecast again(7);
    WeatherForecast other(8);
    bool differs = false;
    for (int number = 0; number < 100; ++number) {
        const auto gust = one.next();
        const auto same = again.next();
        QCOMPARE(same.afterMs, gust.afterMs);
        QCOMPARE(same.kind, gust.kind);
        QCOMPARE(same.number, gust.number);
        differs = differs || other.next().number != gust.number;
    }
    QVERIFY(differs);
}

void WeatherForecastTest::knowsEveryKind()
{
    WeatherForecast forecast(1);
    std::set<WeatherForecast::Kind> seen;
    for (int number = 0; number < 1'000; ++number)
        seen.insert(forecast.next().kind);
    QCOMPARE(seen.size(), size_t(WeatherForecast::kinds));
    QCOMPARE(WeatherForecast::nameOf(WeatherForecast::Kind::Clear), QStringLiteral("clear"));
}

QTEST_APPLESS_MAIN(WeatherForecastTest)
#include "tst_weatherforecast.moc"
