// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/gateway/limiter.h"
#include "server/gateway/visit.h"

#include <QtTest/QTest>

using namespace parley;
using namespace Qt::StringLiterals;

/// Buckets and places among the connections, in a time that the test moves.
class tst_Limiter : public QObject {
    Q_OBJECT

private slots:
    void allowsTheBurstAndRefusesOneMore();
    void refillsAtTheRate();
    void saysWhenThereIsEnough();
    void countsEachKeyForItself();
    void isTenTimesOverAfterTenTimesTheBurst();
    void forgivesWhoWaits();
    void boundsItsMemory();
    void admitsSoManyOfOneAddress();
    void admitsSoManyOfAllAddresses();
    void admitsSoManyConnectionsInAll();
    void limitsTheCommandsOfAnAddress();
    void limitsTheCommandsOfAUserOnAnyAddress();
    void groupsAddresses_data();
    void groupsAddresses();
};

void tst_Limiter::allowsTheBurstAndRefusesOneMore()
{
    TokenBuckets<int> buckets(Rate{10, 1, 1000});
    for (int i = 0; i < 10; ++i)
        QCOMPARE(buckets.take(1, 1, 0).kind, Verdict::Allowed);
    QCOMPARE(buckets.take(1, 1, 0).kind, Verdict::Later);
}

