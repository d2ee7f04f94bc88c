// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/protocol/frame.h"

#include <QtCore/QCborArray>
#include <QtCore/QCborMap>
#include <QtCore/QCborValue>
#include <QtTest/QtTest>

using namespace parley;

namespace {

QByteArray frameOf(const QCborMap &map)
{
    return QCborValue(map).toCbor();
}

QCborMap typingFrame()
{
    return {{QStringLiteral("type"), QStringLiteral("typing")}, {QStringLiteral("request"), 7},
        {QStringLiteral("body"),
            QCborMap{{QStringLiteral("chat"), QByteArray(16, 'c')}, {QStringLiteral("on"), true}}}};
}

FrameError errorOf(const QByteArray &bytes)
{
    const auto decoded = decodeCommand(bytes);
    return std::holds_alternative<FrameError>(decoded) ? std::get<FrameError>(decoded)
                                                       : FrameError{Error(ErrorCode::NoEffect), {}};
}

} // namespace

class TestFrame : public QObject {
    Q_OBJECT

private slots:
    void readsAFrameThatAnotherEncoderWrote();
    void takesItsKeysInAnyOrder();
    void ignoresUnknownKeys();
    void answersAnUnknownCommandByItsNumber();
    void namesTheRequestOfABrokenBody();
    void refusesWhatIsNoFrame_data();
    void refusesWhatIsNoFrame();
    void acceptsAFrameAtTheLimitAndNotOnePast();
    void passesUnknownEventsOn();
    void tellsARefusalWithoutItsText();
    void surprisesNobodyWithRandomBytes();
    void surprisesNobodyWithChangedBytes();
};

void TestFrame::readsAFrameThatAnotherEncoderWrote()
{
    const auto decoded = decodeCommand(frameOf(typingFrame()));
    QVERIFY(std::holds_alternative<ClientFrame>(decoded));
    const auto &frame = std::get<ClientFrame>(decoded);
    QCOMPARE(frame.request, 7u);
    QVERIFY(std::get<Typing>(frame.command).on);
    QCOMPARE(commandAccess(frame.command), Access::Member);
    QCOMPARE(QByteArray(commandName(frame.command)), QByteArray("typing"));
}

void TestFrame::takesItsKeysInAnyOrder()
{
    const QByteArray body = toCbor(Focus{});
    QByteArray bytes("\xA3\x64"
                     "body");
    bytes += body
        + QByteArray("\x67"
                     "request\x05\x64"
                     "type\x65"
                     "focus");
    const auto decoded = decodeCommand(bytes);
    QVERIFY(std::holds_alternative<ClientFrame>(decoded));
    QVERIFY(std::holds_alternative<Focus>(std::get<ClientFrame>(decoded).command));
}

void TestFrame::ignoresUnknownKeys()
{
    QCborMap map = typingFrame();
    map.insert(QStringLiteral("later"), QCborArray{1, 2, QCborMap{{1, 2}}});
    QCborMap body = map.value(QStringLiteral("body")).toMap();
    body.insert(QStringLiteral("mood"), QStringLiteral("fine"));
    map.insert(QStringLiteral("body"), body);
    QVERIFY(std::holds_alternative<ClientFrame>(decodeCommand(frameOf(map))));
}

void TestFrame::answersAnUnknownCommandByItsNumber()
{
    QCborMap map = typingFrame();
    map.insert(QStringLiteral("type"), QStringLiteral("teleport"));
    const FrameError error = errorOf(frameOf(map));
    QCOMPARE(error.error.code, ErrorCode::Unsupported);
    QCOMPARE(error.request, std::optional<RequestNumber>(7));
}

void TestFrame::namesTheRequestOfABrokenBody()
{
    QCborMap map = typingFrame();
    map.insert(QStringLiteral("body"), QCborMap{{QStringLiteral("chat"), QByteArray(15, 'c')}});
    const FrameError error = errorOf(frameOf(map));
    QCOMPARE(error.error.code, ErrorCode::Malformed);
    QCOMPARE(error.request, std::optional<RequestNumber>(7));
}

