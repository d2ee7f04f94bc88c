// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/qml/scenehands.h"

#include <QAccessible>
#include <QGuiApplication>
#include <QTest>

using namespace parley;

namespace {

// As in FoundModel.
constexpr int switchTheme = 4;
constexpr int actions = 2;

} // namespace

/// The search palette, used by the keyboard alone and by the pointer, over its stand-ins.
class TstSearchPalette : public QObject, private SceneHands {
    Q_OBJECT
private slots:
    void opensByItsKeys_data();
    void opensByItsKeys();
    void opensByTheButton();
    void entersTheFirstResult();
    void arrowsReachAMessageAndEnterOpensIt();
    void keepsTheFirstResultWhileOthersComeIn();
    void staysAtTheEnds();
    void whatIsTypedIsTheQuery();
    void startsANewChatWithTheQuery();
    void switchesTheTheme();
    void escapeClearsThenCloses();
    void theRowsReadAsSentences();
    void asksForMoreAtTheEnd();
    void announcesTheNumberOfResults();
    void isAPageOnPhones();

private:
    void show(const QSize &size = {1280, 800}) { SceneHands::show(QStringLiteral("list"), size); }
    void openByKey() { press(Qt::Key_K, Qt::ControlModifier); }
    QObject *app() const { return m_scene->root()->property("app").value<QObject *>(); }
    QObject *search() const { return app()->property("search").value<QObject *>(); }
    int currentRow() const { return find("foundList")->property("currentIndex").toInt(); }
};

void TstSearchPalette::opensByItsKeys_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("modifiers");
    QTest::newRow("Ctrl+K") << int(Qt::Key_K) << int(Qt::ControlModifier);
    QTest::newRow("Ctrl+Shift+F") << int(Qt::Key_F) << int(Qt::ControlModifier | Qt::ShiftModifier);
}

void TstSearchPalette::opensByItsKeys()
{
    QFETCH(int, key);
    QFETCH(int, modifiers);
    show();
    QVERIFY(!find("searchQuery"));
    press(key, Qt::KeyboardModifiers(modifiers));
    QVERIFY(find("searchQuery") && find("searchQuery")->hasActiveFocus());
    QCOMPARE(currentRow(), 0);
}

void TstSearchPalette::opensByTheButton()
{
    show();
    click("openSearch");
    QVERIFY(find("searchQuery"));
}

void TstSearchPalette::entersTheFirstResult()
{
    show();
    openByKey();
    press(Qt::Key_Return);
    QVERIFY(!find("searchQuery"));
    QCOMPARE(app()->property("chats").value<QObject *>()->property("selectedId").toString(),
        QStringLiteral("ridge"));
}

void TstSearchPalette::arrowsReachAMessageAndEnterOpensIt()
{
    show();
    openByKey();
    press(Qt::Key_Down);
    press(Qt::Key_Down);
    press(Qt::Key_Down);
    QCOMPARE(currentRow(), 3);
    press(Qt::Key_Up);
    press(Qt::Key_Return);
    QCOMPARE(app()->property("openedMessage").toString(), QStringLiteral("m2"));
}

void TstSearchPalette::keepsTheFirstResultWhileOthersComeIn()
{
    show();
    openByKey();
    QObject *found = search()->property("found").value<QObject *>();
    const QVariantMap record{{QStringLiteral("title"), QStringLiteral("Newer")}};
    QMetaObject::invokeMethod(found, "insertRecord", Q_ARG(int, 0), Q_ARG(QVariantMap, record));
    m_scene->settle();
    QCOMPARE(currentRow(), 0);
    press(Qt::Key_Down);
    QMetaObject::invokeMethod(found, "insertRecord", Q_ARG(int, 0), Q_ARG(QVariantMap, record));
    m_scene->settle();
    QCOMPARE(currentRow(), 2);
}

