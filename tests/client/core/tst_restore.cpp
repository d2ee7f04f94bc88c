// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/client/support/talk.h"

using namespace parley;

/// The server's store was restored from a backup.
class RestoreTest : public QObject {
    Q_OBJECT
private slots:
    void putsSentOperationsBackAheadOfWhatWaits();
    void takesTheEpochAndCatchesUpFromNothing();
    void treatsAnUnexpectedEpochAsRestored();
    void forgetsSentOperationsAfterThirtyDays();
    void sendsAgainWhatOnlyAnOpenedChatConfirmed();
    void keepsDrafts();
    void neverTakesALowerHeadForARestore();
    void keepsAChatWhoseCreationIsSentAgain();
    void doesAllOfItOrNothing();
};

namespace {

Epoch otherEpoch()
{
    return Epoch::fromArray({2});
}

Sync restored()
{
    Sync sync;
    sync.epoch = otherEpoch();
    sync.restored = true;
    return sync;
}

struct Sent {
    Talk talk;
    ChatLog log{chatNumber(1), Talk::me(), {Talk::anna()}};
    std::vector<MessageId> ids;
    Sent()
    {
        talk.signIn({&log});
        for (int i = 0; i < 3; ++i)
            ids.push_back(*talk.core().compose(log.chat(), talk.text(QString::number(i))));
        while (talk.has<Send>()) {
            const auto send = talk.expect<Send>();
            talk.reply(talk.accept(log, send, Talk::me()));
        }
        talk.inject(log.push(2, 4));
        talk.serve({&log});
        talk.disconnect();
        ids.push_back(*talk.core().compose(log.chat(), talk.text(QStringLiteral("waits"))));
    }
};

} // namespace

void RestoreTest::putsSentOperationsBackAheadOfWhatWaits()
{
    Sent s;
    s.talk.connect();
    s.talk.welcome();
    s.talk.inject(restored());
    Sync sync = s.talk.syncFor({});
    sync.epoch = otherEpoch();
    s.talk.inject(sync);
    const auto send = s.talk.expect<Send>();
    std::vector<MessageId> sent;
    for (const Operation &operation : send.operations)
        sent.push_back(operation.id);
    QCOMPARE(sent, s.ids);
    s.talk.reply(SendReply{{{s.ids[0], 2, 1, true, {}, {}}, {s.ids[1], 3, 1, true, {}, {}},
        {s.ids[2], 4, 1, false, {}, {}}, {s.ids[3], 5, 1, false, {}, {}}}});
    QVERIFY(s.talk.core().outbox().isIdle());
}

void RestoreTest::takesTheEpochAndCatchesUpFromNothing()
{
    Sent s;
    s.talk.connect();
    s.talk.welcome();
    s.talk.inject(restored());
    const auto catchUp = s.talk.expect<CatchUp>();
    QCOMPARE(*catchUp.epoch, otherEpoch());
    QCOMPARE(catchUp.userRevision, 0);
    QVERIFY(catchUp.have.empty());
    QVERIFY(!s.talk.core().isLive());
    QCOMPARE(s.talk.core().state().revision(), 0);
    QVERIFY(s.talk.core().takeChanges().isReset);
    s.talk.restart();
    QCOMPARE(*s.talk.core().epoch(), otherEpoch());
}

void RestoreTest::treatsAnUnexpectedEpochAsRestored()
{
    Sent s;
    s.talk.connect();
    s.talk.welcome();
    Sync sync = s.talk.syncFor({});
    sync.epoch = otherEpoch();
    s.talk.inject(sync);
    QVERIFY(s.talk.expect<CatchUp>().have.empty());
}

void RestoreTest::forgetsSentOperationsAfterThirtyDays()
{
    Sent s;
    // The message of seq n was accepted n ms after the beginning of the log's time.
    s.talk.connect();
    s.talk.welcome(1'700'000'000'003 + limits::sentKeptMs);
    QCOMPARE(s.talk.cache().sentSince(0).size(), size_t(2));
    s.talk.inject(restored());
    QCOMPARE(s.talk.core().outbox().items(s.log.chat()).size(), size_t(3));
    QVERIFY(s.talk.cache().sentSince(0).empty());
}