void TestFrame::refusesWhatIsNoFrame_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a number") << QByteArray("\x01");
    QTest::newRow("a list") << QByteArray("\x80");
    QTest::newRow("an empty map") << QByteArray("\xA0");
    QTest::newRow("a map of unknown length") << QByteArray("\xBF\xFF");
    QTest::newRow("a map that promises more") << QByteArray("\xA3\x64type");
    QTest::newRow("a map of 2^32 pairs") << QByteArray("\xBA\xFF\xFF\xFF\xFF");
    QTest::newRow("a text of 2^63 bytes")
        << QByteArray("\xA1\x64type\x7B\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 15);
    QTest::newRow("bytes after the end") << frameOf(typingFrame()) + 'x';
    QCborMap map = typingFrame();
    map.insert(QStringLiteral("request"), -1);
    QTest::newRow("a negative request") << frameOf(map);
    map = typingFrame();
    map.insert(QStringLiteral("request"), qint64(1) << 32);
    QTest::newRow("a request over 32 bits") << frameOf(map);
    map = typingFrame();
    map.remove(QStringLiteral("request"));
    QTest::newRow("no request") << frameOf(map);
    map = typingFrame();
    map.remove(QStringLiteral("body"));
    QTest::newRow("no body") << frameOf(map);
    map = typingFrame();
    map.insert(QStringLiteral("type"), 5);
    QTest::newRow("a type that is a number") << frameOf(map);
    QTest::newRow("a key that is not UTF-8") << QByteArray("\xA1\x62\xC3\x28\x01");
    QTest::newRow("too deep") << QByteArray(200, '\x81') + '\x01';
}

void TestFrame::refusesWhatIsNoFrame()
{
    QFETCH(QByteArray, bytes);
    const ErrorCode code = errorOf(bytes).error.code;
    QVERIFY(code == ErrorCode::Malformed || code == ErrorCode::TooLarge);
    QVERIFY(!decodeServerFrame(bytes));
}

void TestFrame::acceptsAFrameAtTheLimitAndNotOnePast()
{
    // Four payloads that fill a frame; the last is cut so that the frame has exactly the limit.
    Send send;
    for (int i = 0; i < 4; ++i) {
        Operation operation;
        operation.payload = QByteArray(limits::payloadBytes - 1000, 'p');
        send.operations.push_back(operation);
    }
    send.operations.push_back(Operation{});
    const qsizetype rest = limits::clientFrameBytes - encodeCommand(1, send).size();
    QVERIFY(rest > 2);
    // A length over 255 takes two bytes more than the one of an empty payload.
    send.operations.back().payload = QByteArray(rest - 2, 'p');
    QCOMPARE(encodeCommand(1, send).size(), limits::clientFrameBytes);
    QVERIFY(std::holds_alternative<ClientFrame>(decodeCommand(encodeCommand(1, send))));
    send.operations.back().payload += 'p';
    QCOMPARE(errorOf(encodeCommand(1, send)).error.code, ErrorCode::TooLarge);
}

void TestFrame::passesUnknownEventsOn()
{
    QCborMap map{{QStringLiteral("type"), QStringLiteral("fireworks")},
        {QStringLiteral("body"), QCborMap{}}};
    const auto frame = decodeServerFrame(frameOf(map));
    QVERIFY(frame);
    QCOMPARE(std::get<UnknownEvent>(*frame).type, QStringLiteral("fireworks"));
}

void TestFrame::tellsARefusalWithoutItsText()
{
    Error error(ErrorCode::RateLimited, QStringLiteral("secret path"));
    error.retryAfterMs = 1500;
    const QByteArray bytes = encodeRefusal(3, refusalOf(error));
    QVERIFY(!bytes.contains("secret"));
    const auto frame = decodeServerFrame(bytes);
    QVERIFY(frame);
    const Refused &refused = std::get<Refused>(*frame);
    QCOMPARE(refused.request, 3u);
    QCOMPARE(refused.refusal.errorClass, ErrorClass::Retry);
    QCOMPARE(parley::errorOf(refused.refusal).retryAfterMs, std::optional<qint64>(1500));
}

void TestFrame::surprisesNobodyWithRandomBytes()
{
    QRandomGenerator random(42);
    for (int i = 0; i < 20'000; ++i) {
        QByteArray bytes(random.bounded(1, 80), Qt::Uninitialized);
        for (char &byte : bytes)
            byte = static_cast<char>(random.bounded(256));
        const auto decoded = decodeCommand(bytes);
        QVERIFY(std::holds_alternative<FrameError>(decoded));
        (void)decodeServerFrame(bytes);
    }
}

void TestFrame::surprisesNobodyWithChangedBytes()
{
    QRandomGenerator random(43);
    const QByteArray good = frameOf(typingFrame());
    int accepted = 0;
    for (int i = 0; i < 20'000; ++i) {
        QByteArray bytes = good;
        for (int changes = random.bounded(1, 4); changes > 0; --changes)
            bytes[random.bounded(int(bytes.size()))] = static_cast<char>(random.bounded(256));
        accepted += std::holds_alternative<ClientFrame>(decodeCommand(bytes)) ? 1 : 0;
    }
    // A changed id is still an id; most other changes are not a frame any more.
    QVERIFY(accepted > 0 && accepted < 20'000);
}

QTEST_APPLESS_MAIN(TestFrame)
#include "tst_frame.moc"