void TstSearchPalette::staysAtTheEnds()
{
    show();
    openByKey();
    press(Qt::Key_Up);
    QCOMPARE(currentRow(), 0);
    press(Qt::Key_PageDown);
    press(Qt::Key_PageDown);
    QCOMPARE(currentRow(), 5);
    press(Qt::Key_PageUp);
    QCOMPARE(currentRow(), 0);
}

void TstSearchPalette::whatIsTypedIsTheQuery()
{
    show();
    openByKey();
    press(Qt::Key_Down);
    press(Qt::Key_S);
    QCOMPARE(search()->property("query").toString(), QStringLiteral("ridges"));
    QCOMPARE(currentRow(), 0);
}

void TstSearchPalette::startsANewChatWithTheQuery()
{
    show();
    openByKey();
    for (int row = 0; row < 5; ++row)
        press(Qt::Key_Down);
    press(Qt::Key_Return);
    QVERIFY(find("peopleQuery"));
    QCOMPARE(find("peopleQuery")->property("text").toString(), QStringLiteral("ridge"));
}

void TstSearchPalette::switchesTheTheme()
{
    show();
    const QVariantMap action{
        {QStringLiteral("kind"), switchTheme}, {QStringLiteral("section"), actions}};
    search()->property("found").value<QObject *>()->setProperty("records", QVariantList{action});
    openByKey();
    QObject *settings = app()->property("settings").value<QObject *>();
    const int before = settings->property("theme").toInt();
    press(Qt::Key_Return);
    QVERIFY(settings->property("theme").toInt() != before);
}

void TstSearchPalette::escapeClearsThenCloses()
{
    show();
    openByKey();
    press(Qt::Key_Escape);
    QVERIFY(find("searchQuery"));
    QCOMPARE(search()->property("query").toString(), QString());
    press(Qt::Key_Escape);
    QVERIFY(!find("searchQuery"));
}

void TstSearchPalette::theRowsReadAsSentences()
{
    show();
    openByKey();
    QStringList sentences;
    const auto collect = [&](const auto &self, QQuickItem *item) -> void {
        if (item->objectName() == QStringLiteral("foundRow") && item->isVisible())
            sentences += QAccessible::queryAccessibleInterface(item)->text(QAccessible::Name);
        for (QQuickItem *child : item->childItems())
            self(self, child);
    };
    collect(collect, m_scene->window().contentItem());
    QVERIFY(sentences.contains(QStringLiteral("Ridge Walkers, Group, 6 members")));
    QVERIFY(sentences.contains(QStringLiteral("Bridget Moreau, @bridget")));
    QVERIFY(sentences.contains(
        QStringLiteral("You in Ridge Walkers, 09:14: …so we would be on the ridge before nine.")));
}

void TstSearchPalette::asksForMoreAtTheEnd()
{
    show();
    openByKey();
    press(Qt::Key_PageDown);
    QVERIFY(search()->property("loads").toInt() > 0);
}

void TstSearchPalette::announcesTheNumberOfResults()
{
    show();
    openByKey();
    QTRY_VERIFY(find("announcer"));
    const auto said = [this] { return find("announcer")->property("sentence").toString(); };
    QCOMPARE(said(), QStringLiteral("5 results"));
    search()->setProperty("more", true);
    QTRY_COMPARE(said(), QStringLiteral("5 or more results"));
    search()->property("found").value<QObject *>()->setProperty("records", QVariantList());
    QTRY_COMPARE(said(), QStringLiteral("Nothing found"));
}

void TstSearchPalette::isAPageOnPhones()
{
    show({390, 844});
    click("openSearch");
    QCOMPARE(find("foundList")->width(), 390.0);
    click("searchClose");
    QVERIFY(!find("searchQuery"));
}

int main(int argc, char **argv)
{
    QGuiApplication application(argc, argv);
    QAccessible::setActive(true);
    setUpScenes();
    TstSearchPalette test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_searchpalette.moc"