void RestoreTest::sendsAgainWhatOnlyAnOpenedChatConfirmed()
{
    Sent s;
    s.talk.connect();
    s.talk.welcome();
    s.talk.inject(s.talk.syncFor({&s.log}));
    s.talk.serve({&s.log});
    s.talk.reply(s.talk.accept(s.log, s.talk.expect<Send>(), Talk::me()));
    const MessageId old = s.ids[0];
    QVERIFY(s.talk.core().edit(s.log.chat(), old, ContentType::Text, QByteArrayLiteral("new")));
    (void)s.talk.accept(s.log, s.talk.expect<Send>(), Talk::me());
    // The answer is lost, and so much follows that the chat begins anew, far from what was edited.
    s.talk.disconnect();
    for (int i = 0; i < 1'001; ++i)
        s.log.post(Talk::anna(), QString::number(i));
    s.talk.connect();
    s.talk.welcome();
    s.talk.inject(s.talk.syncFor({&s.log}));
    const PageReply reply = s.log.page(Talk::me(), s.talk.expect<Page>());
    QVERIFY(reply.opened);
    s.talk.reply(reply);
    const auto waits = [&] {
        const auto &items = s.talk.core().outbox().items(s.log.chat());
        return std::any_of(items.begin(), items.end(), [&](const OutboxItem &item) {
            return item.operation.kind == Kind::Edit && item.operation.target == old;
        });
    };
    QVERIFY(!waits());
    s.talk.disconnect();
    s.talk.connect();
    s.talk.welcome();
    s.talk.inject(restored());
    QVERIFY(waits());
}

void RestoreTest::keepsDrafts()
{
    Talk talk;
    ChatLog log(chatNumber(1), Talk::me(), {Talk::anna()});
    talk.signIn({&log});
    const QString key = QStringLiteral("draft/") + log.chat().text();
    const QByteArray value = toCbor(Draft{QStringLiteral("half a thought"), {}, {}});
    talk.inject(UserStateChanged{{key, value, 2}});
    talk.inject(Lagging{});
    talk.inject(restored());
    QCOMPARE(*talk.core().state().value(key), value);
    Sync sync;
    sync.epoch = otherEpoch();
    talk.inject(sync);
    const auto set = talk.expect<SetState>();
    QCOMPARE(set.key, key);
    QCOMPARE(set.basedOn, 0);
}

void RestoreTest::neverTakesALowerHeadForARestore()
{
    Sent s;
    s.talk.connect();
    s.talk.welcome();
    Sync sync = s.talk.syncFor({});
    ChatHead old = s.log.headFor(Talk::me());
    old.head = 1;
    sync.chats = {old};
    s.talk.inject(sync);
    const auto page = s.talk.expect<Page>();
    QCOMPARE(page.after, 4);
    PageReply stale = s.log.page(Talk::me(), page);
    stale.head = 2;
    s.talk.reply(stale);
    QCOMPARE(s.talk.core().chat(s.log.chat())->seq(), 4);
    QVERIFY(s.talk.has<Page>());
    QCOMPARE(s.talk.texts(s.log.chat()).size(), 4);
}

void RestoreTest::keepsAChatWhoseCreationIsSentAgain()
{
    Talk talk;
    talk.signIn({});
    const auto chat = talk.core().createGroup(QStringLiteral("Walkers"), {Talk::anna()});
    QVERIFY(chat);
    const auto send = talk.expect<Send>();
    talk.reply(SendReply{{{send.operations[0].id, 1, 1'700'000'000'001, false, {}, {}}}});
    talk.inject(UserStateChanged{talk.joined(*chat)});
    talk.inject(Lagging{});
    talk.inject(restored());
    QCOMPARE(talk.summary(*chat).title, QStringLiteral("Walkers"));
    QVERIFY(talk.summary(*chat).isPending);
    QVERIFY(talk.summary(*chat).canWrite);
}

void RestoreTest::doesAllOfItOrNothing()
{
    for (int after = 0;; ++after) {
        Sent s;
        s.talk.connect();
        s.talk.welcome();
        s.talk.power().failAfter(after);
        s.talk.inject(restored());
        const bool failed = s.talk.power().hasFailed();
        s.talk.restart();
        const bool isNew = s.talk.core().epoch() == otherEpoch();
        QCOMPARE(s.talk.core().outbox().items(s.log.chat()).size(), size_t(isNew ? 4 : 1));
        QCOMPARE(s.talk.cache().sentSince(0).size(), size_t(isNew ? 0 : 3));
        QCOMPARE(s.talk.core().chat(s.log.chat())->seq(), qint64(isNew ? 0 : 4));
        if (!failed) {
            QVERIFY(after > 5);
            return;
        }
    }
}

QTEST_GUILESS_MAIN(RestoreTest)
#include "tst_restore.moc"
