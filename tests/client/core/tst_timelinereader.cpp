// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/client/support/talk.h"

using namespace parley;

class TimelineReaderTest : public QObject {
    Q_OBJECT
private slots:
    void init();
    void readsTheNewestFirstFromTheEnd();
    void readsBackwardsOverAHole();
    void readsForwardsOverAHole();
    void readsAroundAMessage();
    void saysWhenAMessageIsNotHeld();
    void pagesThroughEverythingOnceInBothDirections();
    void laysWaitingChangesOverTheirRows();
    void showsARefusedEditAtItsRow();
    void showsRepliesToMessagesThatWait();
    void putsWaitingMessagesBehindEverything();
    void tellsWhatChangedOnce();

private:
    WindowRequest request(WindowRequest::From from, qint64 seq, int limit = 60) const;
    TimelineWindow window(const WindowRequest &asked);

    std::unique_ptr<Talk> m_talk;
    std::unique_ptr<ChatLog> m_log;
};

/// 300 messages: 51..150 are a hole, as after scrolling far up.
void TimelineReaderTest::init()
{
    m_talk = std::make_unique<Talk>();
    m_log = std::make_unique<ChatLog>(chatNumber(1), Talk::me(), std::vector<UserId>{Talk::anna()});
    for (int i = 2; i <= 300; ++i)
        m_log->post(Talk::anna(), QString::number(i));
    m_talk->signIn({m_log.get()});
    m_talk->core().wantHistory(m_log->chat(), 151, 250);
    m_talk->reply(m_log->history(m_talk->expect<History>()));
    m_talk->core().wantHistory(m_log->chat(), 1, 50);
    m_talk->reply(m_log->history(m_talk->expect<History>()));
    QCOMPARE(m_talk->core().chat(m_log->chat())->held.all(),
        (std::vector<Interval>{{1, 50}, {151, 300}}));
    (void)m_talk->core().takeChanges();
}

WindowRequest TimelineReaderTest::request(WindowRequest::From from, qint64 seq, int limit) const
{
    WindowRequest asked;
    asked.chat = m_log->chat();
    asked.from = from;
    asked.key = {seq, 0};
    asked.limit = limit;
    return asked;
}

TimelineWindow TimelineReaderTest::window(const WindowRequest &asked)
{
    return m_talk->core().screen().timelines().window(*m_talk->core().chat(asked.chat), asked);
}

void TimelineReaderTest::readsTheNewestFirstFromTheEnd()
{
    const auto read = window(request(WindowRequest::From::Newest, 0, 40));
    QCOMPARE(read.rows.size(), size_t(40));
    QCOMPARE(read.rows.front().key.seq, 261);
    QCOMPARE(read.rows.back().key.seq, 300);
    QVERIFY(read.reachesEnd && !read.reachesStart && read.holes.empty());
}

void TimelineReaderTest::readsBackwardsOverAHole()
{
    const auto read = window(request(WindowRequest::From::Before, 161, 20));
    QCOMPARE(read.rows.size(), size_t(20));
    QCOMPARE(read.holes, (std::vector<TimelineHole>{{51, 150}}));
    QCOMPARE(read.rows[9].key.seq, 50);
    QCOMPARE(read.rows[10].key.seq, 151);
}

void TimelineReaderTest::readsForwardsOverAHole()
{
    const auto read = window(request(WindowRequest::From::After, 45, 10));
    QCOMPARE(read.rows.size(), size_t(10));
    QCOMPARE(read.rows.front().key.seq, 46);
    QCOMPARE(read.rows.back().key.seq, 155);
    QCOMPARE(read.holes, (std::vector<TimelineHole>{{51, 150}}));
    QVERIFY(!read.reachesEnd);
    QVERIFY(window(request(WindowRequest::From::After, 290, 10)).reachesEnd);
}

void TimelineReaderTest::readsAroundAMessage()
{
    WindowRequest asked = request(WindowRequest::From::Around, 0, 20);
    asked.message = m_log->rowsIn(200, 200).front().id;
    const auto read = window(asked);
    QCOMPARE(*read.found, (TimelineKey{200, 0}));
    QCOMPARE(read.rows.front().key.seq, 190);
    QCOMPARE(read.rows.back().key.seq, 210);
}

void TimelineReaderTest::saysWhenAMessageIsNotHeld()
{
    WindowRequest asked = request(WindowRequest::From::Around, 100, 10);
    asked.message = m_log->rowsIn(100, 100).front().id;
    const auto read = window(asked);
    QVERIFY(!read.found);
    QCOMPARE(read.holes, (std::vector<TimelineHole>{{51, 150}}));
    QCOMPARE(read.rows.front().key.seq, 45);
    QCOMPARE(read.rows.back().key.seq, 155);
}

void TimelineReaderTest::pagesThroughEverythingOnceInBothDirections()
{
    QVERIFY(m_talk->core().compose(m_log->chat(), m_talk->text(QStringLiteral("w1"))));
    QVERIFY(m_talk->core().compose(m_log->chat(), m_talk->text(QStringLiteral("w2"))));
    std::vector<TimelineKey> backwards;
    TimelineWindow read = window(request(WindowRequest::From::Newest, 0, 7));
    for (;;) {
        for (auto row = read.rows.rbegin(); row != read.rows.rend(); ++row)
            backwards.push_back(row->key);
        if (read.reachesStart)
            break;
        WindowRequest next = request(WindowRequest::From::Before, 0, 7);
        next.key = backwards.back();
        read = window(next);
    }
    QCOMPARE(backwards.size(), size_t(49 + 150 + 2));
    QVERIFY(std::ranges::is_sorted(backwards, std::ranges::greater{}));

    std::vector<TimelineKey> forwards;
    read = window(request(WindowRequest::From::After, 0, 7));
    for (;;) {
        for (const TimelineRow &row : read.rows)
            forwards.push_back(row.key);
        if (read.reachesEnd)
            break;
        WindowRequest next = request(WindowRequest::From::After, 0, 7);
        next.key = forwards.back();
        read = window(next);
    }
    std::ranges::reverse(forwards);
    QVERIFY(forwards == backwards);
}

