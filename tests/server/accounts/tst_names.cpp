// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/accounts/names.h"
#include "shared/limits.h"

#include <QtTest/QTest>

using namespace parley;
using namespace Qt::StringLiterals;

class tst_Names : public QObject {
    Q_OBJECT

private slots:
    void takesNames_data();
    void takesNames();
    void refusesNames_data();
    void refusesNames();
    void takesTheLongestNameAndRefusesOneByteMore();
    void takesWhatPeopleCallThemselves();
};

void tst_Names::takesNames_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("folded");
    QTest::newRow("plain") << u"ada"_s << u"ada"_s;
    QTest::newRow("capitals") << u"Ada.Lovelace"_s << u"ada.lovelace"_s;
    QTest::newRow("two letters") << u"al"_s << u"al"_s;
    QTest::newRow("digits") << u"4ever_me-2"_s << u"4ever_me-2"_s;
    QTest::newRow("umlaut, composed") << u"m\u00fcller"_s << u"m\u00fcller"_s;
    QTest::newRow("umlaut, decomposed") << u"mu\u0308ller"_s << u"m\u00fcller"_s;
    QTest::newRow("sharp s") << u"Wei\u00df"_s << u"wei\u00df"_s;
    QTest::newRow("full width") << u"\uff41\uff44\uff41"_s << u"ada"_s;
    QTest::newRow("Greek") << u"\u03a3\u03bf\u03c6\u03af\u03b1"_s
                           << u"\u03c3\u03bf\u03c6\u03af\u03b1"_s;
}

void tst_Names::takesNames()
{
    QFETCH(QString, text);
    QFETCH(QString, folded);
    const auto name = userName(text);
    QVERIFY(name);
    QCOMPARE(name->folded, folded);
    QCOMPARE(name->name, text.normalized(QString::NormalizationForm_C));
}

void tst_Names::refusesNames_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("one letter") << u"a"_s;
    QTest::newRow("space") << u"ada l"_s;
    QTest::newRow("at") << u"a@b"_s;
    QTest::newRow("dot first") << u".ada"_s;
    QTest::newRow("emoji") << u"ada\U0001f600"_s;
    QTest::newRow("bidi") << u"ada\u202egnp"_s;
    QTest::newRow("line") << u"ada\nb"_s;
    QTest::newRow("zero width") << u"a\u200bda"_s;
    QTest::newRow("lone surrogate") << u"ada"_s + QChar(0xd800);
}

void tst_Names::refusesNames()
{
    QFETCH(QString, text);
    QCOMPARE(userName(text).error().code, ErrorCode::InvalidName);
}

void tst_Names::takesTheLongestNameAndRefusesOneByteMore()
{
    QVERIFY(userName(QString(limits::nameBytes, u'x')));
    QVERIFY(!userName(QString(limits::nameBytes + 1, u'x')));
    QVERIFY(userName(QString(limits::nameBytes / 2, u'\u00fc')));
    QVERIFY(!userName(QString(limits::nameBytes / 2, u'\u00fc') + u'x'));
}

void tst_Names::takesWhatPeopleCallThemselves()
{
    QCOMPARE(*displayName(u"  Ada Lovelace \U0001f469\u200d\U0001f52c "_s),
        u"Ada Lovelace \U0001f469\u200d\U0001f52c"_s);
    QVERIFY(displayName(QString(limits::displayNameBytes, u'x')));
    QVERIFY(!displayName(QString(limits::displayNameBytes + 1, u'x')));
    QVERIFY(!displayName(u"   "_s));
    QVERIFY(!displayName(u"a\u202eb"_s));
    QVERIFY(!displayName(u"a\u0007b"_s));
}

QTEST_GUILESS_MAIN(tst_Names)
#include "tst_names.moc"
