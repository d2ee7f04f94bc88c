// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/simulation/crashingvfs.h"
#include "tests/simulation/stage.h"

#include <QtCore/QLoggingCategory>
#include <QtTest/QtTest>

using namespace parley;
using namespace parley::simulation;
using namespace Qt::StringLiterals;

namespace {

constexpr size_t ana = 0;
constexpr size_t ben = 1;
constexpr size_t companion = 3;
constexpr qint64 shortMs = 2'000;
constexpr qint64 dayMs = 86'400'000;
constexpr qint64 yearMs = 365 * dayMs;
constexpr int everything = 100'000;

/// A group of three in which Ana said two things and Ben one.
struct Story {
    explicit Story(const Stage::Scene &scene = {})
        : stage(scene)
        , chat(stage.group())
    {
        say(ana);
        say(ben);
        say(ana);
        stage.live(shortMs);
    }
    Device &device(size_t number) { return stage.device(number); }
    void say(size_t number, int times = 1)
    {
        for (int i = 0; i < times; ++i)
            stage.say(device(number), chat);
    }
    void want(size_t number, const Stage::Work &work) { stage.want(device(number), chat, work); }
    void remove(size_t number, const MessageId &message)
    {
        want(number, [this, message](ClientCore &core) { return core.remove(chat, message); });
    }
    void edit(size_t number, const MessageId &message, const QByteArray &text)
    {
        want(number, [this, message, text](ClientCore &core) {
            return core.edit(chat, message, ContentType::Text, text);
        });
    }
    void read(size_t number)
    {
        const qint64 upTo = device(number).core().chat(chat)->seq();
        want(number, [this, upTo](ClientCore &core) { return core.markRead(chat, upTo); });
    }
    /// What the device sends arrives, and the server decides on it; nothing comes back yet.
    void send(size_t number)
    {
        while (device(number).transmit()) { }
        while (stage.server().stepService()) { }
    }
    std::vector<Row> messages(size_t number)
    {
        std::vector<Row> rows = device(number).cache().rows(
            chat, Interval{1, head()}, Cache::Order::OldestFirst, everything);
        std::erase_if(rows, [](const Row &row) { return row.kind != Kind::Message; });
        return rows;
    }
    MessageId newestOf(size_t number)
    {
        for (const auto &rows = messages(number); const Row &row : rows) {
            if (row.sender == device(number).user)
                m_newest = row.id;
        }
        return m_newest;
    }
    qint64 head() { return stage.server().state().chats.at(chat).state->head; }
    bool isComplete(size_t number)
    {
        const Chat *known = device(number).core().chat(chat);
        return known && known->seq() == head();
    }
    std::optional<QString> end()
    {
        const auto wrong = stage.rest();
        return wrong ? wrong : stage.judge();
    }

    Stage stage;
    ChatId chat;

private:
    MessageId m_newest;
};

Stage::Scene onSqlite(double powerLoss)
{
    Stage::Scene scene;
    scene.store = StoreKind::Sqlite;
    scene.powerLoss = powerLoss;
    return scene;
}

} // namespace

#define VERIFY_WELL(story)                                                                         \
    do {                                                                                           \
        const auto wrong = (story).end();                                                          \
        QVERIFY2(!wrong, qPrintable(wrong.value_or(QString())));                                   \
    } while (false)

/// What went wrong in other products, by the number of its report: each is a scene here, on the
/// real cores of both sides.
class TestHistoric : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();

    // Lost
    void catchingUpOverlapsWhatIsLive();
    void aPageThatWasNotStoredIsAskedForAgain();
    void whatWasSentIntoADeadConnectionArrives();
    void aPushThatGotLostIsFoundWithoutReconnecting();
    void whatWasSaidInTheBackgroundIsThereOnReturn();
    void editsAndDeletionsMadeWhileOneIsAwayArrive();
    void aMessageIsNotLostBetweenUploadAndAnswer();
    void aConfirmedMessageSurvivesPowerLoss();
    void anEditMadeOfflineIsNotLost();
    void aDeletedMessageDoesNotComeBack();

    // Twice
    void aLostAnswerDoesNotDoubleTheMessage();
    void aRetryAfterAMonthIsNotASecondMessage();
    void aMessageIsNotDoubledWhereItIsHeardOfTwice();

    // Slow to come back
    void thousandMissedMessagesTakeNoWaiting();
    void aDeviceThatSleptNoticesItsDeadConnection();

    // Unread that lies
    void readingOnOneDeviceEmptiesTheOther();
    void deletedMessagesDoNotStayUnread();

    // Order, offline
    void aClockThatJumpsDoesNotChangeTheOrder();
    void oneReadsAndWritesWithoutAServer();
};

