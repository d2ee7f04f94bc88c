// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/client/app/seat.h"
#include "tests/support/waiting.h"
#include "tests/support/world.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtTest/QTest>

using namespace parley;

/// What pages see while real people talk through the real server.
class TestTalking : public QObject {
    Q_OBJECT
private slots:
    void init()
    {
        m_world = std::make_unique<World>();
        m_bob = &m_world->join(QStringLiteral("bob"));
        m_world->addUser(QStringLiteral("ann"));
        sitDown();
        QVERIFY(m_ann->signIn(m_world->server().url(), m_world->mintToken(QStringLiteral("ann"))));
    }
    void cleanup()
    {
        m_ann.reset();
        m_world.reset();
    }

    void findsAPersonAndStartsAChat()
    {
        auto &people = *m_ann->app().people();
        people.setQuery(QStringLiteral("@Bob"));
        PARLEY_WAIT(people.find() == PeopleFinder::Found);
        QCOMPARE(people.result().userName, QStringLiteral("bob"));
        people.startChat(people.result().userId);
        PARLEY_WAIT(m_ann->app().chat() && m_ann->chat().isLoaded());
        QVERIFY(!m_ann->chat().isGroup());
        QCOMPARE(m_ann->chat().otherId(), m_bob->id().text());
        QCOMPARE(m_ann->app().chats()->selectedId(), m_ann->chat().chatId());
        QCOMPARE(m_ann->app().chats()->count(), 1);
    }

    void findsNobodyByAnUnknownName()
    {
        auto &people = *m_ann->app().people();
        people.setQuery(QStringLiteral("nobody"));
        QCOMPARE(people.find(), PeopleFinder::Searching);
        PARLEY_WAIT(people.find() == PeopleFinder::NotFound);
        people.setQuery(QString());
        QCOMPARE(people.find(), PeopleFinder::Idle);
    }

    void showsAMessageAtOnceAndFollowsItToTheReader()
    {
        const auto chat = talkDirectly();
        m_ann->say(QStringLiteral("hello"));
        QCOMPARE(m_ann->composer().text(), QString());
        PARLEY_WAIT(m_ann->rowOf(QStringLiteral("hello")) == 0);
        PARLEY_WAIT(m_ann->statusOf(QStringLiteral("hello")) >= ChatListModel::Delivered);
        PARLEY_WAIT(m_bob->said(chat, QStringLiteral("hello")));
        m_bob->client().markRead(chat, m_bob->chat(chat)->head);
        PARLEY_WAIT(m_ann->statusOf(QStringLiteral("hello")) == ChatListModel::Read);
        PARLEY_WAIT(
            m_ann->listed(chat.text(), ChatListModel::StatusRole).toInt() == ChatListModel::Read);
    }

    void showsWhatOthersSayAndReadsItOnceItIsSeen()
    {
        const auto chat = talkDirectly();
        m_bob->say(chat, QStringLiteral("<b>hi</b> & bye"));
        PARLEY_WAIT(m_ann->rowOf(QStringLiteral("<b>hi</b> & bye")) == 0);
        QCOMPARE(m_ann->role(0, TimelineModel::MarkupRole).toString(),
            QStringLiteral("&lt;b&gt;hi&lt;/b&gt; &amp; bye"));
        QVERIFY(!m_ann->role(0, TimelineModel::OutgoingRole).toBool());
        PARLEY_WAIT(m_ann->role(0, TimelineModel::SenderNameRole).toString().startsWith(u'b'));
        PARLEY_WAIT(m_ann->listed(chat.text(), ChatListModel::UnreadRole).toInt() == 1);
        QCOMPARE(m_ann->app().chats()->unreadChats(), 1);
        m_ann->chat().setVisibleRange(0, 1, true);
        PARLEY_WAIT(m_ann->listed(chat.text(), ChatListModel::UnreadRole).toInt() == 0);
        PARLEY_WAIT(m_bob->chat(chat)->othersReadUpTo == m_bob->chat(chat)->head);
    }

