// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/tools/parleyctl/deliveryaudit.h"

#include <QTest>

using namespace parley;
using namespace Qt::StringLiterals;

namespace {

template <typename T>
T numbered(char number)
{
    return *T::fromBytes(QByteArray(16, number));
}

const auto chat = numbered<ChatId>('c');
const auto ada = numbered<UserId>('a');

QString hex(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toHex());
}

DeliveryClaim claimOf(char number, qint64 seq, Kind kind = Kind::Message)
{
    return {chat, numbered<MessageId>(number), seq, ada, kind, 1000 + seq,
        DeliveryClaim::hashOf(QByteArray(1, number))};
}

/// A log that is written by hand: what a page of it says.
struct HandMadeLog {
    QJsonArray entries;
    QJsonArray rows;

    void add(char number, qint64 seq, Kind kind = Kind::Message, char target = 0)
    {
        entries.append(QJsonArray{seq, hex(QByteArray(16, number)), hex(ada.bytes()),
            static_cast<int>(kind), 1000 + seq, target ? hex(QByteArray(16, target)) : QString()});
    }
    void addRow(char number, qint64 seq, const QByteArray &payload)
    {
        rows.append(QJsonArray{seq, hex(QByteArray(16, number)), hex(ada.bytes()),
            hex(DeliveryClaim::hashOf(payload))});
    }
    void addMessage(char number, qint64 seq)
    {
        add(number, seq);
        addRow(number, seq, QByteArray(1, number));
    }
    Result<QJsonObject> read(const QJsonObject &) const
    {
        return QJsonObject{{u"head"_s, entries.size()}, {u"last"_s, entries.size()},
            {u"entries"_s, entries}, {u"rows"_s, rows}};
    }
};

DeliveryAudit audited(const HandMadeLog &log, const std::vector<DeliveryClaim> &claims)
{
    DeliveryAudit audit;
    audit.take({claims, 0});
    [[maybe_unused]] const auto done =
        audit.compare([&log](const QJsonObject &question) { return log.read(question); });
    return audit;
}

} // namespace

class DeliveryAuditTest : public QObject {
    Q_OBJECT

private slots:
    void findsAllThatIsThere();
    void countsAnOperationOnce();
    void acceptsAPlaceThatWasNotTold();
    void findsWhatIsWrong_data();
    void findsWhatIsWrong();
    void comparesTheLastTextOnly();
    void readsPageByPage();
    void takesAChatThatIsLostForMissing();
    void saysWhenItCannotRead();
};

void DeliveryAuditTest::findsAllThatIsThere()
{
    HandMadeLog log;
    log.addMessage('x', 1);
    log.addMessage('y', 2);
    log.add('r', 3, Kind::React, 'x');
    const auto audit =
        audited(log, {claimOf('x', 1), claimOf('y', 2), claimOf('r', 3, Kind::React)});
    QVERIFY2(audit.findings().empty(), qPrintable(audit.forPeople()));
    QCOMPARE(audit.found(), 3);
    QVERIFY(audit.answer().value("clean"_L1).toBool());
    QCOMPARE(audit.forPeople(),
        u"3 operations were told as accepted: 3 are there (0 of them changed since), 0 missing, "
        "0 doubled, 0 altered\n"_s);
}

void DeliveryAuditTest::countsAnOperationOnce()
{
    HandMadeLog log;
    log.addMessage('x', 1);
    QCOMPARE(audited(log, {claimOf('x', 1), claimOf('x', 1)}).claims(), 1);
}

void DeliveryAuditTest::acceptsAPlaceThatWasNotTold()
{
    HandMadeLog log;
    log.addMessage('x', 1);
    auto claim = claimOf('x', 0);
    claim.timeMs = 0;
    QVERIFY(audited(log, {claim}).findings().empty());
    // And a place that was told later is the one that counts.
    QCOMPARE(audited(log, {claim, claimOf('x', 4)}).count(DeliveryAudit::Fault::Altered), 1);
}

