// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/core/statekeys.h"
#include "tests/client/support/talk.h"

using namespace parley;

class UserStateTest : public QObject {
    Q_OBJECT
private slots:
    void appliesOnlyTheNextRevision();
    void asksByADigestWhenOneIsMissing();
    void showsWhatThePersonSetAtOnce();
    void setsAgainAfterAConflict();
    void keepsWhatWasSetWhileAnotherValueTravelled();
    void keepsWhatWasSetAcrossARestart();
    void waitsForTheRevisionsBetween();
    void takesBackWhatTheServerRefuses();
    void aHigherDecisionAboutAChatWins();
    void tellsPrivacyAndMute();
};

namespace {
const QString key = QStringLiteral("folder/work");
const QByteArray value = QByteArrayLiteral("\x61v");
} // namespace

void UserStateTest::appliesOnlyTheNextRevision()
{
    Talk talk;
    talk.signIn({});
    talk.inject(UserStateChanged{{key, value, 1}});
    QCOMPARE(talk.core().state().revision(), 1);
    talk.inject(UserStateChanged{{key, QByteArray("old"), 1}});
    QCOMPARE(*talk.core().state().value(key), value);
    QVERIFY(talk.isSilent());
}

void UserStateTest::asksByADigestWhenOneIsMissing()
{
    Talk talk;
    talk.signIn({});
    talk.inject(UserStateChanged{{key, value, 2}});
    QCOMPARE(talk.core().state().revision(), 0);
    const auto digest = talk.expect<Digest>();
    QCOMPARE(digest.userRevision, 0);
    talk.inject(UserStateChanged{{key, value, 3}});
    QVERIFY(!talk.has<Digest>()); // one is on its way
    DigestReply reply;
    reply.userRevision = 3;
    reply.state = {{key, value, 3}};
    talk.reply(reply);
    QCOMPARE(talk.core().state().revision(), 3);
    QCOMPARE(*talk.core().state().value(key), value);
}

void UserStateTest::showsWhatThePersonSetAtOnce()
{
    Talk talk;
    talk.signIn({});
    QVERIFY(talk.core().setState(key, value));
    QCOMPARE(*talk.core().state().value(key), value);
    QCOMPARE(talk.expect<SetState>(), (SetState{key, value, 0}));
    talk.reply(SetReply{{key, value, 1}});
    QCOMPARE(talk.core().state().revision(), 1);
    talk.inject(UserStateChanged{{key, value, 1}});
    QVERIFY(talk.core().setState(key, value)); // nothing new
    QVERIFY(talk.isSilent());
    QVERIFY(talk.cache().wishes().empty());
}

void UserStateTest::setsAgainAfterAConflict()
{
    Talk talk;
    talk.signIn({});
    QVERIFY(talk.core().setState(key, value));
    talk.expect<SetState>();
    Refusal refusal = refusalOf(Error(ErrorCode::Conflict));
    refusal.row = StateRow{key, QByteArray("theirs"), 1};
    talk.core().received(Refused{talk.lastRequest(), refusal});
    QCOMPARE(*talk.core().state().value(key), value);
    QCOMPARE(talk.expect<SetState>(), (SetState{key, value, 1}));
}

void UserStateTest::keepsWhatWasSetWhileAnotherValueTravelled()
{
    Talk talk;
    talk.signIn({});
    QVERIFY(talk.core().setState(key, value));
    talk.expect<SetState>();
    QVERIFY(talk.core().setState(key, QByteArray("newer")));
    QVERIFY(!talk.has<SetState>());
    talk.reply(SetReply{{key, value, 1}});
    QCOMPARE(*talk.core().state().value(key), QByteArray("newer"));
    QCOMPARE(talk.expect<SetState>(), (SetState{key, QByteArray("newer"), 1}));
}

void UserStateTest::keepsWhatWasSetAcrossARestart()
{
    Talk talk;
    talk.signIn({});
    talk.disconnect();
    QVERIFY(talk.core().setState(key, value));
    talk.restart();
    QCOMPARE(*talk.core().state().value(key), value);
    talk.connect();
    talk.welcome();
    talk.inject(talk.syncFor({}));
    QCOMPARE(talk.expect<SetState>().key, key);
}

void UserStateTest::waitsForTheRevisionsBetween()
{
    Talk talk;
    talk.signIn({});
    QVERIFY(talk.core().setState(key, value));
    talk.expect<SetState>();
    talk.reply(SetReply{{key, value, 2}}); // revision 1 is not here yet
    QCOMPARE(talk.core().state().revision(), 0);
    QCOMPARE(*talk.core().state().value(key), value);
    QVERIFY(talk.isSilent());
    talk.inject(UserStateChanged{{QStringLiteral("folder/x"), value, 1}});
    talk.inject(UserStateChanged{{key, value, 2}});
    QCOMPARE(talk.core().state().revision(), 2);
    QCOMPARE(*talk.core().state().value(key), value);
}

void UserStateTest::takesBackWhatTheServerRefuses()
{
    Talk talk;
    talk.signIn({});
    QVERIFY(talk.core().setState(key, value));
    talk.expect<SetState>();
    talk.refuse(ErrorCode::LimitReached);
    QVERIFY(!talk.core().state().value(key));
    QVERIFY(talk.core().setState(key, value));
    talk.expect<SetState>();
    talk.refuse(ErrorCode::Unavailable);
    QVERIFY(!talk.has<SetState>());
    talk.advance(5'000);
    QVERIFY(talk.has<SetState>());
}

void UserStateTest::aHigherDecisionAboutAChatWins()
{
    Talk talk;
    ChatLog log(chatNumber(1), Talk::anna(), {Talk::me()});
    talk.signIn({&log});
    talk.inject(UserStateChanged{talk.joined(log.chat(), 5, std::nullopt)});
    QVERIFY(!talk.core().chat(log.chat())->isMine());
    talk.inject(UserStateChanged{talk.joined(log.chat(), 3, 3)}); // late: decided before
    QVERIFY(!talk.core().chat(log.chat())->isMine());
    talk.inject(UserStateChanged{talk.joined(log.chat(), 9, 9)});
    QVERIFY(talk.core().chat(log.chat())->isMine());
    QVERIFY(talk.has<Page>());
}

void UserStateTest::tellsPrivacyAndMute()
{
    Talk talk;
    ChatLog log(chatNumber(1), Talk::anna(), {Talk::me()});
    talk.signIn({&log});
    (void)talk.core().takeChanges();
    QVERIFY(talk.core().setState(statekeys::privacy(), toCbor(Privacy{true, false, true})));
    const Changes changes = talk.core().takeChanges();
    QVERIFY(changes.privacy && changes.privacy->receiptsOff && changes.privacy->presenceOff);
    const qint64 until = talk.now().wallMs + 1'000;
    QVERIFY(talk.core().setState(statekeys::mute(log.chat()), toCbor(Mute{until})));
    QVERIFY(talk.summary(log.chat()).isMuted);
    talk.advance(1'000);
    QVERIFY(!talk.summary(log.chat()).isMuted);
    QVERIFY(talk.core().setState(statekeys::mute(log.chat()), toCbor(Mute{0})));
    QVERIFY(talk.summary(log.chat()).isMuted);
    QVERIFY(talk.core().setState(statekeys::mute(log.chat()), std::nullopt));
    QVERIFY(!talk.summary(log.chat()).isMuted);
}

QTEST_GUILESS_MAIN(UserStateTest)
#include "tst_userstate.moc"