    void readsNothingWhileTheWindowIsNotActive()
    {
        const auto chat = talkDirectly();
        m_bob->say(chat, QStringLiteral("one"));
        PARLEY_WAIT(m_ann->rowOf(QStringLiteral("one")) == 0);
        m_ann->chat().setVisibleRange(0, 1, false);
        m_bob->say(chat, QStringLiteral("two"));
        PARLEY_WAIT(m_ann->rowOf(QStringLiteral("two")) == 0);
        QCOMPARE(m_ann->listed(chat.text(), ChatListModel::UnreadRole).toInt(), 2);
    }

    void repliesEditsReactsAndDeletes()
    {
        const auto chat = talkDirectly();
        m_bob->say(chat, QStringLiteral("question"));
        PARLEY_WAIT(m_ann->rowOf(QStringLiteral("question")) == 0);
        auto &composer = m_ann->composer();
        composer.replyTo(m_ann->idOf(QStringLiteral("question")));
        QCOMPARE(composer.mode(), Composer::Reply);
        QCOMPARE(composer.targetText(), QStringLiteral("question"));
        m_ann->say(QStringLiteral("answer"));
        QCOMPARE(composer.mode(), Composer::Write);
        PARLEY_WAIT(m_ann->rowOf(QStringLiteral("answer")) == 0);
        QCOMPARE(
            m_ann->role(0, TimelineModel::QuoteTextRole).toString(), QStringLiteral("question"));

        composer.editLast();
        QCOMPARE(composer.mode(), Composer::Edit);
        QCOMPARE(composer.text(), QStringLiteral("answer"));
        QVERIFY(!composer.canSend());
        m_ann->say(QStringLiteral("better answer"));
        PARLEY_WAIT(m_bob->said(chat, QStringLiteral("better answer")));
        PARLEY_WAIT(m_ann->role(0, TimelineModel::EditedRole).toBool());

        const auto id = m_ann->idOf(QStringLiteral("question"));
        m_ann->chat().toggleReaction(id, QStringLiteral("👍"));
        PARLEY_WAIT(reactions(1) == 1);
        m_ann->chat().toggleReaction(id, QStringLiteral("👍"));
        PARLEY_WAIT(reactions(1) == 0);

        m_ann->chat().remove(m_ann->idOf(QStringLiteral("better answer")));
        PARLEY_WAIT(m_ann->role(0, TimelineModel::DeletedRole).toBool());
        PARLEY_WAIT(m_bob->rows(chat).back().row.deleted);
        QCOMPARE(m_ann->role(0, TimelineModel::MarkupRole).toString(), QString());
        PARLEY_WAIT(m_ann->listed(chat.text(), ChatListModel::PreviewKindRole).toInt()
            == ChatListModel::Deleted);
    }

