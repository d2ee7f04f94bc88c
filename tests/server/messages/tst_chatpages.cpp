// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/server/messages/conversation.h"

using namespace parley;

class TestChatPages : public QObject {
    Q_OBJECT

private slots:
    void opensAChatThatTheDeviceNeverSaw();
    void replaysWhatWasMissed();
    void handsOverAnUpToDateChatWithoutEntries();
    void replaysTheLastThousandAndOpensBeyond();
    void pushesNothingBeforeTheHandOver();
    void leavesNoGapAtTheHandOver();
    void pushesNothingToASessionThatCatchesUpAgain();
    void keepsAPageWithinItsBytes();
    void keepsAnOpenedWithinItsBytes();
    void carriesTheGenerationOfTheRequest();
    void namesTheOwnEntriesOfAnOpenedChat();
    void answersNothingToASessionThatLeft();
};

void TestChatPages::opensAChatThatTheDeviceNeverSaw()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    const ChatId chat = world.group(ana, {});
    for (int i = 0; i < 60; ++i)
        ana.say(chat, QByteArray::number(i));
    const PageReply page = ana.open(chat);
    QVERIFY(page.opened);
    QVERIFY(page.entries.empty());
    QCOMPARE(page.opened->rows.size(), size_t(limits::openRows));
    QCOMPARE(page.opened->low, page.head - limits::openRows + 1);
    QCOMPARE(page.opened->rows.front().seq, page.opened->low);
    QCOMPARE(page.head, qint64(61));
    QCOMPARE(page.info->title, QStringLiteral("Group"));
}

void TestChatPages::replaysWhatWasMissed()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    const ChatId chat = world.group(ana, {});
    for (int i = 0; i < 10; ++i)
        ana.say(chat, QByteArray::number(i));
    const PageReply page = ana.open(chat, 4);
    QVERIFY(!page.opened);
    QCOMPARE(page.entries.size(), size_t(7));
    for (size_t i = 0; i < page.entries.size(); ++i)
        QCOMPARE(page.entries[i].seq, qint64(5 + i));
}

void TestChatPages::handsOverAnUpToDateChatWithoutEntries()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    const ChatId chat = world.group(ana, {});
    ana.clear();
    Origin origin;
    origin.session = ana.session();
    origin.user = ana.user();
    origin.device = ana.device();
    world.handle({Queued{origin, Page{chat, 1, 3}}});
    const auto live = ana.expect<HandedOver>();
    QVERIFY(live.page.entries.empty());
    QVERIFY(!live.page.opened);
    QCOMPARE(live.page.generation, 3u);
    ana.say(chat, "now it is told");
    ana.expect<Pushed>();
}

void TestChatPages::replaysTheLastThousandAndOpensBeyond()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    const ChatId chat = world.group(ana, {});
    for (qint64 seq = 2; seq <= limits::replayEntries + 2; seq += limits::batchOperations) {
        Send send{chat, {}};
        for (qsizetype i = 0; i < limits::batchOperations; ++i)
            send.operations.push_back(world.message("x"));
        QVERIFY(ana.ask(send));
    }
    const qint64 head = ana.open(chat).head;
    QVERIFY(head > limits::replayEntries + 2);
    const PageReply replayed = ana.open(chat, head - limits::replayEntries);
    QVERIFY(!replayed.opened);
    QCOMPARE(replayed.entries.size(), size_t(limits::replayEntries));
    QVERIFY(ana.open(chat, head - limits::replayEntries - 1).opened);
}

void TestChatPages::pushesNothingBeforeTheHandOver()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &bo = world.attach(world.addUser(QStringLiteral("bo")));
    const ChatId chat = world.group(ana, {bo.user()});
    bo.clear();
    ana.say(chat, "not yet");
    bo.expectNothing();
    bo.open(chat);
    ana.say(chat, "now");
    bo.expect<Pushed>();
}

