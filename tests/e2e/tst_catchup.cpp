// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0

// Whoever was away, lost something, or does not read, has everything in the end.
#include "tests/support/waiting.h"
#include "tests/support/world.h"

#include <QTest>

using namespace parley;
using namespace Qt::StringLiterals;

namespace {

/// The shortest heartbeat of a client; every fifth carries its digest.
constexpr qint64 shortHeartbeatMs = 1'000;
/// How a push begins on the wire, whatever else is in it.
const QByteArray pushMark("\x64push");

} // namespace

class CatchUpTest : public QObject {
    Q_OBJECT

private slots:
    void replaysWhatWasMissed();
    void opensAChatAnewAfterALongAbsence();
    void fetchesHistoryThatIsLookedAt();
    void findsALostPushByTheDigest();
    void findsALostPushByTheNextOne();
    void findsALostMarkByTheDigest();
    void noticesAHalfOpenConnection();
    void survivesCutsAtAnyByte();
    void lagsAndRecovers();

private:
    static void sayMany(Person &person, const ChatId &chat, int count, qsizetype bytes = 0);
};

// One after the other without waiting: a client keeps their order.
void CatchUpTest::sayMany(Person &person, const ChatId &chat, int count, qsizetype bytes)
{
    for (int number = 1; number <= count; ++number) {
        NewMessage message;
        message.payload = Person::payloadOf(u"%1 "_s.arg(number) + QString(bytes, u'x'));
        person.client().sendMessage(chat, message);
    }
}

void CatchUpTest::replaysWhatWasMissed()
{
    World world;
    auto &ada = world.join(u"ada"_s);
    auto &bob = world.join(u"bob"_s);
    const auto chat = ada.startGroup(u"missed"_s, {bob.id()});
    const auto early = ada.say(chat, u"early"_s);
    PARLEY_WAIT(bob.said(chat, u"early"_s));
    bob.closeProgram();
    sayMany(ada, chat, 500);
    ada.edit(chat, early, u"early, edited"_s);
    PARLEY_WAIT(ada.chat(chat)->head >= 503);
    bob.openProgram();
    PARLEY_WAIT(bob.isOnline() && bob.chat(chat)->head == ada.chat(chat)->head);
    // It was replayed, not opened anew: everything from the start is held.
    QCOMPARE(bob.chat(chat)->completeFrom, bob.chat(chat)->readableFrom);
    PARLEY_WAIT(bob.said(chat, u"early, edited"_s));
    PARLEY_WAIT(bob.chat(chat)->unread == 501);
    QCOMPARE(world.closeAndCompare(), QString());
}

void CatchUpTest::opensAChatAnewAfterALongAbsence()
{
    World world;
    auto &ada = world.join(u"ada"_s);
    auto &bob = world.join(u"bob"_s);
    const auto chat = ada.startGroup(u"long away"_s, {bob.id()});
    ada.say(chat, u"before"_s);
    PARLEY_WAIT(bob.said(chat, u"before"_s));
    world.network(bob).setDoor(TcpProxy::Door::Closed);
    world.network(bob).cutAll();
    PARLEY_WAIT(!bob.isOnline());
    bob.client().setDraft(chat, {u"not lost"_s, {}, {}});
    bob.say(chat, u"written away"_s);
    const int many = static_cast<int>(limits::replayEntries) + 100;
    sayMany(ada, chat, many);
    PARLEY_WAIT(ada.chat(chat)->head >= many + 2);
    const auto before = bob.chat(chat)->head;
    world.network(bob).setDoor(TcpProxy::Door::Open);
    bob.client().retryNow();
    PARLEY_WAIT(bob.isOnline() && bob.chat(chat)->head > before + many);
    PARLEY_WAIT(ada.said(chat, u"written away"_s));
    PARLEY_WAIT(bob.said(chat, u"written away"_s)->delivery >= Delivery::Sent);
    QCOMPARE(bob.chat(chat)->draft, u"not lost"_s);
    // What lies before is fetched while nothing else is to be done.
    PARLEY_WAIT(bob.chat(chat)->completeFrom == bob.chat(chat)->readableFrom);
    QCOMPARE(world.closeAndCompare(), QString());
}

void CatchUpTest::fetchesHistoryThatIsLookedAt()
{
    World world;
    auto &ada = world.join(u"ada"_s);
    const auto chat = ada.startGroup(u"history"_s, {});
    sayMany(ada, chat, 300);
    PARLEY_WAIT(ada.chat(chat)->head >= 301);
    auto &phone = world.visit(u"ada-phone"_s, World::Backfill::Off);
    QVERIFY(phone.signIn(world.network(phone).url(), world.mintToken(u"ada"_s)));
    PARLEY_WAIT(phone.isOnline() && phone.knows(chat) && phone.chat(chat)->completeFrom > 0);
    const auto low = phone.chat(chat)->completeFrom;
    QCOMPARE(low, phone.chat(chat)->head - limits::openRows + 1);
    phone.client().wantHistory(chat, low - 80, low - 1);
    PARLEY_WAIT(phone.chat(chat)->completeFrom <= low - 80);
    QVERIFY(phone.chat(chat)->completeFrom > 1);
    QCOMPARE(world.closeAndCompare(), QString());
}

