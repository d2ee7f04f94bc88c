// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/app/knownusers.h"
#include "client/app/pictures.h"
#include "client/chats/chatlistmodel.h"
#include "client/client.h"
#include "tests/client/timeline/timelinerows.h"

#include <QtCore/QRandomGenerator>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace parley;

namespace {

ChatId id(quint8 number)
{
    std::array<quint8, 16> bytes{};
    bytes[0] = number;
    return ChatId::fromArray(bytes);
}

PreparedChat chat(quint8 number, qint64 activityMs, qint64 unread = 0)
{
    PreparedChat chat;
    chat.summary.id = id(number);
    chat.summary.title = QStringLiteral("chat %1").arg(number);
    chat.summary.activityMs = activityMs;
    chat.summary.unread = unread;
    return chat;
}

} // namespace

class TestChatListModel : public QObject {
    Q_OBJECT
private slots:
    void init()
    {
        m_model = std::make_unique<ChatListModel>(m_world);
        new QAbstractItemModelTester(
            m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest, m_model.get());
        m_world.users.setSelf(rows::user(1));
    }

    void putsTheNewestFirst()
    {
        m_model->show({chat(1, 10), chat(2, 30), chat(3, 20)});
        QCOMPARE(order(), QByteArray("231"));
        QVERIFY(m_model->isLoaded());
    }

    void movesOneRowForOneMessage()
    {
        m_model->show({chat(1, 10), chat(2, 30), chat(3, 20)});
        QSignalSpy moved(m_model.get(), &QAbstractItemModel::rowsMoved);
        QSignalSpy inserted(m_model.get(), &QAbstractItemModel::rowsInserted);
        QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
        m_model->apply({chat(1, 40)}, {});
        QCOMPARE(order(), QByteArray("123"));
        m_model->apply({chat(1, 41, 2)}, {});
        QCOMPARE(order(), QByteArray("123"));
        QCOMPARE(moved.size(), 1);
        QCOMPARE(inserted.size() + reset.size(), 0);
        QCOMPARE(m_model->unreadChats(), 1);
    }

    void saysNothingWhenNothingChanged()
    {
        m_model->show({chat(1, 10), chat(2, 30)});
        QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
        m_model->apply({chat(1, 10)}, {});
        QCOMPARE(changed.size(), 0);
    }

    void addsAndRemoves()
    {
        m_model->show({chat(1, 10), chat(2, 30)});
        m_model->apply({chat(3, 20)}, {id(2)});
        QCOMPARE(order(), QByteArray("31"));
        QCOMPARE(m_model->total(), 2);
        QVERIFY(!m_model->find(id(2)));
    }

    void filters()
    {
        auto direct = chat(3, 30);
        direct.summary.kind = ChatKind::Direct;
        direct.summary.other = rows::user(2);
        m_model->show({chat(1, 10, 1), chat(2, 20), direct});
        m_model->setFilter(ChatListModel::Unread);
        QCOMPARE(order(), QByteArray("1"));
        m_model->apply({chat(2, 40, 3)}, {});
        QCOMPARE(order(), QByteArray("21"));
        m_model->apply({chat(1, 10)}, {});
        QCOMPARE(order(), QByteArray("2"));
        m_model->setFilter(ChatListModel::Groups);
        QCOMPARE(order(), QByteArray("21"));
        m_model->setFilter(ChatListModel::All);
        QCOMPARE(order(), QByteArray("231"));
        QCOMPARE(m_model->total(), 3);
    }

    void keepsTheOpenChatInAFilterThatItNoLongerFits()
    {
        m_model->show({chat(1, 10, 1), chat(2, 20, 1)});
        m_model->setFilter(ChatListModel::Unread);
        m_model->select(id(1));
        m_model->apply({chat(1, 10)}, {});
        QCOMPARE(order(), QByteArray("21"));
        m_model->select(id(2));
        QCOMPARE(order(), QByteArray("2"));
        QCOMPARE(m_model->selectedId(), id(2).text());
    }

    void countsNoMutedChats()
    {
        auto muted = chat(1, 10, 5);
        muted.summary.isMuted = true;
        auto marked = chat(2, 20);
        marked.summary.isMarkedUnread = true;
        m_model->show({muted, marked, chat(3, 30)});
        QCOMPARE(m_model->unreadChats(), 1);
    }

