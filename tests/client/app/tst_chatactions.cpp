// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/client/app/seat.h"
#include "tests/support/waiting.h"
#include "tests/support/world.h"

#include <QtTest/QTest>

using namespace parley;

/// What is done with chats from the list alone, on the real server: none is ever opened, except
/// where the test says so.
class TestChatActions : public QObject {
    Q_OBJECT
private slots:
    void init()
    {
        m_world = std::make_unique<World>();
        m_bob = &m_world->join(QStringLiteral("bob"));
        m_world->addUser(QStringLiteral("ann"));
        m_ann = std::make_unique<Seat>(
            programOf(m_world->path(QStringLiteral("desk")), QStringLiteral("ann")));
        QVERIFY(m_ann->signIn(m_world->server().url(), m_world->mintToken(QStringLiteral("ann"))));
    }
    void cleanup()
    {
        m_ann.reset();
        m_world.reset();
    }

    void knowsNothingOfAChatThatIsNotThere()
    {
        QVERIFY(!actions().aim(QString()));
        QVERIFY(!actions().aim(QStringLiteral("nonsense")));
        QVERIFY(!actions().aim(ChatId().text()));
    }

    void acceptsARequest()
    {
        const auto chat = askedByBob();
        QVERIFY(actions().aim(chat.text()));
        QVERIFY(actions().isRequest());
        QVERIFY(!actions().canMarkRead());
        QVERIFY(!actions().canMarkUnread());
        actions().accept();
        PARLEY_WAIT(!listed(chat, ChatListModel::RequestRole).toBool());
        QVERIFY(actions().aim(chat.text()));
        QVERIFY(!actions().isRequest());
    }

    void marksAsReadAndTellsTheWriter()
    {
        const auto chat = talk();
        m_bob->say(chat, QStringLiteral("one"));
        m_bob->say(chat, QStringLiteral("two"));
        PARLEY_WAIT(listed(chat, ChatListModel::UnreadRole).toInt() >= 2);
        QVERIFY(actions().aim(chat.text()));
        QVERIFY(actions().canMarkRead());
        QVERIFY(!actions().canMarkUnread());
        actions().markRead();
        PARLEY_WAIT(listed(chat, ChatListModel::UnreadRole).toInt() == 0);
        PARLEY_WAIT(m_bob->chat(chat)->othersReadUpTo == m_bob->chat(chat)->head);
        QVERIFY(!m_ann->app().chat());
    }

    void marksAsUnreadUntilItIsOpened()
    {
        const auto chat = talk();
        markAllRead(chat);
        QVERIFY(actions().aim(chat.text()));
        QVERIFY(actions().canMarkUnread());
        actions().markUnread();
        PARLEY_WAIT(listed(chat, ChatListModel::MarkedUnreadRole).toBool());
        QCOMPARE(m_ann->app().chats()->unreadChats(), 1);
        QVERIFY(m_ann->open(chat.text()));
        PARLEY_WAIT(!listed(chat, ChatListModel::MarkedUnreadRole).toBool());
        QCOMPARE(m_ann->app().chats()->unreadChats(), 0);
    }

    void takesTheUnreadMarkBack()
    {
        const auto chat = talk();
        markAllRead(chat);
        QVERIFY(actions().aim(chat.text()));
        actions().markUnread();
        PARLEY_WAIT(listed(chat, ChatListModel::MarkedUnreadRole).toBool());
        QVERIFY(actions().aim(chat.text()));
        QVERIFY(actions().canMarkRead());
        actions().markRead();
        PARLEY_WAIT(!listed(chat, ChatListModel::MarkedUnreadRole).toBool());
    }

    void mutes()
    {
        const auto chat = talk();
        QVERIFY(actions().aim(chat.text()));
        QVERIFY(!actions().isMuted());
        actions().setMuted(true);
        PARLEY_WAIT(listed(chat, ChatListModel::MutedRole).toBool());
        QVERIFY(actions().aim(chat.text()));
        QVERIFY(actions().isMuted());
        actions().setMuted(false);
        PARLEY_WAIT(!listed(chat, ChatListModel::MutedRole).toBool());
    }

    void leavesAGroupAndThenOffersNothingMore()
    {
        const auto chat = m_bob->startGroup(QStringLiteral("walkers"), {*annId()});
        PARLEY_WAIT(actions().aim(chat.text()) && actions().title() == QStringLiteral("walkers"));
        QVERIFY(actions().isGroup());
        if (actions().isRequest()) {
            actions().accept();
            PARLEY_WAIT(actions().aim(chat.text()) && !actions().isRequest());
        }
        QVERIFY(actions().canLeave());
        actions().leave();
        PARLEY_WAIT(!actions().aim(chat.text()));
        PARLEY_WAIT(m_bob->chat(chat)->members == 1);
    }

    void blocksAPersonAndUnblocksThem()
    {
        const auto chat = talk();
        QVERIFY(actions().aim(chat.text()));
        QVERIFY(!actions().isBlocked());
        QVERIFY(!actions().canLeave());
        actions().block();
        PARLEY_WAIT(actions().aim(chat.text()) && actions().isBlocked());
        actions().unblock();
        PARLEY_WAIT(actions().aim(chat.text()) && !actions().isBlocked());
        QVERIFY(m_ann->notices().isEmpty());
    }

private:
    ChatActions &actions() { return *m_ann->app().chatActions(); }

    QVariant listed(const ChatId &chat, ChatListModel::Role role)
    {
        return m_ann->listed(chat.text(), role);
    }

    std::optional<UserId> annId()
    {
        return UserId::fromText(m_ann->app().session()->userId().toLatin1());
    }

    ChatId askedByBob()
    {
        const auto chat = m_bob->startDirect(*annId());
        if (!waitUntil([&] { return listed(chat, ChatListModel::RequestRole).toBool(); }))
            qFatal("the request does not arrive");
        return chat;
    }

    ChatId talk()
    {
        const auto chat = askedByBob();
        actions().aim(chat.text());
        actions().accept();
        if (!waitUntil([&] { return !listed(chat, ChatListModel::RequestRole).toBool(); }))
            qFatal("the chat does not begin");
        return chat;
    }

    // Beginnings are rows that others wrote, too.
    void markAllRead(const ChatId &chat)
    {
        const auto isRead = [&] {
            actions().aim(chat.text());
            if (actions().canMarkRead())
                actions().markRead();
            return actions().canMarkUnread();
        };
        if (!waitUntil(isRead))
            qFatal("the chat is not read");
    }

    std::unique_ptr<World> m_world;
    std::unique_ptr<Seat> m_ann;
    Person *m_bob = nullptr;
};

QTEST_MAIN(TestChatActions)
#include "tst_chatactions.moc"
