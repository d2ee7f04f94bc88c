// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/gateway/httprequest.h"

#include "shared/protocol/poll.h"

#include <QtCore/QRandomGenerator>
#include <QtTest/QTest>

using namespace parley;
using namespace Qt::StringLiterals;

class tst_HttpRequest : public QObject {
    Q_OBJECT

private slots:
    void readsARequestInAnyPieces();
    void readsRequestsThatFollowEachOther();
    void takesAPathBelowAnother();
    void refusesWithTheRightStatus_data();
    void refusesWithTheRightStatus();
    void saysAProblemOnceAndReadsNoMore();
    void takesTheLargestBodyAndRefusesOneByteMore();
    void boundsWhatItKeeps();
    void lowersTheBodyWithTheFrame();
    void saysContinueOnce();
    void knowsWhoKeepsTheConnection();
    void writesWholeResponses();
    void survivesAnyRequest();

private:
    static QByteArray request(const QByteArray &body, const QByteArray &headers = {})
    {
        return "POST /v1/poll HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + headers
            + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
    }
    static int statusOf(const QByteArray &bytes, const Config &config = {})
    {
        HttpRequestReader reader(config);
        reader.feed(bytes);
        const auto step = reader.next();
        if (const auto *refusal = std::get_if<HttpResponse>(&step))
            return refusal->status;
        return std::holds_alternative<HttpRequest>(step) ? 200 : 0;
    }
};

void tst_HttpRequest::readsARequestInAnyPieces()
{
    const Config config;
    const QByteArray bytes = request("{\"a\":1}");
    HttpRequestReader reader(config);
    QVERIFY(reader.isIdle());
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        QVERIFY(std::holds_alternative<std::monostate>(reader.next()));
        reader.feed(bytes.mid(i, 1));
        QVERIFY(!reader.isIdle());
    }
    const auto step = reader.next();
    QCOMPARE(std::get<HttpRequest>(step).body, QByteArray("{\"a\":1}"));
    QCOMPARE(std::get<HttpRequest>(step).head.method, QByteArray("POST"));
    QVERIFY(reader.isIdle());
}

void tst_HttpRequest::readsRequestsThatFollowEachOther()
{
    const Config config;
    HttpRequestReader reader(config);
    reader.feed(request("1") + request("") + request("333").chopped(1));
    QCOMPARE(std::get<HttpRequest>(reader.next()).body, QByteArray("1"));
    QCOMPARE(std::get<HttpRequest>(reader.next()).body, QByteArray());
    QVERIFY(std::holds_alternative<std::monostate>(reader.next()));
    reader.feed("3");
    QCOMPARE(std::get<HttpRequest>(reader.next()).body, QByteArray("333"));
}

void tst_HttpRequest::takesAPathBelowAnother()
{
    QByteArray below = request("{}");
    below.replace("/v1/poll", "/chat/v1/poll");
    QCOMPARE(statusOf(below), 200);
}

void tst_HttpRequest::refusesWithTheRightStatus_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    const QByteArray post = "POST /v1/poll HTTP/1.1\r\n";
    const QByteArray json = "Content-Type: application/json\r\n";
    const auto row = [](const char *name, const QByteArray &bytes, int status) {
        QTest::newRow(name) << bytes << status;
    };
    row("no request", "nonsense\r\n\r\n", 400);
    row("a bare line feed", "POST /v1/poll HTTP/1.1\nA: b\r\n\r\n", 400);
    row("a bare carriage return", post + "A: b\rC: d\r\n\r\n", 400);
    row("a zero", post + QByteArray("A: \0\r\n\r\n", 8), 400);
    row("another path", "POST /v1/other HTTP/1.1\r\n\r\n", 405);
    row("nothing there", "GET /nothing HTTP/1.1\r\n\r\n", 404);
    row("another method", "GET /v1/poll HTTP/1.1\r\n\r\n", 405);
    row("a preflight", "OPTIONS /v1/poll HTTP/1.1\r\n\r\n", 405);
    row("a foreign origin", request("{}", "Origin: https://evil.example\r\n"), 403);
    row("an upgrade", "GET / HTTP/1.1\r\nUpgrade: websocket\r\n\r\n", 400);
    row("no length", post + json + "\r\n", 411);
    row("chunks", request("{}", "Transfer-Encoding: chunked\r\n"), 411);
    row("two lengths", request("{}", "Content-Length: 2\r\n"), 400);
    row("a length with a sign", post + json + "Content-Length: +2\r\n\r\n{}", 400);
    row("a negative length", post + json + "Content-Length: -2\r\n\r\n{}", 400);
    row("an empty length", post + json + "Content-Length:\r\n\r\n{}", 400);
    row("a list of lengths", post + json + "Content-Length: 2, 2\r\n\r\n{}", 400);
    row("a length beyond numbers", post + json + "Content-Length: 99999999999999999999\r\n\r\n",
        413);
    row("no type", post + "Content-Length: 2\r\n\r\n{}", 415);
    row("another type", post + "Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}", 415);
    row("a form",
        post + "Content-Type: multipart/form-data; x=application/json\r\nContent-Length: 2\r\n\r\n",
        415);
    row("a packed body", request("{}", "Content-Encoding: gzip\r\n"), 415);
    row("another wish", request("{}", "Expect: everything\r\n"), 417);
    row("a large head", post + "A: " + QByteArray(HttpHead::sizeBytesMost, 'x'), 431);
    row("many headers", post + QByteArray("A: b\r\n").repeated(64) + "\r\n", 431);
}

