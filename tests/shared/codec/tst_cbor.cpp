// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/codec/cbor.h"
#include "shared/protocol/commands.h"

#include <QtTest/QtTest>

using namespace parley;

namespace {

struct Sample {
    static constexpr auto name = "Sample";
    qint64 big = 0;
    quint8 small = 0;
    QString text;
    QByteArray bytes;
    std::vector<qint64> list;
    std::optional<qint64> maybe;
    bool flag = false;

    static constexpr auto fields = std::tuple{field("big", &Sample::big, ""),
        field("small", &Sample::small, ""), field("text", &Sample::text, "", atMost<4>),
        field("bytes", &Sample::bytes, "", atMost<4>), field("list", &Sample::list, "", atMost<3>),
        field("maybe", &Sample::maybe, ""), field("flag", &Sample::flag, "")};
};

ErrorCode codeOf(const QByteArray &bytes)
{
    const auto value = fromCbor<Sample>(bytes);
    return value ? ErrorCode::NoEffect : value.error().code;
}

} // namespace

class TestCbor : public QObject {
    Q_OBJECT

private slots:
    void keepsTheEndsOfEveryNumber();
    void refusesNumbersOutOfRange();
    void boundsTextsByTheirBytes();
    void boundsBytes();
    void boundsLists();
    void keepsAFirstByteOrderMark();
    void refusesABrokenText();
    void refusesAMissingKey();
    void refusesAKeyThatStandsTwice();
    void refusesTheWrongType();
    void refusesIndefiniteLengths();
    void writesTheShortestHeads();
    void readsHeadsThatAreLongerThanNeeded();
    void skipsWhateverIsCbor();
    void skipsNothingElse();
    void skipsNoDeeperThanTheLimit();
};

void TestCbor::keepsTheEndsOfEveryNumber()
{
    for (const qint64 number : {qint64(0), qint64(23), qint64(24), qint64(-1), qint64(-24),
             qint64(-25), std::numeric_limits<qint64>::max(), std::numeric_limits<qint64>::min()}) {
        Sample sample;
        sample.big = number;
        sample.small = 255;
        const auto read = fromCbor<Sample>(toCbor(sample));
        QVERIFY(read);
        QCOMPARE(read->big, number);
        QCOMPARE(read->small, quint8(255));
    }
}

