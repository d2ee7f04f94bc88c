// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/client/support/talk.h"

using namespace parley;

/// protocol.md, section 16, the client's side: the process dies at each operation of its cache in
/// turn, and a new one goes on with the file that is left.
class CrashesTest : public QObject {
    Q_OBJECT
private slots:
    void beforeTheOutboxCommitNothingIsQueuedAndNothingSent();
    void afterTheOutboxCommitTheSameIdIsSentOnce();
    void afterOkBeforeItsOwnCommitItResendsAndHearsDuplicate();
    void insideAPageTheWholePageIsThereOrNothing();
    void insideAnOpeningTheWholeChatIsOldOrNew();
    void insideASyncTheStateIsWholeOrOld();
    void whileReadingTheMarkIsKeptOrNot();
};

namespace {

/// Runs `steps(talk, log)` with the power cut after 0, 1, 2 … operations until it is not cut any
/// more, with the last commit done or undone, and then `check(talk, log)` on what is left.
template <typename Prepare, typename Steps, typename Check>
void cutEverywhere(Prepare prepare, Steps steps, Check check)
{
    for (const bool lastCommitIsDone : {false, true}) {
        for (int after = 0;; ++after) {
            Talk talk;
            ChatLog log(chatNumber(1), Talk::me(), {Talk::anna()});
            talk.signIn({&log});
            prepare(talk, log);
            if (QTest::currentTestFailed())
                return;
            talk.power().failAfter(after, lastCommitIsDone);
            steps(talk, log);
            const bool wasCut = talk.power().hasFailed();
            talk.restart();
            check(talk, log, wasCut);
            if (QTest::currentTestFailed())
                qWarning("cut after %d operations, last commit done: %d", after, lastCommitIsDone);
            if (QTest::currentTestFailed() || !wasCut)
                break;
            QVERIFY(after < 500);
        }
    }
}

void comeBack(Talk &talk, ChatLog &log)
{
    talk.connect();
    talk.welcome();
    talk.inject(talk.syncFor({&log}));
    talk.serve({&log});
}

/// A server that knows the ids it has: appends what is new, answers duplicate for the rest.
SendReply dedupe(Talk &talk, ChatLog &log, const Send &send)
{
    SendReply reply;
    for (const Operation &operation : send.operations) {
        const auto known = log.rows().find(operation.id);
        if (known == log.rows().end()) {
            Send one{send.chat, {operation}};
            reply.results.push_back(talk.accept(log, one, Talk::me()).results.front());
        } else {
            reply.results.push_back(
                {operation.id, known->second.seq, known->second.time, true, {}, {}});
        }
    }
    return reply;
}

void finishAll(Talk &talk, ChatLog &log)
{
    comeBack(talk, log);
    while (talk.has<Send>()) {
        const auto send = talk.expect<Send>();
        talk.reply(dedupe(talk, log, send));
    }
    comeBack(talk, log);
    QVERIFY(talk.core().outbox().isIdle());
}

void nothing(Talk &, ChatLog &) { }

} // namespace

void CrashesTest::beforeTheOutboxCommitNothingIsQueuedAndNothingSent()
{
    std::optional<MessageId> stored;
    cutEverywhere(
        nothing,
        [&](Talk &talk, ChatLog &log) {
            const auto id = talk.core().compose(log.chat(), talk.text(QStringLiteral("x")));
            stored = id ? std::optional(*id) : std::nullopt;
            talk.advance(0);
            if (!id)
                QVERIFY(!talk.has<Send>());
        },
        [&](Talk &talk, ChatLog &log, bool) {
            const auto &items = talk.core().outbox().items(log.chat());
            if (stored)
                QCOMPARE(items.size(), size_t(1));
            const size_t queued = items.size();
            QCOMPARE(talk.texts(log.chat()).size(), qsizetype(queued));
            finishAll(talk, log);
            QCOMPARE(log.rows().size(), queued);
        });
}

void CrashesTest::afterTheOutboxCommitTheSameIdIsSentOnce()
{
    MessageId id;
    cutEverywhere(
        [&](Talk &talk, ChatLog &log) {
            id = *talk.core().compose(log.chat(), talk.text(QStringLiteral("x")));
        },
        [&](Talk &talk, ChatLog &log) {
            const auto send = talk.expect<Send>();
            (void)talk.accept(log, send, Talk::me()); // stored, but the answer never comes
        },
        [&](Talk &talk, ChatLog &log, bool) {
            finishAll(talk, log);
            QCOMPARE(log.rows().size(), size_t(1));
            QVERIFY(log.rows().contains(id));
            QCOMPARE(talk.texts(log.chat()), QStringList{QStringLiteral("x")});
        });
}

