// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/accounts/throttle.h"

#include <QtTest/QTest>

using namespace parley;
using namespace Qt::StringLiterals;

class tst_Throttle : public QObject {
    Q_OBJECT

private slots:
    void evaluatesFiveAndThenWaitsLongerEachTime();
    void givesBackWhatWasRight();
    void locksNobodyElseOut();
    void limitsAnAddressThatTriesManyAccounts();
    void evaluatesAtMostAHundredOfTenThousandGuesses();
    void isAsSlowForManyAtOnce();
    void forgetsWhoHasBeenQuiet();
    void boundsItsMemory();
};

void tst_Throttle::evaluatesFiveAndThenWaitsLongerEachTime()
{
    SignInThrottle throttle({5, 1000, 100});
    qint64 now = 1'000'000;
    for (int i = 0; i < 5; ++i)
        QVERIFY(!throttle.begin(u"a"_s, u"ada"_s, now));
    qint64 expected = 2'000;
    for (int i = 0; i < 8; ++i) {
        QCOMPARE(throttle.begin(u"a"_s, u"ada"_s, now), expected);
        QCOMPARE(throttle.begin(u"a"_s, u"ada"_s, now + expected - 1), 1);
        now += expected;
        QVERIFY(!throttle.begin(u"a"_s, u"ada"_s, now));
        expected *= 2;
    }
    now += expected;
    QVERIFY(!throttle.begin(u"a"_s, u"ada"_s, now));
    QCOMPARE(throttle.begin(u"a"_s, u"ada"_s, now), SignInThrottle::longestWaitMs);
}

void tst_Throttle::givesBackWhatWasRight()
{
    SignInThrottle throttle({5, 20, 100});
    for (int i = 0; i < 1000; ++i) {
        QVERIFY(!throttle.begin(u"a"_s, u"ada"_s, 1'000'000));
        throttle.succeeded(u"a"_s, u"ada"_s);
    }
}

void tst_Throttle::locksNobodyElseOut()
{
    SignInThrottle throttle({5, 20, 100});
    for (int i = 0; i < 1000; ++i)
        throttle.begin(u"attacker"_s, u"ada"_s, 1'000'000 + i);
    QVERIFY(!throttle.begin(u"home"_s, u"ada"_s, 1'000'000));
}

void tst_Throttle::limitsAnAddressThatTriesManyAccounts()
{
    SignInThrottle throttle({5, 20, 100'000});
    int evaluated = 0;
    for (int i = 0; i < 1000; ++i)
        evaluated += throttle.begin(u"a"_s, QString::number(i), 1'000'000) ? 0 : 1;
    QCOMPARE(evaluated, 20);
}

void tst_Throttle::evaluatesAtMostAHundredOfTenThousandGuesses()
{
    SignInThrottle throttle({5, 20, 100'000});
    int evaluated = 0;
    for (qint64 i = 0; i < 10'000; ++i)
        evaluated += throttle.begin(u"a"_s, u"ada"_s, i * 1'000) ? 0 : 1;
    QVERIFY(evaluated <= 100);
    QVERIFY(evaluated >= 10);
}

void tst_Throttle::isAsSlowForManyAtOnce()
{
    SignInThrottle throttle({5, 20, 100'000});
    int evaluated = 0;
    for (int i = 0; i < 500; ++i)
        evaluated += throttle.begin(u"a"_s, u"ada"_s, 1'000'000) ? 0 : 1;
    QCOMPARE(evaluated, 5);
}

void tst_Throttle::forgetsWhoHasBeenQuiet()
{
    SignInThrottle throttle({5, 20, 100});
    for (int i = 0; i < 30; ++i)
        throttle.begin(u"a"_s, u"ada"_s, 1'000'000 + i * 10'000);
    const qint64 later = 1'300'000 + 61 * 60'000;
    for (int i = 0; i < 5; ++i)
        QVERIFY(!throttle.begin(u"a"_s, u"ada"_s, later));
}

void tst_Throttle::boundsItsMemory()
{
    SignInThrottle throttle({5, 20, 100});
    for (int i = 0; i < 10'000; ++i)
        throttle.begin(QString::number(i), u"ada"_s, 1'000'000 + i);
    QVERIFY(throttle.size() <= 200);
}

QTEST_GUILESS_MAIN(tst_Throttle)
#include "tst_throttle.moc"