    void copiesTextAsItWasCleaned()
    {
        const auto chat = talkDirectly();
        m_bob->say(chat, QStringLiteral("a\u202Eb"));
        PARLEY_WAIT(m_ann->rowOf(QStringLiteral("ab")) == 0);
        m_ann->chat().copyText(m_ann->idOf(QStringLiteral("ab")));
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("ab"));
        QVERIFY(m_ann->notices().contains(App::Copied));
    }

    void tellsTheWayOfAMessage()
    {
        const auto chat = talkDirectly();
        m_ann->say(QStringLiteral("hello"));
        PARLEY_WAIT(m_bob->said(chat, QStringLiteral("hello")));
        PARLEY_WAIT(m_ann->statusOf(QStringLiteral("hello")) == ChatListModel::Delivered);
        auto &delivery = *m_ann->chat().delivery();
        m_ann->chat().showDelivery(m_ann->idOf(QStringLiteral("hello")));
        PARLEY_WAIT(delivery.count() == 1);
        QCOMPARE(delivery.deliveredCount(), 1);
        QVERIFY(!delivery.sentText().isEmpty() && !delivery.acceptedSeq().isEmpty());
        m_bob->client().markRead(chat, m_bob->chat(chat)->head);
        PARLEY_WAIT(delivery.readCount() == 1);
        QCOMPARE(delivery.state(), int(ChatListModel::Read));
        m_ann->chat().hideDelivery();
        QCOMPARE(delivery.count(), 0);
    }

    void runsAGroup()
    {
        const auto other = m_world->join(QStringLiteral("cleo")).id();
        talkDirectly();
        auto &people = *m_ann->app().people();
        people.choose(m_bob->id().text());
        people.choose(m_bob->id().text());
        QCOMPARE(people.chosen()->count(), 1);
        people.createGroup(QStringLiteral("  Ridge Walkers "));
        QCOMPARE(people.chosen()->count(), 0);
        PARLEY_WAIT(m_ann->chat().isGroup());
        PARLEY_WAIT(m_ann->chat().title() == QStringLiteral("Ridge Walkers"));
        PARLEY_WAIT(m_ann->chat().members()->count() == 2);
        QCOMPARE(m_ann->chat().myRole(), OpenChat::Owner);
        auto &members = *m_ann->chat().members();
        QVERIFY(members.data(members.index(0), MembersModel::IsMeRole).toBool());

        m_ann->chat().addMember(other.text());
        PARLEY_WAIT(members.count() == 3);
        m_ann->chat().setRole(other.text(), OpenChat::Admin);
        PARLEY_WAIT(members.find(other)->role == Role::Admin);
        m_ann->chat().setTitle(QStringLiteral("Walkers"));
        PARLEY_WAIT(m_ann->chat().title() == QStringLiteral("Walkers"));
        PARLEY_WAIT(systemKinds().contains(TimelineModel::TitleChanged));
        m_ann->chat().removeMember(other.text());
        PARLEY_WAIT(members.count() == 2);
        PARLEY_WAIT(systemKinds().contains(TimelineModel::Removed));
        m_ann->chat().leave();
        PARLEY_WAIT(m_ann->chat().whyNot() == OpenChat::Left);
        QVERIFY(!m_ann->composer().canSend());
    }

    void acceptsARequestAndBlocks()
    {
        const auto chat = m_bob->startDirect(*annId());
        m_bob->say(chat, QStringLiteral("do you know me?"));
        PARLEY_WAIT(m_ann->app().chats()->rowOf(chat.text()) >= 0);
        QVERIFY(m_ann->open(chat.text()));
        QVERIFY(m_ann->chat().isRequest());
        QCOMPARE(m_ann->chat().whyNot(), OpenChat::RequestPending);
        m_ann->chat().accept();
        PARLEY_WAIT(m_ann->chat().canWrite());
        m_ann->say(QStringLiteral("yes"));
        PARLEY_WAIT(m_bob->said(chat, QStringLiteral("yes")));
        m_ann->chat().block();
        PARLEY_WAIT(m_ann->chat().isBlocked());
        QCOMPARE(m_ann->chat().whyNot(), OpenChat::Blocked);
        m_ann->chat().unblock();
        PARLEY_WAIT(m_ann->chat().canWrite());
    }

    void showsWhoTypes()
    {
        const auto chat = talkDirectly();
        m_ann->chat().setVisibleRange(0, 1, true);
        m_bob->client().setTyping(chat, true);
        PARLEY_WAIT(!m_ann->chat().typingNames().isEmpty());
        PARLEY_WAIT(
            !m_ann->listed(chat.text(), ChatListModel::TypingNamesRole).toStringList().isEmpty());
        m_bob->client().setTyping(chat, false);
        PARLEY_WAIT(m_ann->chat().typingNames().isEmpty());
        m_bob->client().focusChat(chat);
        m_ann->composer().setText(QStringLiteral("w"));
        // Only those who look at the chat are told, and bob may not look yet.
        PARLEY_WAIT((m_ann->composer().typed(), m_bob->isTyping(chat, *annId())));
    }

    void mutesAndMarksUnread()
    {
        const auto chat = talkDirectly();
        m_ann->chat().setMuted(true);
        PARLEY_WAIT(m_ann->chat().isMuted());
        PARLEY_WAIT(m_ann->listed(chat.text(), ChatListModel::MutedRole).toBool());
        m_ann->chat().setMuted(false);
        PARLEY_WAIT(!m_ann->chat().isMuted());
        m_ann->chat().markUnread(true);
        PARLEY_WAIT(m_ann->listed(chat.text(), ChatListModel::MarkedUnreadRole).toBool());
        QCOMPARE(m_ann->app().chats()->unreadChats(), 1);
    }

    void keepsProfileAndPrivacyOnTheServer()
    {
        auto &session = *m_ann->app().session();
        session.setDisplayName(QStringLiteral(" Ann Example "));
        PARLEY_WAIT(session.displayName() == QStringLiteral("Ann Example"));
        session.setStatus(QStringLiteral("walking"), 30);
        PARLEY_WAIT(session.status() == QStringLiteral("walking"));
        PARLEY_WAIT(m_ann->notices().contains(App::ProfileSaved));
        m_ann->settings().setSendReceipts(false);
        QVERIFY(!m_ann->settings().sendReceipts());
        m_ann.reset();
        sitDown();
        PARLEY_WAIT(m_ann->isOnline());
        PARLEY_WAIT(!m_ann->settings().sendReceipts());
        PARLEY_WAIT(m_ann->app().session()->displayName() == QStringLiteral("Ann Example"));
    }

    void listsAndRevokesDevices()
    {
        m_world->joinDevice(QStringLiteral("ann"), QStringLiteral("phone"));
        auto &settings = m_ann->settings();
        settings.refreshDevices();
        PARLEY_WAIT(settings.devices()->count() == 2);
        auto &devices = *settings.devices();
        QVERIFY(devices.data(devices.index(0), DevicesModel::IsThisRole).toBool());
        settings.revoke(devices.data(devices.index(1), DevicesModel::DeviceIdRole).toString());
        PARLEY_WAIT(devices.count() == 1);
    }

    void opensAnotherChatByItsTitle()
    {
        const auto group = m_bob->startGroup(QStringLiteral("Evening"), {*annId()});
        m_ann->app().openChatNamed(QStringLiteral("Evening"));
        PARLEY_WAIT(m_ann->app().chat());
        QCOMPARE(m_ann->chat().id(), group);
        m_ann->app().closeChat();
        QVERIFY(!m_ann->app().chat());
        QCOMPARE(m_ann->app().chats()->selectedId(), QString());
    }

    void signsOut()
    {
        talkDirectly();
        m_ann->settings().signOut();
        PARLEY_WAIT(m_ann->app().stage() == App::SignedOut);
        QVERIFY(!m_ann->app().chat());
        QCOMPARE(m_ann->app().chats()->total(), 0);
    }

