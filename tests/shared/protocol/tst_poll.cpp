// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "sample.h"
#include "shared/protocol/jsonframes.h"
#include "shared/protocol/poll.h"

#include <QtTest/QtTest>

using namespace parley;
using namespace Qt::StringLiterals;

/// Long polling without any network: numbers, bodies, and frames as JSON.
class tst_Poll : public QObject {
    Q_OBJECT

private slots:
    void carriesEveryBody();
    void takesABodyWithoutFrames();
    void refusesBadBodies_data();
    void refusesBadBodies();
    void takesTheMostFramesAndRefusesOneMore();
    void takesTheLongestNameAndRefusesALongerOne();
    void keepsFramesUntilTheyAreAcknowledged();
    void givesNoMoreThanFitsButAtLeastOne();
    void tellsNewFramesFromKnownOnes();
    void survivesAnyNumbers();
    void carriesEveryCommandAndItsReply();
    void carriesEveryEvent();
    void carriesRefusals();
    void passesUnknownEventsOn();
    void answersWhatBelongsToNoRequestWithAnError();
    void forgetsWhatWasAnswered();
};

void tst_Poll::carriesEveryBody()
{
    const std::vector<QByteArray> frames{R"({"a":1})", R"({"b":[2]})"};
    for (quint32 seed = 1; seed < 50; seed += 7) {
        const Poll poll = sample<Poll>(seed);
        const auto there = decodePoll(encodePoll(poll, frames));
        QVERIFY(there);
        QCOMPARE(there->head, poll);
        QCOMPARE(there->frames, frames);
        const Polled polled = sample<Polled>(seed);
        const auto back = decodePolled(encodePolled(polled, {}));
        QVERIFY(back);
        QCOMPARE(back->head, polled);
        QVERIFY(back->frames.empty());
    }
}

void tst_Poll::takesABodyWithoutFrames()
{
    const auto body = decodePoll(R"({"seq":"1","ack":"0","later":true})");
    QVERIFY(body);
    QVERIFY(!body->head.session);
    QVERIFY(!body->head.close);
    QVERIFY(body->frames.empty());
}

