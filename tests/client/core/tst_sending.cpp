// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/core/backoff.h"
#include "tests/client/support/talk.h"

using namespace parley;

class SendingTest : public QObject {
    Q_OBJECT
private slots:
    void showsAMessageOnlyWhenItIsStored();
    void sendsOldestFirstInOneBatchPerChat();
    void sendsSeveralChatsInParallel();
    void neverSendsMoreThan32OperationsOr128KiB();
    void resendsTheSameBytesWithTheSameId();
    void asksToCloseWhenNothingIsAnsweredFor15Seconds();
    void takesADuplicateForSent();
    void takesNoEffectForDone();
    void finishesAnOperationThatItSeesInTheLog();
    void doesNotTakeAnotherOnesEntryForItsOwn();
    void keepsARefusedMessageUntilThePersonDecides();
    void retriesARefusedMessageWithANewId();
    void keepsTheOrderWhenTheServerSaysRetry();
    void findsTheCulpritOfARefusedBatch();
    void forgetsARefusedReactionAndSaysSo();
    void keepsAnAcceptedMessageInSightUntilItsEntryComes();
    void refusesWhatNobodyCouldAccept();
    void survivesARestart();
    void sendsNothingBeforeItHasCaughtUp();
};

namespace {

struct Signed {
    Talk talk;
    ChatLog log{chatNumber(1), Talk::me(), {Talk::anna()}};
    Signed() { talk.signIn({&log}); }
    MessageId compose(const char *text)
    {
        const auto id = talk.core().compose(log.chat(), talk.text(QString::fromLatin1(text)));
        return id ? *id : MessageId();
    }
};

} // namespace

void SendingTest::showsAMessageOnlyWhenItIsStored()
{
    Signed s;
    s.talk.power().failAfter(1);
    QVERIFY(!s.talk.core().compose(s.log.chat(), s.talk.text(QStringLiteral("lost"))));
    s.talk.restart();
    QCOMPARE(s.talk.texts(s.log.chat()), QStringList());
    QVERIFY(s.talk.core().outbox().isIdle());
}

void SendingTest::sendsOldestFirstInOneBatchPerChat()
{
    Signed s;
    s.compose("one");
    const auto first = s.talk.expect<Send>();
    QCOMPARE(first.operations.size(), size_t(1));
    s.compose("two");
    s.compose("three");
    QVERIFY(!s.talk.has<Send>()); // one is in flight
    s.talk.reply(s.talk.accept(s.log, first, Talk::me()));
    const auto second = s.talk.expect<Send>();
    QCOMPARE(second.operations.size(), size_t(2));
    QVERIFY(second.operations[0].payload == textPayload(QStringLiteral("two")));
    QVERIFY(second.operations[1].payload == textPayload(QStringLiteral("three")));
}

void SendingTest::sendsSeveralChatsInParallel()
{
    Talk talk;
    ChatLog one(chatNumber(1), Talk::me(), {Talk::anna()});
    ChatLog two(chatNumber(2), Talk::me(), {Talk::ben()});
    talk.signIn({&one, &two});
    QVERIFY(talk.core().compose(one.chat(), talk.text(QStringLiteral("a"))));
    QVERIFY(talk.core().compose(two.chat(), talk.text(QStringLiteral("b"))));
    QCOMPARE(talk.expect<Send>().chat, one.chat());
    QCOMPARE(talk.expect<Send>().chat, two.chat());
}

void SendingTest::neverSendsMoreThan32OperationsOr128KiB()
{
    Signed s;
    s.talk.disconnect();
    for (int i = 0; i < 33; ++i)
        s.compose("x");
    for (int i = 0; i < 3; ++i) {
        NewMessage big;
        big.payload = QByteArray(limits::payloadBytes, 'b');
        QVERIFY(s.talk.core().compose(s.log.chat(), big));
    }
    s.talk.connect();
    s.talk.welcome();
    s.talk.inject(s.talk.syncFor({}));
    std::vector<size_t> sizes;
    while (s.talk.has<Send>()) {
        const auto send = s.talk.expect<Send>();
        sizes.push_back(send.operations.size());
        QVERIFY(encodeCommand(1, send).size() <= limits::clientFrameBytes);
        s.talk.reply(s.talk.accept(s.log, send, Talk::me()));
    }
    QCOMPARE(sizes, (std::vector<size_t>{32, 2, 1, 1}));
}

void SendingTest::resendsTheSameBytesWithTheSameId()
{
    Signed s;
    const MessageId id = s.compose("again");
    const auto first = s.talk.expect<Send>();
    s.talk.disconnect();
    s.talk.connect();
    s.talk.welcome();
    s.talk.inject(s.talk.syncFor({}));
    const auto second = s.talk.expect<Send>();
    QCOMPARE(second.operations.front().id, id);
    QCOMPARE(toCbor(second), toCbor(first));
    s.talk.restart();
    s.talk.connect();
    s.talk.welcome();
    s.talk.inject(s.talk.syncFor({}));
    QCOMPARE(toCbor(s.talk.expect<Send>()), toCbor(first));
}

