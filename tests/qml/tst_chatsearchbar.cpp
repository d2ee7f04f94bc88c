// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/qml/scenehands.h"

#include <QAccessible>
#include <QGuiApplication>
#include <QTest>

using namespace parley;

/// The bar that searches the open chat, used by the keyboard alone and by the pointer, over its
/// stand-ins; and what it makes of the rows.
class TstChatSearchBar : public QObject, private SceneHands {
    Q_OBJECT
private slots:
    void opensByControlF_data();
    void opensByControlF();
    void opensByTheButtonOfTheHeader_data();
    void opensByTheButtonOfTheHeader();
    void whatIsTypedIsWhatTheChatIsSearchedFor();
    void stepsByTheKeyboard_data();
    void stepsByTheKeyboard();
    void stepsByItsButtons();
    void doesNotStepWhileTheInputMethodComposes();
    void escapeReturnsToTheComposer();
    void escapeInTheTimelineClosesIt();
    void closesWithTheChat();
    void saysHowManyThereAre_data();
    void saysHowManyThereAre();
    void saysThatNothingWasFound();
    void saysWhatIsWrongWithTheQuery();
    void saysHowFarBackItSees();
    void tintsTheHitWhereOneIs();
    void coloursWhatWasFoundByTheTheme();
    void showsALongHitWhole();
    void announcesTheCountWhenTypingPauses();

private:
    void show(const QString &scene = QStringLiteral("chat"), const QSize &size = {1280, 800})
    {
        SceneHands::show(scene, size);
    }
    QQuickItem *row(const char *messageId) const;
    QObject *app() const { return m_scene->root()->property("app").value<QObject *>(); }
    QObject *chat() const { return app()->property("chat").value<QObject *>(); }
    QObject *search() const { return chat()->property("search").value<QObject *>(); }
    QStringList steps() const { return search()->property("steps").toStringList(); }
    QString text(const char *name) const { return find(name)->property("text").toString(); }
    void openByKey() { press(Qt::Key_F, Qt::ControlModifier); }
};

QQuickItem *TstChatSearchBar::row(const char *messageId) const
{
    const auto wanted = QString::fromLatin1(messageId);
    return find([&](const QQuickItem &item) {
        return item.property("messageId").toString() == wanted
            && item.property("unfolded").isValid();
    });
}

void TstChatSearchBar::opensByControlF_data()
{
    QTest::addColumn<QString>("before");
    QTest::newRow("from the composer") << QStringLiteral("composer");
    QTest::newRow("from the list of chats") << QStringLiteral("chatList");
    QTest::newRow("from the timeline") << QStringLiteral("timeline");
}

void TstChatSearchBar::opensByControlF()
{
    QFETCH(QString, before);
    show();
    find(qPrintable(before))->forceActiveFocus();
    QVERIFY(!find("chatSearchQuery"));
    openByKey();
    QVERIFY(find("chatSearchQuery") && find("chatSearchQuery")->hasActiveFocus());
    QVERIFY(!find("chatTitle"));
    // Again: it stays, and what stands there is selected.
    press(Qt::Key_A);
    find("composer")->forceActiveFocus();
    openByKey();
    QVERIFY(find("chatSearchQuery")->hasActiveFocus());
    QCOMPARE(find("chatSearchQuery")->property("selectedText").toString(), QStringLiteral("a"));
}

void TstChatSearchBar::opensByTheButtonOfTheHeader_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("wide") << QSize(1280, 800);
    QTest::newRow("phone") << QSize(390, 844);
}

void TstChatSearchBar::opensByTheButtonOfTheHeader()
{
    QFETCH(QSize, size);
    show(QStringLiteral("chat"), size);
    QVERIFY(find("chatTitle")->width() > 120);
    click("openChatSearch");
    QVERIFY(find("chatSearchQuery") && find("chatSearchQuery")->hasActiveFocus());
    QVERIFY(find("chatSearchQuery")->width() > 150);
    click("chatSearchClose");
    QVERIFY(!find("chatSearchQuery"));
    QVERIFY(find("chatTitle"));
}

void TstChatSearchBar::whatIsTypedIsWhatTheChatIsSearchedFor()
{
    show();
    openByKey();
    press(Qt::Key_H);
    press(Qt::Key_I);
    QCOMPARE(search()->property("query").toString(), QStringLiteral("hi"));
    QCOMPARE(chat()
                 ->property("composer")
                 .value<QObject *>()
                 ->property("sentTexts")
                 .toStringList()
                 .size(),
        0);
}

