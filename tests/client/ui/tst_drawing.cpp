// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/ui/avatarprovider.h"
#include "client/ui/fonts.h"
#include "client/ui/iconprovider.h"
#include "client/ui/shadowprovider.h"

#include <QDir>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QTest>

using namespace parley;

class TstDrawing : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void bundlesTheFaces();
    void drawsEveryIconInTheColourAskedFor();
    void drawsNothingForAnUnknownIcon();
    void shadowFadesTowardsTheEdge();
    void shadowOfAbsurdMeasuresIsBounded();
    void avatarIsACircleWithInitials();
    void avatarShowsThePictureThatTheSourceHas();
    void avatarFallsBackToInitials();
};

namespace {

QImage drawn(QQuickImageProvider &provider, const QString &id, const QSize &asked)
{
    QSize size;
    return provider.requestImage(id, &size, asked);
}

} // namespace

void TstDrawing::initTestCase()
{
    setUpFonts();
}

void TstDrawing::bundlesTheFaces()
{
    QVERIFY(QFontDatabase::families().contains(QStringLiteral("Parley Sans")));
    QCOMPARE(QGuiApplication::font().families().constFirst(), QStringLiteral("Parley Sans"));
}

void TstDrawing::drawsEveryIconInTheColourAskedFor()
{
    IconProvider provider;
    const auto files = QDir(QStringLiteral(":/parley/icons")).entryList();
    QVERIFY(!files.isEmpty());
    for (const QString &file : files) {
        const QImage icon =
            drawn(provider, file.chopped(4) + QStringLiteral("/ff0000"), QSize(40, 40));
        bool red = false;
        for (int y = 0; y < icon.height(); ++y)
            for (int x = 0; x < icon.width(); ++x)
                red = red || icon.pixelColor(x, y) == QColor(Qt::red);
        QVERIFY2(red, qPrintable(file));
    }
}

void TstDrawing::drawsNothingForAnUnknownIcon()
{
    IconProvider provider;
    QTest::ignoreMessage(QtWarningMsg, "no icon called \"nowhere\"");
    const QImage icon = drawn(provider, QStringLiteral("nowhere/000000"), QSize(20, 20));
    QCOMPARE(icon.size(), QSize(20, 20));
    QCOMPARE(icon.pixelColor(10, 10).alpha(), 0);
}

void TstDrawing::shadowFadesTowardsTheEdge()
{
    ShadowProvider provider;
    const QImage shadow = drawn(provider, QStringLiteral("14/14/60"), {});
    QCOMPARE(shadow.width(), 2 * (2 * 14 + 14) + 2);
    const int middle = shadow.width() / 2;
    const int centre = shadow.pixelColor(middle, middle).alpha();
    const int halfway = shadow.pixelColor(middle, 20).alpha();
    QVERIFY(centre > halfway);
    QVERIFY(halfway > shadow.pixelColor(middle, 0).alpha());
    QVERIFY(shadow.pixelColor(0, 0).alpha() <= 1);
}

void TstDrawing::shadowOfAbsurdMeasuresIsBounded()
{
    ShadowProvider provider;
    QVERIFY(drawn(provider, QStringLiteral("100000/100000/900"), {}).width() < 500);
}

void TstDrawing::avatarIsACircleWithInitials()
{
    AvatarProvider provider;
    const QImage avatar =
        drawn(provider, QStringLiteral("00ff00/ff0000/Maya%20Lindqvist"), QSize(96, 96));
    QCOMPARE(avatar.pixelColor(1, 1).alpha(), 0);
    QCOMPARE(avatar.pixelColor(48, 6), QColor(0, 255, 0));
    bool ink = false;
    for (int x = 20; x < 76; ++x)
        ink = ink || avatar.pixelColor(x, 48).red() > 200;
    QVERIFY(ink);
}

void TstDrawing::avatarShowsThePictureThatTheSourceHas()
{
    AvatarProvider provider([](const QString &key) {
        QImage picture(30, 60, QImage::Format_RGB32);
        picture.fill(key == u"blue" ? Qt::blue : Qt::black);
        return picture;
    });
    const QImage avatar = drawn(provider, QStringLiteral("00ff00/ff0000/Maya/blue"), QSize(48, 48));
    QCOMPARE(avatar.pixelColor(24, 24), QColor(Qt::blue));
    QCOMPARE(avatar.pixelColor(0, 0).alpha(), 0);
}

void TstDrawing::avatarFallsBackToInitials()
{
    AvatarProvider provider([](const QString &) { return QImage(); });
    const QImage avatar = drawn(provider, QStringLiteral("00ff00/ff0000/Maya/gone"), QSize(48, 48));
    QCOMPARE(avatar.pixelColor(24, 4), QColor(0, 255, 0));
}

QTEST_MAIN(TstDrawing)
#include "tst_drawing.moc"