void DeliveryAuditTest::findsWhatIsWrong_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<int>("fault");
    const auto row = [](const char *name, DeliveryAudit::Fault fault) {
        QTest::newRow(name) << QString::fromLatin1(name) << static_cast<int>(fault);
    };
    row("entry deleted", DeliveryAudit::Fault::Missing);
    row("row deleted", DeliveryAudit::Fault::Missing);
    row("entry doubled", DeliveryAudit::Fault::Doubled);
    row("row doubled", DeliveryAudit::Fault::Doubled);
    row("text altered", DeliveryAudit::Fault::Altered);
    row("place altered", DeliveryAudit::Fault::Altered);
    row("time altered", DeliveryAudit::Fault::Altered);
    row("kind altered", DeliveryAudit::Fault::Altered);
    row("sender altered", DeliveryAudit::Fault::Altered);
}

void DeliveryAuditTest::findsWhatIsWrong()
{
    QFETCH(QString, what);
    QFETCH(int, fault);
    HandMadeLog log;
    log.addMessage('x', 1);
    log.addMessage('y', 2);
    auto claim = claimOf('y', 2);
    if (what == "entry deleted"_L1)
        log.entries.removeLast();
    else if (what == "row deleted"_L1)
        log.rows.removeLast();
    else if (what == "entry doubled"_L1)
        log.add('y', 3);
    else if (what == "row doubled"_L1)
        log.addRow('y', 3, "y");
    else if (what == "text altered"_L1)
        claim.payloadHash = DeliveryClaim::hashOf("z");
    else if (what == "place altered"_L1)
        claim.seq = 3;
    else if (what == "time altered"_L1)
        claim.timeMs = 1;
    else if (what == "kind altered"_L1)
        claim.kind = Kind::Edit;
    else
        claim.sender = numbered<UserId>('b');
    const auto audit = audited(log, {claimOf('x', 1), claim});
    QCOMPARE(audit.findings().size(), size_t(1));
    QCOMPARE(static_cast<int>(audit.findings().front().fault), fault);
    QCOMPARE(audit.findings().front().id, claim.id);
    QVERIFY(!audit.answer().value("clean"_L1).toBool());
    QVERIFY(audit.forPeople().contains(hex(claim.id.bytes())));
}

void DeliveryAuditTest::comparesTheLastTextOnly()
{
    HandMadeLog log;
    log.add('x', 1);
    log.add('e', 2, Kind::Edit, 'x');
    log.addRow('x', 1, "e");
    const auto audit = audited(log, {claimOf('x', 1), claimOf('e', 2, Kind::Edit)});
    QVERIFY2(audit.findings().empty(), qPrintable(audit.forPeople()));
    QCOMPARE(audit.changedSince(), 1);
    log.rows = {};
    log.addRow('x', 1, "z");
    QCOMPARE(audited(log, {claimOf('x', 1), claimOf('e', 2, Kind::Edit)})
                 .count(DeliveryAudit::Fault::Altered),
        1);
}

void DeliveryAuditTest::readsPageByPage()
{
    HandMadeLog pages[2];
    pages[0].addMessage('x', 1);
    pages[1].addMessage('y', 2);
    DeliveryAudit audit;
    audit.take({{claimOf('x', 1), claimOf('y', 2)}, 0});
    QVERIFY(audit.compare([&](const QJsonObject &question) -> Result<QJsonObject> {
        const auto after = question.value("after"_L1).toInteger();
        auto page = *pages[after].read(question);
        page.insert(u"head"_s, 2);
        page.insert(u"last"_s, after + 1);
        return page;
    }));
    QCOMPARE(audit.found(), 2);
    QVERIFY(audit.findings().empty());
}

void DeliveryAuditTest::takesAChatThatIsLostForMissing()
{
    DeliveryAudit audit;
    audit.take({{claimOf('x', 1)}, 0});
    QVERIFY(audit.compare(
        [](const QJsonObject &) -> Result<QJsonObject> { return Error(ErrorCode::NotFound); }));
    QCOMPARE(audit.count(DeliveryAudit::Fault::Missing), 1);
}

void DeliveryAuditTest::saysWhenItCannotRead()
{
    DeliveryAudit audit;
    audit.take({{claimOf('x', 1)}, 0});
    QVERIFY(!audit.compare(
        [](const QJsonObject &) -> Result<QJsonObject> { return Error(ErrorCode::Unavailable); }));
    QVERIFY(!audit.compare([](const QJsonObject &) -> Result<QJsonObject> {
        return QJsonObject{{u"entries"_s, QJsonArray{QJsonArray{1}}}};
    }));
}

QTEST_APPLESS_MAIN(DeliveryAuditTest)
#include "tst_deliveryaudit.moc"