void tst_HttpRequest::refusesWithTheRightStatus()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    QCOMPARE(statusOf(bytes), status);
}

void tst_HttpRequest::saysAProblemOnceAndReadsNoMore()
{
    const Config config;
    HttpRequestReader reader(config);
    reader.feed("nonsense\r\n\r\n" + request("{}"));
    const auto step = reader.next();
    QCOMPARE(std::get<HttpResponse>(step).connection, HttpResponse::Connection::Closed);
    QCOMPARE(reader.room(), 0);
    reader.feed(request("{}"));
    QVERIFY(std::holds_alternative<std::monostate>(reader.next()));
}

void tst_HttpRequest::takesTheLargestBodyAndRefusesOneByteMore()
{
    const Config config;
    HttpRequestReader reader(config);
    const qsizetype most = limits::clientFrameBytes + limits::pollEnvelopeBytes;
    QCOMPARE(reader.bodyBytesMost(), most);
    reader.feed(request(QByteArray(most, 'x')));
    QCOMPARE(std::get<HttpRequest>(reader.next()).body.size(), most);
    QCOMPARE(statusOf(request(QByteArray(most + 1, 'x'))), 413);
}

void tst_HttpRequest::boundsWhatItKeeps()
{
    const Config config;
    HttpRequestReader reader(config);
    const qsizetype most = reader.room();
    reader.feed(QByteArray(10 * most, 'x'));
    QCOMPARE(reader.room(), 0);
    QCOMPARE(std::get<HttpResponse>(reader.next()).status, 431);
}

void tst_HttpRequest::lowersTheBodyWithTheFrame()
{
    Config config;
    config.limits.announced.clientFrameBytes = 4096;
    QCOMPARE(statusOf(request(QByteArray(4096 + limits::pollEnvelopeBytes, 'x')), config), 200);
    QCOMPARE(statusOf(request(QByteArray(4097 + limits::pollEnvelopeBytes, 'x')), config), 413);
}

void tst_HttpRequest::saysContinueOnce()
{
    const Config config;
    HttpRequestReader reader(config);
    const QByteArray bytes = request("{}", "Expect: 100-continue\r\n");
    reader.feed(bytes.chopped(2));
    QVERIFY(std::holds_alternative<std::monostate>(reader.next()));
    QVERIFY(reader.takeContinueWish());
    QVERIFY(!reader.takeContinueWish());
    reader.feed("{}");
    QVERIFY(std::holds_alternative<HttpRequest>(reader.next()));
    // Who does not wait is not told to go on.
    reader.feed(bytes);
    QVERIFY(std::holds_alternative<HttpRequest>(reader.next()));
    QVERIFY(!reader.takeContinueWish());
}

void tst_HttpRequest::knowsWhoKeepsTheConnection()
{
    const auto keeps = [](const QByteArray &bytes) {
        const Config config;
        HttpRequestReader reader(config);
        reader.feed(bytes);
        return std::get<HttpRequest>(reader.next()).head.keepsAlive();
    };
    QVERIFY(keeps(request("{}")));
    QVERIFY(!keeps(request("{}", "Connection: Close\r\n")));
    QVERIFY(!keeps(request("{}", "Connection: x, close\r\n")));
    QVERIFY(!keeps(request("{}").replace("HTTP/1.1", "HTTP/1.0")));
}

void tst_HttpRequest::writesWholeResponses()
{
    const QByteArray good =
        HttpResponse{200, "application/json", "{}", HttpResponse::Connection::Kept}.bytes();
    QVERIFY(good.startsWith("HTTP/1.1 200 OK\r\n"));
    QVERIFY(good.contains("\r\nContent-Length: 2\r\n"));
    QVERIFY(good.contains("\r\nConnection: keep-alive\r\n"));
    QVERIFY(good.contains("\r\nCache-Control: no-store\r\n"));
    QVERIFY(good.endsWith("\r\n\r\n{}"));
    HttpResponse later = httpRefusal(429);
    later.retryAfterMs = 1'001;
    QVERIFY(later.bytes().contains("\r\nRetry-After: 2\r\n"));
    QVERIFY(httpRefusal(405).bytes().contains("\r\nAllow: "));
}

void tst_HttpRequest::survivesAnyRequest()
{
    const Config config;
    const QByteArray seed = request("{\"seq\":\"1\",\"ack\":\"0\"}", "Origin: x\r\n")
        + request("{}", "Expect: 100-continue\r\nConnection: keep-alive\r\n");
    QRandomGenerator generator(5);
    for (int i = 0; i < 20'000; ++i) {
        QByteArray bytes = seed;
        for (int changes = generator.bounded(0, 6); changes > 0; --changes)
            bytes[generator.bounded(int(bytes.size()))] = char(generator.bounded(256));
        HttpRequestReader reader(config);
        for (qsizetype at = 0; at < bytes.size();) {
            const qsizetype size = 1 + generator.bounded(200);
            reader.feed(bytes.mid(at, size));
            at += size;
            for (int step = 0; step < 3; ++step)
                (void)reader.next();
        }
    }
}

QTEST_GUILESS_MAIN(tst_HttpRequest)
#include "tst_httprequest.moc"
