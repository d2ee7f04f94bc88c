// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/server/messages/conversation.h"

#include "shared/directchat.h"

using namespace parley;

class TestOperations : public QObject {
    Q_OBJECT

private slots:
    void placesMessagesDensely();
    void tellsEverybodyWhoIsLiveAndTheSenderToo();
    void answersAResentMessageFromTheLog();
    void answersAResentMessageAlsoToWhoWasRemovedSince();
    void refusesAnIdWithOtherContentOrSender();
    void keepsTheOutcomeOfARefusal();
    void keepsTheOutcomeOfAnOperationWithoutEffect();
    void refusesAMessageToAChatOneHasLeft();
    void refusesAStrangerLikeAChatThatIsNotThere();
    void refusesAMessageWithoutContent();
    void refusesAnIdThatIsNoUuid7();
    void refusesAnUnknownKind();
    void refusesTheServersOwnKind();
    void editsOnlyOnesOwnMessages();
    void editsNothingTwice();
    void deletesThePayloadEverywhere();
    void letsAdminsDeleteAndMembersNot();
    void repliesOnlyToWhatIsVisible();
    void reactsAndTakesItBack();
    void boundsTheKindsOfReactions();
    void endsABatchAtTheFirstRetry();
    void keepsTimesRising();
    void answersOperationsOnUnsentMessagesInOneBatch();
};

void TestOperations::placesMessagesDensely()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    const UserId bo = world.addUser(QStringLiteral("bo"));
    const ChatId chat = world.group(ana, {bo});
    for (qint64 seq = 2; seq < 40; ++seq) {
        const auto result = ana.say(chat, "hello");
        QCOMPARE(result.seq, std::optional(seq));
        QVERIFY(!result.duplicate);
        QCOMPARE(result.time, std::optional(world.now));
    }
}

void TestOperations::tellsEverybodyWhoIsLiveAndTheSenderToo()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &bo = world.attach(world.addUser(QStringLiteral("bo")));
    Peer &cy = world.attach(world.addUser(QStringLiteral("cy")));
    const ChatId chat = world.group(ana, {bo.user()});
    ana.open(chat);
    bo.open(chat);
    ana.clear();
    bo.clear();
    cy.clear();
    const auto result = ana.say(chat, "hello");
    for (Peer *peer : {&ana, &bo}) {
        const Pushed pushed = peer->expect<Pushed>();
        QCOMPARE(pushed.chat, chat);
        QCOMPARE(pushed.entries.size(), size_t(1));
        const Entry &entry = pushed.entries.front();
        QCOMPARE(entry.seq, *result.seq);
        QCOMPARE(entry.actor, ana.user());
        QVERIFY(entry.row);
        QCOMPARE(entry.row->payload, QByteArray("hello"));
        QCOMPARE(entry.row->id, result.id);
        peer->expectNothing();
    }
    cy.expectNothing();
}

void TestOperations::answersAResentMessageFromTheLog()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    const ChatId chat = world.group(ana, {});
    const Operation message = world.message("once");
    const auto first = ana.send(chat, message);
    ana.say(chat, "between");
    world.restart();
    Peer &again = world.attachAgain(ana);
    const auto second = again.send(chat, message);
    QVERIFY(second.duplicate);
    QCOMPARE(second.seq, first.seq);
    QCOMPARE(second.time, first.time);
    QCOMPARE(again.open(chat).head, qint64(3));
}

void TestOperations::answersAResentMessageAlsoToWhoWasRemovedSince()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &bo = world.attach(world.addUser(QStringLiteral("bo")));
    const ChatId chat = world.group(ana, {bo.user()});
    const Operation message = world.message("mine");
    const auto first = bo.send(chat, message);
    Operation remove = world.operation(Kind::Remove);
    remove.user = bo.user();
    QVERIFY(!ana.send(chat, remove).error);
    const auto second = bo.send(chat, message);
    QCOMPARE(second.seq, first.seq);
    QVERIFY(second.duplicate);
    QCOMPARE(bo.say(chat, "new").error, std::optional(ErrorCode::Forbidden));
}

void TestOperations::refusesAnIdWithOtherContentOrSender()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &bo = world.attach(world.addUser(QStringLiteral("bo")));
    Peer &cy = world.attach(world.addUser(QStringLiteral("cy")));
    const ChatId chat = world.group(ana, {bo.user()});
    Operation message = world.message("first");
    QVERIFY(!ana.send(chat, message).error);
    QCOMPARE(bo.send(chat, message).error, std::optional(ErrorCode::IdReused));
    QCOMPARE(cy.send(chat, message).error, std::optional(ErrorCode::Forbidden));
    message.payload = "second";
    QCOMPARE(ana.send(chat, message).error, std::optional(ErrorCode::IdReused));
    QCOMPARE(ana.open(chat).head, qint64(2));
}