void TstChatSearchBar::stepsByTheKeyboard_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("modifiers");
    QTest::addColumn<QString>("step");
    const auto older = QStringLiteral("older");
    const auto newer = QStringLiteral("newer");
    const int shift = Qt::ShiftModifier;
    QTest::newRow("Enter") << int(Qt::Key_Return) << 0 << older;
    QTest::newRow("Shift+Enter") << int(Qt::Key_Return) << shift << newer;
    QTest::newRow("Up") << int(Qt::Key_Up) << 0 << older;
    QTest::newRow("Down") << int(Qt::Key_Down) << 0 << newer;
    QTest::newRow("F3") << int(Qt::Key_F3) << 0 << older;
    QTest::newRow("Shift+F3") << int(Qt::Key_F3) << shift << newer;
}

void TstChatSearchBar::stepsByTheKeyboard()
{
    QFETCH(int, key);
    QFETCH(int, modifiers);
    QFETCH(QString, step);
    show(QStringLiteral("chatsearch"));
    openByKey();
    press(key, Qt::KeyboardModifiers(modifiers));
    QCOMPARE(steps(), QStringList{step});
    QVERIFY(find("chatSearchQuery")->hasActiveFocus());
}

void TstChatSearchBar::stepsByItsButtons()
{
    show(QStringLiteral("chatsearch"));
    QVERIFY(!find("chatSearchNewer")->isEnabled());
    click("chatSearchOlder");
    click("chatSearchOlder");
    QVERIFY(!find("chatSearchOlder")->isEnabled());
    click("chatSearchNewer");
    QCOMPARE(steps(),
        (QStringList{QStringLiteral("older"), QStringLiteral("older"), QStringLiteral("newer")}));
}

void TstChatSearchBar::doesNotStepWhileTheInputMethodComposes()
{
    show(QStringLiteral("chatsearch"));
    openByKey();
    QInputMethodEvent composing(QStringLiteral("か"), {});
    QCoreApplication::sendEvent(find("chatSearchQuery"), &composing);
    press(Qt::Key_Return);
    QCOMPARE(steps(), QStringList());
}

void TstChatSearchBar::escapeReturnsToTheComposer()
{
    show();
    openByKey();
    press(Qt::Key_H);
    press(Qt::Key_Escape);
    QVERIFY(!find("chatSearchQuery"));
    QVERIFY(find("composer")->hasActiveFocus());
    QVERIFY(chat());
}

void TstChatSearchBar::escapeInTheTimelineClosesIt()
{
    show(QStringLiteral("chatsearch"));
    find("timeline")->forceActiveFocus();
    press(Qt::Key_Escape);
    QVERIFY(!find("chatSearchQuery"));
    QVERIFY(find("composer")->hasActiveFocus());
}

void TstChatSearchBar::closesWithTheChat()
{
    show(QStringLiteral("chatsearch"), {390, 844});
    QMetaObject::invokeMethod(app(), "closeChat");
    m_scene->settle();
    QVERIFY(!find("chatSearchQuery"));
    QCOMPARE(m_scene->warnings(), QStringList());
}

void TstChatSearchBar::saysHowManyThereAre_data()
{
    QTest::addColumn<QVariantMap>("facts");
    QTest::addColumn<QString>("words");
    const auto facts = [](int count, int position, const QString &also) {
        QVariantMap map{{QStringLiteral("count"), count}, {QStringLiteral("position"), position}};
        if (!also.isEmpty())
            map.insert(also, true);
        return map;
    };
    QTest::newRow("all") << facts(17, 3, {}) << QStringLiteral("3 of 17");
    QTest::newRow("more than counted")
        << facts(200, 3, QStringLiteral("more")) << QStringLiteral("3 of 200+");
    QTest::newRow("an index that is behind")
        << facts(17, 3, QStringLiteral("indexing")) << QStringLiteral("3 of 17+");
    QTest::newRow("none is the current one") << facts(16, 0, {}) << QStringLiteral("16 results");
    QTest::newRow("one is left") << facts(1, 0, {}) << QStringLiteral("1 result");
}