void TestHistoric::initTestCase()
{
    if (!CrashingVfs::isInUse())
        QSKIP("Qt's plugin for SQLite brings a library of its own: no disk can crash");
    QLoggingCategory::setFilterRules(u"*.warning=false\n*.critical=false"_s);
}

// mattermost/mattermost#16505: what is sent while the receiver reconnects never comes. Here it is
// sent after each step of the hand-over in turn.
void TestHistoric::catchingUpOverlapsWhatIsLive()
{
    for (int steps = 0; steps < 12; ++steps) {
        Story story;
        story.device(ben).disconnect();
        story.say(ana, 2);
        story.stage.deliver();
        story.device(ben).connect();
        ServerSide &server = story.stage.server();
        for (int i = 0; i < steps; ++i) {
            while (story.device(ben).transmit()) { }
            (void)(server.stepService() || server.stepReader() || server.stepMailbox()
                || story.device(ben).receive());
        }
        story.say(ana);
        story.send(ana);
        story.stage.deliver();
        QVERIFY(story.isComplete(ben));
        VERIFY_WELL(story);
    }
}

// Lost as in mattermost/mattermost#16505, by a cursor that moves before the rows are stored: the
// device dies at each of the first changes of its disk while a page is being stored.
void TestHistoric::aPageThatWasNotStoredIsAskedForAgain()
{
    int deaths = 0;
    for (int nth = 1; nth <= 12; ++nth) {
        Story story;
        story.device(ben).disconnect();
        story.say(ana, 5);
        story.stage.deliver();
        story.device(ben).connect();
        story.device(ben).dieAtStorage(nth);
        story.stage.deliver();
        deaths += story.device(ben).isOn() ? 0 : 1;
        VERIFY_WELL(story);
        QCOMPARE(story.messages(ben).size(), size_t(8));
    }
    QVERIFY(deaths > 0);
}

// processone/ejabberd#417: what is written to a socket that is dead, and nobody knows it yet.
void TestHistoric::whatWasSentIntoADeadConnectionArrives()
{
    Story story;
    story.device(ben).wire()->isSilent = true;
    story.say(ana, 3);
    story.stage.live(shortMs);
    QVERIFY(!story.isComplete(ben));
    VERIFY_WELL(story);
    QVERIFY(story.isComplete(ben));
}

// mattermost/mattermost#28073, RocketChat/Rocket.Chat.ReactNative#7547: what was sent is not shown
// until the app is started again. Here a push is lost over a connection that is well, and nobody
// reconnects: the digest finds it.
void TestHistoric::aPushThatGotLostIsFoundWithoutReconnecting()
{
    Story story;
    story.say(ana);
    story.send(ana);
    while (story.stage.server().stepMailbox()) { }
    const auto wire = story.device(ben).wire();
    while (!wire->toClient.empty())
        (void)wire->takeForClient();
    story.stage.deliver();
    QVERIFY(!story.isComplete(ben));
    story.stage.live((limits::digestEvery + 1) * limits::heartbeatMs);
    QVERIFY(story.isComplete(ben));
    QCOMPARE(story.device(ben).wire(), wire);
    VERIFY_WELL(story);
}

// Lost as in RocketChat/Rocket.Chat.ReactNative#7505: said while the app was in the background, and
// killed there.
void TestHistoric::whatWasSaidInTheBackgroundIsThereOnReturn()
{
    Story story;
    story.device(ben).sleep(dayMs);
    story.say(ana, 4);
    story.stage.live(shortMs);
    story.device(ben).crash(CrashingDisk::Crash::Kill);
    story.stage.pass(2 * dayMs);
    story.stage.meet();
    QVERIFY(story.isComplete(ben));
    VERIFY_WELL(story);
}