void CrashesTest::afterOkBeforeItsOwnCommitItResendsAndHearsDuplicate()
{
    cutEverywhere(
        [](Talk &talk, ChatLog &log) {
            QVERIFY(talk.core().compose(log.chat(), talk.text(QStringLiteral("one"))));
            talk.advance(0);
        },
        [](Talk &talk, ChatLog &log) {
            const auto send = talk.expect<Send>();
            talk.reply(dedupe(talk, log, send));
            talk.inject(log.push(2, 2));
        },
        [](Talk &talk, ChatLog &log, bool) {
            // In sight whatever was cut: waiting, accepted, or held.
            QCOMPARE(talk.texts(log.chat()), QStringList{QStringLiteral("one")});
            finishAll(talk, log);
            QCOMPARE(log.rows().size(), size_t(1));
            QCOMPARE(talk.texts(log.chat()), QStringList{QStringLiteral("one")});
            QCOMPARE(talk.newest(log.chat()).rows.front().delivery, Delivery::Sent);
        });
}

void CrashesTest::insideAPageTheWholePageIsThereOrNothing()
{
    cutEverywhere(
        [](Talk &talk, ChatLog &log) {
            talk.disconnect();
            for (int i = 0; i < 10; ++i)
                log.post(Talk::anna(), QString::number(i));
            log.marks[Talk::anna()] = {Talk::anna(), 11, 11};
            talk.connect();
            talk.welcome();
            talk.inject(talk.syncFor({}));
            talk.forgetSent();
        },
        [](Talk &talk, ChatLog &log) {
            talk.inject(HandedOver{log.page(Talk::me(), {log.chat(), 1, 1})});
        },
        [](Talk &talk, ChatLog &log, bool) {
            const Chat &chat = *talk.core().chat(log.chat());
            QVERIFY(chat.seq() == 1 || chat.seq() == 11);
            QCOMPARE(talk.texts(log.chat()).size(), chat.seq() - 1);
            QCOMPARE(talk.connect().have.front().seq, chat.seq());
            comeBack(talk, log);
            QCOMPARE(talk.texts(log.chat()).size(), 10);
        });
}

void CrashesTest::insideAnOpeningTheWholeChatIsOldOrNew()
{
    cutEverywhere(
        [](Talk &talk, ChatLog &log) {
            log.post(Talk::anna(), QStringLiteral("before"));
            talk.inject(log.push(2, 2));
            talk.disconnect();
            for (int i = 0; i < 60; ++i)
                log.post(Talk::anna(), QString::number(i));
            talk.connect();
            talk.welcome();
            talk.inject(talk.syncFor({}));
            talk.forgetSent();
        },
        [](Talk &talk, ChatLog &log) { talk.inject(HandedOver{log.opened(Talk::me(), 1)}); },
        [](Talk &talk, ChatLog &log, bool) {
            const Chat &chat = *talk.core().chat(log.chat());
            const QStringList texts = talk.texts(log.chat());
            if (chat.record.generation == 1) {
                QCOMPARE(texts, QStringList{QStringLiteral("before")});
                QCOMPARE(chat.held.all(), (std::vector<Interval>{{1, 2}}));
            } else {
                QCOMPARE(texts.size(), 50);
                QCOMPARE(chat.held.all(), (std::vector<Interval>{{13, 62}}));
            }
            comeBack(talk, log);
            QCOMPARE(talk.core().chat(log.chat())->seq(), 62);
        });
}

void CrashesTest::insideASyncTheStateIsWholeOrOld()
{
    const QString key = QStringLiteral("folder/work");
    cutEverywhere(
        [](Talk &talk, ChatLog &) {
            talk.connect();
            talk.welcome();
        },
        [&](Talk &talk, ChatLog &log) {
            Sync sync = talk.syncFor({});
            sync.state = {{key, QByteArray("v"), 2}, talk.joined(log.chat(), 9, std::nullopt)};
            sync.userRevision = 3;
            talk.inject(sync);
        },
        [&](Talk &talk, ChatLog &log, bool) {
            const bool isNew = talk.core().state().revision() == 3;
            QVERIFY(isNew || talk.core().state().revision() == 1);
            QCOMPARE(talk.core().state().value(key).has_value(), isNew);
            QCOMPARE(talk.core().chat(log.chat())->isMine(), !isNew);
        });
}

void CrashesTest::whileReadingTheMarkIsKeptOrNot()
{
    bool isStored = false;
    cutEverywhere(
        [](Talk &talk, ChatLog &log) {
            log.post(Talk::anna(), QStringLiteral("one"));
            talk.inject(log.push(2, 2));
        },
        [&](Talk &talk, ChatLog &log) { isStored = bool(talk.core().markRead(log.chat(), 2)); },
        [&](Talk &talk, ChatLog &log, bool) {
            const qint64 read = talk.summary(log.chat()).readUpTo;
            QVERIFY(read == 0 || read == 2);
            if (isStored)
                QCOMPARE(read, 2);
        });
}

QTEST_GUILESS_MAIN(CrashesTest)
#include "tst_crashes.moc"
