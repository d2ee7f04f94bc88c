// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/client/app/seat.h"
#include "tests/support/waiting.h"
#include "tests/support/world.h"

#include <QtTest/QTest>

using namespace parley;

/// What pages see without a server, and after the program was ended and started again.
class TestOffline : public QObject {
    Q_OBJECT
private slots:
    void init()
    {
        m_world = std::make_unique<World>();
        m_bob = &m_world->join(QStringLiteral("bob"));
        m_world->addUser(QStringLiteral("ann"));
        sitDown();
    }
    void cleanup()
    {
        m_ann.reset();
        m_world.reset();
    }

    void opensSignedOutTheFirstTime()
    {
        PARLEY_WAIT(m_ann->app().stage() == App::SignedOut);
        QCOMPARE(m_ann->app().chats()->count(), 0);
        QVERIFY(!m_ann->app().chat());
    }

    void refusesASecondProgramOnTheSameProfile()
    {
        PARLEY_WAIT(m_ann->isOpen());
        Seat second(programOf(m_world->path(QStringLiteral("desk")), QStringLiteral("ann")));
        PARLEY_WAIT(!second.openFailure().isEmpty());
        QVERIFY2(second.openFailure().contains(u'.'), qPrintable(second.openFailure()));
        QVERIFY(!second.isOpen());
    }

    void showsAWaitingMessageWithAClockAndKeepsItOverARestart()
    {
        signIn();
        const auto chat = startGroup();
        m_world->stopServer();
        PARLEY_WAIT(!m_ann->isOnline());
        m_ann->say(QStringLiteral("into the dark"));
        PARLEY_WAIT(m_ann->statusOf(QStringLiteral("into the dark")) == ChatListModel::Sending);
        m_ann.reset();

        sitDown();
        PARLEY_WAIT(m_ann->app().chats()->count() == 1);
        QCOMPARE(
            m_ann->listed(chat, ChatListModel::TitleRole).toString(), QStringLiteral("Walkers"));
        QCOMPARE(m_ann->listed(chat, ChatListModel::PreviewTextRole).toString(),
            QStringLiteral("into the dark"));
        QVERIFY(m_ann->open(chat));
        PARLEY_WAIT(m_ann->statusOf(QStringLiteral("into the dark")) == ChatListModel::Sending);
    }

    void sendsWhatWaitedOnceTheServerIsBack()
    {
        signIn();
        const auto chat = startGroup();
        m_network->setDoor(TcpProxy::Door::Closed);
        m_network->cutAll();
        PARLEY_WAIT(!m_ann->isOnline());
        m_ann->say(QStringLiteral("one"));
        m_ann->say(QStringLiteral("two"));
        PARLEY_WAIT(m_ann->rowOf(QStringLiteral("two")) == 0);
        m_network->setDoor(TcpProxy::Door::Open);
        m_ann->app().session()->tryAgain();
        PARLEY_WAIT(m_ann->statusOf(QStringLiteral("two")) >= ChatListModel::Sent);
        PARLEY_WAIT(m_bob->said(*ChatId::fromText(chat.toLatin1()), QStringLiteral("two")));
        QCOMPARE(m_ann->texts().mid(m_ann->texts().size() - 2),
            (QStringList{QStringLiteral("one"), QStringLiteral("two")}));
    }