void TimelineReaderTest::laysWaitingChangesOverTheirRows()
{
    m_talk->disconnect();
    const MessageId target = m_log->rowsIn(300, 300).front().id;
    auto &core = m_talk->core();
    QVERIFY(
        core.edit(m_log->chat(), target, ContentType::Text, textPayload(QStringLiteral("new"))));
    QVERIFY(core.react(m_log->chat(), target, QStringLiteral("+")));
    auto row = m_talk->newest(m_log->chat()).rows.back();
    QCOMPARE(textOf(row.row), QStringLiteral("new"));
    QVERIFY(row.hasWaitingChange && row.row.editedAt);
    QCOMPARE(row.row.reactions, (std::vector<Reaction>{{QStringLiteral("+"), {Talk::me()}}}));
    QVERIFY(core.unreact(m_log->chat(), target, QStringLiteral("+")));
    QVERIFY(m_talk->newest(m_log->chat()).rows.back().row.reactions.empty());
    QVERIFY(core.remove(m_log->chat(), target));
    row = m_talk->newest(m_log->chat()).rows.back();
    QVERIFY(row.row.deleted && row.row.payload.isEmpty());
    // The stored row is untouched: only the server says what it is.
    QCOMPARE(textOf(*m_talk->cache().row(m_log->chat(), target)), QStringLiteral("300"));
}

void TimelineReaderTest::showsARefusedEditAtItsRow()
{
    const MessageId target = m_log->rowsIn(300, 300).front().id;
    QVERIFY(m_talk->core().edit(
        m_log->chat(), target, ContentType::Text, textPayload(QStringLiteral("new"))));
    const auto send = m_talk->expect<Send>();
    OperationResult refused;
    refused.id = send.operations.front().id;
    refused.error = ErrorCode::Forbidden;
    m_talk->reply(SendReply{{refused}});
    const auto row = m_talk->newest(m_log->chat()).rows.back();
    QCOMPARE(textOf(row.row), QStringLiteral("300"));
    QCOMPARE(*row.failure, ErrorCode::Forbidden);
    QCOMPARE(*row.operation, refused.id);
    QVERIFY(m_talk->core().discard(m_log->chat(), refused.id));
    QVERIFY(!m_talk->newest(m_log->chat()).rows.back().failure);
}

void TimelineReaderTest::showsRepliesToMessagesThatWait()
{
    m_talk->disconnect();
    const auto first = m_talk->core().compose(m_log->chat(), m_talk->text(QStringLiteral("one")));
    NewMessage answer = m_talk->text(QStringLiteral("two"));
    answer.replyTo = *first;
    QVERIFY(m_talk->core().compose(m_log->chat(), answer));
    const auto row = m_talk->newest(m_log->chat()).rows.back();
    QCOMPARE(textOf(*row.quoted), QStringLiteral("one"));
}

void TimelineReaderTest::putsWaitingMessagesBehindEverything()
{
    m_talk->disconnect();
    QVERIFY(m_talk->core().compose(m_log->chat(), m_talk->text(QStringLiteral("waits"))));
    m_talk->connect();
    m_talk->welcome();
    m_log->post(Talk::anna(), QStringLiteral("301"));
    m_talk->inject(HandedOver{m_log->page(Talk::me(), {m_log->chat(), 300, 1})});
    const auto texts = m_talk->texts(m_log->chat());
    QCOMPARE(texts.last(), QStringLiteral("waits"));
    QCOMPARE(texts[texts.size() - 2], QStringLiteral("301"));
}

void TimelineReaderTest::tellsWhatChangedOnce()
{
    m_log->post(Talk::anna(), QStringLiteral("301"));
    m_log->edit(Talk::anna(), m_log->rowsIn(301, 301).front().id, QStringLiteral("301, edited"));
    m_log->edit(Talk::anna(), m_log->rowsIn(100, 100).front().id, QStringLiteral("unseen"));
    m_talk->inject(m_log->push(301, 303));
    const Changes changes = m_talk->core().takeChanges();
    QCOMPARE(changes.timelines.size(), size_t(1));
    QVERIFY(!changes.timelines[0].isReset);
    QCOMPARE(changes.timelines[0].rows.size(), size_t(1));
    QCOMPARE(textOf(changes.timelines[0].rows[0].row), QStringLiteral("301, edited"));
    QCOMPARE(changes.chats.size(), size_t(1));
    QVERIFY(m_talk->core().takeChanges().isEmpty());
    m_talk->core().wantHistory(m_log->chat(), 51, 150);
    m_talk->reply(m_log->history(m_talk->expect<History>()));
    const Changes filled = m_talk->core().takeChanges();
    QVERIFY(filled.timelines[0].isReset);
    QCOMPARE(filled.timelines[0].filled, (std::vector<TimelineHole>{{51, 150}}));
}

QTEST_GUILESS_MAIN(TimelineReaderTest)
#include "tst_timelinereader.moc"