private:
    void sitDown()
    {
        m_ann = std::make_unique<Seat>(
            programOf(m_world->path(QStringLiteral("desk")), QStringLiteral("ann")));
    }

    std::optional<UserId> annId()
    {
        return UserId::fromText(m_ann->app().session()->userId().toLatin1());
    }

    ChatId talkDirectly()
    {
        m_ann->app().people()->startChat(m_bob->id().text());
        const bool isOpen =
            waitUntil([this] { return m_ann->app().chat() && m_ann->chat().isLoaded(); });
        const auto chat = m_ann->chat().id();
        const bool isThere = waitUntil([&] { return m_bob->chat(chat) != nullptr; });
        m_bob->client().accept(chat);
        const bool isAccepted =
            waitUntil([this] { return systemKinds().contains(TimelineModel::Accepted); });
        if (!isOpen || !isThere || !isAccepted)
            qFatal("the chat does not begin");
        return chat;
    }

    qsizetype reactions(int row)
    {
        return m_ann->role(row, TimelineModel::ReactionsRole).toList().size();
    }

    QList<int> systemKinds()
    {
        QList<int> kinds;
        for (int row = 0; row < m_ann->timeline().count(); ++row)
            kinds.append(m_ann->role(row, TimelineModel::SystemKindRole).toInt());
        return kinds;
    }

    std::unique_ptr<World> m_world;
    std::unique_ptr<Seat> m_ann;
    Person *m_bob = nullptr;
};

QTEST_MAIN(TestTalking)
#include "tst_talking.moc"