void tst_Limiter::refillsAtTheRate()
{
    TokenBuckets<int> buckets(Rate{10, 2, 1000});
    QCOMPARE(buckets.take(1, 10, 0).kind, Verdict::Allowed);
    int allowed = 0;
    for (qint64 now = 1; now <= 60'000; ++now)
        allowed += buckets.take(1, 1, now).kind == Verdict::Allowed ? 1 : 0;
    QCOMPARE(allowed, 120);
}

void tst_Limiter::saysWhenThereIsEnough()
{
    TokenBuckets<int> buckets(Rate{10, 1, 60'000});
    QCOMPARE(buckets.take(1, 10, 0).kind, Verdict::Allowed);
    const Verdict verdict = buckets.take(1, 3, 0);
    QCOMPARE(verdict.retryAfterMs, 180'000);
    QCOMPARE(buckets.take(1, 3, 179'999).kind, Verdict::Later);
    QCOMPARE(buckets.take(1, 3, 180'000).kind, Verdict::Allowed);
}

void tst_Limiter::countsEachKeyForItself()
{
    TokenBuckets<int> buckets(Rate{1, 1, 1000});
    QCOMPARE(buckets.take(1, 1, 0).kind, Verdict::Allowed);
    QCOMPARE(buckets.take(2, 1, 0).kind, Verdict::Allowed);
    QCOMPARE(buckets.take(1, 1, 0).kind, Verdict::Later);
}

void tst_Limiter::isTenTimesOverAfterTenTimesTheBurst()
{
    TokenBuckets<int> buckets(Rate{5, 1, 1000});
    QCOMPARE(buckets.take(1, 5, 0).kind, Verdict::Allowed);
    for (int i = 0; i < 50; ++i)
        QCOMPARE(buckets.take(1, 1, 0).kind, Verdict::Later);
    QCOMPARE(buckets.take(1, 1, 0).kind, Verdict::TenTimesOver);
}

void tst_Limiter::forgivesWhoWaits()
{
    TokenBuckets<int> buckets(Rate{5, 1, 1000});
    buckets.take(1, 5, 0);
    for (int i = 0; i < 40; ++i)
        buckets.take(1, 1, 0);
    QCOMPARE(buckets.take(1, 5, 60'000).kind, Verdict::Allowed);
    for (int i = 0; i < 50; ++i)
        QCOMPARE(buckets.take(1, 1, 60'000).kind, Verdict::Later);
}

void tst_Limiter::boundsItsMemory()
{
    TokenBuckets<int> buckets(Rate{1, 1, 1'000'000}, 100);
    for (int key = 0; key < 10'000; ++key)
        buckets.take(key, 1, key);
    QVERIFY(buckets.size() <= 100);
}

void tst_Limiter::admitsSoManyOfOneAddress()
{
    Config config;
    Limiter limiter(config);
    std::vector<std::unique_ptr<Visit>> visits;
    for (qint64 i = 0; i < config.limits.pendingPerAddress; ++i) {
        visits.push_back(Visit::admit(limiter, u"a"_s));
        QVERIFY(visits.back());
    }
    QVERIFY(!Visit::admit(limiter, u"a"_s));
    QVERIFY(Visit::admit(limiter, u"b"_s));
    visits.front()->signedIn();
    visits.front()->signedIn();
    QVERIFY(Visit::admit(limiter, u"a"_s));
    visits.pop_back();
    QCOMPARE(limiter.connections(), config.limits.pendingPerAddress - 1);
    visits.clear();
    QCOMPARE(limiter.connections(), 0);
}

void tst_Limiter::admitsSoManyOfAllAddresses()
{
    Config config;
    config.limits.pending = 3;
    Limiter limiter(config);
    std::vector<std::unique_ptr<Visit>> visits;
    for (int i = 0; i < 3; ++i)
        visits.push_back(Visit::admit(limiter, QString::number(i)));
    QVERIFY(!Visit::admit(limiter, u"x"_s));
    visits.front()->signedIn();
    QVERIFY(Visit::admit(limiter, u"x"_s));
}

void tst_Limiter::admitsSoManyConnectionsInAll()
{
    Config config;
    config.limits.connections = 2;
    Limiter limiter(config);
    auto one = Visit::admit(limiter, u"a"_s);
    auto two = Visit::admit(limiter, u"b"_s);
    one->signedIn();
    two->signedIn();
    QVERIFY(!Visit::admit(limiter, u"c"_s));
    one.reset();
    QVERIFY(Visit::admit(limiter, u"c"_s));
}

void tst_Limiter::limitsTheCommandsOfAnAddress()
{
    Config config;
    config.limits.addressBurst = 2;
    config.limits.addressPerSecond = 1;
    Limiter limiter(config);
    for (quint8 user = 1; user <= 2; ++user)
        QCOMPARE(
            limiter.command(UserId::fromArray({user}), u"a"_s, Alive(), 0).kind, Verdict::Allowed);
    QCOMPARE(limiter.command(UserId::fromArray({3}), u"a"_s, Alive(), 0).kind, Verdict::Later);
    QCOMPARE(limiter.command(UserId::fromArray({3}), u"b"_s, Alive(), 0).kind, Verdict::Allowed);
}

void tst_Limiter::limitsTheCommandsOfAUserOnAnyAddress()
{
    Config config;
    config.limits.commandsBurst = 2;
    config.limits.commandsPerSecond = 1;
    Limiter limiter(config);
    const UserId user = UserId::fromArray({1});
    QCOMPARE(limiter.command(user, u"a"_s, Alive(), 0).kind, Verdict::Allowed);
    QCOMPARE(limiter.command(user, u"b"_s, Alive(), 0).kind, Verdict::Allowed);
    QCOMPARE(limiter.command(user, u"c"_s, Alive(), 0).kind, Verdict::Later);
}

void tst_Limiter::groupsAddresses_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("log");
    QTest::newRow("IPv4") << u"192.0.2.17"_s << u"192.0.2.17"_s << u"192.0.2.*"_s;
    QTest::newRow("IPv4 in IPv6") << u"::ffff:192.0.2.17"_s << u"192.0.2.17"_s << u"192.0.2.*"_s;
    QTest::newRow("IPv6") << u"2001:db8:1:2:3:4:5:6"_s << u"2001:db8:1:2::"_s
                          << u"2001:db8:1:2.*"_s;
}

void tst_Limiter::groupsAddresses()
{
    QFETCH(QString, address);
    QFETCH(QString, key);
    QFETCH(QString, log);
    QCOMPARE(addressKey(QHostAddress(address)), key);
    QCOMPARE(addressForLog(key), log);
}

QTEST_GUILESS_MAIN(tst_Limiter)
#include "tst_limiter.moc"