// RocketChat/Rocket.Chat#41759: edits and deletions that were made while one was away.
void TestHistoric::editsAndDeletionsMadeWhileOneIsAwayArrive()
{
    Story story;
    const std::vector<Row> before = story.messages(ben);
    story.device(ben).disconnect();
    story.edit(ana, before.front().id, "<sim:better>");
    story.remove(ana, before.back().id);
    story.stage.deliver();
    story.stage.meet();
    const std::vector<Row> after = story.messages(ben);
    QCOMPARE(after.front().payload, QByteArray("<sim:better>"));
    QVERIFY(after.back().deleted);
    QVERIFY(after.back().payload.isEmpty());
    VERIFY_WELL(story);
}

// The sender's side of the same: the server dies with what it was handed, before and after it has
// committed.
void TestHistoric::aMessageIsNotLostBetweenUploadAndAnswer()
{
    for (const bool isCommitted : {false, true}) {
        Story story(onSqlite(1));
        story.say(ana);
        while (story.device(ana).transmit()) { }
        while (isCommitted && story.stage.server().stepService()) { }
        story.stage.server().crash();
        story.stage.live(shortMs);
        VERIFY_WELL(story);
        QCOMPARE(story.messages(ben).size(), size_t(4));
    }
}

// The same once more, after the answer: what the person was told.
void TestHistoric::aConfirmedMessageSurvivesPowerLoss()
{
    Story story(onSqlite(1));
    story.say(ana);
    story.send(ana);
    while (story.stage.server().stepMailbox()) { }
    while (story.device(ana).receive()) { }
    QVERIFY(story.device(ana).core().outbox().isIdle());
    story.stage.server().crash();
    VERIFY_WELL(story);
    QCOMPARE(story.messages(ben).size(), size_t(4));
}

// RocketChat/Rocket.Chat#41759 from the writer's side: an edit without a network, and a power loss.
void TestHistoric::anEditMadeOfflineIsNotLost()
{
    Story story;
    const MessageId mine = story.newestOf(ana);
    story.device(ana).disconnect();
    story.edit(ana, mine, "<sim:better>");
    story.device(ana).crash(CrashingDisk::Crash::PowerLoss);
    VERIFY_WELL(story);
    QCOMPARE(
        story.stage.row(story.device(ben), story.chat, mine)->payload, QByteArray("<sim:better>"));
}

// RocketChat/Rocket.Chat#41759 once more: an edit made offline meets a deletion made meanwhile.
void TestHistoric::aDeletedMessageDoesNotComeBack()
{
    Story story;
    const MessageId message = story.newestOf(ben);
    story.device(ben).disconnect();
    story.edit(ben, message, "<sim:too late>");
    story.remove(ana, message);
    story.stage.deliver();
    VERIFY_WELL(story);
    for (size_t number = 0; number < story.stage.devices(); ++number) {
        const auto row = story.stage.row(story.device(number), story.chat, message);
        QVERIFY(row && row->deleted && row->payload.isEmpty());
    }
}

// Twice, as in zulip/zulip#31219: the answer is lost, the client sends again.
void TestHistoric::aLostAnswerDoesNotDoubleTheMessage()
{
    Story story;
    story.say(ana);
    for (int times = 0; times < 3; ++times) {
        story.send(ana);
        story.device(ana).disconnect();
        story.device(ana).connect();
        story.stage.server().stepReader();
    }
    VERIFY_WELL(story);
    QCOMPARE(story.messages(ben).size(), size_t(4));
}

// Twice, as in tinode/tindroid#44: sent again by a device that comes back late, to a server that
// restarted, beyond every window in which others remember.
void TestHistoric::aRetryAfterAMonthIsNotASecondMessage()
{
    Story story(onSqlite(0));
    story.say(ana);
    story.send(ana);
    story.device(ana).disconnect();
    story.stage.server().crash();
    story.stage.pass(40 * dayMs);
    story.device(ana).crash(CrashingDisk::Crash::Kill);
    VERIFY_WELL(story);
    QCOMPARE(story.messages(ana).size(), size_t(4));
}

// Twice, as in zulip/zulip-flutter#1929: one's own message, as what was sent and as what is heard.
void TestHistoric::aMessageIsNotDoubledWhereItIsHeardOfTwice()
{
    Story story;
    story.stage.addDevice(ana);
    story.stage.live(shortMs);
    story.say(ana);
    story.send(ana);
    // The answer is lost; what it stands for is heard of by catching up.
    story.device(ana).disconnect();
    story.device(ana).connect();
    story.stage.deliver();
    for (const size_t number : {ana, companion}) {
        QCOMPARE(story.messages(number).size(), size_t(4));
        QVERIFY(story.device(number).core().outbox().isIdle());
    }
    VERIFY_WELL(story);
}

