// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/gateway/router.h"

#include <QtTest/QTest>

using namespace parley;

/// The way back to the gateways: one batch and one wake each, bounded.
class tst_Router : public QObject {
    Q_OBJECT

private slots:
    void sendsEachGatewayItsSessions();
    void wakesAGatewayOnceForABatch();
    void passesTheOthersOn();
    void ignoresGatewaysThatDoNotExist();
    void dropsPushesBeyondTheBoundAndSaysSo();
    void neverDropsAnswers();

private:
    static Outbound outbound(std::vector<SessionRef> to, Urgency urgency, qsizetype bytes = 1)
    {
        return Outbound{std::move(to), urgency, QByteArray(bytes, 'x')};
    }
};

void tst_Router::sendsEachGatewayItsSessions()
{
    CountingNotifier notifier;
    Router router(notifier);
    Mailbox one;
    Mailbox two;
    router.addGateway(one);
    router.addGateway(two);
    EndSessions ending;
    ending.sessions = {{2, 5}};
    router.deliver({outbound({{1, 1}, {2, 2}, {1, 3}}, Urgency::Push), ending});
    const auto first = one.take();
    QCOMPARE(first.size(), size_t(1));
    QCOMPARE(std::get<Outbound>(first.front()).to, (std::vector<SessionRef>{{1, 1}, {1, 3}}));
    const auto second = two.take();
    QCOMPARE(second.size(), size_t(2));
    QCOMPARE(std::get<EndSessions>(second[1]).sessions, (std::vector<SessionRef>{{2, 5}}));
}

void tst_Router::wakesAGatewayOnceForABatch()
{
    CountingNotifier notifier;
    Router router(notifier);
    Mailbox mailbox;
    int wakes = 0;
    mailbox.setWake([&] { ++wakes; });
    router.addGateway(mailbox);
    router.deliver({outbound({{1, 1}}, Urgency::Push), outbound({{1, 2}}, Urgency::Push)});
    router.deliver({outbound({{1, 1}}, Urgency::Push)});
    QCOMPARE(wakes, 1);
    QCOMPARE(mailbox.take().size(), size_t(3));
    router.deliver({outbound({{1, 1}}, Urgency::Push)});
    QCOMPARE(wakes, 2);
}

void tst_Router::passesTheOthersOn()
{
    CountingNotifier notifier;
    Router router(notifier);
    std::vector<InternalAnswer> answers;
    std::vector<UserChanged> changes;
    router.setAdmin([&](InternalAnswer answer) { answers.push_back(std::move(answer)); });
    router.setPresence([&](UserChanged change) { changes.push_back(std::move(change)); });
    Missed missed;
    missed.users.resize(3);
    router.deliver({InternalAnswer{Origin{{0, 0}, 4, {}, {}}, {}, {}}, UserChanged{}, missed});
    QCOMPARE(answers.size(), size_t(1));
    QCOMPARE(changes.size(), size_t(1));
    QCOMPARE(notifier.count(), 3);
}

void tst_Router::ignoresGatewaysThatDoNotExist()
{
    CountingNotifier notifier;
    Router router(notifier);
    Mailbox mailbox;
    router.addGateway(mailbox);
    router.deliver({outbound({{0, 1}, {2, 1}}, Urgency::Push),
        InternalAnswer{Origin{{9, 9}, 4, {}, {}}, {}, {}}});
    QVERIFY(mailbox.take().empty());
}

void tst_Router::dropsPushesBeyondTheBoundAndSaysSo()
{
    Mailbox mailbox;
    mailbox.post(outbound({{1, 1}}, Urgency::Push, Mailbox::pushBytesMost));
    mailbox.post(outbound({{1, 2}}, Urgency::Ephemeral));
    mailbox.post(outbound({{1, 3}}, Urgency::Push));
    const auto inputs = mailbox.take();
    QCOMPARE(inputs.size(), size_t(2));
    QCOMPARE(std::get<PushesLost>(inputs[1]).session, (SessionRef{1, 3}));
    mailbox.post(outbound({{1, 3}}, Urgency::Push));
    QCOMPARE(mailbox.take().size(), size_t(1));
}

void tst_Router::neverDropsAnswers()
{
    Mailbox mailbox;
    mailbox.post(outbound({{1, 1}}, Urgency::Push, Mailbox::pushBytesMost));
    mailbox.post(outbound({{1, 1}}, Urgency::Answer));
    QCOMPARE(mailbox.take().size(), size_t(2));
}

QTEST_GUILESS_MAIN(tst_Router)
#include "tst_router.moc"
