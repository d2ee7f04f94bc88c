// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/server/gateway/talk.h"

#include <QtTest/QTest>

using namespace parley;

/// What becomes of frames that the peer does not take.
class tst_Lagging : public QObject {
    Q_OBJECT

private slots:
    void dropsTypingFirstThenPushesThenSaysLagging();
    void servesAgainAfterTheListIsSaid();
    void closesWhoDoesNotDrain();
    void closesWhenAnswersPileUp();
    void readsNothingForWhoTakesNothing();

private:
    static QByteArray push(qsizetype bytes);
};

QByteArray tst_Lagging::push(qsizetype bytes)
{
    Pushed pushed;
    Entry entry;
    entry.row = Row();
    entry.row->payload = QByteArray(bytes, 'x');
    pushed.entries = {entry};
    return encodeEvent(pushed);
}

void tst_Lagging::dropsTypingFirstThenPushesThenSaysLagging()
{
    Talk talk;
    talk.signIn();
    const QByteArray typing = encodeEvent(TypingChanged());
    const QByteArray pushed = push(1000);
    talk.waiting = limits::sendQueueBytes / 2 - typing.size();
    talk.session.delivered(typing, Urgency::Ephemeral, talk.nowMs);
    QVERIFY(talk.expectEvent<TypingChanged>());
    talk.waiting += 1;
    talk.session.delivered(typing, Urgency::Ephemeral, talk.nowMs);
    QVERIFY(talk.expectNothing());
    talk.waiting = limits::sendQueueBytes - pushed.size();
    talk.session.delivered(pushed, Urgency::Push, talk.nowMs);
    QVERIFY(talk.expectEvent<Pushed>());
    talk.waiting += 1;
    talk.session.delivered(pushed, Urgency::Push, talk.nowMs);
    QVERIFY(talk.expectNothing());
    // It lags now: nothing more until the queue is empty, and then the word.
    talk.waiting = 1;
    talk.session.delivered(pushed, Urgency::Push, talk.nowMs);
    talk.session.drained(talk.nowMs);
    QVERIFY(talk.expectNothing());
    talk.waiting = 0;
    talk.session.drained(talk.nowMs);
    QVERIFY(talk.expectEvent<Lagging>());
    talk.session.delivered(pushed, Urgency::Push, talk.nowMs);
    talk.session.drained(talk.nowMs);
    QVERIFY(talk.expectNothing());
}

void tst_Lagging::servesAgainAfterTheListIsSaid()
{
    Talk talk;
    talk.signIn();
    talk.waiting = limits::sendQueueBytes;
    talk.session.delivered(push(10), Urgency::Push, talk.nowMs);
    talk.waiting = 0;
    talk.session.drained(talk.nowMs);
    QVERIFY(talk.expectEvent<Lagging>());
    const RequestNumber request = talk.inject(CatchUp());
    QVERIFY(talk.expectReply<Accepted>(request));
    QVERIFY(talk.lastQueued<Detach>()->keepAttached);
    talk.finishCatchUp({encodeEvent(Sync())});
    QVERIFY(talk.expectEvent<Sync>());
    talk.session.delivered(push(10), Urgency::Push, talk.nowMs);
    QVERIFY(talk.expectEvent<Pushed>());
}

void tst_Lagging::closesWhoDoesNotDrain()
{
    Talk talk;
    talk.signIn();
    talk.waiting = limits::sendQueueBytes;
    talk.session.delivered(push(10), Urgency::Push, talk.nowMs);
    talk.inject(Alive());
    talk.pass(limits::lagDrainMs - 1);
    QVERIFY(!talk.isClosed);
    talk.pass(1);
    QVERIFY(talk.isClosed);
}

void tst_Lagging::closesWhenAnswersPileUp()
{
    Talk talk;
    talk.signIn();
    const QByteArray frame = encodeReply(1, MarkReply());
    talk.waiting = limits::sendQueueBytes * Outgoing::answerFactor - frame.size();
    talk.session.delivered(frame, Urgency::Answer, talk.nowMs);
    QVERIFY(!talk.isClosed);
    talk.waiting += 1;
    talk.session.delivered(frame, Urgency::Answer, talk.nowMs);
    QVERIFY(talk.isClosed);
}

void tst_Lagging::readsNothingForWhoTakesNothing()
{
    Talk talk;
    talk.signIn();
    talk.waiting = limits::sendQueueBytes - 1;
    talk.inject(History());
    QCOMPARE(talk.reads.size(), size_t(1));
    talk.waiting = limits::sendQueueBytes;
    QCOMPARE(talk.expectRefusal(talk.inject(History())), ErrorCode::Busy);
    QCOMPARE(talk.reads.size(), size_t(1));
}

QTEST_GUILESS_MAIN(tst_Lagging)
#include "tst_lagging.moc"
