// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/qml/scenehands.h"

#include <QGuiApplication>
#include <QInputMethodEvent>
#include <QTest>

using namespace parley;

/// Keys and clicks, over the shell with its stand-ins.
class TstKeys : public QObject, private SceneHands {
    Q_OBJECT
private slots:
    void theComposerShowsItsFocusToTheKeyboardOnly();
    void enterSends();
    void shiftEnterBeginsALine();
    void enterDoesNotSendWhileTheInputMethodComposes();
    void theSwitchTurnsEnterAround();
    void escapeCancelsAReply();
    void arrowUpInAnEmptyComposerEditsTheLast();
    void altArrowsOpenTheNeighbours();
    void theKeyboardOpensTheMenuOfAChat_data();
    void theKeyboardOpensTheMenuOfAChat();
    void theRightButtonOpensTheMenuOfAChat();
    void aLongPressOpensTheMenuOfAChatOnPhones();
    void leavingFromTheListAsksFirst();
    void controlNAsksForANewChat();
    void escapeClearsTheSearchBeforeItClosesTheDialog();
    void typingInTheTimelineGoesToTheComposer();
    void keysActOnTheMessageInFocus();
    void theMenuActsOnItsMessage();
    void deletingAsksFirst();
    void detailsOpenBesideTheChat();
    void phoneGoesBackToTheList();
    void closingTheChatLeavesNoWarning();
    void settingsChangeAtOnce();
    void signInWaitsForTheServer();
    void whoWasSignedOutSignsInAgainOverTheChats();
    void asksTheKeychainAgainOrSignsIn();
    void saysThatThereAreTooManyDevices();
    void callsTheProductByTheProgramsName();
    void asksBeforeATokenGoesIntoAFile();

private:
    QObject *app() const { return m_scene->root()->property("app").value<QObject *>(); }
    QObject *chat() const { return app()->property("chat").value<QObject *>(); }
    QObject *composer() const { return chat()->property("composer").value<QObject *>(); }
    QStringList listCalls() const
    {
        return app()->property("chatActions").value<QObject *>()->property("calls").toStringList();
    }
    QStringList calls() const { return chat()->property("calls").toStringList(); }
};

void TstKeys::theComposerShowsItsFocusToTheKeyboardOnly()
{
    show(QStringLiteral("chat"));
    const auto ring = [this] {
        return find("composerBox")
            ->property("border")
            .value<QObject *>()
            ->property("width")
            .toInt();
    };
    QVERIFY(find("composer")->hasActiveFocus()); // it has it from the start
    QCOMPARE(ring(), 0);
    press(Qt::Key_Backtab, Qt::ShiftModifier);
    QVERIFY(!find("composer")->hasActiveFocus());
    press(Qt::Key_Tab);
    QVERIFY(find("composer")->hasActiveFocus());
    QCOMPARE(ring(), 2);
    press(Qt::Key_F6);
    press(Qt::Key_F6);
    press(Qt::Key_F6);
    QVERIFY(find("composer")->hasActiveFocus());
    QCOMPARE(ring(), 2);
    find("chatList")->forceActiveFocus();
    click("composer");
    QVERIFY(find("composer")->hasActiveFocus());
    QCOMPARE(ring(), 0);
}

void TstKeys::enterSends()
{
    show(QStringLiteral("chat"));
    QVERIFY(find("composer")->hasActiveFocus());
    press(Qt::Key_A);
    press(Qt::Key_B);
    press(Qt::Key_Return);
    QCOMPARE(composer()->property("sentTexts").toStringList(), QStringList{QStringLiteral("ab")});
    QCOMPARE(find("composer")->property("text").toString(), QString());
    QCOMPARE(composer()->property("typedCount").toInt(), 2);
}

void TstKeys::shiftEnterBeginsALine()
{
    show(QStringLiteral("chat"));
    press(Qt::Key_A);
    press(Qt::Key_Return, Qt::ShiftModifier);
    press(Qt::Key_B);
    QCOMPARE(composer()->property("text").toString(), QStringLiteral("a\nb"));
    QCOMPARE(composer()->property("sentTexts").toStringList(), QStringList());
}

