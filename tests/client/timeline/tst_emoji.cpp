// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/timeline/emoji.h"

#include <QtTest/QTest>

using namespace parley;

class TestEmoji : public QObject {
    Q_OBJECT
private slots:
    void knowsEmoji_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("clusters");
        const auto row = [](const char *name, const char *text, int clusters) {
            QTest::newRow(name) << QString::fromUtf8(text) << clusters;
        };
        row("face", "😀", 1);
        row("skin tone", "👍🏽", 1);
        row("family", "👨‍👩‍👧", 1);
        row("flag", "🇩🇪", 1);
        row("heart with selector", "❤️", 1);
        row("heart as text", "❤", 0);
        row("watch", "⌚", 1);
        row("watch as text", "⌚\uFE0E", 0);
        row("keycap", "1\uFE0F\u20E3", 1);
        row("digit", "1", 0);
        row("digit with selector", "1\uFE0F", 0);
        row("letter", "a", 0);
        row("arrow", "→", 0);
        row("sign", "©", 0);
        row("three", "😀👍🏽🎉", 3);
    }
    void knowsEmoji()
    {
        QFETCH(QString, text);
        QFETCH(int, clusters);
        int found = 0;
        for (const auto &run : emojiRuns(text))
            found += run.clusters;
        QCOMPARE(found, clusters);
    }

    void joinsNeighboursToOneRun()
    {
        const auto runs = emojiRuns(QStringLiteral("a😀🎉b🎉"));
        QCOMPARE(runs.size(), size_t(2));
        QCOMPARE(runs[0].begin, 1);
        QCOMPARE(runs[0].end, 5);
        QCOMPARE(runs[0].clusters, 2);
        QCOMPARE(runs[1].begin, 6);
    }
};

QTEST_GUILESS_MAIN(TestEmoji)
#include "tst_emoji.moc"
