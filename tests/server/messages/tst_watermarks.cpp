// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/server/messages/conversation.h"

using namespace parley;

class TestWatermarks : public QObject {
    Q_OBJECT

private slots:
    void onlyGrow();
    void stopAtTheHead();
    void readImpliesDelivered();
    void countUnreadLikeCounting();
    void tellTheOthersAndOwnDevices();
    void hideReadsWhereReceiptsAreOff();
    void tellChatsOfTheReceiptsSwitch();
    void showAgainWhatWasReadMeanwhile();
    void healTheReceiptsSwitchAtTheNextPage();
    void hideAReadThatComesBeforeTheSwitch();
    void stayPrivateInLargeGroups();
    void areBoundedWithManyFormerMembers();
    void countNothingForWhoMayNotMark();
};

void TestWatermarks::onlyGrow()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    const ChatId chat = world.group(ana, {});
    for (int i = 0; i < 5; ++i)
        ana.say(chat, "x");
    QCOMPARE(*ana.ask(MarkUp{chat, 5, 4}), (MarkReply{5, 4, 0}));
    QCOMPARE(*ana.ask(MarkUp{chat, 2, 1}), (MarkReply{5, 4, 0}));
    world.restart();
    Peer &again = world.attachAgain(ana);
    QCOMPARE(*again.ask(MarkUp{chat, 1, 1}), (MarkReply{5, 4, 0}));
}

void TestWatermarks::stopAtTheHead()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    const ChatId chat = world.group(ana, {});
    ana.say(chat, "x");
    QCOMPARE(*ana.ask(MarkUp{chat, 2000, 1'000'000}), (MarkReply{2, 2, 0}));
    QCOMPARE(*ana.ask(MarkUp{chat, -5, -5}), (MarkReply{2, 2, 0}));
}

void TestWatermarks::readImpliesDelivered()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    const ChatId chat = world.group(ana, {});
    ana.say(chat, "x");
    QCOMPARE(*ana.ask(MarkUp{chat, 0, 2}), (MarkReply{2, 2, 0}));
}

void TestWatermarks::countUnreadLikeCounting()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &bo = world.attach(world.addUser(QStringLiteral("bo")));
    Peer &cy = world.attach(world.addUser(QStringLiteral("cy")));
    const ChatId chat = world.group(ana, {bo.user()});
    QRandomGenerator random(11);
    std::vector<std::pair<qint64, UserId>> messages;
    std::vector<MessageId> ids;
    std::map<UserId, qint64> read{{ana.user(), 0}, {bo.user(), 0}};
    qint64 head = 1;
    for (int i = 0; i < 400; ++i) {
        Peer &peer = random.bounded(2) ? ana : bo;
        const int what = random.bounded(10);
        if (what < 6) {
            const auto result = peer.say(chat, QByteArray::number(i));
            head = *result.seq;
            messages.emplace_back(head, peer.user());
            if (peer.user() == ana.user())
                ids.push_back(result.id);
        } else if (what < 7 && !ids.empty()) {
            Operation remove = world.operation(Kind::Delete);
            remove.target = ids.back();
            ids.pop_back();
            head = *ana.send(chat, remove).seq; // deleted ones still count
        } else if (what == 7 && !read.contains(cy.user())) {
            Operation add = world.operation(Kind::Add);
            add.user = cy.user();
            head = *ana.send(chat, add).seq;
            read[cy.user()] = head;
        } else {
            qint64 &mark = read[peer.user()];
            mark = std::max<qint64>(mark, random.bounded(1, int(head) + 1));
            const auto reply = peer.ask(MarkUp{chat, mark, mark});
            const auto expected = std::count_if(messages.begin(), messages.end(),
                [&](const auto &one) { return one.second != peer.user() && one.first > mark; });
            QCOMPARE(reply->unread, qint64(expected));
        }
    }
    for (Peer *peer : {&ana, &bo, &cy}) {
        const auto expected = std::count_if(messages.begin(), messages.end(), [&](const auto &one) {
            return one.second != peer->user() && one.first > read[peer->user()];
        });
        QCOMPARE(peer->open(chat).unread, qint64(expected));
    }
}