    void tellsThePreview()
    {
        auto shown = chat(1, rows::minuteMs(0), 3);
        shown.summary.last = rows::message(5, 2, QStringLiteral("hello")).row;
        shown.preview = QStringLiteral("hello");
        m_model->show({shown});
        QCOMPARE(value(ChatListModel::PreviewKindRole).toInt(), int(ChatListModel::Text));
        QCOMPARE(value(ChatListModel::PreviewTextRole).toString(), QStringLiteral("hello"));
        QVERIFY(!value(ChatListModel::PreviewSenderRole).toString().isEmpty());
        const auto spoken = value(ChatListModel::AccessibleTextRole).toString();
        QVERIFY2(spoken.startsWith(QStringLiteral("chat 1. 3 unread. ")), qPrintable(spoken));

        shown.summary.last->row.deleted = true;
        m_model->apply({shown}, {});
        QCOMPARE(value(ChatListModel::PreviewKindRole).toInt(), int(ChatListModel::Deleted));
        shown.summary.last = rows::system(6, Kind::Title, 2).row;
        shown.summary.last->row.text = QStringLiteral("New\u202E name");
        m_model->apply({shown}, {});
        QCOMPARE(value(ChatListModel::PreviewKindRole).toInt(), int(ChatListModel::System));
        QCOMPARE(value(ChatListModel::PreviewTextRole).toString(), QStringLiteral("New name"));
    }

    void followsTheMarksOfTheOwnLastMessage()
    {
        auto shown = chat(1, 10);
        shown.summary.last = rows::message(5, 1).row;
        shown.summary.last->delivery = Delivery::Sent;
        m_model->show({shown});
        QCOMPARE(value(ChatListModel::StatusRole).toInt(), int(ChatListModel::Sent));
        shown.summary.deliveredUpTo = 5;
        m_model->apply({shown}, {});
        QCOMPARE(value(ChatListModel::StatusRole).toInt(), int(ChatListModel::Delivered));
        shown.summary.othersReadUpTo = 5;
        m_model->apply({shown}, {});
        QCOMPARE(value(ChatListModel::StatusRole).toInt(), int(ChatListModel::Read));
    }

    void tellsWhoTypes()
    {
        m_model->show({chat(1, 10)});
        QSignalSpy typing(m_model.get(), &ChatListModel::typingChanged);
        m_model->setTyping(id(1), rows::user(2), true);
        m_model->setTyping(id(1), rows::user(2), true);
        QCOMPARE(value(ChatListModel::TypingNamesRole).toStringList().size(), 1);
        QCOMPARE(typing.size(), 1);
        m_model->setTyping(id(1), rows::user(2), false);
        QVERIFY(value(ChatListModel::TypingNamesRole).toStringList().isEmpty());
    }

    void staysInOrderInRandomWorlds()
    {
        QRandomGenerator random(17);
        for (int step = 0; step < 3'000; ++step) {
            const auto number = quint8(random.bounded(1, 25));
            const int what = random.bounded(20);
            if (what == 0)
                m_model->setFilter(ChatListModel::Filter(random.bounded(3)));
            else if (what == 1)
                m_model->select(id(number));
            else if (what == 2)
                m_model->apply({}, {id(number)});
            else
                m_model->apply({chat(number, random.bounded(50), random.bounded(2))}, {});
            for (int row = 1; row < m_model->count(); ++row)
                QVERIFY(activity(row - 1) >= activity(row));
        }
    }

private:
    QByteArray order() const
    {
        QByteArray found;
        for (int row = 0; row < m_model->count(); ++row)
            found += char('0' + ChatId::fromText(m_model->idAt(row).toLatin1())->array()[0]);
        return found;
    }
    qint64 activity(int row) const
    {
        return m_model->find(*ChatId::fromText(m_model->idAt(row).toLatin1()))->summary.activityMs;
    }
    QVariant value(ChatListModel::Role role) const
    {
        return m_model->data(m_model->index(0), role);
    }

    Client m_client{ClientOptions{}};
    Preparer m_preparer{m_client};
    Pictures m_pictures;
    Tickets m_tickets;
    KnownUsers m_users{m_client, m_pictures};
    ScreenWorld m_world{m_client, m_preparer, m_users, m_tickets, [] { return rows::minuteMs(0); }};
    std::unique_ptr<ChatListModel> m_model;
};

QTEST_GUILESS_MAIN(TestChatListModel)
#include "tst_chatlistmodel.moc"