// signalapp/Signal-Desktop#7204, element-hq/element-web#27318: minutes until what was missed is
// there. Nothing here waits for time.
void TestHistoric::thousandMissedMessagesTakeNoWaiting()
{
    Story story;
    story.device(ben).disconnect();
    for (int i = 0; i < 1'000 / int(limits::batchOperations); ++i) {
        story.say(ana, int(limits::batchOperations));
        story.stage.deliver();
    }
    const qint64 before = story.stage.server().nowMs;
    story.stage.meet();
    QVERIFY(story.isComplete(ben));
    QCOMPARE(story.stage.server().nowMs, before);
    VERIFY_WELL(story);
}

// telegramdesktop/tdesktop#536, mattermost/desktop#2269: a connection that died while the machine
// slept, and looks well.
void TestHistoric::aDeviceThatSleptNoticesItsDeadConnection()
{
    Story story;
    story.device(ben).wire()->isSilent = true;
    story.device(ben).sleep(3'600'000);
    story.say(ana);
    story.stage.pass(3'600'001);
    // Awake: the first look at the clock tells how long nothing was heard.
    story.stage.meet();
    story.stage.pass(1);
    story.stage.meet();
    QVERIFY(story.isComplete(ben));
    VERIFY_WELL(story);
}

// Unread that lies, as in element-hq/element-web#25479: read on one device, unread on the other.
void TestHistoric::readingOnOneDeviceEmptiesTheOther()
{
    Story story;
    story.stage.addDevice(ana);
    story.say(ben, 3);
    story.stage.live(shortMs);
    QVERIFY(story.stage.unread(story.device(companion), story.chat) > 0);
    story.device(companion).disconnect();
    story.read(ana);
    story.stage.live(shortMs);
    for (const size_t number : {ana, companion})
        QCOMPARE(story.stage.unread(story.device(number), story.chat), 0);
    VERIFY_WELL(story);
}

// Unread that lies, as in RocketChat/Rocket.Chat#20657: after deletions, and reading offline, it
// does not go to zero.
void TestHistoric::deletedMessagesDoNotStayUnread()
{
    Story story;
    story.say(ben, 3);
    story.stage.live(shortMs);
    const MessageId deleted = story.newestOf(ben);
    story.device(ana).disconnect();
    story.remove(ben, deleted);
    story.stage.deliver();
    story.read(ana);
    story.device(ana).crash(CrashingDisk::Crash::Kill);
    story.stage.live(shortMs);
    QCOMPARE(story.stage.unread(story.device(ana), story.chat), 0);
    VERIFY_WELL(story);
}

// Order, as in signalapp/Signal-Desktop#2424: clocks of devices that are wrong.
void TestHistoric::aClockThatJumpsDoesNotChangeTheOrder()
{
    Story story;
    const auto sayNext = [&](size_t number, qint64 jumpMs) {
        story.device(number).jumpClock(jumpMs);
        story.say(number);
        story.stage.live(shortMs);
        return story.newestOf(number);
    };
    const std::vector<MessageId> said{sayNext(ana, 3 * yearMs), sayNext(ben, 0),
        sayNext(ana, -6 * yearMs), sayNext(ben, yearMs), sayNext(ana, 0)};
    for (size_t number = 0; number < story.stage.devices(); ++number) {
        const std::vector<Row> rows = story.messages(number);
        QCOMPARE(rows.size(), said.size() + 3);
        for (size_t i = 0; i < said.size(); ++i)
            QCOMPARE(rows[i + 3].id, said[i]);
    }
    VERIFY_WELL(story);
}

// Offline, as in zulip/zulip-flutter#2446: one reads and writes without a network.
void TestHistoric::oneReadsAndWritesWithoutAServer()
{
    Story story;
    story.device(ana).disconnect();
    story.device(ana).crash(CrashingDisk::Crash::PowerLoss);
    QCOMPARE(story.messages(ana).size(), size_t(3));
    story.say(ana);
    story.device(ana).crash(CrashingDisk::Crash::PowerLoss);
    QCOMPARE(story.device(ana).core().outbox().items(story.chat).size(), size_t(1));
    VERIFY_WELL(story);
    QCOMPARE(story.messages(ben).size(), size_t(4));
}

QTEST_GUILESS_MAIN(TestHistoric)
#include "tst_historic.moc"