void TestWatermarks::tellTheOthersAndOwnDevices()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &anaPhone = world.attach(ana.user());
    Peer &bo = world.attach(world.addUser(QStringLiteral("bo")));
    const ChatId chat = world.group(ana, {bo.user()});
    ana.say(chat, "x");
    for (Peer *peer : {&ana, &anaPhone, &bo}) {
        peer->open(chat);
        peer->clear();
    }
    QVERIFY(bo.ask(MarkUp{chat, 2, 2}));
    for (Peer *peer : {&ana, &anaPhone, &bo}) {
        const Pushed pushed = peer->expect<Pushed>();
        QVERIFY(pushed.entries.empty());
        QCOMPARE(pushed.marks, (std::vector<Mark>{{bo.user(), 2, 2}}));
    }
    QVERIFY(bo.ask(MarkUp{chat, 2, 2}));
    ana.expectNothing();
}

void TestWatermarks::hideReadsWhereReceiptsAreOff()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &bo = world.attach(world.addUser(QStringLiteral("bo")));
    Peer &boPhone = world.attach(bo.user());
    const ChatId chat = world.group(ana, {bo.user()});
    ana.say(chat, "x");
    for (Peer *peer : {&ana, &bo, &boPhone})
        peer->open(chat);
    QVERIFY(bo.ask(SetState{QStringLiteral("privacy"), toCbor(Privacy{true, false, false}), 0}));
    const PageReply own = bo.open(chat, 1);
    QVERIFY(own.self->receiptsOff);
    for (Peer *peer : {&ana, &bo, &boPhone})
        peer->clear();
    QVERIFY(bo.ask(MarkUp{chat, 2, 2}));
    QCOMPARE(ana.expect<Pushed>().marks, (std::vector<Mark>{{bo.user(), 2, 0}}));
    QCOMPARE(boPhone.expect<Pushed>().marks, (std::vector<Mark>{{bo.user(), 2, 2}}));
    // Who hides does not see.
    QVERIFY(ana.ask(MarkUp{chat, 2, 2}));
    bo.clear();
    for (const Mark &mark : bo.open(chat, 1).marks)
        QCOMPARE(mark.read, mark.user == bo.user() ? qint64(2) : qint64(0));
}

void TestWatermarks::tellChatsOfTheReceiptsSwitch()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &bo = world.attach(world.addUser(QStringLiteral("bo")));
    const ChatId chat = world.group(ana, {bo.user()});
    ana.open(chat);
    bo.open(chat);
    ana.clear();
    const auto off =
        bo.ask(SetState{QStringLiteral("privacy"), toCbor(Privacy{true, false, false}), 0});
    QVERIFY(off);
    const Entry entry = ana.expect<Pushed>().entries.front();
    QCOMPARE(entry.kind, Kind::Receipts);
    QVERIFY(entry.member->receiptsOff);
    QVERIFY(bo.ask(SetState{
        QStringLiteral("privacy"), toCbor(Privacy{false, true, true}), off->row.revision}));
    QVERIFY(!ana.expect<Pushed>().entries.front().member->receiptsOff);
}

void TestWatermarks::showAgainWhatWasReadMeanwhile()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &bo = world.attach(world.addUser(QStringLiteral("bo")));
    const ChatId chat = world.group(ana, {bo.user()});
    ana.say(chat, "x");
    ana.open(chat);
    bo.open(chat);
    const auto off =
        bo.ask(SetState{QStringLiteral("privacy"), toCbor(Privacy{true, false, false}), 0});
    QVERIFY(bo.ask(MarkUp{chat, 2, 2}));
    QVERIFY(ana.ask(MarkUp{chat, 2, 1}));
    for (Peer *peer : {&ana, &bo})
        peer->clear();
    QVERIFY(bo.ask(SetState{
        QStringLiteral("privacy"), toCbor(Privacy{false, false, false}), off->row.revision}));
    QCOMPARE(ana.expect<Pushed>().marks, (std::vector<Mark>{{bo.user(), 2, 2}}));
    // And the one who hid sees what the others have read.
    bo.expect<UserStateChanged>();
    std::vector<Mark> seen = bo.expect<Pushed>().marks;
    QCOMPARE(seen.size(), size_t(2));
    const auto ofAna = std::find_if(
        seen.begin(), seen.end(), [&](const Mark &mark) { return mark.user == ana.user(); });
    QVERIFY(ofAna != seen.end());
    QCOMPARE(ofAna->read, qint64(1));
}

