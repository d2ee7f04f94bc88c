// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/core/statekeys.h"
#include "tests/client/support/talk.h"

#include <QtCore/QCryptographicHash>

using namespace parley;

class HeartbeatTest : public QObject {
    Q_OBJECT
private slots:
    void saysAliveAtEveryHeartbeat();
    void carriesTheDigestEveryFifthTime();
    void hashesWhatTheProtocolSays();
    void comparesInFullWhenTheHashDiffers();
    void findsAPushThatWasDropped();
    void closesAfterAMinuteOfSilence();
    void saysAtOnceWhenThePersonIsBack();
    void watchesAndFocusesAgainAfterReconnecting();
    void typesAtMostEveryFourSeconds();
    void forgetsTypingAfterSixSeconds();
    void hidesTypingWhenSwitchedOff();
    void knowsNobodyToBeThereWhenDisconnected();
    void tellsWhyTheServerCloses();
    void endsTheSessionOnARefusedToken();
    void fetchesTheMarksOfALargeGroupOnDemand();
    void answersTicketsThatCannotBeAsked();
};

void HeartbeatTest::saysAliveAtEveryHeartbeat()
{
    Talk talk;
    talk.signIn({});
    talk.advance(limits::heartbeatMs - 1);
    QVERIFY(!talk.has<Alive>());
    talk.advance(1);
    QVERIFY(!talk.expect<Alive>().digest);
    talk.reply(AliveReply{});
    QCOMPARE(*talk.core().wakeUpMs(), talk.now().steadyMs + limits::heartbeatMs);
}

void HeartbeatTest::carriesTheDigestEveryFifthTime()
{
    Talk talk;
    talk.signIn({});
    for (int beat = 1; beat <= 10; ++beat) {
        talk.advance(limits::heartbeatMs);
        QCOMPARE(talk.expect<Alive>().digest.has_value(), beat % limits::digestEvery == 0);
        talk.reply(AliveReply{});
    }
    QVERIFY(talk.isSilent());
}

void HeartbeatTest::hashesWhatTheProtocolSays()
{
    QByteArray bytes = QByteArray::fromHex("0000000000000005");
    bytes += chatNumber(1).bytes() + QByteArray::fromHex("0000000000000002000000000000000a");
    bytes += chatNumber(3).bytes() + QByteArray::fromHex("00000000000001000000000000000000");
    QCOMPARE(digestHash(5, {{chatNumber(1), 2, 10, 7}, {chatNumber(3), 256, 0, 1}}),
        QCryptographicHash::hash(bytes, QCryptographicHash::Sha256));
}

void HeartbeatTest::comparesInFullWhenTheHashDiffers()
{
    Talk talk;
    ChatLog log(chatNumber(1), Talk::anna(), {Talk::me()});
    talk.signIn({&log});
    talk.advance(limits::heartbeatMs);
    talk.expect<Alive>();
    talk.reply(AliveReply{true});
    const auto digest = talk.expect<Digest>();
    QCOMPARE(digest.userRevision, 1);
    QCOMPARE(digest.have, talk.core().have());
    DigestReply reply;
    reply.userRevision = 1;
    reply.more = true;
    talk.reply(reply);
    talk.expect<Digest>();
}

void HeartbeatTest::findsAPushThatWasDropped()
{
    Talk talk;
    ChatLog log(chatNumber(1), Talk::anna(), {Talk::me()});
    talk.signIn({&log});
    log.post(Talk::anna(), QStringLiteral("never pushed"));
    log.marks[Talk::anna()] = {Talk::anna(), 2, 2};
    talk.advance(limits::heartbeatMs);
    talk.expect<Alive>();
    talk.reply(AliveReply{true});
    talk.expect<Digest>();
    DigestReply reply;
    reply.userRevision = 1;
    reply.chats = {log.headFor(Talk::me())};
    talk.reply(reply);
    QCOMPARE(talk.core().chat(log.chat())->mark(Talk::anna()).read, 2);
    talk.serve({&log});
    QCOMPARE(talk.texts(log.chat()), QStringList{QStringLiteral("never pushed")});
}