void TestOperations::keepsTheOutcomeOfARefusal()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &bo = world.attach(world.addUser(QStringLiteral("bo")));
    const ChatId chat = world.group(ana, {bo.user()});
    Operation title = world.operation(Kind::Title);
    title.text = QStringLiteral("Mine now");
    QCOMPARE(bo.send(chat, title).error, std::optional(ErrorCode::Forbidden));
    Operation promote = world.operation(Kind::SetRole);
    promote.user = bo.user();
    promote.role = Role::Admin;
    QVERIFY(!ana.send(chat, promote).error);
    world.restart();
    Peer &again = world.attachAgain(bo);
    QCOMPARE(again.send(chat, title).error, std::optional(ErrorCode::Forbidden));
    title.id = world.ids.next(world.now);
    QVERIFY(!again.send(chat, title).error);
}

void TestOperations::keepsTheOutcomeOfAnOperationWithoutEffect()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    const UserId bo = world.addUser(QStringLiteral("bo"));
    const ChatId chat = world.group(ana, {});
    Operation remove = world.operation(Kind::Remove);
    remove.user = bo;
    QCOMPARE(ana.send(chat, remove).error, std::optional(ErrorCode::NoEffect));
    Operation add = world.operation(Kind::Add);
    add.user = bo;
    QVERIFY(!ana.send(chat, add).error);
    // Resent, it must not undo the add that followed it.
    QCOMPARE(ana.send(chat, remove).error, std::optional(ErrorCode::NoEffect));
    QCOMPARE(ana.open(chat).info->members, 2u);
}

void TestOperations::refusesAMessageToAChatOneHasLeft()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &bo = world.attach(world.addUser(QStringLiteral("bo")));
    const ChatId chat = world.group(ana, {bo.user()});
    QVERIFY(!bo.send(chat, world.operation(Kind::Leave)).error);
    QCOMPARE(bo.say(chat, "still here").error, std::optional(ErrorCode::Forbidden));
    QCOMPARE(bo.ask(Page{chat, 0, 0}).error().code, ErrorCode::Forbidden);
}

void TestOperations::refusesAStrangerLikeAChatThatIsNotThere()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &cy = world.attach(world.addUser(QStringLiteral("cy")));
    const ChatId chat = world.group(ana, {});
    const ChatId nowhere = newGroupId(world.random);
    for (const ChatId &asked : {chat, nowhere}) {
        QCOMPARE(cy.say(asked, "hello").error, std::optional(ErrorCode::Forbidden));
        QCOMPARE(cy.ask(Page{asked, 0, 0}).error().code, ErrorCode::Forbidden);
        QCOMPARE(cy.ask(MarkUp{asked, 1, 1}).error().code, ErrorCode::Forbidden);
        QCOMPARE(cy.ask(Focus{asked}).error().code, ErrorCode::Forbidden);
        QCOMPARE(cy.ask(Typing{asked, true}).error().code, ErrorCode::Forbidden);
    }
}

void TestOperations::refusesAMessageWithoutContent()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    const ChatId chat = world.group(ana, {});
    QCOMPARE(ana.say(chat, "").error, std::optional(ErrorCode::Malformed));
    Operation untyped = world.message("text");
    untyped.contentType = ContentType::None;
    QCOMPARE(ana.send(chat, untyped).error, std::optional(ErrorCode::Malformed));
}

void TestOperations::refusesAnIdThatIsNoUuid7()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    const ChatId chat = world.group(ana, {});
    Operation message = world.message("text");
    message.id = MessageId();
    QCOMPARE(ana.send(chat, message).error, std::optional(ErrorCode::Malformed));
}

void TestOperations::refusesAnUnknownKind()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    const ChatId chat = world.group(ana, {});
    QCOMPARE(ana.send(chat, world.operation(static_cast<Kind>(999))).error,
        std::optional(ErrorCode::Unsupported));
}

void TestOperations::refusesTheServersOwnKind()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    const ChatId chat = world.group(ana, {});
    Operation receipts = world.operation(Kind::Receipts);
    receipts.text = QString();
    QCOMPARE(ana.send(chat, receipts).error, std::optional(ErrorCode::Unsupported));
    QVERIFY(!ana.open(chat).self->receiptsOff);
}

