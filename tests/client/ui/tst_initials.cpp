// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/ui/initials.h"

#include <QTest>

using namespace parley;

class TstInitials : public QObject {
    Q_OBJECT
private slots:
    void areTheFirstLettersOfFirstAndLastWord_data();
    void areTheFirstLettersOfFirstAndLastWord();
};

void TstInitials::areTheFirstLettersOfFirstAndLastWord_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("expected");
    QTest::newRow("two words") << QStringLiteral("Maya Lindqvist") << QStringLiteral("ML");
    QTest::newRow("three words") << QStringLiteral("Ana de Silva") << QStringLiteral("AS");
    QTest::newRow("one word") << QStringLiteral("robin") << QStringLiteral("R");
    QTest::newRow("spaces") << QStringLiteral("  Noor   Haddad ") << QStringLiteral("NH");
    QTest::newRow("combining mark") << QStringLiteral("e\u0301va") << QStringLiteral("E\u0301");
    QTest::newRow("beyond the plane") << QStringLiteral("𝒜da Byron") << QStringLiteral("𝒜B");
    QTest::newRow("emoji first") << QStringLiteral("😄 Ewa") << QStringLiteral("E");
    QTest::newRow("emoji only") << QStringLiteral("👩‍🚀") << QStringLiteral("👩‍🚀");
    QTest::newRow("punctuation only") << QStringLiteral("---") << QStringLiteral("-");
    QTest::newRow("nothing") << QString() << QStringLiteral("?");
}

void TstInitials::areTheFirstLettersOfFirstAndLastWord()
{
    QFETCH(QString, name);
    QFETCH(QString, expected);
    QCOMPARE(initials(name), expected);
}

QTEST_APPLESS_MAIN(TstInitials)
#include "tst_initials.moc"
