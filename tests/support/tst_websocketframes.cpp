// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/support/websocketframes.h"

#include <QTest>

using namespace parley;

namespace {

const QByteArray upgrade("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n");

// The shortest length that fits, as a server writes it.
QByteArray frame(const QByteArray &payload, char opcode = 2)
{
    QByteArray bytes(1, static_cast<char>(0x80 | opcode));
    const auto size = payload.size();
    if (size < 126) {
        bytes.append(static_cast<char>(size));
    } else if (size < 65536) {
        bytes.append(126).append(static_cast<char>(size >> 8)).append(static_cast<char>(size));
    } else {
        bytes.append(127);
        for (int shift = 56; shift >= 0; shift -= 8)
            bytes.append(static_cast<char>(size >> shift));
    }
    return bytes + payload;
}

} // namespace

class WebSocketFramesTest : public QObject {
    Q_OBJECT

private slots:
    void passesTheUpgradeOn();
    void givesEachFrameByItself();
    void readsEveryLength_data();
    void readsEveryLength();
    void doesNotCareHowTheBytesCome();
    void givesNoPayloadOfControlFrames();
    void passesOnWhatIsNoWebSocket();
};

void WebSocketFramesTest::passesTheUpgradeOn()
{
    WebSocketFrames frames;
    QVERIFY(frames.feed(upgrade.left(20)).empty());
    const auto parts = frames.feed(upgrade.mid(20));
    QCOMPARE(parts.size(), size_t(1));
    QCOMPARE(parts[0].bytes, upgrade);
    QVERIFY(parts[0].payload.isEmpty());
}

void WebSocketFramesTest::givesEachFrameByItself()
{
    WebSocketFrames frames;
    const auto parts = frames.feed(upgrade + frame("one") + frame("two"));
    QCOMPARE(parts.size(), size_t(3));
    QCOMPARE(parts[1].payload, QByteArray("one"));
    QCOMPARE(parts[2].payload, QByteArray("two"));
    QCOMPARE(parts[2].bytes, frame("two"));
}

void WebSocketFramesTest::readsEveryLength_data()
{
    QTest::addColumn<int>("length");
    for (const int length : {1, 125, 126, 127, 65535, 65536, 200000})
        QTest::addRow("%d", length) << length;
}

void WebSocketFramesTest::readsEveryLength()
{
    QFETCH(int, length);
    WebSocketFrames frames;
    const QByteArray payload(length, 'x');
    const auto parts = frames.feed(upgrade + frame(payload) + frame("y"));
    QCOMPARE(parts.size(), size_t(3));
    QCOMPARE(parts[1].payload, payload);
    QCOMPARE(parts[2].payload, QByteArray("y"));
}

void WebSocketFramesTest::doesNotCareHowTheBytesCome()
{
    WebSocketFrames frames;
    const auto bytes = upgrade + frame(QByteArray(300, 'a')) + frame("b");
    std::vector<WebSocketFrames::Part> parts;
    for (const char byte : bytes)
        for (auto &part : frames.feed(QByteArrayView(&byte, 1)))
            parts.push_back(std::move(part));
    QCOMPARE(parts.size(), size_t(3));
    QCOMPARE(parts[0].bytes + parts[1].bytes + parts[2].bytes, bytes);
    QCOMPARE(parts[1].payload, QByteArray(300, 'a'));
}

void WebSocketFramesTest::givesNoPayloadOfControlFrames()
{
    WebSocketFrames frames;
    const auto parts = frames.feed(upgrade + frame("ping", 9));
    QCOMPARE(parts.size(), size_t(2));
    QVERIFY(parts[1].payload.isEmpty());
    QCOMPARE(parts[1].bytes, frame("ping", 9));
}

void WebSocketFramesTest::passesOnWhatIsNoWebSocket()
{
    WebSocketFrames frames;
    QVERIFY(frames.feed("HTTP/1.1").empty());
    auto parts = frames.feed(" 200 OK");
    QCOMPARE(parts.size(), size_t(1));
    QCOMPARE(parts[0].bytes, QByteArray("HTTP/1.1 200 OK"));
    parts = frames.feed("more");
    QCOMPARE(parts[0].bytes, QByteArray("more"));
}

QTEST_APPLESS_MAIN(WebSocketFramesTest)
#include "tst_websocketframes.moc"