void TestOperations::editsOnlyOnesOwnMessages()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &bo = world.attach(world.addUser(QStringLiteral("bo")));
    const ChatId chat = world.group(ana, {bo.user()});
    ana.open(chat);
    const auto message = ana.say(chat, "helo");
    ana.clear();
    Operation edit = world.operation(Kind::Edit);
    edit.target = message.id;
    edit.contentType = ContentType::Text;
    edit.payload = "hello";
    QCOMPARE(bo.send(chat, edit).error, std::optional(ErrorCode::NoTarget));
    edit.id = world.ids.next(world.now);
    const auto done = ana.send(chat, edit);
    QVERIFY(!done.error);
    const Pushed pushed = ana.expect<Pushed>();
    const Row row = *pushed.entries.front().row;
    QCOMPARE(row.payload, QByteArray("hello"));
    QCOMPARE(row.seq, *message.seq);
    QCOMPARE(row.revision, *done.seq);
    QVERIFY(row.editedAt);
    Operation nothing = world.operation(Kind::Edit);
    nothing.target = world.ids.next(world.now);
    nothing.contentType = ContentType::Text;
    nothing.payload = "x";
    QCOMPARE(ana.send(chat, nothing).error, std::optional(ErrorCode::NoTarget));
}

void TestOperations::editsNothingTwice()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    const ChatId chat = world.group(ana, {});
    const auto message = ana.say(chat, "same");
    Operation edit = world.operation(Kind::Edit);
    edit.target = message.id;
    edit.contentType = ContentType::Text;
    edit.payload = "same";
    QCOMPARE(ana.send(chat, edit).error, std::optional(ErrorCode::NoEffect));
}

void TestOperations::deletesThePayloadEverywhere()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    const ChatId chat = world.group(ana, {});
    const auto message = ana.say(chat, "secret");
    Operation remove = world.operation(Kind::Delete);
    remove.target = message.id;
    QVERIFY(!ana.send(chat, remove).error);
    const PageReply page = ana.open(chat, 1);
    for (const Entry &entry : page.entries) {
        QVERIFY(entry.row->deleted);
        QVERIFY(entry.row->payload.isEmpty());
    }
    QVERIFY(!toCbor(page).contains("secret"));
    Operation again = world.operation(Kind::Delete);
    again.target = message.id;
    QCOMPARE(ana.send(chat, again).error, std::optional(ErrorCode::NoEffect));
    Operation edit = world.operation(Kind::Edit);
    edit.target = message.id;
    edit.contentType = ContentType::Text;
    edit.payload = "back";
    QCOMPARE(ana.send(chat, edit).error, std::optional(ErrorCode::NoEffect));
}

void TestOperations::letsAdminsDeleteAndMembersNot()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &bo = world.attach(world.addUser(QStringLiteral("bo")));
    const ChatId chat = world.group(ana, {bo.user()});
    const auto hers = ana.say(chat, "hers");
    const auto his = bo.say(chat, "his");
    Operation remove = world.operation(Kind::Delete);
    remove.target = hers.id;
    QCOMPARE(bo.send(chat, remove).error, std::optional(ErrorCode::Forbidden));
    remove = world.operation(Kind::Delete);
    remove.target = his.id;
    QVERIFY(!ana.send(chat, remove).error);
}

void TestOperations::repliesOnlyToWhatIsVisible()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &bo = world.attach(world.addUser(QStringLiteral("bo")));
    const ChatId chat = world.group(ana, {});
    const auto before = ana.say(chat, "before bo came");
    Operation add = world.operation(Kind::Add);
    add.user = bo.user();
    QVERIFY(!ana.send(chat, add).error);
    const auto after = ana.say(chat, "welcome");
    Operation reply = world.message("to the past");
    reply.replyTo = before.id;
    QCOMPARE(bo.send(chat, reply).error, std::optional(ErrorCode::NoTarget));
    reply = world.message("thanks");
    reply.replyTo = after.id;
    QVERIFY(!bo.send(chat, reply).error);
    Operation react = world.operation(Kind::React);
    react.target = before.id;
    react.text = QStringLiteral("👍");
    QCOMPARE(bo.send(chat, react).error, std::optional(ErrorCode::NoTarget));
}