    void keepsADraftPerChatOverARestart()
    {
        signIn();
        const auto first = startGroup();
        m_ann->say(QStringLiteral("said"));
        PARLEY_WAIT(m_ann->statusOf(QStringLiteral("said")) >= ChatListModel::Sent);
        m_ann->composer().setText(QStringLiteral("not yet"));
        m_ann->composer().replyTo(m_ann->idOf(QStringLiteral("said")));
        const auto second = startGroup();
        QCOMPARE(m_ann->composer().text(), QString());
        m_ann->composer().setText(QStringLiteral("other"));
        m_ann.reset();

        sitDown();
        PARLEY_WAIT(m_ann->app().chats()->count() == 2);
        PARLEY_WAIT(
            m_ann->listed(first, ChatListModel::DraftRole).toString() == QStringLiteral("not yet"));
        QVERIFY(m_ann->open(first));
        PARLEY_WAIT(m_ann->composer().text() == QStringLiteral("not yet"));
        QCOMPARE(m_ann->composer().mode(), Composer::Reply);
        PARLEY_WAIT(m_ann->composer().targetText() == QStringLiteral("said"));
        QVERIFY(m_ann->open(second));
        PARLEY_WAIT(m_ann->composer().text() == QStringLiteral("other"));
        m_ann->composer().setText(QString());
        QVERIFY(m_ann->open(first));
        PARLEY_WAIT(m_ann->listed(second, ChatListModel::DraftRole).toString().isEmpty());
    }

    void bringsTheTextBackWhenAnEditIsCancelled()
    {
        signIn();
        startGroup();
        m_ann->say(QStringLiteral("said"));
        PARLEY_WAIT(m_ann->statusOf(QStringLiteral("said")) >= ChatListModel::Sent);
        m_ann->composer().setText(QStringLiteral("half a thought"));
        m_ann->composer().editLast();
        QCOMPARE(m_ann->composer().text(), QStringLiteral("said"));
        m_ann->composer().setText(QStringLiteral("said better"));
        m_ann->composer().cancelMode();
        QCOMPARE(m_ann->composer().mode(), Composer::Write);
        QCOMPARE(m_ann->composer().text(), QStringLiteral("half a thought"));
    }

    void boundsATextAtTheLimit()
    {
        signIn();
        startGroup();
        auto &composer = m_ann->composer();
        composer.setText(QString(Composer::textLimitBytes, u'x'));
        QVERIFY(composer.canSend() && !composer.isTooLong());
        composer.setText(QString(Composer::textLimitBytes + 1, u'x'));
        QVERIFY(!composer.canSend() && composer.isTooLong());
        composer.send();
        QCOMPARE(composer.text().size(), qsizetype(Composer::textLimitBytes + 1));
        composer.setText(QString(Composer::textLimitBytes, u'x'));
        composer.send();
        PARLEY_WAIT(
            m_ann->statusOf(QString(Composer::textLimitBytes, u'x')) >= ChatListModel::Sent);
        composer.setText(QStringLiteral(" \n "));
        QVERIFY(!composer.canSend());
    }

    void loadsOneHistoryPageAfterAnother()
    {
        const auto chat =
            m_bob->startGroup(QStringLiteral("Walkers"), {*UserId::fromText(annUser().toLatin1())});
        QStringList said;
        for (int i = 0; i < 260; ++i) {
            said.append(QStringLiteral("line %1").arg(i));
            m_bob->say(chat, said.constLast());
        }
        signIn();
        PARLEY_WAIT(m_ann->app().chats()->rowOf(chat.text()) >= 0);
        QVERIFY(m_ann->open(chat.text()));
        QVERIFY(m_ann->timeline().firstUnreadRow() >= 0);
        while (!m_ann->timeline().isAtStart()) {
            m_ann->timeline().loadEarlier();
            PARLEY_WAIT(!m_ann->timeline().isLoading());
        }
        while (!m_ann->timeline().isAtEnd()) {
            m_ann->timeline().loadLater();
            PARLEY_WAIT(!m_ann->timeline().isLoading());
        }
        fillHoles();
        QCOMPARE(m_ann->texts(), said);
        const int unread = m_ann->timeline().firstUnreadRow();
        QCOMPARE(m_ann->role(unread, TimelineModel::PlainRole).toString(), said.constFirst());
        const int last = m_ann->timeline().count() - 1;
        QCOMPARE(m_ann->role(last, TimelineModel::KindRole).toInt(), int(TimelineModel::Start));
    }