void SendingTest::asksToCloseWhenNothingIsAnsweredFor15Seconds()
{
    Signed s;
    s.compose("silence");
    s.talk.expect<Send>();
    s.talk.advance(limits::answerMs - 1);
    QVERIFY(!s.talk.core().takeCloseWish());
    s.talk.advance(1);
    QVERIFY(s.talk.core().takeCloseWish());
    QVERIFY(!s.talk.core().isLive());
    QCOMPARE(s.talk.newest(s.log.chat()).rows.back().delivery, Delivery::Sending);
}

void SendingTest::takesADuplicateForSent()
{
    Signed s;
    const MessageId id = s.compose("twice");
    s.talk.expect<Send>();
    s.talk.reply(SendReply{{{id, 2, 1'700'000'000'002, true, {}, {}}}});
    QVERIFY(s.talk.core().outbox().isIdle());
    QCOMPARE(s.talk.newest(s.log.chat()).rows.back().delivery, Delivery::Sent);
}

void SendingTest::takesNoEffectForDone()
{
    Signed s;
    const MessageId target = s.log.post(Talk::me(), QStringLiteral("gone"));
    s.talk.inject(s.log.push(2, 2));
    QVERIFY(s.talk.core().edit(
        s.log.chat(), target, ContentType::Text, textPayload(QStringLiteral("new"))));
    const auto send = s.talk.expect<Send>();
    OperationResult result;
    result.id = send.operations.front().id;
    result.error = ErrorCode::NoEffect;
    s.talk.reply(SendReply{{result}});
    QVERIFY(s.talk.core().outbox().isIdle());
    QVERIFY(!s.talk.core().outbox().hasFailed(s.log.chat()));
    QCOMPARE(s.talk.texts(s.log.chat()), QStringList{QStringLiteral("gone")});
}

void SendingTest::finishesAnOperationThatItSeesInTheLog()
{
    Signed s;
    s.compose("pushed first");
    const auto send = s.talk.expect<Send>();
    const auto reply = s.talk.accept(s.log, send, Talk::me());
    s.talk.inject(s.log.push(2, 2));
    QVERIFY(s.talk.core().outbox().isIdle());
    s.talk.reply(reply); // the answer comes second and finds nothing to do
    QCOMPARE(s.talk.texts(s.log.chat()), QStringList{QStringLiteral("pushed first")});
}

void SendingTest::doesNotTakeAnotherOnesEntryForItsOwn()
{
    Signed s;
    const MessageId id = s.compose("mine");
    s.talk.expect<Send>();
    s.log.post(Talk::anna(), id, QStringLiteral("stolen id"));
    s.talk.inject(s.log.push(2, 2));
    QVERIFY(!s.talk.core().outbox().isIdle());
}

void SendingTest::keepsARefusedMessageUntilThePersonDecides()
{
    Signed s;
    const MessageId id = s.compose("no");
    s.compose("yes");
    s.talk.expect<Send>();
    OperationResult refused;
    refused.id = id;
    refused.error = ErrorCode::Forbidden;
    s.talk.reply(SendReply{{refused}});
    const auto next = s.talk.expect<Send>();
    QCOMPARE(next.operations.size(), size_t(1));
    QVERIFY(next.operations.front().id != id);
    s.talk.restart();
    const auto row = s.talk.newest(s.log.chat()).rows.front();
    QCOMPARE(row.delivery, Delivery::Failed);
    QCOMPARE(*row.failure, ErrorCode::Forbidden);
    QCOMPARE(*row.operation, id);
    QVERIFY(s.talk.summary(s.log.chat()).hasFailed);
    QVERIFY(s.talk.core().discard(s.log.chat(), id));
    QVERIFY(!s.talk.core().discard(s.log.chat(), id));
    QVERIFY(!s.talk.summary(s.log.chat()).hasFailed);
    const Changes changes = s.talk.core().takeChanges();
    QCOMPARE(changes.timelines.front().gone, std::vector<MessageId>{id});
}

void SendingTest::retriesARefusedMessageWithANewId()
{
    Signed s;
    const MessageId id = s.compose("try");
    s.talk.expect<Send>();
    OperationResult refused;
    refused.id = id;
    refused.error = ErrorCode::LimitReached;
    s.talk.reply(SendReply{{refused}});
    QVERIFY(!s.talk.has<Send>());
    QVERIFY(s.talk.core().retry(s.log.chat(), id));
    const auto again = s.talk.expect<Send>();
    QVERIFY(again.operations.front().id != id);
    QCOMPARE(again.operations.front().payload, textPayload(QStringLiteral("try")));
}

