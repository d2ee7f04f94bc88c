// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/codec/json.h"
#include "shared/protocol/commands.h"
#include "shared/protocol/frame.h"

#include <QtTest/QtTest>

using namespace parley;

class TestJson : public QObject {
    Q_OBJECT

private slots:
    void writesLargeNumbersAsText();
    void writesBytesAsBase64Url();
    void refusesALargeNumberThatIsNoText();
    void refusesFractions();
    void refusesALoneSurrogate();
    void refusesWhatIsNoBase64Url();
    void refusesWhatIsNoObject();
    void boundsAsCborDoes();
};

void TestJson::writesLargeNumbersAsText()
{
    const QJsonObject json = toJson(Mark{UserId{}, 9'007'199'254'740'993, 2}).toObject();
    QCOMPARE(json.value(u"delivered").toString(), QStringLiteral("9007199254740993"));
    QCOMPARE(fromJson<Mark>(json)->delivered, 9'007'199'254'740'993);
}

void TestJson::writesBytesAsBase64Url()
{
    Row row;
    row.payload = QByteArray("\xfb\xff", 2);
    QCOMPARE(toJson(row).toObject().value(u"payload").toString(), QStringLiteral("-_8"));
}

void TestJson::refusesALargeNumberThatIsNoText()
{
    QJsonObject json = toJson(Mark{}).toObject();
    json.insert(QStringLiteral("read"), 5);
    QCOMPARE(fromJson<Mark>(json).error().code, ErrorCode::Malformed);
    json.insert(QStringLiteral("read"), QStringLiteral("5 "));
    QVERIFY(!fromJson<Mark>(json) || fromJson<Mark>(json)->read == 5);
    json.insert(QStringLiteral("read"), QStringLiteral("9223372036854775808"));
    QCOMPARE(fromJson<Mark>(json).error().code, ErrorCode::Malformed);
}

void TestJson::refusesFractions()
{
    QJsonObject json = toJson(Page{}).toObject();
    json.insert(QStringLiteral("gen"), 1.5);
    QCOMPARE(fromJson<Page>(json).error().code, ErrorCode::Malformed);
    json.insert(QStringLiteral("gen"), -1);
    QCOMPARE(fromJson<Page>(json).error().code, ErrorCode::Malformed);
    json.insert(QStringLiteral("gen"), 4294967296.0);
    QCOMPARE(fromJson<Page>(json).error().code, ErrorCode::Malformed);
    json.insert(QStringLiteral("gen"), 4294967295.0);
    QCOMPARE(fromJson<Page>(json)->generation, 4294967295u);
}

void TestJson::refusesALoneSurrogate()
{
    QJsonObject json = toJson(FindUser{}).toObject();
    json.insert(QStringLiteral("name"), QString(QChar(0xD800)));
    QCOMPARE(fromJson<FindUser>(json).error().code, ErrorCode::Malformed);
}

void TestJson::refusesWhatIsNoBase64Url()
{
    QJsonObject json = toJson(Focus{ChatId{}}).toObject();
    json.insert(QStringLiteral("chat"), QStringLiteral("AAAA+AAA"));
    QCOMPARE(fromJson<Focus>(json).error().code, ErrorCode::Malformed);
    json.insert(QStringLiteral("chat"), 5);
    QCOMPARE(fromJson<Focus>(json).error().code, ErrorCode::Malformed);
}

void TestJson::refusesWhatIsNoObject()
{
    for (const char *text : {"", "[]", "5", "{", "{\"type\":5}", "{\"request\":1}"})
        QVERIFY(std::holds_alternative<FrameError>(commandFromJson(text)));
}

void TestJson::boundsAsCborDoes()
{
    FindUser find{QString(limits::nameBytes, u'n')};
    QVERIFY(fromJson<FindUser>(toJson(find)));
    find.userName += u'n';
    QCOMPARE(fromJson<FindUser>(toJson(find)).error().code, ErrorCode::TooLarge);
    Send send;
    send.operations.resize(size_t(limits::batchOperations));
    QVERIFY(fromJson<Send>(toJson(send)));
    send.operations.emplace_back();
    QCOMPARE(fromJson<Send>(toJson(send)).error().code, ErrorCode::TooLarge);
}

QTEST_APPLESS_MAIN(TestJson)
#include "tst_json.moc"
