// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/search/searchneedle.h"

#include <QtTest/QTest>

using namespace parley;

class FoldedTextTest : public QObject {
    Q_OBJECT
private slots:
    void folds_data();
    void folds();
    void knowsWhereEachPartCameFrom();
    void looksForPartsOfWordsFromThreeCharactersOn_data();
    void looksForPartsOfWordsFromThreeCharactersOn();
    void looksForWholeWordsInQuotes();
    void joinsWhatOverlaps();
    void survivesAnything();
};

void FoldedTextTest::folds_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("folded");
    const auto row = [](const char *name, const char16_t *text, const char16_t *folded) {
        QTest::newRow(name) << QString::fromUtf16(text) << QString::fromUtf16(folded);
    };
    row("nothing", u"", u"");
    row("no word", u" … !? ", u"");
    row("words", u"Shall we,  do\tthe\nRIDGE-loop?", u" shall we do the ridge loop ");
    row("accents", u"Crème Brûlée, naïve", u" creme brulee naive ");
    row("accents apart", u"Cre\u0300me", u" creme ");
    row("letters without parts", u"Łódź, smørrebrød, Æsir, ŒUVRE",
        u" lodz smorrebrod aesir oeuvre ");
    row("sharp s", u"Straße", u" strasse ");
    row("dotted and dotless i", u"İstanbul ısı", u" istanbul isi ");
    row("final sigma", u"ΟΔΟΣ οδός", u" οδοσ οδοσ ");
    row("width", u"ＡＢＣ１２３", u" abc123 ");
    row("ligature", u"eﬃcient", u" efficient ");
    row("ideographs", u"火車站 ok", u" 火 車 站 ok ");
    row("half-width kana", u"ｶﾞｲﾄﾞ", u" ガ イ ド ");
    row("kana apart", u"か\u3099", u" が ");
    row("kana is not its unvoiced one", u"がか", u" が か ");
    row("hangul", u"서울", u" 서 울 ");
    row("hangul apart", u"\u1109\u1165", u" 서 ");
    row("hangul beside a part of it", u"\uAC00 \u11A8", u" \uAC00 \u11A8 ");
    row("arabic points and tatweel", u"مُحَمَّد مـحمد", u" محمد محمد ");
    row("alef with hamza", u"أحمد", u" احمد ");
    row("hebrew points", u"שָׁלוֹם", u" שלום ");
    row("devanagari keeps its vowels", u"हिन्दी", u" हिन्दी ");
    row("soft hyphen and joiners", u"co\u00ADope\u200Brate", u" cooperate ");
    row("emoji", u"yes👍🏽❤️!", u" yes 👍 🏽 ❤ ");
    row("symbols", u"c++ 5€", u" c + + 5 € ");
    row("marks alone", u"\u0301", u"");
    row("lone surrogate", u"a\xD800z", u" a z ");
    row("private use is no text", u"a\xE000z", u" a z ");
}

void FoldedTextTest::folds()
{
    QFETCH(QString, text);
    QFETCH(QString, folded);
    QCOMPARE(FoldedText(text).text(), folded);
}

void FoldedTextTest::knowsWhereEachPartCameFrom()
{
    const QString text = QStringLiteral("Eﬃcient 👍 Crème!");
    const FoldedText folded(text);
    const auto source = [&](const QString &part) {
        const auto at = folded.text().indexOf(part);
        const auto span = folded.source(at, at + part.size());
        return text.mid(span.begin, span.end - span.begin);
    };
    QCOMPARE(source(QStringLiteral("cient")), QStringLiteral("cient"));
    QCOMPARE(source(QStringLiteral("fici")), QStringLiteral("ﬃci"));
    QCOMPARE(source(QStringLiteral(" 👍 ")), QStringLiteral("👍"));
    QCOMPARE(source(QStringLiteral("reme")), QStringLiteral("rème"));
    QCOMPARE(folded.source(0, 1), FoldedText::Span());
}

void FoldedTextTest::looksForPartsOfWordsFromThreeCharactersOn_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("found");
    const auto row = [](const char16_t *words, const char16_t *text, bool found) {
        const auto name =
            QStringLiteral("%1 in %2").arg(QString::fromUtf16(words), QString::fromUtf16(text));
        QTest::newRow(qPrintable(name))
            << QString::fromUtf16(words) << QString::fromUtf16(text) << found;
    };
    row(u"idg", u"the ridge", true);
    row(u"RIDGE", u"bridges", true);
    row(u"ri", u"the ridge", true);
    row(u"id", u"the ridge", false);
    row(u"c", u"written in C.", true);
    row(u"c", u"cat", false);
    row(u"ridge-loop", u"Ridge loop", true);
    row(u"ridge-loop", u"loop ridge", false);
    row(u"車", u"火車站", true);
    row(u"車站", u"火車站", true);
    row(u"火站", u"火車站", false);
    row(u"울", u"서울", true);
    row(u"👍", u"yes👍🏽", true);
}

void FoldedTextTest::looksForPartsOfWordsFromThreeCharactersOn()
{
    QFETCH(QString, words);
    QFETCH(QString, text);
    QFETCH(bool, found);
    QCOMPARE(containsAll(FoldedText(text), {looseNeedle(words)}), found);
}

void FoldedTextTest::looksForWholeWordsInQuotes()
{
    const FoldedText text(QStringLiteral("The ridge loop"));
    QVERIFY(containsAll(text, {exactNeedle(QStringLiteral("ridge LOOP"))}));
    QVERIFY(!containsAll(text, {exactNeedle(QStringLiteral("ridge lo"))}));
    QVERIFY(containsAll(text, {beginningNeedle(QStringLiteral("ridge lo"))}));
    QVERIFY(!containsAll(text, {beginningNeedle(QStringLiteral("idge"))}));
    QVERIFY(looseNeedle(QStringLiteral("…")).isEmpty());
    QVERIFY(exactNeedle(QString()).isEmpty());
    QVERIFY(beginningNeedle(QString()).isEmpty());
}

void FoldedTextTest::joinsWhatOverlaps()
{
    const QString text = QStringLiteral("aaaa ridge");
    const auto marks =
        findNeedles(FoldedText(text), {QStringLiteral("aaa"), QStringLiteral("ridge"), QString()});
    QCOMPARE(marks, (std::vector<FoldedText::Span>{{0, 4}, {5, 10}}));
}

void FoldedTextTest::survivesAnything()
{
    for (char32_t point = 0; point <= 0x10FFFF; point += point < 0x20000 ? 1 : 257) {
        const auto text = u'a' + QString::fromUcs4(&point, 1) + u'z';
        const FoldedText folded(text);
        QVERIFY(folded.text().startsWith(u" a") && folded.text().endsWith(u"z "));
        const auto all = folded.source(0, folded.text().size());
        QCOMPARE(all, (FoldedText::Span{0, text.size()}));
        QCOMPARE(FoldedText(folded.text()).text(), folded.text()); // folding is done once
    }
}

QTEST_GUILESS_MAIN(FoldedTextTest)
#include "tst_foldedtext.moc"