void TestOperations::reactsAndTakesItBack()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    const ChatId chat = world.group(ana, {});
    const auto message = ana.say(chat, "look");
    Operation react = world.operation(Kind::React);
    react.target = message.id;
    react.text = QStringLiteral("👍");
    QVERIFY(!ana.send(chat, react).error);
    Operation twice = react;
    twice.id = world.ids.next(world.now);
    QCOMPARE(ana.send(chat, twice).error, std::optional(ErrorCode::NoEffect));
    PageReply page = ana.open(chat, 1);
    QCOMPARE(page.entries.back().row->reactions,
        (std::vector<Reaction>{{QStringLiteral("👍"), {ana.user()}}}));
    Operation unreact = world.operation(Kind::Unreact);
    unreact.target = message.id;
    unreact.text = QStringLiteral("👍");
    QVERIFY(!ana.send(chat, unreact).error);
    QVERIFY(ana.open(chat, 1).entries.back().row->reactions.empty());
    unreact.id = world.ids.next(world.now);
    QCOMPARE(ana.send(chat, unreact).error, std::optional(ErrorCode::NoEffect));
    Operation empty = world.operation(Kind::React);
    empty.target = message.id;
    QCOMPARE(ana.send(chat, empty).error, std::optional(ErrorCode::Malformed));
    empty.id = world.ids.next(world.now);
    empty.text = QString(limits::reactionBytes, u'a');
    QVERIFY(!ana.send(chat, empty).error);
    empty.id = world.ids.next(world.now);
    empty.text = QString(limits::reactionBytes + 1, u'a');
    QCOMPARE(ana.send(chat, empty).error, std::optional(ErrorCode::TooLarge));
}

void TestOperations::boundsTheKindsOfReactions()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    const ChatId chat = world.group(ana, {});
    const auto message = ana.say(chat, "look");
    for (int i = 0; i <= limits::reactionKinds; ++i) {
        Operation react = world.operation(Kind::React);
        react.target = message.id;
        react.text = QString::number(i);
        const auto result = ana.send(chat, react);
        QCOMPARE(result.error.has_value(), i == limits::reactionKinds);
        if (result.error)
            QCOMPARE(*result.error, ErrorCode::LimitReached);
    }
}

void TestOperations::endsABatchAtTheFirstRetry()
{
    ServiceLimits limits = Conversation::generousLimits();
    limits.announced.addedMembersPerHour = 1;
    Conversation world(limits);
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    const UserId bo = world.addUser(QStringLiteral("bo"));
    const UserId cy = world.addUser(QStringLiteral("cy"));
    const ChatId chat = world.group(ana, {});
    Send send{chat, {}};
    for (const UserId &user : {bo, cy}) {
        Operation add = world.operation(Kind::Add);
        add.user = user;
        send.operations.push_back(add);
    }
    send.operations.push_back(world.message("after"));
    const auto reply = ana.ask(send);
    QVERIFY(reply);
    QVERIFY(!reply->results[0].error);
    QCOMPARE(reply->results[1].error, std::optional(ErrorCode::RateLimited));
    QCOMPARE(reply->results[1].retryAfterMs, std::optional<qint64>(3'600'000));
    QCOMPARE(reply->results[2].error, std::optional(ErrorCode::RateLimited));
    QCOMPARE(reply->results[2].id, send.operations[2].id);
    world.now += 3'600'000;
    const auto again = ana.ask(send);
    QVERIFY(again->results[0].duplicate);
    QVERIFY(!again->results[1].error);
    QVERIFY(!again->results[2].error);
    QVERIFY(*again->results[1].seq < *again->results[2].seq);
}

void TestOperations::keepsTimesRising()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    const ChatId chat = world.group(ana, {});
    const auto first = ana.say(chat, "now");
    world.now -= 3'600'000;
    const auto second = ana.say(chat, "an hour earlier by the clock");
    QVERIFY(*second.time >= *first.time);
}

void TestOperations::answersOperationsOnUnsentMessagesInOneBatch()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    const ChatId chat = world.group(ana, {});
    const Operation message = world.message("draft");
    Operation edit = world.operation(Kind::Edit);
    edit.target = message.id;
    edit.contentType = ContentType::Text;
    edit.payload = "final";
    Operation reply = world.message("and so");
    reply.replyTo = message.id;
    const auto answer = ana.ask(Send{chat, {message, edit, reply}});
    QVERIFY(answer);
    for (const OperationResult &result : answer->results)
        QVERIFY(!result.error);
    QCOMPARE(world.store.batches > 0, true);
    const PageReply page = ana.open(chat, 1);
    QCOMPARE(page.entries.size(), size_t(3));
    QCOMPARE(page.entries[0].row->payload, QByteArray("final"));
}

QTEST_APPLESS_MAIN(TestOperations)
#include "tst_operations.moc"