void TestCbor::refusesNumbersOutOfRange()
{
    QByteArray bytes = toCbor(Sample{});
    // {"big": 0, "small": 0, …}: make small 256, then -1, then 2^64 - 1.
    const qsizetype place = bytes.indexOf("small") + 5;
    QCOMPARE(codeOf(QByteArray(bytes).replace(place, 1, QByteArray("\x19\x01\x00", 3))),
        ErrorCode::Malformed);
    QCOMPARE(
        codeOf(QByteArray(bytes).replace(place, 1, QByteArray("\x20", 1))), ErrorCode::Malformed);
    const qsizetype big = bytes.indexOf("big") + 3;
    QCOMPARE(codeOf(QByteArray(bytes).replace(
                 big, 1, QByteArray("\x1B\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 9))),
        ErrorCode::Malformed);
    QCOMPARE(codeOf(QByteArray(bytes).replace(
                 big, 1, QByteArray("\x3B\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 9))),
        ErrorCode::Malformed);
}

void TestCbor::boundsTextsByTheirBytes()
{
    Sample sample;
    sample.text = QStringLiteral("éé");
    QVERIFY(fromCbor<Sample>(toCbor(sample)));
    sample.text = QStringLiteral("ééx");
    QCOMPARE(codeOf(toCbor(sample)), ErrorCode::TooLarge);
}

void TestCbor::boundsBytes()
{
    Sample sample;
    sample.bytes = QByteArray(4, '\0');
    QVERIFY(fromCbor<Sample>(toCbor(sample)));
    sample.bytes += '\0';
    QCOMPARE(codeOf(toCbor(sample)), ErrorCode::TooLarge);
}

void TestCbor::boundsLists()
{
    Sample sample;
    sample.list = {1, 2, 3};
    QVERIFY(fromCbor<Sample>(toCbor(sample)));
    sample.list.push_back(4);
    QCOMPARE(codeOf(toCbor(sample)), ErrorCode::TooLarge);
}

void TestCbor::keepsAFirstByteOrderMark()
{
    Sample sample;
    sample.text = QStringLiteral("\ufeffx");
    const auto read = fromCbor<Sample>(toCbor(sample));
    QVERIFY(read);
    QCOMPARE(read->text, sample.text);
}

void TestCbor::refusesABrokenText()
{
    Sample sample;
    sample.text = QStringLiteral("abcd");
    QByteArray bytes = toCbor(sample);
    bytes.replace("abcd", "ab\xC3\x28");
    QCOMPARE(codeOf(bytes), ErrorCode::Malformed);
}

void TestCbor::refusesAMissingKey()
{
    QByteArray bytes = toCbor(Sample{});
    bytes.replace("small", "smell");
    QCOMPARE(codeOf(bytes), ErrorCode::Malformed);
}

void TestCbor::refusesAKeyThatStandsTwice()
{
    QByteArray bytes = toCbor(Sample{});
    bytes[0] = static_cast<char>(bytes[0] + 1);
    bytes += "\x63"
             "big"
             "\x05";
    QCOMPARE(codeOf(bytes), ErrorCode::Malformed);
}

void TestCbor::refusesTheWrongType()
{
    QByteArray bytes = toCbor(Sample{});
    const qsizetype place = bytes.indexOf("big") + 3;
    for (const QByteArray &other :
        {QByteArray("\x60"), QByteArray("\x40"), QByteArray("\x80"), QByteArray("\xA0"),
            QByteArray("\xF5"), QByteArray("\xF6"), QByteArray("\xFB") + QByteArray(8, '\1')})
        QCOMPARE(codeOf(QByteArray(bytes).replace(place, 1, other)), ErrorCode::Malformed);
}

void TestCbor::refusesIndefiniteLengths()
{
    QByteArray bytes = toCbor(Sample{});
    const qsizetype place = bytes.indexOf("text") + 4;
    QCOMPARE(codeOf(QByteArray(bytes).replace(place, 1,
                 QByteArray("\x7F\x61"
                            "a\xFF"))),
        ErrorCode::Malformed);
}

void TestCbor::writesTheShortestHeads()
{
    const std::vector<std::pair<quint64, QByteArray>> heads{{0, "00"}, {23, "17"}, {24, "1818"},
        {255, "18ff"}, {256, "190100"}, {65'535, "19ffff"}, {65'536, "1a00010000"},
        {0xFFFF'FFFF, "1affffffff"}, {0x1'0000'0000, "1b0000000100000000"},
        {std::numeric_limits<quint64>::max(), "1bffffffffffffffff"}};
    for (const auto &[number, expected] : heads)
        QCOMPARE(toCbor(number).toHex(), expected);
    QCOMPARE(toCbor(qint64(-24)).toHex(), QByteArray("37"));
    QCOMPARE(toCbor(qint64(-25)).toHex(), QByteArray("3818"));
    QCOMPARE(toCbor(std::numeric_limits<qint64>::min()).toHex(), QByteArray("3b7fffffffffffffff"));
    QCOMPARE(toCbor(QByteArray(24, 'x')).left(2).toHex(), QByteArray("5818"));
}

void TestCbor::readsHeadsThatAreLongerThanNeeded()
{
    for (const char *hex : {"05", "1805", "190005", "1a00000005", "1b0000000000000005"}) {
        const auto read = fromCbor<qint64>(QByteArray::fromHex(hex));
        QVERIFY(read);
        QCOMPARE(*read, qint64(5));
    }
}

void TestCbor::skipsWhateverIsCbor()
{
    for (const char *hex : {"00", "1bffffffffffffffff", "3bffffffffffffffff", "40", "43010203",
             "60", "62c3a9", "80", "83010203", "a0", "a201020304", "c11a514b67b0", "d9d9f700", "e0",
             "f4", "f6", "f7", "f820", "f8ff", "f93c00", "fa47c35000", "fb3ff199999999999a"}) {
        const QByteArray bytes = QByteArray::fromHex(hex);
        CborReader reader(bytes);
        QByteArray raw;
        QVERIFY2(reader.skip(&raw) && reader.atEnd(), hex);
        QCOMPARE(raw, bytes);
    }
}

void TestCbor::skipsNothingElse()
{
    // Cut, reserved, indefinite, a break that ends nothing, not UTF-8, a tag without a value.
    for (const char *hex : {"", "18", "1900", "1affffff", "1bffffffffffffff", "410102",
             "5bffffffffffffffff", "62c3", "61c3", "810102", "81", "9bffffffffffffffff", "a1",
             "a101", "bbffffffffffffffff", "1c", "1d", "1e", "1f", "5f4101ff", "7f6161ff", "9f01ff",
             "bf0101ff", "ff", "c1", "f800", "f81f", "f818", "fc", "fd", "fe", "f93c"}) {
        const QByteArray bytes = QByteArray::fromHex(hex);
        CborReader reader(bytes);
        QVERIFY2(!(reader.skip() && reader.atEnd()), hex);
        QCOMPARE(reader.error().code, ErrorCode::Malformed);
    }
}

void TestCbor::skipsNoDeeperThanTheLimit()
{
    for (const char item : {'\x81', '\xC1'}) {
        for (const int depth : {limits::depth + 1, limits::depth + 2}) {
            const QByteArray bytes = QByteArray(depth, item) + '\0';
            CborReader reader(bytes);
            QCOMPARE(reader.skip() && reader.atEnd(), depth <= limits::depth + 1);
        }
    }
}

QTEST_APPLESS_MAIN(TestCbor)
#include "tst_cbor.moc"
