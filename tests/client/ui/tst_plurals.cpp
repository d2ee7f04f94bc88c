// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/ui/plurals.h"

#include <QTest>

using namespace parley;

class TstPlurals : public QObject {
    Q_OBJECT
private slots:
    void agreesWithTheNumber();
    void leavesOtherTextsAlone();
};

void TstPlurals::agreesWithTheNumber()
{
    const EnglishPlurals plurals;
    const char *text = "%n new message(s)";
    QCOMPARE(plurals.translate("", text, "", 1), QStringLiteral("%n new message"));
    QCOMPARE(plurals.translate("", text, "", 0), QStringLiteral("%n new messages"));
    QCOMPARE(plurals.translate("", text, "", 21), QStringLiteral("%n new messages"));
}

void TstPlurals::leavesOtherTextsAlone()
{
    const EnglishPlurals plurals;
    QVERIFY(plurals.translate("", "Message(s)", "", -1).isNull());
}

QTEST_APPLESS_MAIN(TstPlurals)
#include "tst_plurals.moc"
