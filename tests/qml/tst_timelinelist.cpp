// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/qml/scene.h"

#include <QGuiApplication>
#include <QQuickItem>
#include <QTest>

using namespace parley;

/// The reading position, by section 6 of the design.
class TstTimelineList : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void opensAtTheNewest();
    void staysAtTheEndWhenMessagesArrive();
    void staysAtTheEndWhenTheNewestGrows();
    void staysAtTheEndWhenTheViewShrinks();
    void keepsTheLineThatIsReadWhenMessagesArrive();
    void keepsTheLineThatIsReadWhenOlderOnesArrive();
    void keepsTheLineThatIsReadWhenARowBelowGrows();
    void placesTheRowThatIsJumpedTo();
    void goesToTheEndAfterSending();
    void showsTheWayBackWhenFarFromTheEnd();

private:
    void scrollUp();
    QQuickItem *row(int index) const;
    double placeOf(const QQuickItem &item) const;
    double distanceToEnd() const;

    std::unique_ptr<Scene> m_scene;
    QQuickItem *m_list = nullptr;
};

void TstTimelineList::init()
{
    SceneLook look;
    look.size = QSize(800, 600);
    m_scene = std::make_unique<Scene>(QStringLiteral("parts/timeline"), look);
    QVERIFY2(m_scene->isLoaded(), qPrintable(m_scene->warnings().join(u'\n')));
    m_list = m_scene->root()->findChild<QQuickItem *>(QStringLiteral("timeline"));
    QVERIFY(m_list);
}

void TstTimelineList::cleanup()
{
    QCOMPARE(m_scene->warnings(), QStringList());
    m_scene.reset();
}

QQuickItem *TstTimelineList::row(int index) const
{
    QQuickItem *item = nullptr;
    QMetaObject::invokeMethod(
        m_list, "itemAtIndex", Q_RETURN_ARG(QQuickItem *, item), Q_ARG(int, index));
    return item;
}

double TstTimelineList::placeOf(const QQuickItem &item) const
{
    return item.mapToItem(m_list, QPointF()).y();
}

double TstTimelineList::distanceToEnd() const
{
    const QQuickItem *newest = row(0);
    return newest ? placeOf(*newest) + newest->height() - m_list->height() : 1e6;
}

/// A good way up, as a wheel would: far enough that neither end is near.
void TstTimelineList::scrollUp()
{
    QMetaObject::invokeMethod(m_list, "scrollBy", Q_ARG(double, -2500.0));
    m_scene->settle();
    QVERIFY(!m_list->property("following").toBool());
}

void TstTimelineList::opensAtTheNewest()
{
    QVERIFY(row(0));
    QVERIFY(qAbs(distanceToEnd()) < 1);
    QVERIFY(m_list->property("following").toBool());
}

void TstTimelineList::staysAtTheEndWhenMessagesArrive()
{
    for (int number = 300; number < 305; ++number)
        QMetaObject::invokeMethod(m_scene->root(), "arrive", Q_ARG(int, number));
    m_scene->settle();
    QVERIFY(qAbs(distanceToEnd()) < 1);
}

void TstTimelineList::staysAtTheEndWhenTheNewestGrows()
{
    QMetaObject::invokeMethod(m_scene->root(), "makeLonger", Q_ARG(int, 0));
    m_scene->settle();
    QVERIFY(qAbs(distanceToEnd()) < 1);
}

void TstTimelineList::staysAtTheEndWhenTheViewShrinks()
{
    auto *timeline = m_scene->root()->property("timeline").value<QQuickItem *>();
    const double before = m_list->height();
    timeline->setProperty("anchors.bottomMargin", 0);
    m_scene->window().resize(800, 450);
    m_scene->settle();
    QVERIFY(m_list->height() < before);
    QVERIFY(qAbs(distanceToEnd()) < 1);
}

void TstTimelineList::keepsTheLineThatIsReadWhenMessagesArrive()
{
    scrollUp();
    const int top = m_list->property("lastVisible").toInt();
    const QQuickItem &read = *row(top);
    const double place = placeOf(read);
    for (int number = 300; number < 320; ++number)
        QMetaObject::invokeMethod(m_scene->root(), "arrive", Q_ARG(int, number));
    m_scene->settle();
    QVERIFY(qAbs(placeOf(read) - place) <= 0.5);
}

void TstTimelineList::keepsTheLineThatIsReadWhenOlderOnesArrive()
{
    scrollUp();
    const QQuickItem &read = *row(m_list->property("lastVisible").toInt());
    const double place = placeOf(read);
    QMetaObject::invokeMethod(m_scene->root(), "loadOlder", Q_ARG(int, 50));
    m_scene->settle();
    QVERIFY(qAbs(placeOf(read) - place) <= 0.5);
}

void TstTimelineList::keepsTheLineThatIsReadWhenARowBelowGrows()
{
    scrollUp();
    const int top = m_list->property("lastVisible").toInt();
    const int low = m_list->property("firstVisible").toInt();
    QVERIFY(low < top);
    const QQuickItem &read = *row(top);
    const double place = placeOf(read);
    const double height = row(low)->height();
    QMetaObject::invokeMethod(m_scene->root(), "makeLonger", Q_ARG(int, low));
    m_scene->settle();
    QVERIFY(row(low)->height() > height + 40);
    QVERIFY2(
        qAbs(placeOf(read) - place) <= 0.5, qPrintable(QString::number(placeOf(read) - place)));
}

void TstTimelineList::placesTheRowThatIsJumpedTo()
{
    constexpr int target = 120;
    QMetaObject::invokeMethod(m_list, "showRow", Q_ARG(int, target));
    m_scene->settle();
    const QQuickItem *item = row(target);
    QVERIFY(item);
    QVERIFY(placeOf(*item) >= 0 && placeOf(*item) + item->height() <= m_list->height());
    QVERIFY(!m_list->property("following").toBool());
}

void TstTimelineList::goesToTheEndAfterSending()
{
    scrollUp();
    auto *chat = m_scene->root()->property("chat").value<QObject *>();
    QMetaObject::invokeMethod(chat, "sent");
    m_scene->settle();
    QVERIFY(qAbs(distanceToEnd()) < 1);
}

void TstTimelineList::showsTheWayBackWhenFarFromTheEnd()
{
    auto *button = m_scene->root()->findChild<QQuickItem *>(QStringLiteral("jumpToLatest"));
    QVERIFY(!button->isVisible());
    scrollUp();
    QVERIFY(button->isVisible());
    QMetaObject::invokeMethod(button, "clicked");
    m_scene->settle();
    QVERIFY(qAbs(distanceToEnd()) < 1);
    QVERIFY(!button->isVisible());
}

int main(int argc, char **argv)
{
    QGuiApplication application(argc, argv);
    setUpScenes();
    TstTimelineList test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_timelinelist.moc"
