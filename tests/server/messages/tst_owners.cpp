// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/codec/cbor.h"
#include "shared/directchat.h"
#include "tests/server/messages/conversation.h"

using namespace parley;

namespace {

/// A second service on the same store: what it does, the first one does not hear of.
class AnotherOwner : public ServiceOutlet {
public:
    explicit AnotherOwner(Conversation &world)
        : m_world(world)
        , m_store(world.memory)
        , m_service(m_store, *this, Conversation::generousLimits())
    {
    }
    ~AnotherOwner() override { m_world.store.takeBack(); }

    void does(const Peer &peer, ServiceCommand command)
    {
        Origin origin{SessionRef{2, 1}, ++m_last, peer.user(), peer.device()};
        m_service.handle({Queued{origin, std::move(command)}}, m_world.now);
    }
    void attach(const Peer &peer) { does(peer, peer.attachment()); }
    /// From now on nothing that it asks is answered.
    void freeze() { m_store.isHeld = true; }

private:
    void deliver(std::vector<ServiceOutput>) override { }

    Conversation &m_world;
    FaultyStore m_store;
    MessageService m_service;
    RequestNumber m_last = 0;
};

QByteArray receiptsOff()
{
    Privacy privacy;
    privacy.receiptsOff = true;
    return toCbor(privacy);
}

} // namespace

class TestOwners : public QObject {
    Q_OBJECT

private slots:
    void takesUpWordThatAnotherOwnerPromised();
    void endsTheSessionOfADeviceThatAnotherOwnerRemoved();
    void hearsOfAReceiptsSwitchAtAnotherOwner();
    void doesNotUndoAReceiptsSwitchAtAnotherOwner();
    void doesNotContradictAnotherOwnerWithoutEnd();
};

void TestOwners::takesUpWordThatAnotherOwnerPromised()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &bo = world.attach(world.addUser(QStringLiteral("bo")));
    const ChatId chat = newGroupId(world.random);
    {
        AnotherOwner other(world);
        other.freeze();
        other.does(ana, Send{chat, {world.createGroup({}, {bo.user()})}});
    }
    QCOMPARE(world.memory.pendingDerived()->size(), size_t(2));
    bo.expectNothing();
    world.now += 61'000;
    world.handle({});
    QCOMPARE(bo.expect<UserStateChanged>().row.key, QStringLiteral("chat/") + chat.text());
    QVERIFY(world.memory.pendingDerived()->empty());
}

void TestOwners::endsTheSessionOfADeviceThatAnotherOwnerRemoved()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &lost = world.attach(ana.user());
    {
        AnotherOwner other(world);
        other.does(ana, RevokeDevice{lost.device()});
    }
    QVERIFY(!lost.closed);
    // Whichever of the user's devices is seen next.
    world.handle({Queued{Origin{}, DeviceSeen{ana.user(), ana.device()}}});
    QCOMPARE(lost.closed, std::optional(CloseReason::Revoked));
    QVERIFY(!ana.closed);
}

void TestOwners::hearsOfAReceiptsSwitchAtAnotherOwner()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &bo = world.attach(world.addUser(QStringLiteral("bo")));
    const ChatId chat = world.group(ana, {bo.user()});
    ana.open(chat);
    bo.open(chat);
    {
        AnotherOwner other(world);
        other.does(ana, SetState{QStringLiteral("privacy"), receiptsOff(), 0});
    }
    bo.clear();
    world.handle({Queued{Origin{}, DeviceSeen{ana.user(), ana.device()}}});
    const Pushed pushed = bo.expect<Pushed>();
    QCOMPARE(pushed.entries.front().kind, Kind::Receipts);
    QVERIFY(pushed.entries.front().member->receiptsOff);
}

void TestOwners::doesNotUndoAReceiptsSwitchAtAnotherOwner()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &bo = world.attach(world.addUser(QStringLiteral("bo")));
    const ChatId chat = world.group(ana, {bo.user()});
    ana.open(chat);
    {
        AnotherOwner other(world);
        other.attach(ana);
        other.does(ana, Page{chat, 0, 0});
        other.does(ana, SetState{QStringLiteral("privacy"), receiptsOff(), 0});
    }
    QVERIFY(ana.open(chat).self->receiptsOff);
    const PageReply page = ana.open(chat);
    QVERIFY(page.self->receiptsOff);
    QCOMPARE(page.head, qint64(2));
}

void TestOwners::doesNotContradictAnotherOwnerWithoutEnd()
{
    Conversation world;
    Peer &ana = world.attach(world.addUser(QStringLiteral("ana")));
    Peer &bo = world.attach(world.addUser(QStringLiteral("bo")));
    const ChatId chat = world.group(ana, {bo.user()});
    ana.open(chat);
    const auto off = ana.ask(SetState{QStringLiteral("privacy"), receiptsOff(), 0});
    QVERIFY(off);
    {
        AnotherOwner other(world);
        other.attach(ana);
        other.does(ana, Page{chat, 0, 0});
        other.does(ana, SetState{QStringLiteral("privacy"), toCbor(Privacy{}), off->row.revision});
    }
    // Ana's session here still believes that receipts are off.
    std::vector<qint64> heads;
    for (int i = 0; i < 3; ++i) {
        const auto said = bo.say(chat, QByteArrayLiteral("hello"));
        QVERIFY(said.seq && ana.ask(MarkUp{chat, *said.seq, *said.seq}));
        heads.push_back(ana.open(chat, *said.seq).head);
    }
    QVERIFY(!ana.open(chat).self->receiptsOff);
    // The log has heard of the mistake and of its end, and of nothing after them.
    QCOMPARE(heads[1], heads[0] + 1);
    QCOMPARE(heads[2], heads[1] + 1);
}

QTEST_GUILESS_MAIN(TestOwners)
#include "tst_owners.moc"