void TstChatSearchBar::saysHowManyThereAre()
{
    QFETCH(QVariantMap, facts);
    QFETCH(QString, words);
    show(QStringLiteral("chatsearch"));
    for (auto it = facts.begin(); it != facts.end(); ++it)
        search()->setProperty(qPrintable(it.key()), it.value());
    m_scene->settle();
    QCOMPARE(text("chatSearchCount"), words);
}

void TstChatSearchBar::saysThatNothingWasFound()
{
    show(QStringLiteral("chatsearchnothing"));
    QCOMPARE(text("chatSearchCount"), QStringLiteral("Nothing found"));
    QVERIFY(text("chatSearchNote").contains(QStringLiteral("still being prepared")));
    search()->setProperty("searching", true);
    m_scene->settle();
    QVERIFY(!find("chatSearchCount"));
}

void TstChatSearchBar::saysWhatIsWrongWithTheQuery()
{
    show(QStringLiteral("chatsearchfault"));
    QVERIFY(text("chatSearchNote").contains(QStringLiteral("has:photo")));
    QVERIFY(!find("chatSearchCount"));
}

void TstChatSearchBar::saysHowFarBackItSees()
{
    show(QStringLiteral("chatsearchmany"));
    QVERIFY(text("chatSearchNote").contains(QStringLiteral("12 May 2025")));
    QCOMPARE(text("chatSearchCount"), QStringLiteral("128 of 200+"));
}

void TstChatSearchBar::tintsTheHitWhereOneIs()
{
    show(QStringLiteral("chatsearch"));
    const auto tint = [this](const char *message) {
        return row(message)->findChild<QQuickItem *>(QStringLiteral("rowTint"))->opacity();
    };
    QCOMPARE(tint("m7"), 1.0);
    QCOMPARE(tint("m5"), 0.0);
    search()->setProperty("currentId", QStringLiteral("m5"));
    m_scene->settle();
    QCOMPARE(tint("m7"), 0.0);
    QCOMPARE(tint("m5"), 1.0);
}

void TstChatSearchBar::coloursWhatWasFoundByTheTheme()
{
    show(QStringLiteral("chatsearch"));
    const auto painted = [this](const char *message) {
        return row(message)
            ->findChild<QQuickItem *>(QStringLiteral("messageText"))
            ->property("text")
            .toString();
    };
    // One's own bubble has another ground than that of others.
    QVERIFY(painted("m7").contains(QStringLiteral("<b><font color=\"#ffe39a\">the</font></b>")));
    QVERIFY(painted("m5").contains(QStringLiteral("<b><font color=\"#026579\">the</font></b>")));
    QVERIFY(!painted("m5").contains(QStringLiteral("mark")));
}

void TstChatSearchBar::showsALongHitWhole()
{
    show(QStringLiteral("chatsearch"));
    QObject *timeline = chat()->property("timeline").value<QObject *>();
    const QVariantMap longText{
        {QStringLiteral("markup"), QStringLiteral("line<br/>").repeated(40)}};
    QMetaObject::invokeMethod(
        timeline, "changeRecord", Q_ARG(int, 1), Q_ARG(QVariantMap, longText));
    m_scene->settle();
    QVERIFY(find("showMore"));
    search()->setProperty("currentId", QStringLiteral("m9"));
    m_scene->settle();
    QVERIFY(!find("showMore"));
    // Whoever reads on must not lose the line.
    search()->setProperty("currentId", QStringLiteral("m7"));
    m_scene->settle();
    QVERIFY(!find("showMore"));
}

void TstChatSearchBar::announcesTheCountWhenTypingPauses()
{
    show(QStringLiteral("chatsearch"));
    QTRY_VERIFY(find("announcer"));
    auto *announcer = find("announcer");
    const auto said = [&] {
        return QAccessible::queryAccessibleInterface(announcer)->text(QAccessible::Name);
    };
    QCOMPARE(said(), QStringLiteral("1 of 3"));
    search()->setProperty("count", 0);
    search()->setProperty("count", 5);
    QCOMPARE(said(), QStringLiteral("1 of 3")); // not every letter
    QTRY_COMPARE(said(), QStringLiteral("1 of 5"));
    QCOMPARE(QAccessible::queryAccessibleInterface(announcer)->role(), QAccessible::AlertMessage);
}

int main(int argc, char **argv)
{
    QGuiApplication application(argc, argv);
    QAccessible::setActive(true);
    setUpScenes();
    TstChatSearchBar test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_chatsearchbar.moc"