void TstKeys::enterDoesNotSendWhileTheInputMethodComposes()
{
    show(QStringLiteral("chat"));
    press(Qt::Key_A);
    QInputMethodEvent composing(QStringLiteral("か"), {});
    QCoreApplication::sendEvent(find("composer"), &composing);
    QCOMPARE(find("composer")->property("preeditText").toString(), QStringLiteral("か"));
    press(Qt::Key_Return);
    QCOMPARE(composer()->property("sentTexts").toStringList(), QStringList());
}

void TstKeys::theSwitchTurnsEnterAround()
{
    show(QStringLiteral("chat"));
    app()->property("settings").value<QObject *>()->setProperty("enterSends", false);
    press(Qt::Key_A);
    press(Qt::Key_Return);
    QCOMPARE(composer()->property("text").toString(), QStringLiteral("a\n"));
    press(Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(composer()->property("sentTexts").toStringList().size(), 1);
}

void TstKeys::escapeCancelsAReply()
{
    show(QStringLiteral("reply"));
    QVERIFY(find("cancelMode"));
    press(Qt::Key_Escape);
    QVERIFY(!find("cancelMode"));
    QVERIFY(find("composer")->hasActiveFocus());
    QVERIFY(!composer()->property("text").toString().isEmpty());
}

void TstKeys::arrowUpInAnEmptyComposerEditsTheLast()
{
    show(QStringLiteral("chat"));
    press(Qt::Key_Up);
    QCOMPARE(composer()->property("targetId").toString(), QStringLiteral("last"));
}

void TstKeys::altArrowsOpenTheNeighbours()
{
    show(QStringLiteral("chat"));
    QObject *chats = app()->property("chats").value<QObject *>();
    press(Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(chats->property("selectedId").toString(), QStringLiteral("tomas"));
    press(Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(chats->property("selectedId").toString(), QStringLiteral("ridge"));
    press(Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(chats->property("selectedId").toString(), QStringLiteral("ridge"));
}

void TstKeys::theKeyboardOpensTheMenuOfAChat_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("modifiers");
    QTest::newRow("Menu") << int(Qt::Key_Menu) << int(Qt::NoModifier);
    QTest::newRow("Shift+F10") << int(Qt::Key_F10) << int(Qt::ShiftModifier);
}

void TstKeys::theKeyboardOpensTheMenuOfAChat()
{
    QFETCH(int, key);
    QFETCH(int, modifiers);
    show(QStringLiteral("chat"));
    find("chatList")->forceActiveFocus(Qt::TabFocusReason);
    press(Qt::Key_Down);
    press(key, Qt::KeyboardModifiers(modifiers));
    QVERIFY(find("menuMarkRead"));
    QVERIFY(!find("menuMarkUnread"));
    QVERIFY(!find("menuBlock"));
    QVERIFY(!find("menuAccept"));
    press(Qt::Key_Down);
    QVERIFY(find("menuMarkRead")->hasActiveFocus());
    press(Qt::Key_Down);
    QVERIFY(find("menuMute")->hasActiveFocus());
    press(Qt::Key_Return);
    QCOMPARE(
        listCalls(), (QStringList{QStringLiteral("aim tomas"), QStringLiteral("setMuted true")}));
    QVERIFY(!find("menuMute"));
    QVERIFY(find("chatList")->hasActiveFocus());
}

void TstKeys::theRightButtonOpensTheMenuOfAChat()
{
    show(QStringLiteral("chat"));
    click("chatRow", Qt::RightButton);
    click("menuMarkRead");
    QCOMPARE(listCalls(), (QStringList{QStringLiteral("aim ridge"), QStringLiteral("markRead")}));
}

void TstKeys::aLongPressOpensTheMenuOfAChatOnPhones()
{
    show(QStringLiteral("list"), {390, 844});
    QQuickItem *row = find("chatRow");
    const QPoint middle = row->mapToScene(QPointF(row->width() / 2, row->height() / 2)).toPoint();
    QTest::mousePress(&m_scene->window(), Qt::LeftButton, Qt::NoModifier, middle);
    QTRY_VERIFY(find("menuMute"));
    QTest::mouseRelease(&m_scene->window(), Qt::LeftButton, Qt::NoModifier, middle);
    m_scene->settle();
    QVERIFY(find("menuMute"));
    QCOMPARE(listCalls(), QStringList{QStringLiteral("aim ridge")});
}

void TstKeys::leavingFromTheListAsksFirst()
{
    show(QStringLiteral("chat"));
    find("chatList")->forceActiveFocus(Qt::TabFocusReason);
    press(Qt::Key_Menu);
    click("menuLeave");
    QVERIFY(find("confirmLeave"));
    QCOMPARE(listCalls(), QStringList{QStringLiteral("aim ridge")});
    click("confirmLeave");
    QCOMPARE(listCalls().constLast(), QStringLiteral("leave"));
}

void TstKeys::controlNAsksForANewChat()
{
    show(QStringLiteral("chat"));
    press(Qt::Key_N, Qt::ControlModifier);
    QVERIFY(find("peopleQuery"));
    QVERIFY(find("peopleQuery")->hasActiveFocus());
    click("knownPerson");
    QObject *people = app()->property("people").value<QObject *>();
    QCOMPARE(
        people->property("calls").toStringList(), QStringList{QStringLiteral("startChat maya")});
    QVERIFY(!find("peopleQuery"));
}

void TstKeys::escapeClearsTheSearchBeforeItClosesTheDialog()
{
    show(QStringLiteral("chat"));
    press(Qt::Key_N, Qt::ControlModifier);
    press(Qt::Key_X);
    QCOMPARE(find("peopleQuery")->property("text").toString(), QStringLiteral("x"));
    press(Qt::Key_Escape);
    QCOMPARE(find("peopleQuery")->property("text").toString(), QString());
    press(Qt::Key_Escape);
    QVERIFY(!find("peopleQuery"));
    QVERIFY(find("composer")->hasActiveFocus());
}

void TstKeys::typingInTheTimelineGoesToTheComposer()
{
    show(QStringLiteral("chat"));
    find("timeline")->parentItem()->forceActiveFocus();
    press(Qt::Key_X);
    QCOMPARE(composer()->property("text").toString(), QStringLiteral("x"));
    QVERIFY(find("composer")->hasActiveFocus());
}

void TstKeys::keysActOnTheMessageInFocus()
{
    show(QStringLiteral("chat"));
    QQuickItem *list = find("timeline");
    list->parentItem()->forceActiveFocus();
    list->setProperty("currentIndex", 3);
    press(Qt::Key_C);
    QCOMPARE(calls(), QStringList{QStringLiteral("copyText m7")});
    press(Qt::Key_2);
    QCOMPARE(calls().constLast(), QStringLiteral("toggleReaction m7 ❤️"));
    press(Qt::Key_E);
    QCOMPARE(composer()->property("targetId").toString(), QStringLiteral("m7"));
}

void TstKeys::theMenuActsOnItsMessage()
{
    show(QStringLiteral("chat"));
    QQuickItem *list = find("timeline");
    list->parentItem()->forceActiveFocus();
    list->setProperty("currentIndex", 3);
    press(Qt::Key_Return);
    QVERIFY(find("menuReply"));
    QVERIFY(find("menuDelete"));
    click("menuReply");
    QCOMPARE(composer()->property("targetId").toString(), QStringLiteral("m7"));
    QVERIFY(!find("menuReply"));
}

void TstKeys::deletingAsksFirst()
{
    show(QStringLiteral("chat"));
    QQuickItem *list = find("timeline");
    list->parentItem()->forceActiveFocus();
    list->setProperty("currentIndex", 3);
    press(Qt::Key_Delete);
    QVERIFY(find("confirmDelete"));
    QVERIFY(find("cancelDelete")->hasActiveFocus());
    QCOMPARE(calls(), QStringList());
    click("confirmDelete");
    QCOMPARE(calls(), QStringList{QStringLiteral("remove m7")});
}

void TstKeys::detailsOpenBesideTheChat()
{
    show(QStringLiteral("chat"));
    click("toggleDetails");
    QVERIFY(find("detailsTitle"));
    click("leaveGroup");
    click("confirmLeave");
    QCOMPARE(calls(), QStringList{QStringLiteral("leave")});
    click("closeDetails");
    QVERIFY(!find("detailsTitle"));
}

void TstKeys::phoneGoesBackToTheList()
{
    show(QStringLiteral("list"), {390, 844});
    QVERIFY(find("chatList"));
    QVERIFY(find("tabSettings"));
    click("chatRow");
    QVERIFY(find("composer"));
    QVERIFY(!find("chatList"));
    click("backToChats");
    QVERIFY(find("chatList"));
    QVERIFY(!find("composer"));
}

void TstKeys::closingTheChatLeavesNoWarning()
{
    show(QStringLiteral("details"));
    QMetaObject::invokeMethod(app(), "closeChat");
    m_scene->settle();
    QVERIFY(find("pickNewChat"));
    QCOMPARE(m_scene->warnings(), QStringList());
}

void TstKeys::settingsChangeAtOnce()
{
    show(QStringLiteral("settingsappearance"));
    QObject *settings = app()->property("settings").value<QObject *>();
    click("themeDark");
    QCOMPARE(settings->property("theme").toInt(), 2);
    click("largerText");
    QCOMPARE(settings->property("textScale").toDouble(), 1.15);
    click("accent-rose");
    QCOMPARE(settings->property("accent").toInt(), 4);
    click("enterSends");
    QCOMPARE(settings->property("enterSends").toBool(), false);
}

void TstKeys::signInWaitsForTheServer()
{
    show(QStringLiteral("signin"));
    QObject *signIn = m_scene->root()->property("signIn").value<QObject *>();
    constexpr int checking = 1;
    constexpr int found = 2;
    constexpr int submitting = 1;
    signIn->setProperty("lookUp", checking);
    QVERIFY(!find("signIn")->isEnabled());
    signIn->setProperty("lookUp", found);
    QVERIFY(find("signIn")->isEnabled());
    click("signIn");
    QCOMPARE(signIn->property("state").toInt(), submitting);
    QVERIFY(!find("userName")->isEnabled());
}

void TstKeys::whoWasSignedOutSignsInAgainOverTheChats()
{
    show(QStringLiteral("signedout"));
    click("bannerAction");
    QVERIFY(find("password"));
    QVERIFY(find("password")->hasActiveFocus());
    QVERIFY(!find("userName")->isEnabled());
    QVERIFY(!find("serverAddress")->isEnabled());
    QVERIFY(!find("switchForm"));
    press(Qt::Key_Escape);
    QVERIFY(!find("password"));
    click("bannerAction");
    constexpr int connecting = 1;
    app()->property("session").value<QObject *>()->setProperty("link", connecting);
    m_scene->settle();
    QVERIFY(!find("password"));
    QCOMPARE(m_scene->warnings(), QStringList());
}

void TstKeys::asksTheKeychainAgainOrSignsIn()
{
    show(QStringLiteral("keychainsilent"));
    const auto sentence = find("connectionBanner")->property("text").toString();
    QVERIFY2(sentence.contains(QStringLiteral("keychain")), qPrintable(sentence));
    QVERIFY(!sentence.contains(QStringLiteral("signed out")));
    click("bannerOtherAction");
    QVERIFY(find("password"));
    QVERIFY(find("password")->hasActiveFocus());
    press(Qt::Key_Escape);
    QVERIFY(!find("password"));
    constexpr int connecting = 1;
    QObject *session = app()->property("session").value<QObject *>();
    click("bannerAction");
    QCOMPARE(session->property("link").toInt(), connecting);
    QVERIFY(!find("bannerOtherAction"));
    QCOMPARE(m_scene->warnings(), QStringList());
}

void TstKeys::saysThatThereAreTooManyDevices()
{
    show(QStringLiteral("toomanydevices"));
    const auto sentence = find("signInProblem")->property("text").toString();
    QVERIFY2(sentence.contains(QStringLiteral("too many devices")), qPrintable(sentence));
    QVERIFY(find("signIn")->isEnabled()); // one may have been signed out meanwhile
}

void TstKeys::callsTheProductByTheProgramsName()
{
    const auto usual = QCoreApplication::applicationName();
    show(QStringLiteral("upgraderequired"));
    const auto sentence = [this] { return find("connectionBanner")->property("text").toString(); };
    QVERIFY2(sentence().contains(usual), qPrintable(sentence()));
    QCoreApplication::setApplicationName(QStringLiteral("Otter"));
    QVERIFY2(sentence().contains(QStringLiteral("Otter")), qPrintable(sentence()));
    QCoreApplication::setApplicationName(usual);
}

void TstKeys::asksBeforeATokenGoesIntoAFile()
{
    show(QStringLiteral("tokenconsent"));
    QVERIFY(find("chatList"));
    QVERIFY(find("allowTokenFile"));
    QVERIFY(find("refuseTokenFile"));
    press(Qt::Key_Escape);
    QVERIFY(find("allowTokenFile")); // it wants an answer
}

int main(int argc, char **argv)
{
    QGuiApplication application(argc, argv);
    setUpScenes();
    TstKeys test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_keys.moc"