    void jumpsToAMessageThatIsNotLoaded()
    {
        signIn();
        const auto chat = startGroup();
        const auto id = *ChatId::fromText(chat.toLatin1());
        PARLEY_WAIT(m_bob->chat(id));
        for (int i = 0; i < 150; ++i)
            m_bob->say(id, QStringLiteral("line %1").arg(i));
        PARLEY_WAIT(m_ann->rowOf(QStringLiteral("line 149")) == 0);
        const auto early = m_ann->idOf(QStringLiteral("line 3"));
        m_ann->app().closeChat();
        QVERIFY(m_ann->open(chat));
        m_ann->timeline().jumpToLatest();
        PARLEY_WAIT(m_ann->rowOf(QStringLiteral("line 149")) == 0);
        int jumped = -1;
        QObject::connect(&m_ann->timeline(), &TimelineModel::jumped, &m_ann->timeline(),
            [&](int row) { jumped = row; });
        m_ann->timeline().jumpTo(early);
        PARLEY_WAIT(jumped >= 0);
        QCOMPARE(
            m_ann->role(jumped, TimelineModel::PlainRole).toString(), QStringLiteral("line 3"));
        m_ann->timeline().jumpToLatest();
        PARLEY_WAIT(m_ann->rowOf(QStringLiteral("line 149")) == 0);
        QVERIFY(m_ann->timeline().isAtEnd());
    }

    void countsWhatIsNewWhileOneReadsFurtherUp()
    {
        signIn();
        const auto chat = startGroup();
        const auto id = *ChatId::fromText(chat.toLatin1());
        PARLEY_WAIT(m_bob->chat(id));
        for (int i = 0; i < 5; ++i)
            m_bob->say(id, QStringLiteral("line %1").arg(i));
        PARLEY_WAIT(m_ann->rowOf(QStringLiteral("line 4")) == 0);
        m_ann->chat().setVisibleRange(2, 4, true);
        m_bob->say(id, QStringLiteral("new"));
        PARLEY_WAIT(m_ann->timeline().newBelow() == 1);
        m_ann->chat().setVisibleRange(0, 3, true);
        QCOMPARE(m_ann->timeline().newBelow(), 0);
    }

private:
    void sitDown()
    {
        m_ann = std::make_unique<Seat>(
            programOf(m_world->path(QStringLiteral("desk")), QStringLiteral("ann")));
    }

    void signIn()
    {
        m_network = std::make_unique<TcpProxy>(m_world->server().port());
        QVERIFY(m_ann->signIn(m_network->url(), m_world->mintToken(QStringLiteral("ann"))));
    }

    // As when somebody scrolls over all of them.
    void fillHoles()
    {
        const auto isHole = [this](int row) {
            return m_ann->role(row, TimelineModel::KindRole).toInt() == TimelineModel::Hole;
        };
        for (int row = 0; row < m_ann->timeline().count(); ++row) {
            if (!isHole(row))
                continue;
            m_ann->chat().setVisibleRange(row, row, true);
            PARLEY_WAIT(!m_ann->timeline().isLoading() && !isHole(row));
            row = 0;
        }
    }

    QString annUser()
    {
        const auto users = m_world->ask({{QStringLiteral("command"), QStringLiteral("user.list")}});
        for (const auto &user : users.value(QStringLiteral("users")).toArray())
            if (user.toObject().value(QStringLiteral("name")) == QStringLiteral("ann"))
                return user.toObject().value(QStringLiteral("id")).toString();
        return {};
    }

    QString startGroup()
    {
        const auto before = m_ann->app().chat() ? m_ann->chat().chatId() : QString();
        m_ann->app().people()->choose(m_bob->id().text());
        m_ann->app().people()->createGroup(QStringLiteral("Walkers"));
        const bool isOpen = waitUntil([&] {
            return m_ann->app().chat() && m_ann->chat().chatId() != before
                && m_ann->chat().isLoaded();
        });
        if (!isOpen)
            qFatal("the group does not begin");
        return m_ann->chat().chatId();
    }

    std::unique_ptr<World> m_world;
    std::unique_ptr<TcpProxy> m_network;
    std::unique_ptr<Seat> m_ann;
    Person *m_bob = nullptr;
};

QTEST_MAIN(TestOffline)
#include "tst_offline.moc"