void HeartbeatTest::closesAfterAMinuteOfSilence()
{
    Talk talk;
    talk.signIn({});
    talk.advance(14'000);
    talk.inject(PresenceChanged{});
    talk.advance(limits::heartbeatMs);
    talk.expect<Alive>();
    talk.reply(AliveReply{});
    talk.advance(limits::answerMs - 1);
    QVERIFY(!talk.core().takeCloseWish());
    talk.advance(limits::silenceMs);
    QVERIFY(talk.core().takeCloseWish());
}

void HeartbeatTest::saysAtOnceWhenThePersonIsBack()
{
    Talk talk;
    talk.signIn({});
    talk.core().setActive(true);
    talk.advance(1);
    QVERIFY(talk.expect<Alive>().active);
    talk.core().setActive(true);
    talk.advance(1);
    QVERIFY(talk.isSilent());
}

void HeartbeatTest::watchesAndFocusesAgainAfterReconnecting()
{
    Talk talk;
    ChatLog log(chatNumber(1), Talk::anna(), {Talk::me()});
    talk.signIn({&log});
    talk.core().focus(log.chat());
    talk.core().watch({Talk::anna()});
    QCOMPARE(*talk.expect<Focus>().chat, log.chat());
    talk.expect<Watch>();
    talk.reply(UsersReply{{}, {{Talk::anna(), PresenceState::Online, {}}}});
    QCOMPARE(talk.core().takeChanges().presence.size(), size_t(1));
    talk.connect();
    talk.welcome();
    talk.inject(talk.syncFor({}));
    QCOMPARE(*talk.expect<Focus>().chat, log.chat());
    QCOMPARE(talk.expect<Watch>().users, std::vector<UserId>{Talk::anna()});
}

void HeartbeatTest::typesAtMostEveryFourSeconds()
{
    Talk talk;
    ChatLog log(chatNumber(1), Talk::anna(), {Talk::me()});
    talk.signIn({&log});
    talk.core().setTyping(log.chat(), true);
    talk.advance(0);
    QVERIFY(talk.expect<Typing>().on);
    talk.advance(limits::typingEveryMs - 1);
    talk.core().setTyping(log.chat(), true);
    talk.advance(0);
    QVERIFY(!talk.has<Typing>());
    talk.advance(1);
    talk.core().setTyping(log.chat(), true);
    talk.advance(0);
    QVERIFY(talk.expect<Typing>().on);
    talk.core().setTyping(log.chat(), false);
    talk.advance(0);
    QVERIFY(!talk.expect<Typing>().on);
    talk.core().setTyping(log.chat(), false);
    talk.advance(0);
    QVERIFY(!talk.has<Typing>());
}

void HeartbeatTest::forgetsTypingAfterSixSeconds()
{
    Talk talk;
    ChatLog log(chatNumber(1), Talk::anna(), {Talk::me()});
    talk.signIn({&log});
    (void)talk.core().takeChanges();
    talk.inject(TypingChanged{log.chat(), Talk::anna(), true});
    QVERIFY(talk.core().takeChanges().typing.front().on);
    QCOMPARE(*talk.core().wakeUpMs(), talk.now().steadyMs + limits::typingLastsMs);
    talk.advance(limits::typingLastsMs - 1);
    QVERIFY(talk.core().takeChanges().typing.empty());
    talk.advance(1);
    QVERIFY(!talk.core().takeChanges().typing.front().on);
}

void HeartbeatTest::hidesTypingWhenSwitchedOff()
{
    Talk talk;
    ChatLog log(chatNumber(1), Talk::anna(), {Talk::me()});
    talk.signIn({&log});
    QVERIFY(talk.core().setState(statekeys::privacy(), toCbor(Privacy{false, true, false})));
    talk.core().setTyping(log.chat(), true);
    talk.advance(0);
    QVERIFY(!talk.has<Typing>());
}

void HeartbeatTest::knowsNobodyToBeThereWhenDisconnected()
{
    Talk talk;
    talk.signIn({});
    talk.inject(PresenceChanged{{{Talk::anna(), PresenceState::Online, {}}}});
    (void)talk.core().takeChanges();
    talk.disconnect();
    QCOMPARE(talk.core().takeChanges().presence.front().state, PresenceState::Offline);
}

void HeartbeatTest::tellsWhyTheServerCloses()
{
    Talk talk;
    talk.signIn({});
    talk.inject(GoAway{5'000});
    QCOMPARE(talk.notices<notice::GoneAway>().front().windowMs, 5'000);
    talk.inject(Closing{CloseReason::Revoked});
    QCOMPARE(talk.notices<notice::ClosedByServer>().front().reason, CloseReason::Revoked);
    QVERIFY(talk.core().takeCloseWish());
}

void HeartbeatTest::endsTheSessionOnARefusedToken()
{
    Talk talk;
    talk.connect();
    talk.refuse(ErrorCode::NotSignedIn);
    QCOMPARE(talk.notices<notice::SessionRefused>().front().refusal.code, ErrorCode::NotSignedIn);
    QVERIFY(talk.core().takeCloseWish());
}

void HeartbeatTest::fetchesTheMarksOfALargeGroupOnDemand()
{
    Talk talk;
    ChatLog log(chatNumber(1), Talk::me(), {Talk::anna(), Talk::ben()});
    const MessageId id = log.post(Talk::me(), QStringLiteral("mine"));
    log.setMembers(65);
    talk.signIn({&log});
    talk.core().wantDelivery(log.chat(), id, 12);
    talk.advance(0);
    QVERIFY(!talk.notices<notice::DeliveryKnown>().back().details.isComplete);
    talk.expect<Marks>();
    talk.reply(MarksReply{{{Talk::anna(), 2, 2}}, Talk::anna()});
    QCOMPARE(*talk.expect<Marks>().after, Talk::anna());
    talk.reply(MarksReply{{{Talk::ben(), 2, 0}}, {}});
    const auto details = talk.notices<notice::DeliveryKnown>().back().details;
    QVERIFY(details.isComplete);
    QCOMPARE(details.members.size(), size_t(2));
    QVERIFY(details.members[0].isRead && !details.members[1].isRead);
}

void HeartbeatTest::answersTicketsThatCannotBeAsked()
{
    Talk talk;
    talk.core().ask(FindUser{QStringLiteral("anna")}, 5);
    talk.advance(0);
    QCOMPARE(*talk.notices<notice::Answered>().front().refusal, ErrorCode::Unavailable);
    talk.signIn({});
    talk.core().ask(FindUser{QStringLiteral("anna")}, 6);
    talk.advance(0);
    talk.expect<FindUser>();
    talk.reply(UsersReply{{{Talk::anna(), QStringLiteral("anna"), {}, {}, {}, {}, 1}}, {}});
    QCOMPARE(talk.notices<notice::UserFound>().front().user->id, Talk::anna());
    talk.core().ask(Devices{}, 7);
    talk.disconnect();
    QCOMPARE(talk.notices<notice::Answered>().back().ticket, 7);
}

QTEST_GUILESS_MAIN(HeartbeatTest)
#include "tst_heartbeat.moc"