void TestWatermarks::healTheReceiptsSwitchAtTheNextPage()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    const ChatId chat = world.group(ana, {});
    // Not live in the chat: the switch reaches only the user.
    QVERIFY(ana.ask(SetState{QStringLiteral("privacy"), toCbor(Privacy{true, false, false}), 0}));
    QVERIFY(!ana.open(chat).self->receiptsOff);
    QVERIFY(ana.open(chat).self->receiptsOff);
}

void TestWatermarks::hideAReadThatComesBeforeTheSwitch()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &bo = world.attach(world.addUser(QStringLiteral("bo")));
    const ChatId chat = world.group(ana, {bo.user()});
    ana.open(chat);
    // Not live in the chat yet: the switch has reached only bo.
    QVERIFY(bo.ask(SetState{QStringLiteral("privacy"), toCbor(Privacy{true, false, false}), 0}));
    ana.clear();
    QVERIFY(bo.ask(MarkUp{chat, 1, 1}));
    const Pushed pushed = ana.expect<Pushed>();
    QCOMPARE(pushed.marks, (std::vector<Mark>{{bo.user(), 1, 0}}));
    QVERIFY(pushed.entries.front().member->receiptsOff);
}

void TestWatermarks::stayPrivateInLargeGroups()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &bo = world.attach(world.addUser(QStringLiteral("bo")));
    std::vector<UserId> members{bo.user()};
    while (members.size() < size_t(limits::marksMembers) - 1)
        members.push_back(world.addUser(QStringLiteral("m%1").arg(members.size())));
    const ChatId chat = world.group(ana, members);
    ana.open(chat);
    bo.open(chat);
    ana.clear();
    bo.clear();
    QVERIFY(bo.ask(MarkUp{chat, 1, 1}));
    QCOMPARE(ana.expect<Pushed>().marks.size(), size_t(1));
    Operation add = world.operation(Kind::Add);
    add.user = world.addUser(QStringLiteral("onemore"));
    QVERIFY(!ana.send(chat, add).error);
    ana.clear();
    bo.clear();
    QVERIFY(bo.ask(MarkUp{chat, 2, 2}));
    ana.expectNothing();
    QCOMPARE(bo.expect<Pushed>().marks, (std::vector<Mark>{{bo.user(), 2, 2}}));
    QCOMPARE(ana.open(chat).marks.size(), size_t(1));
}

void TestWatermarks::areBoundedWithManyFormerMembers()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    const ChatId chat = world.group(ana, {});
    const auto passThrough = [&](int number) {
        const UserId user = world.addUser(QStringLiteral("u%1").arg(number));
        for (const Kind kind : {Kind::Add, Kind::Remove}) {
            Operation move = world.operation(kind);
            move.user = user;
            QVERIFY(!ana.send(chat, move).error);
        }
    };
    for (int i = 1; i < int(limits::marksPeople); ++i)
        passThrough(i);
    const qint64 head = ana.open(chat).head;
    QCOMPARE(ana.open(chat, head).marks.size(), size_t(limits::marksPeople));
    passThrough(0);
    QCOMPARE(ana.open(chat, head + 2).marks, (std::vector<Mark>{{ana.user(), 0, 0}}));
}

void TestWatermarks::countNothingForWhoMayNotMark()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &stranger = world.attach(world.addUser(QStringLiteral("stranger")));
    const ChatId chat = world.group(ana, {});
    ana.say(chat, "x");
    world.store.countedPlaces = 0;
    QCOMPARE(stranger.ask(MarkUp{chat, 1000, 1000}).error().code, ErrorCode::Forbidden);
    QCOMPARE(world.store.countedPlaces, qint64(0));
    QVERIFY(ana.ask(MarkUp{chat, 2, 2}));
    QCOMPARE(world.store.countedPlaces, qint64(2));
}

QTEST_APPLESS_MAIN(TestWatermarks)
#include "tst_watermarks.moc"
