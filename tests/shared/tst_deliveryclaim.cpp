// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/deliveryclaim.h"

#include <QTest>

using namespace parley;

namespace {

template <typename T>
T numbered(char number)
{
    return *T::fromBytes(QByteArray(16, number));
}

DeliveryClaim claimOf(char number)
{
    return {numbered<ChatId>('c'), numbered<MessageId>(number), 7, numbered<UserId>('u'),
        Kind::Edit, 1'700'000'000'000, DeliveryClaim::hashOf("text")};
}

QByteArray journalOf(const QByteArrayList &lines)
{
    return lines.join('\n');
}

} // namespace

class DeliveryClaimTest : public QObject {
    Q_OBJECT

private slots:
    void readsWhatItWrote();
    void refusesWhatIsNoLine_data();
    void refusesWhatIsNoLine();
    void readsAJournal();
    void countsTornLines();
    void refusesWhatIsNoJournal();
};

void DeliveryClaimTest::readsWhatItWrote()
{
    const auto claim = claimOf('m');
    QCOMPARE(DeliveryClaim::read(claim.text()), std::optional(claim));
    QVERIFY(!claim.text().contains("text"));
}

void DeliveryClaimTest::refusesWhatIsNoLine_data()
{
    QTest::addColumn<QByteArray>("line");
    const auto text = claimOf('m').text();
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("short") << text.chopped(1);
    QTest::newRow("long") << text + " 1";
    QTest::newRow("no number") << QByteArray(text).replace(" 7 ", " x ");
    QTest::newRow("negative") << QByteArray(text).replace(" 7 ", " -7 ");
    QTest::newRow("kind past the last") << QByteArray(text).replace(" 3 ", " 65536 ");
    QTest::newRow("short id") << text.mid(2);
}

void DeliveryClaimTest::refusesWhatIsNoLine()
{
    QFETCH(QByteArray, line);
    QVERIFY(!DeliveryClaim::read(line));
}

void DeliveryClaimTest::readsAJournal()
{
    const auto journal = readDeliveryJournal(journalOf({DeliveryClaim::header(),
        claimOf('a').text(), DeliveryClaim::header(), claimOf('b').text(), {}}));
    QVERIFY(journal);
    QCOMPARE(journal->claims, (std::vector{claimOf('a'), claimOf('b')}));
    QCOMPARE(journal->tornLines, 0);
}

void DeliveryClaimTest::countsTornLines()
{
    const auto torn = claimOf('b').text().left(40);
    auto journal =
        readDeliveryJournal(journalOf({DeliveryClaim::header(), claimOf('a').text(), torn}));
    QVERIFY(journal);
    QCOMPARE(journal->claims.size(), size_t(1));
    QCOMPARE(journal->tornLines, 1);
    journal = readDeliveryJournal(journalOf(
        {DeliveryClaim::header(), torn, DeliveryClaim::header(), claimOf('a').text(), {}}));
    QVERIFY(journal);
    QCOMPARE(journal->claims.size(), size_t(1));
    QCOMPARE(journal->tornLines, 1);
}

void DeliveryClaimTest::refusesWhatIsNoJournal()
{
    QVERIFY(!readDeliveryJournal({}));
    QVERIFY(!readDeliveryJournal("something else\n"));
    const auto journal =
        readDeliveryJournal(journalOf({DeliveryClaim::header(), "torn", claimOf('a').text(), {}}));
    QVERIFY(!journal);
    QVERIFY(journal.error().text.startsWith(QStringLiteral("line 2")));
}

QTEST_APPLESS_MAIN(DeliveryClaimTest)
#include "tst_deliveryclaim.moc"
