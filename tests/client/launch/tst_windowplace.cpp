// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/launch/windowplace.h"

#include <QtCore/QTemporaryDir>
#include <QtGui/QGuiApplication>
#include <QtGui/QScreen>
#include <QtGui/QWindow>
#include <QtTest/QTest>

using namespace parley;

class WindowPlaceTest : public QObject {
    Q_OBJECT
private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void isReachableByItsUpperEdge_data();
    void isReachableByItsUpperEdge();
    void comesBackWhereItWas();
    void comesBackWhenItWasClosed();
    void staysAsItIsTheFirstTime();
    void isNoLargerThanTheScreen();
    void doesNotGoWhereNoScreenIs();
    void comesBackMaximizedWithTheSizeBefore();
    void isFineWithAFileOfNonsense();

private:
    QString file() const { return m_folder->filePath(QStringLiteral("settings.ini")); }
    /// A window, shown where it was before.
    std::unique_ptr<QWindow> show();
    void change(const QString &key, const QVariant &value);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<WindowPlace> m_place;
};

std::unique_ptr<QWindow> WindowPlaceTest::show()
{
    m_place.reset();
    auto window = std::make_unique<QWindow>();
    window->resize(400, 500);
    window->setMinimumSize({300, 200});
    m_place = std::make_unique<WindowPlace>(*window, file());
    m_place->restore();
    window->setVisible(true);
    if (!QTest::qWaitForWindowExposed(window.get()))
        qFatal("no window here");
    return window;
}

void WindowPlaceTest::change(const QString &key, const QVariant &value)
{
    QSettings(file(), QSettings::IniFormat).setValue(key, value);
}

void WindowPlaceTest::isReachableByItsUpperEdge_data()
{
    QTest::addColumn<QRect>("frame");
    QTest::addColumn<bool>("expected");
    const int width = WindowPlace::reachWidth;
    const int height = WindowPlace::reachHeight;
    QTest::newRow("inside") << QRect(100, 100, 800, 600) << true;
    QTest::newRow("on the second screen") << QRect(3100, 100, 300, 300) << true;
    QTest::newRow("just enough at the right") << QRect(1000 - width, 0, 800, 600) << true;
    QTest::newRow("one too few at the right") << QRect(1001 - width, 0, 800, 600) << false;
    QTest::newRow("just enough at the left") << QRect(width - 800, 0, 800, 600) << true;
    QTest::newRow("one too few at the left") << QRect(width - 801, 0, 800, 600) << false;
    QTest::newRow("just enough at the bottom") << QRect(0, 700 - height, 800, 600) << true;
    QTest::newRow("one too few at the bottom") << QRect(0, 701 - height, 800, 600) << false;
    QTest::newRow("its edge is above") << QRect(0, -1, 800, 600) << false;
    QTest::newRow("between the screens") << QRect(1100, 0, 300, 300) << false;
    QTest::newRow("narrower than what is wanted") << QRect(0, 0, 50, 300) << true;
}

void WindowPlaceTest::isReachableByItsUpperEdge()
{
    QFETCH(QRect, frame);
    QFETCH(bool, expected);
    const QList<QRect> screens{QRect(0, 0, 1000, 700), QRect(3000, 0, 1000, 700)};
    QCOMPARE(isReachable(frame, screens), expected);
}

void WindowPlaceTest::comesBackWhereItWas()
{
    auto window = show();
    window->setFramePosition({60, 70});
    window->resize(420, 440);
    QTRY_VERIFY(QSettings(file(), QSettings::IniFormat).value(QStringLiteral("window/size"))
        == QSize(420, 440)); // by itself
    window.reset();
    window = show();
    QCOMPARE(window->size(), QSize(420, 440));
    QCOMPARE(window->framePosition(), QPoint(60, 70));
}

void WindowPlaceTest::comesBackWhenItWasClosed()
{
    auto window = show();
    window->setFramePosition({20, 30});
    window->resize(410, 430);
    window->close();
    m_place->keep(); // a window that is gone changes nothing any more
    window = show();
    QCOMPARE(window->size(), QSize(410, 430));
    QCOMPARE(window->framePosition(), QPoint(20, 30));
}

void WindowPlaceTest::staysAsItIsTheFirstTime()
{
    const auto window = show();
    QCOMPARE(window->size(), QSize(400, 500));
}

void WindowPlaceTest::isNoLargerThanTheScreen()
{
    const QSize room = QGuiApplication::primaryScreen()->availableSize();
    change(QStringLiteral("window/size"), room + QSize(500, 1));
    const auto window = show();
    QCOMPARE(window->size(), room);
}

void WindowPlaceTest::doesNotGoWhereNoScreenIs()
{
    const auto ordinary = show()->framePosition();
    change(QStringLiteral("window/size"), QSize(410, 420));
    change(QStringLiteral("window/position"), QPoint(50'000, 100));
    const auto window = show();
    QCOMPARE(window->size(), QSize(410, 420));
    QCOMPARE(window->framePosition(), ordinary);
}

void WindowPlaceTest::comesBackMaximizedWithTheSizeBefore()
{
    auto window = show();
    window->resize(420, 440);
    m_place->keep();
    window->showMaximized();
    m_place->keep();
    window = show();
    QVERIFY(window->windowStates().testFlag(Qt::WindowMaximized));
    const QSettings kept(file(), QSettings::IniFormat);
    QCOMPARE(kept.value(QStringLiteral("window/size")).toSize(), QSize(420, 440));
}

void WindowPlaceTest::isFineWithAFileOfNonsense()
{
    change(QStringLiteral("window/size"), QStringLiteral("large"));
    change(QStringLiteral("window/position"), QStringLiteral("somewhere"));
    change(QStringLiteral("window/maximized"), QStringLiteral("perhaps"));
    const auto window = show();
    QVERIFY(window->width() >= 300 && window->height() >= 200);
    change(QStringLiteral("window/size"), QSize(1, 1));
    change(QStringLiteral("window/maximized"), false);
    QCOMPARE(show()->size(), QSize(300, 200));
}

QTEST_MAIN(WindowPlaceTest)
#include "tst_windowplace.moc"
