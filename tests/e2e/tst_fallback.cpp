// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0

// A proxy that lets no WebSocket through: real clients, the real server in this process.
#include "tests/support/strictproxy.h"
#include "tests/support/waiting.h"
#include "tests/support/world.h"

#include <QTest>

using namespace parley;
using namespace Qt::StringLiterals;

class FallbackTest : public QObject {
    Q_OBJECT

private slots:
    void talksThroughAProxyThatRefusesWebSockets();
    void talksThroughAProxyThatSwallowsThem();
    void talksThroughAProxyThatCutsThem();
    void losesAndDoublesNothingWhileItIsCut();
    void comesBackToTheWebSocket();

private:
    /// Somebody behind the proxy, which is in front of a network of their own.
    static bool joinBehind(World &world, const StrictProxy &proxy, Person &ada)
    {
        world.addUser(u"ada"_s);
        return ada.signIn(proxy.url(), world.mintToken(u"ada"_s))
            && waitUntil([&] { return ada.isOnline(); });
    }
    void talk(StrictProxy::Upgrades upgrades);
};

void FallbackTest::talk(StrictProxy::Upgrades upgrades)
{
    World world;
    auto &bob = world.join(u"bob"_s);
    auto &ada = world.visit(u"ada"_s);
    StrictProxy proxy(world.network(ada).port());
    proxy.setUpgrades(upgrades);
    QVERIFY(joinBehind(world, proxy, ada));
    QVERIFY(proxy.requests() > 0);
    const auto chat = ada.startDirect(bob.id());
    const auto id = ada.say(chat, u"Hello Bob"_s);
    PARLEY_WAIT(bob.said(chat, u"Hello Bob"_s));
    bob.client().accept(chat);
    bob.say(chat, u"Hello Ada"_s);
    PARLEY_WAIT(ada.said(chat, u"Hello Ada"_s));
    PARLEY_WAIT(ada.delivery(chat, id) == Delivery::Delivered);
    for (int i = 0; i < 20; ++i) {
        ada.say(chat, u"from ada %1"_s.arg(i));
        bob.say(chat, u"from bob %1"_s.arg(i));
    }
    PARLEY_WAIT(ada.said(chat, u"from bob 19"_s) && bob.said(chat, u"from ada 19"_s));
    PARLEY_WAIT(ada.texts(chat) == bob.texts(chat));
    QVERIFY(ada.refusals().empty() && bob.refusals().empty());
    QCOMPARE(world.closeAndCompare(), QString());
}

void FallbackTest::talksThroughAProxyThatRefusesWebSockets()
{
    talk(StrictProxy::Upgrades::Refused);
}

void FallbackTest::talksThroughAProxyThatSwallowsThem()
{
    talk(StrictProxy::Upgrades::Swallowed);
}

void FallbackTest::talksThroughAProxyThatCutsThem()
{
    talk(StrictProxy::Upgrades::Cut);
}

void FallbackTest::losesAndDoublesNothingWhileItIsCut()
{
    World world;
    auto &bob = world.join(u"bob"_s);
    auto &ada = world.visit(u"ada"_s);
    StrictProxy proxy(world.network(ada).port());
    proxy.setUpgrades(StrictProxy::Upgrades::Refused);
    QVERIFY(joinBehind(world, proxy, ada));
    const auto chat = ada.startGroup(u"cuts"_s, {bob.id()});
    PARLEY_WAIT(bob.knows(chat));
    for (quint32 i = 0; i < 30; ++i) {
        ada.say(chat, u"from ada %1"_s.arg(i));
        bob.say(chat, u"from bob %1"_s.arg(i));
        world.network(ada).cutOne(i * 7 + 3);
        if (i % 10 == 9)
            world.network(ada).cutAll();
    }
    PARLEY_WAIT(ada.said(chat, u"from bob 29"_s) && bob.said(chat, u"from ada 29"_s));
    PARLEY_WAIT(ada.texts(chat) == bob.texts(chat));
    QCOMPARE(ada.texts(chat).size(), 60);
    QCOMPARE(world.closeAndCompare(), QString());
}

void FallbackTest::comesBackToTheWebSocket()
{
    World world;
    auto &bob = world.join(u"bob"_s);
    auto &ada = world.visit(u"ada"_s);
    StrictProxy proxy(world.network(ada).port());
    proxy.setUpgrades(StrictProxy::Upgrades::Refused);
    QVERIFY(joinBehind(world, proxy, ada));
    const auto chat = ada.startGroup(u"back"_s, {bob.id()});
    ada.say(chat, u"by polling"_s);
    PARLEY_WAIT(bob.said(chat, u"by polling"_s));
    QCOMPARE(proxy.passed(), 0);

    // A try that is under way when the door opens may still be one to poll.
    proxy.setUpgrades(StrictProxy::Upgrades::Passed);
    for (int i = 0; i < 5 && proxy.passed() == 0; ++i) {
        world.network(ada).setDoor(TcpProxy::Door::Closed);
        world.network(ada).cutAll();
        PARLEY_WAIT(ada.status().state == ConnectionState::Unreachable);
        ada.say(chat, u"later %1"_s.arg(i));
        world.network(ada).setDoor(TcpProxy::Door::Open);
        ada.client().retryNow();
        PARLEY_WAIT(ada.isOnline());
        PARLEY_WAIT(bob.said(chat, u"later %1"_s.arg(i)));
    }
    QVERIFY(proxy.passed() > 0);
    bob.say(chat, u"by WebSocket"_s);
    PARLEY_WAIT(ada.said(chat, u"by WebSocket"_s));
    QCOMPARE(world.closeAndCompare(), QString());
}

QTEST_GUILESS_MAIN(FallbackTest)
#include "tst_fallback.moc"