void SendingTest::keepsTheOrderWhenTheServerSaysRetry()
{
    Signed s;
    s.talk.disconnect();
    const MessageId one = s.compose("one");
    const MessageId two = s.compose("two");
    s.talk.connect();
    s.talk.welcome();
    s.talk.inject(s.talk.syncFor({}));
    s.talk.expect<Send>();
    OperationResult first;
    first.id = one;
    first.error = ErrorCode::RateLimited;
    first.retryAfterMs = 3'000;
    OperationResult second = first;
    second.id = two;
    s.talk.reply(SendReply{{first, second}});
    QVERIFY(!s.talk.has<Send>());
    s.talk.advance(2'999);
    QVERIFY(!s.talk.has<Send>());
    s.talk.advance(1);
    const auto again = s.talk.expect<Send>();
    QCOMPARE(again.operations[0].id, one);
    QCOMPARE(again.operations[1].id, two);
    s.talk.refuse(ErrorCode::Busy);
    QVERIFY(!s.talk.has<Send>());
    s.talk.advance(Backoff::mostMs);
}

void SendingTest::findsTheCulpritOfARefusedBatch()
{
    Signed s;
    s.talk.disconnect();
    const MessageId one = s.compose("one");
    s.compose("two");
    s.talk.connect();
    s.talk.welcome();
    s.talk.inject(s.talk.syncFor({}));
    QCOMPARE(s.talk.expect<Send>().operations.size(), size_t(2));
    s.talk.refuse(ErrorCode::TooLarge);
    const auto alone = s.talk.expect<Send>();
    QCOMPARE(alone.operations.size(), size_t(1));
    QCOMPARE(alone.operations.front().id, one);
    s.talk.refuse(ErrorCode::TooLarge);
    QVERIFY(s.talk.core().outbox().hasFailed(s.log.chat()));
    QVERIFY(s.talk.has<Send>());
}

void SendingTest::forgetsARefusedReactionAndSaysSo()
{
    Signed s;
    const MessageId target = s.log.post(Talk::anna(), QStringLiteral("hi"));
    s.talk.inject(s.log.push(2, 2));
    QVERIFY(s.talk.core().react(s.log.chat(), target, QStringLiteral("+")));
    QCOMPARE(s.talk.newest(s.log.chat()).rows.front().row.reactions.size(), size_t(1));
    const auto send = s.talk.expect<Send>();
    OperationResult refused;
    refused.id = send.operations.front().id;
    refused.error = ErrorCode::LimitReached;
    s.talk.reply(SendReply{{refused}});
    QCOMPARE(s.talk.newest(s.log.chat()).rows.front().row.reactions.size(), size_t(0));
    const auto told = s.talk.notices<notice::OperationRefused>();
    QCOMPARE(told.size(), size_t(1));
    QCOMPARE(told.front().code, ErrorCode::LimitReached);
}

void SendingTest::keepsAnAcceptedMessageInSightUntilItsEntryComes()
{
    Signed s;
    s.log.post(Talk::anna(), QStringLiteral("not pushed yet"));
    s.compose("accepted");
    const auto send = s.talk.expect<Send>();
    s.talk.reply(s.talk.accept(s.log, send, Talk::me()));
    QCOMPARE(s.talk.texts(s.log.chat()), QStringList{QStringLiteral("accepted")});
    QCOMPARE(s.talk.newest(s.log.chat()).rows.back().delivery, Delivery::Sent);
    s.talk.restart();
    QCOMPARE(s.talk.texts(s.log.chat()), QStringList{QStringLiteral("accepted")});
    s.talk.signIn({&s.log});
    QCOMPARE(s.talk.texts(s.log.chat()),
        (QStringList{QStringLiteral("not pushed yet"), QStringLiteral("accepted")}));
}

void SendingTest::refusesWhatNobodyCouldAccept()
{
    Signed s;
    NewMessage message;
    message.payload = QByteArray(limits::payloadBytes, 'x');
    QVERIFY(s.talk.core().compose(s.log.chat(), message));
    message.payload += 'x';
    QCOMPARE(s.talk.core().compose(s.log.chat(), message).error().code, ErrorCode::TooLarge);
    QCOMPARE(s.talk.core().compose(chatNumber(99), s.talk.text(QStringLiteral("x"))).error().code,
        ErrorCode::Forbidden);
}

void SendingTest::survivesARestart()
{
    Signed s;
    s.talk.disconnect();
    s.compose("one");
    s.compose("two");
    s.talk.restart();
    QCOMPARE(
        s.talk.texts(s.log.chat()), (QStringList{QStringLiteral("one"), QStringLiteral("two")}));
    QCOMPARE(s.talk.summary(s.log.chat()).last->delivery, Delivery::Sending);
}

void SendingTest::sendsNothingBeforeItHasCaughtUp()
{
    Signed s;
    s.talk.disconnect();
    s.compose("wait");
    s.talk.connect();
    QVERIFY(!s.talk.has<Send>());
    s.talk.welcome();
    QVERIFY(!s.talk.has<Send>());
    Sync part = s.talk.syncFor({});
    part.more = true;
    s.talk.inject(part);
    QVERIFY(!s.talk.has<Send>());
    s.talk.inject(s.talk.syncFor({}));
    QVERIFY(s.talk.has<Send>());
}

QTEST_GUILESS_MAIN(SendingTest)
#include "tst_sending.moc"