void TestChatPages::leavesNoGapAtTheHandOver()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &bo = world.attach(world.addUser(QStringLiteral("bo")));
    const ChatId chat = world.group(ana, {bo.user()});
    Origin origin;
    origin.session = bo.session();
    origin.user = bo.user();
    origin.device = bo.device();
    Origin writer;
    writer.session = ana.session();
    writer.user = ana.user();
    qint64 have = 1;
    for (int round = 0; round < 20; ++round) {
        bo.clear();
        world.handle({Queued{origin, Detach{true}}});
        // The page stands between two messages of one batch: one comes with it, one after it.
        writer.request = RequestNumber(1000 + 2 * round);
        Queued first{writer, Send{chat, {world.message("a")}}};
        ++writer.request;
        Queued second{writer, Send{chat, {world.message("b")}}};
        world.handle({first, Queued{origin, Page{chat, have, 0}}, second});
        const auto live = bo.expect<HandedOver>();
        for (const Entry &entry : live.page.entries)
            QCOMPARE(entry.seq, ++have);
        while (bo.waiting() > 0) {
            for (const Entry &entry : bo.expect<Pushed>().entries)
                QCOMPARE(entry.seq, ++have);
        }
    }
    QCOMPARE(have, ana.open(chat).head);
}

void TestChatPages::pushesNothingToASessionThatCatchesUpAgain()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    const ChatId chat = world.group(ana, {});
    ana.open(chat);
    Origin origin;
    origin.session = ana.session();
    origin.user = ana.user();
    world.handle({Queued{origin, Detach{true}}});
    ana.clear();
    QVERIFY(!ana.say(chat, "still signed in").error);
    ana.expectNothing();
}

void TestChatPages::keepsAPageWithinItsBytes()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    const ChatId chat = world.group(ana, {});
    for (int i = 0; i < 12; ++i)
        QVERIFY(!ana.say(chat, QByteArray(limits::payloadBytes, 'x')).error);
    ana.clear();
    qint64 have = 1;
    int pages = 0;
    for (bool more = true; more; ++pages) {
        const PageReply page = ana.open(chat, have);
        QVERIFY(toCbor(page).size() <= limits::answerBytes + limits::payloadBytes);
        for (const Entry &entry : page.entries)
            QCOMPARE(entry.seq, ++have);
        more = page.more;
        if (more) {
            // Not handed over yet: nothing is pushed.
            ana.clear();
            ana.expectNothing();
        }
    }
    QVERIFY(pages > 1);
    QCOMPARE(have, qint64(13));
}

void TestChatPages::keepsAnOpenedWithinItsBytes()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    const ChatId chat = world.group(ana, {});
    for (int i = 0; i < 12; ++i)
        QVERIFY(!ana.say(chat, QByteArray(limits::payloadBytes, 'x')).error);
    const PageReply page = ana.open(chat);
    QVERIFY(page.opened);
    QVERIFY(page.opened->rows.size() < 12);
    QVERIFY(!page.opened->rows.empty());
    QCOMPARE(page.opened->low, page.opened->rows.front().seq);
    QVERIFY(toCbor(page).size() < limits::serverFrameBytes);
}

void TestChatPages::carriesTheGenerationOfTheRequest()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    const ChatId chat = world.group(ana, {});
    QCOMPARE(ana.ask(Page{chat, 1, 77})->generation, 77u);
}

void TestChatPages::namesTheOwnEntriesOfAnOpenedChat()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &bo = world.attach(world.addUser(QStringLiteral("bo")));
    const ChatId chat = world.group(ana, {bo.user()});
    const auto hers = ana.say(chat, "hers");
    const auto his = bo.say(chat, "his");
    const PageReply page = bo.open(chat);
    QCOMPARE(page.opened->mine, std::vector{his.id});
    const std::vector<MessageId> mine = ana.open(chat).opened->mine;
    QVERIFY(std::find(mine.begin(), mine.end(), hers.id) != mine.end());
}

void TestChatPages::answersNothingToASessionThatLeft()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    const ChatId chat = world.group(ana, {});
    world.detach(ana);
    ana.clear();
    Origin origin;
    origin.session = ana.session();
    origin.user = ana.user();
    world.handle({Queued{origin, Page{chat, 1, 0}}});
    ana.expectNothing();
}

QTEST_APPLESS_MAIN(TestChatPages)
#include "tst_chatpages.moc"
