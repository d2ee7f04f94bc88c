// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/protocol/text.h"
#include "shared/uuid7.h"
#include "tests/bench/hotframes.h"
#include "tests/bench/websocket.h"

#include <QtTest/QTest>

namespace parley::bench {

namespace {

QByteArray bytesOf(std::string_view view)
{
    return QByteArray(view.data(), static_cast<qsizetype>(view.size()));
}

std::string_view viewOf(const QByteArray &bytes)
{
    return std::string_view(bytes.constData(), static_cast<size_t>(bytes.size()));
}

// As a server sends it: without a mask.
std::string serverFrame(quint8 first, const std::string &payload)
{
    std::string frame{char(first)};
    if (payload.size() < 126) {
        frame.push_back(char(payload.size()));
    } else {
        frame += {char(126), char(payload.size() >> 8), char(payload.size() & 0xFF)};
    }
    return frame + payload;
}

} // namespace

class HotFramesTest : public QObject {
    Q_OBJECT
private slots:
    void namesAMessageByAUuid();
    void writesASendThatTheCodecReads();
    void writesAMarkThatTheCodecReads();
    void readsAPush();
    void readsASendReply();
    void readsNothingThatIsCutOff();
    void masksWhatTheServerUnmasks();
    void putsFragmentsTogether();
    void waitsForAWholeFrame();
};

void HotFramesTest::namesAMessageByAUuid()
{
    const MessageNumber number{0x0ABC, 0x3FFFFF, 0xFFFFFFFFFF};
    const MessageId id = number.id(1'700'000'000'123);
    QVERIFY(Uuid7::isVersion7(id));
    QCOMPARE(Uuid7::timeMs(id), 1'700'000'000'123);
    const auto read = MessageNumber::of(viewOf(id.bytes()));
    QCOMPARE(read.run, number.run);
    QCOMPARE(read.voice, number.voice);
    QCOMPARE(read.message, number.message);
}

void HotFramesTest::writesASendThatTheCodecReads()
{
    SystemRandom random;
    const auto chat = random.id<ChatId>();
    for (const size_t count : {1U, 2U, 32U}) {
        const SendTemplate frame("payload", count);
        std::string out = "before";
        frame.append(out, 7, chat, {1, 2, 3}, 1'700'000'000'000);
        const auto read = decodeCommand(bytesOf(out).mid(6));
        QVERIFY(std::holds_alternative<ClientFrame>(read));
        const auto &command = std::get<ClientFrame>(read);
        QCOMPARE(command.request, 7U);
        const auto &send = std::get<Send>(command.command);
        QCOMPARE(send.chat, chat);
        QCOMPARE(send.operations.size(), count);
        for (size_t i = 0; i < count; ++i) {
            QCOMPARE(send.operations[i].payload, "payload");
            QCOMPARE(MessageNumber::of(viewOf(send.operations[i].id.bytes())).message, 3 + i);
        }
    }
}

void HotFramesTest::writesAMarkThatTheCodecReads()
{
    SystemRandom random;
    const auto chat = random.id<ChatId>();
    std::string out;
    MarkTemplate().append(out, 9, chat, 41);
    const auto read = decodeCommand(bytesOf(out));
    QVERIFY(std::holds_alternative<ClientFrame>(read));
    QCOMPARE(std::get<ClientFrame>(read).request, 9U);
    QVERIFY((std::get<MarkUp>(std::get<ClientFrame>(read).command) == MarkUp{chat, 41, 0}));
}

void HotFramesTest::readsAPush()
{
    SystemRandom random;
    Pushed pushed;
    pushed.chat = random.id<ChatId>();
    for (const qint64 seq : {70'000, 70'001}) {
        Entry entry;
        entry.seq = seq;
        entry.id = random.id<MessageId>();
        entry.actor = random.id<UserId>();
        entry.row.emplace().payload = QByteArray(300, 'x');
        pushed.entries.push_back(entry);
    }
    pushed.marks.push_back(Mark{random.id<UserId>(), 12, 300});
    const QByteArray frame = encodeEvent(pushed);
    const Glance glance = glanceAt(viewOf(frame));
    QVERIFY(glance.isGood);
    QCOMPARE(bytesOf(glance.type), "push");
    QCOMPARE(glance.request, 0U);

    std::string_view chat;
    size_t entries = 0;
    size_t marks = 0;
    QVERIFY(readPush(
        glance.body, chat,
        [&](const EntryGlance &entry) {
            QCOMPARE(entry.seq, quint64(pushed.entries[entries].seq));
            QCOMPARE(entry.kind, quint64(Kind::Message));
            QCOMPARE(bytesOf(entry.id), pushed.entries[entries].id.bytes());
            QCOMPARE(bytesOf(entry.actor), pushed.entries[entries].actor.bytes());
            ++entries;
        },
        [&](const MarkGlance &mark) {
            QCOMPARE(bytesOf(mark.user), pushed.marks[marks].user.bytes());
            QCOMPARE(mark.delivered, 12U);
            QCOMPARE(mark.read, 300U);
            ++marks;
        }));
    QCOMPARE(bytesOf(chat), pushed.chat.bytes());
    QCOMPARE(entries, 2U);
    QCOMPARE(marks, 1U);
}

void HotFramesTest::readsASendReply()
{
    SystemRandom random;
    SendReply reply;
    reply.results.resize(2);
    reply.results[0].id = random.id<MessageId>();
    reply.results[0].seq = 300;
    reply.results[1].error = ErrorCode::RateLimited;
    const QByteArray frame = encodeReply(5, reply);
    const Glance glance = glanceAt(viewOf(frame));
    QVERIFY(glance.isGood);
    QCOMPARE(glance.request, 5U);
    std::vector<ResultGlance> results;
    QVERIFY(readSendReply(glance.body, [&](const auto &result) { results.push_back(result); }));
    QCOMPARE(results.size(), 2U);
    QCOMPARE(bytesOf(results[0].id), reply.results[0].id.bytes());
    QCOMPARE(results[0].seq, 300U);
    QCOMPARE(results[0].error, 0U);
    QCOMPARE(results[1].error, quint64(ErrorCode::RateLimited));
}

void HotFramesTest::readsNothingThatIsCutOff()
{
    Pushed pushed;
    pushed.entries.resize(3);
    const QByteArray frame = encodeEvent(pushed);
    for (qsizetype size = 0; size < frame.size(); ++size) {
        // A copy of that size, so that reading beyond it would be noticed.
        const std::string cut(frame.constData(), static_cast<size_t>(size));
        QVERIFY(!glanceAt(cut).isGood);
        std::string_view chat;
        QVERIFY(!readPush(
            cut, chat, [](const auto &) {}, [](const auto &) {}));
    }
}

void HotFramesTest::masksWhatTheServerUnmasks()
{
    for (const size_t size : {0U, 1U, 7U, 8U, 125U, 126U, 65'535U, 65'536U}) {
        const std::string payload(size, 'p');
        std::string out;
        const size_t at = beginFrame(out, Opcode::Binary, size);
        out.append(payload);
        endFrame(out, at);
        const size_t headBytes = size < 126 ? 2 : size < 65'536 ? 4 : 10;
        QCOMPARE(out.size(), headBytes + 4 + size);
        QCOMPARE(at, headBytes + 4);
        for (size_t i = 0; i < size; ++i)
            QCOMPARE(char(out[at + i] ^ out[headBytes + i % 4]), payload[i]);
    }
}

void HotFramesTest::putsFragmentsTogether()
{
    const std::string wire = serverFrame(0x02, "one ") + serverFrame(0x89, "ping")
        + serverFrame(0x00, "two ") + serverFrame(0x80, "three") + serverFrame(0x82, "next");
    std::string_view bytes = wire;
    FrameReader reader;
    QCOMPARE(reader.next(bytes)->opcode, Opcode::Ping);
    const auto whole = reader.next(bytes);
    QCOMPARE(whole->opcode, Opcode::Binary);
    QCOMPARE(bytesOf(whole->payload), "one two three");
    QCOMPARE(bytesOf(reader.next(bytes)->payload), "next");
    QVERIFY(!reader.next(bytes));
    QVERIFY(bytes.empty());
}

void HotFramesTest::waitsForAWholeFrame()
{
    const std::string wire = serverFrame(0x82, std::string(200, 'x'));
    for (size_t size = 0; size < wire.size(); ++size) {
        std::string_view bytes = std::string_view(wire).substr(0, size);
        FrameReader reader;
        QVERIFY(!reader.next(bytes));
        QCOMPARE(bytes.size(), size);
    }
}

} // namespace parley::bench

QTEST_GUILESS_MAIN(parley::bench::HotFramesTest)
#include "tst_hotframes.moc"