void tst_Poll::refusesBadBodies_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("half") << QByteArray(R"({"seq":"1","ack")");
    QTest::newRow("a list") << QByteArray("[]");
    QTest::newRow("no numbers") << QByteArray("{}");
    QTest::newRow("numbers that are no text") << QByteArray(R"({"seq":1,"ack":0})");
    QTest::newRow("a number out of range")
        << QByteArray(R"({"seq":"99999999999999999999","ack":"0"})");
    QTest::newRow("frames that are no list") << QByteArray(R"({"seq":"1","ack":"0","frames":{}})");
    QTest::newRow("a frame that is no object")
        << QByteArray(R"({"seq":"1","ack":"0","frames":[1]})");
    QTest::newRow("a name that is no text") << QByteArray(R"({"seq":"1","ack":"0","session":5})");
    QTest::newRow("very deep") << QByteArray(100'000, '[');
}

void tst_Poll::refusesBadBodies()
{
    QFETCH(QByteArray, json);
    QVERIFY(!decodePoll(json));
    QVERIFY(!decodePolled(json));
}

void tst_Poll::takesTheMostFramesAndRefusesOneMore()
{
    const QByteArray frame("{}");
    const auto count = size_t(limits::arrayItems);
    QVERIFY(decodePoll(encodePoll({}, std::vector<QByteArray>(count, frame))));
    QVERIFY(!decodePoll(encodePoll({}, std::vector<QByteArray>(count + 1, frame))));
}

void tst_Poll::takesTheLongestNameAndRefusesALongerOne()
{
    Poll poll;
    poll.session = QString(limits::pollSessionBytes, u'x');
    QVERIFY(decodePoll(encodePoll(poll, {})));
    *poll.session += u'x';
    QVERIFY(!decodePoll(encodePoll(poll, {})));
}

void tst_Poll::keepsFramesUntilTheyAreAcknowledged()
{
    NumberedFrames frames;
    QVERIFY(frames.isEmpty());
    QCOMPARE(frames.last(), 0);
    frames.push("one");
    frames.push("two");
    frames.push("three");
    QCOMPARE(frames.last(), 3);
    QCOMPARE(frames.bytes(), 11);
    QCOMPARE(frames.from(1, 1000), (std::vector<QByteArray>{"one", "two", "three"}));
    // As often as it is asked.
    QCOMPARE(frames.from(2, 1000), (std::vector<QByteArray>{"two", "three"}));
    QVERIFY(frames.acknowledge(2));
    QVERIFY(!frames.acknowledge(1));
    QCOMPARE(frames.first(), 3);
    QCOMPARE(frames.bytes(), 5);
    QCOMPARE(frames.from(1, 1000), std::vector<QByteArray>{"three"});
    QVERIFY(frames.acknowledge(3));
    QVERIFY(frames.isEmpty());
    QCOMPARE(frames.last(), 3);
    frames.push("four");
    QCOMPARE(frames.first(), 4);
    QVERIFY(frames.from(5, 1000).empty());
}

void tst_Poll::givesNoMoreThanFitsButAtLeastOne()
{
    NumberedFrames frames;
    for (int i = 0; i < 2'000; ++i)
        frames.push(QByteArray(9, 'x'));
    QCOMPARE(frames.from(1, 100).size(), size_t(10));
    QCOMPARE(frames.from(1, 99).size(), size_t(9));
    QCOMPARE(frames.from(1, 0).size(), size_t(1));
    QCOMPARE(frames.from(1, 1'000'000).size(), size_t(limits::arrayItems));
}

void tst_Poll::tellsNewFramesFromKnownOnes()
{
    ArrivedFrames arrived;
    QCOMPARE(arrived.known(1, 3), std::optional<size_t>(0));
    QCOMPARE(arrived.known(2, 3), std::nullopt); // the first is missing
    arrived.take();
    arrived.take();
    QCOMPARE(arrived.last(), 2);
    QCOMPARE(arrived.known(1, 3), std::optional<size_t>(2));
    QCOMPARE(arrived.known(1, 1), std::optional<size_t>(1));
    QCOMPARE(arrived.known(3, 1), std::optional<size_t>(0));
    QCOMPARE(arrived.known(4, 1), std::nullopt);
    QCOMPARE(arrived.known(3, 0), std::optional<size_t>(0));
}

void tst_Poll::survivesAnyNumbers()
{
    ArrivedFrames arrived;
    arrived.take();
    constexpr qint64 most = std::numeric_limits<qint64>::max();
    constexpr qint64 least = std::numeric_limits<qint64>::min();
    for (const qint64 seq : {most, least, qint64(0), qint64(-1)})
        QCOMPARE(arrived.known(seq, 5), std::nullopt);
}

void tst_Poll::carriesEveryCommandAndItsReply()
{
    RequestNumber request = 0;
    Commands::forEach([&]<typename T>() {
        JsonFrames client;
        JsonFrames server;
        const T command = sample<T>(++request);
        const auto read = server.readCommand(client.writeCommand({request, command}));
        const auto *frame = std::get_if<ClientFrame>(&read);
        QVERIFY2(frame, T::name);
        QCOMPARE(frame->request, request);
        QVERIFY2(std::get<T>(frame->command) == command, T::name);
        const auto reply = sample<typename T::Reply>(request + 100);
        const QByteArray json = server.writeServerFrame(encodeReply(request, reply));
        const auto back = client.readServerFrame(json);
        QVERIFY2(back, T::name);
        const auto *answer = std::get_if<Answer>(&*back);
        QVERIFY2(answer && answer->request == request, T::name);
        QCOMPARE(answer->body, toCbor(reply));
    });
}

void tst_Poll::carriesEveryEvent()
{
    Events::forEach([]<typename T>() {
        JsonFrames frames;
        const Event event = sample<T>(9);
        const auto back = frames.readServerFrame(frames.writeServerFrame(encodeEvent(event)));
        QVERIFY2(back, T::name);
        QVERIFY2(std::get<T>(std::get<Event>(*back)) == std::get<T>(event), T::name);
    });
}

void tst_Poll::carriesRefusals()
{
    JsonFrames client;
    JsonFrames server;
    (void)server.readCommand(client.writeCommand({7, Devices{}}));
    const Refusal refusal = sample<Refusal>(3);
    const auto back = client.readServerFrame(server.writeServerFrame(encodeRefusal(7, refusal)));
    QVERIFY(back);
    QCOMPARE(std::get<Refused>(*back).request, 7u);
    QCOMPARE(std::get<Refused>(*back).refusal, refusal);
    QCOMPARE(client.awaited(), size_t(0));
    QCOMPARE(server.awaited(), size_t(0));
}

void tst_Poll::passesUnknownEventsOn()
{
    JsonFrames frames;
    const auto read = frames.readServerFrame(R"({"type":"fireworks","body":{}})");
    QVERIFY(read);
    QCOMPARE(std::get<UnknownEvent>(*read).type, u"fireworks"_s);
    QVERIFY(!frames.readServerFrame("{}"));
    QVERIFY(!frames.readServerFrame("[]"));
    QVERIFY(!frames.readServerFrame(R"({"type":"closing","body":{}})"));
}

void tst_Poll::answersWhatBelongsToNoRequestWithAnError()
{
    JsonFrames client;
    JsonFrames server;
    (void)client.writeCommand({5, Devices{}});
    const auto back =
        client.readServerFrame(server.writeServerFrame(encodeReply(5, DevicesReply{})));
    QVERIFY(back);
    QCOMPARE(std::get<Refused>(*back).refusal.code, ErrorCode::Internal);
    // A server that answers what nobody asked is none.
    QVERIFY(!client.readServerFrame(R"({"type":"ok","request":5,"body":{}})"));
}

void tst_Poll::forgetsWhatWasAnswered()
{
    JsonFrames server;
    for (RequestNumber request = 1; request <= 1'000; ++request) {
        (void)server.readCommand(commandToJson(request, Devices{}));
        (void)server.writeServerFrame(encodeReply(request, DevicesReply{}));
    }
    QCOMPARE(server.awaited(), size_t(0));
}

QTEST_GUILESS_MAIN(tst_Poll)
#include "tst_poll.moc"
