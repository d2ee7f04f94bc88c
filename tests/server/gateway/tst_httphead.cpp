// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/gateway/httphead.h"

#include <QtTest/QTest>

using namespace parley;
using namespace Qt::StringLiterals;

class tst_HttpHead : public QObject {
    Q_OBJECT

private slots:
    void readsAHead();
    void waitsForTheEmptyLine();
    void refusesBadHeads_data();
    void refusesBadHeads();
    void takesTheLargestHeadAndRefusesOneByteMore();
    void survivesAnyBytes();
    void letsNativeClientsIn();
    void letsAllowedOriginsIn();
    void believesProxiesOnly();
    void believesTheLastAddressOnly();

private:
    static HttpHead head(const QByteArray &headers)
    {
        return **parseHttpHead("GET / HTTP/1.1\r\n" + headers + "\r\n");
    }
};

void tst_HttpHead::readsAHead()
{
    const QByteArray bytes = "GET /a?b HTTP/1.1\r\nHost: x\r\nUpGrade:  WebSocket \r\n\r\nrest";
    const auto parsed = parseHttpHead(bytes);
    QVERIFY(parsed);
    QVERIFY(*parsed);
    QCOMPARE((*parsed)->method, QByteArray("GET"));
    QCOMPARE((*parsed)->target, QByteArray("/a?b"));
    QCOMPARE((*parsed)->value("host"), QByteArray("x"));
    QCOMPARE((*parsed)->sizeBytes, bytes.size() - 4);
    QVERIFY((*parsed)->isWebSocket());
}

void tst_HttpHead::waitsForTheEmptyLine()
{
    const QByteArray whole = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    for (qsizetype size = 0; size < whole.size(); ++size) {
        const auto parsed = parseHttpHead(whole.left(size));
        QVERIFY(parsed);
        QVERIFY(!*parsed);
    }
}

void tst_HttpHead::refusesBadHeads_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("no version") << QByteArray("GET /\r\n\r\n");
    QTest::newRow("other version") << QByteArray("GET / HTTP/2\r\n\r\n");
    QTest::newRow("empty") << QByteArray("\r\n\r\n");
    QTest::newRow("header without colon") << QByteArray("GET / HTTP/1.1\r\nHost\r\n\r\n");
    QTest::newRow("header without name") << QByteArray("GET / HTTP/1.1\r\n: x\r\n\r\n");
    QTest::newRow("header with space") << QByteArray("GET / HTTP/1.1\r\nA b: x\r\n\r\n");
    QTest::newRow("folded header") << QByteArray("GET / HTTP/1.1\r\nA: x\r\n y: z\r\n\r\n");
    QTest::newRow("too many headers")
        << "GET / HTTP/1.1\r\n" + QByteArray("A: b\r\n").repeated(64) + "\r\n";
}

void tst_HttpHead::refusesBadHeads()
{
    QFETCH(QByteArray, bytes);
    QVERIFY(!parseHttpHead(bytes));
}

void tst_HttpHead::takesTheLargestHeadAndRefusesOneByteMore()
{
    const QByteArray start = "GET / HTTP/1.1\r\nA: ";
    const qsizetype room = HttpHead::sizeBytesMost - start.size() - 4;
    QVERIFY(*parseHttpHead(start + QByteArray(room, 'x') + "\r\n\r\n"));
    QVERIFY(!parseHttpHead(start + QByteArray(room + 1, 'x') + "\r\n\r\n"));
    QVERIFY(!parseHttpHead(QByteArray(HttpHead::sizeBytesMost, 'x')));
}

void tst_HttpHead::survivesAnyBytes()
{
    const QByteArray seed = "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nOrigin: y\r\n\r\n";
    QRandomGenerator generator(11);
    const Config config;
    for (int i = 0; i < 20'000; ++i) {
        QByteArray bytes = seed;
        for (int changes = generator.bounded(1, 5); changes > 0; --changes)
            bytes[generator.bounded(int(bytes.size()))] = char(generator.bounded(256));
        const auto parsed = parseHttpHead(bytes);
        if (parsed && *parsed)
            answerAtDoor(**parsed, config);
    }
}

void tst_HttpHead::letsNativeClientsIn()
{
    QVERIFY(answerAtDoor(head("Upgrade: websocket\r\n"), Config()).upgrades);
}

void tst_HttpHead::letsAllowedOriginsIn()
{
    Config config;
    config.listen.origins = QStringList{u"https://chat.example"_s};
    const QByteArray upgrade = "Upgrade: websocket\r\n";
    QVERIFY(answerAtDoor(head(upgrade + "Origin: https://chat.example\r\n"), config).upgrades);
    for (const char *origin : {"https://chat.example.evil", "http://chat.example", "null"})
        QCOMPARE(answerAtDoor(head(upgrade + "Origin: " + origin + "\r\n"), config).status, 403);
    QCOMPARE(answerAtDoor(head("Origin: https://evil\r\n"), config).status, 403);
}

void tst_HttpHead::believesProxiesOnly()
{
    Config::Listen listen;
    listen.proxies = QStringList{u"10.0.0.1"_s};
    const HttpHead forwarded = head("X-Forwarded-For: 192.0.2.9\r\n");
    const QHostAddress proxy(u"10.0.0.1"_s);
    const QHostAddress other(u"10.0.0.2"_s);
    QCOMPARE(clientAddress(forwarded, proxy, listen), QHostAddress(u"192.0.2.9"_s));
    QCOMPARE(clientAddress(forwarded, other, listen), other);
    QCOMPARE(clientAddress(head("X-Forwarded-For: nonsense\r\n"), proxy, listen), proxy);
}

void tst_HttpHead::believesTheLastAddressOnly()
{
    Config::Listen listen;
    listen.proxies = QStringList{u"10.0.0.1"_s};
    QCOMPARE(clientAddress(head("X-Forwarded-For: 1.2.3.4, 192.0.2.9\r\n"),
                 QHostAddress(u"10.0.0.1"_s), listen),
        QHostAddress(u"192.0.2.9"_s));
}

QTEST_GUILESS_MAIN(tst_HttpHead)
#include "tst_httphead.moc"
