// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/composer/typingnotice.h"

#include <QtTest/QTest>

using namespace parley;
using Tell = TypingNotice::Tell;

class TestTypingNotice : public QObject {
    Q_OBJECT
private slots:
    void tellsTheFirstKey()
    {
        TypingNotice notice;
        QCOMPARE(notice.type(0), Tell::On);
        QCOMPARE(notice.type(1), Tell::Nothing);
    }

    void tellsAtMostEveryFourSeconds()
    {
        TypingNotice notice;
        notice.type(0);
        QCOMPARE(notice.type(limits::typingEveryMs - 1), Tell::Nothing);
        QCOMPARE(notice.type(limits::typingEveryMs), Tell::On);
    }

    void tellsTheEndOnce()
    {
        TypingNotice notice;
        QCOMPARE(notice.stop(), Tell::Nothing);
        notice.type(0);
        QCOMPARE(notice.stop(), Tell::Off);
        QCOMPARE(notice.stop(), Tell::Nothing);
        QCOMPARE(notice.idleAtMs(), std::nullopt);
    }

    void stopsAfterAPause()
    {
        TypingNotice notice;
        notice.type(0);
        notice.type(1'000);
        QCOMPARE(notice.due(TypingNotice::idleMs), Tell::Nothing);
        QCOMPARE(notice.idleAtMs(), std::optional<qint64>(1'000 + TypingNotice::idleMs));
        QCOMPARE(notice.due(1'000 + TypingNotice::idleMs), Tell::Off);
        QCOMPARE(notice.type(20'000), Tell::On);
    }
};

QTEST_GUILESS_MAIN(TestTypingNotice)
#include "tst_typingnotice.moc"