void CatchUpTest::findsALostPushByTheDigest()
{
    World world([](Config &config) { config.times.heartbeatMs = shortHeartbeatMs; });
    auto &ada = world.join(u"ada"_s);
    auto &bob = world.join(u"bob"_s);
    const auto chat = ada.startGroup(u"digest"_s, {bob.id()});
    ada.say(chat, u"seen"_s);
    PARLEY_WAIT(bob.said(chat, u"seen"_s));
    auto &network = world.network(bob);
    const int connections = network.accepted();
    network.setLosing([](const QByteArray &frame) { return frame.contains(pushMark); });
    const auto id = ada.say(chat, u"lost"_s);
    PARLEY_WAIT(network.lostFrames() > 0 && ada.delivery(chat, id) == Delivery::Sent);
    network.setLosing({});
    QVERIFY(!bob.said(chat, u"lost"_s));
    // Nobody says anything more: only the digest can tell.
    PARLEY_WAIT(bob.said(chat, u"lost"_s));
    QCOMPARE(network.accepted(), connections);
    QCOMPARE(world.closeAndCompare(), QString());
}

void CatchUpTest::findsALostPushByTheNextOne()
{
    World world;
    auto &ada = world.join(u"ada"_s);
    auto &bob = world.join(u"bob"_s);
    const auto chat = ada.startGroup(u"gap"_s, {bob.id()});
    ada.say(chat, u"one"_s);
    PARLEY_WAIT(bob.said(chat, u"one"_s));
    auto &network = world.network(bob);
    const int connections = network.accepted();
    network.setLosing([](const QByteArray &frame) { return frame.contains(pushMark); });
    const auto lost = ada.say(chat, u"two"_s);
    PARLEY_WAIT(network.lostFrames() > 0 && ada.delivery(chat, lost) == Delivery::Sent);
    network.setLosing({});
    ada.say(chat, u"three"_s);
    PARLEY_WAIT(bob.texts(chat) == QStringList({u"one"_s, u"two"_s, u"three"_s}));
    QCOMPARE(network.accepted(), connections);
    QCOMPARE(world.closeAndCompare(), QString());
}

void CatchUpTest::findsALostMarkByTheDigest()
{
    World world([](Config &config) { config.times.heartbeatMs = shortHeartbeatMs; });
    auto &ada = world.join(u"ada"_s);
    auto &bob = world.join(u"bob"_s);
    const auto chat = ada.startGroup(u"marks"_s, {bob.id()});
    const auto id = ada.say(chat, u"read me"_s);
    PARLEY_WAIT(bob.said(chat, u"read me"_s) && ada.delivery(chat, id) == Delivery::Delivered);
    auto &network = world.network(ada);
    const int connections = network.accepted();
    network.setLosing([](const QByteArray &frame) { return frame.contains(pushMark); });
    bob.client().markRead(chat, bob.chat(chat)->head);
    PARLEY_WAIT(network.lostFrames() > 0);
    network.setLosing({});
    PARLEY_WAIT(ada.delivery(chat, id) == Delivery::Read);
    QCOMPARE(network.accepted(), connections);
    QCOMPARE(world.closeAndCompare(), QString());
}

void CatchUpTest::noticesAHalfOpenConnection()
{
    World world([](Config &config) { config.times.heartbeatMs = shortHeartbeatMs; });
    auto &ada = world.join(u"ada"_s);
    auto &bob = world.join(u"bob"_s);
    const auto chat = ada.startGroup(u"half open"_s, {bob.id()});
    PARLEY_WAIT(bob.knows(chat));
    world.network(ada).halfOpenAll();
    // No answer in 15 s, and it connects again: neither side was told that the other is gone.
    const auto id = ada.say(chat, u"into the void"_s);
    PARLEY_WAIT(bob.said(chat, u"into the void"_s));
    PARLEY_WAIT(ada.delivery(chat, id) >= Delivery::Sent);
    QCOMPARE(bob.texts(chat).size(), 1);
    QCOMPARE(world.closeAndCompare(), QString());
}

void CatchUpTest::survivesCutsAtAnyByte()
{
    World world;
    auto &ada = world.join(u"ada"_s);
    auto &bob = world.join(u"bob"_s);
    const auto chat = ada.startGroup(u"cuts"_s, {bob.id()});
    PARLEY_WAIT(bob.knows(chat));
    constexpr int rounds = 12;
    constexpr int perRound = 10;
    QStringList expected;
    for (quint32 round = 0; round < rounds; ++round) {
        sayMany(round % 2 ? bob : ada, chat, perRound, 100);
        world.network(ada).cutOne(round * 97);
        world.network(bob).cutOne(round * 61);
        for (auto *const person : {&ada, &bob}) {
            person->client().retryNow();
            PARLEY_WAIT(person->isOnline());
        }
        PARLEY_WAIT(ada.texts(chat).size() == int(round + 1) * perRound);
    }
    PARLEY_WAIT(bob.texts(chat) == ada.texts(chat));
    QCOMPARE(world.closeAndCompare(), QString());
}

void CatchUpTest::lagsAndRecovers()
{
    World world([](Config &config) { config.limits.sendQueueBytes = 128 * 1024; });
    auto &ada = world.join(u"ada"_s);
    auto &bob = world.join(u"bob"_s);
    auto &cy = world.join(u"cy"_s);
    const auto chat = ada.startGroup(u"slow"_s, {bob.id(), cy.id()});
    PARLEY_WAIT(bob.knows(chat) && cy.knows(chat));
    auto &network = world.network(cy);
    const int connections = network.accepted();
    network.setReading(TcpProxy::Reading::Stalled);
    constexpr int many = 400;
    sayMany(ada, chat, many, 30'000);
    // One who does not read never delays another.
    PARLEY_WAIT(bob.chat(chat)->head >= many + 1);
    QVERIFY(cy.chat(chat)->head < many);
    network.setReading(TcpProxy::Reading::Passing);
    PARLEY_WAIT(cy.chat(chat)->head == bob.chat(chat)->head);
    QCOMPARE(network.accepted(), connections);
    QCOMPARE(world.closeAndCompare(), QString());
}

QTEST_GUILESS_MAIN(CatchUpTest)
#include "tst_catchup.moc"
