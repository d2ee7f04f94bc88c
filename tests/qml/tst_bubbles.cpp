// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/qml/scene.h"

#include <QGuiApplication>
#include <QQuickItem>
#include <QTest>

using namespace parley;

class TstBubbles : public QObject {
    Q_OBJECT
private slots:
    void metaNeverOverlapsTheText_data();
    void metaNeverOverlapsTheText();
    void cornersAreTightWhereTheyAreAskedToBe();
    void tailStandsOutAtTheBottom();
};

namespace {

/// Long and short words of several scripts, in an order that differs with the count.
QString sentence(int count)
{
    static const QStringList words{QStringLiteral("a"), QStringLiteral("ridge"),
        QStringLiteral("Donaudampfschifffahrtsgesellschaft"), QStringLiteral("ok"),
        QStringLiteral("😄"), QStringLiteral("https://transit.example/42?x=1"),
        QStringLiteral("early"), QStringLiteral("start"), QStringLiteral("漢字かな"),
        QStringLiteral("مرحبا")};
    QStringList chosen;
    for (int at = 0; at < count; ++at)
        chosen += words[(at * 7 + count * 3) % words.size()];
    return chosen.join(u' ');
}

bool holdsTallScript(const QString &text)
{
    return std::any_of(text.begin(), text.end(),
        [](QChar c) { return c.unicode() >= 0x0590 && c.unicode() <= 0x0DFF; });
}

QRectF within(const QQuickItem &item, const QQuickItem &ancestor)
{
    return item.mapRectToItem(&ancestor, QRectF(0, 0, item.width(), item.height()));
}

QColor pixel(const QImage &image, int x, int y)
{
    return image.pixelColor(x, y);
}

} // namespace

void TstBubbles::metaNeverOverlapsTheText_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<double>("scale");
    QTest::addColumn<bool>("outgoing");
    for (const int width : {320, 390, 520, 900})
        for (const double scale : {1.0, 1.5, 2.0})
            for (const bool outgoing : {false, true}) {
                const QString tag =
                    QStringLiteral("%1 x%2 %3")
                        .arg(width)
                        .arg(scale)
                        .arg(outgoing ? QStringLiteral("out") : QStringLiteral("in"));
                QTest::newRow(qPrintable(tag)) << width << scale << outgoing;
            }
}

void TstBubbles::metaNeverOverlapsTheText()
{
    QFETCH(int, width);
    QFETCH(double, scale);
    QFETCH(bool, outgoing);
    SceneLook look;
    look.size = QSize(width, 600);
    look.textScale = scale;
    Scene scene(QStringLiteral("parts/bubble"), look);
    QVERIFY2(scene.isLoaded(), qPrintable(scene.warnings().join(u'\n')));
    QQuickItem &root = *scene.root();
    root.setProperty("outgoing", outgoing);
    const int line = root.property("line").toInt();
    const auto &bubble = *root.property("bubble").value<QQuickItem *>();
    const auto &body = *bubble.findChild<QQuickItem *>(QStringLiteral("messageText"));
    const auto &meta = *bubble.findChild<QQuickItem *>(QStringLiteral("messageMeta"));

    constexpr int mostWords = 25;
    for (int count = 1; count <= mostWords; ++count) {
        const QString text = sentence(count);
        const bool rtl = text.startsWith(QStringLiteral("مرحبا"));
        root.setProperty("rtl", rtl);
        root.setProperty("tallScript", holdsTallScript(text));
        root.setProperty("markup", text);
        scene.picture();

        const double inner = bubble.width() - 24 + 1;
        QVERIFY2(body.property("contentWidth").toDouble() <= inner, qPrintable(text));
        QVERIFY2(bubble.x() >= 0 && bubble.x() + bubble.width() <= width, qPrintable(text));

        const QRectF place = within(body, bubble);
        const QRectF small = within(meta, bubble);
        const double last = body.property("lastLineWidth").toDouble();
        const QRectF lastLine(
            rtl ? place.right() - last : place.left(), place.bottom() - line + 3, last, line - 7);
        const QRectF shared = lastLine.intersected(small);
        QVERIFY2(shared.width() <= 1 || shared.height() <= 1, qPrintable(text));
        QVERIFY2(
            small.right() <= bubble.width() && small.bottom() <= bubble.height(), qPrintable(text));
    }
    QCOMPARE(scene.warnings(), QStringList());
}

void TstBubbles::cornersAreTightWhereTheyAreAskedToBe()
{
    SceneLook look;
    look.size = QSize(160, 100);
    Scene scene(QStringLiteral("parts/bubbleshape"), look);
    auto &shape = *scene.root()->property("shape").value<QQuickItem *>();

    // Three in from a round corner of 18 is still outside of it, of a tight one of 6 inside.
    constexpr int left = 20 + 3;
    constexpr int right = 20 + 120 - 4;
    constexpr int top = 20 + 3;
    constexpr int bottom = 20 + 60 - 4;
    QImage round = scene.picture();
    QCOMPARE(pixel(round, left, top), QColor(Qt::white));
    QCOMPARE(pixel(round, right, bottom), QColor(Qt::white));
    QCOMPARE(pixel(round, 80, 50), QColor(Qt::black));

    shape.setProperty("tightTopLeft", true);
    shape.setProperty("tightBottomRight", true);
    QImage tight = scene.picture();
    QCOMPARE(pixel(tight, left, top), QColor(Qt::black));
    QCOMPARE(pixel(tight, right, bottom), QColor(Qt::black));
    QCOMPARE(pixel(tight, right, top), QColor(Qt::white));
    QCOMPARE(pixel(tight, left, bottom), QColor(Qt::white));
}

void TstBubbles::tailStandsOutAtTheBottom()
{
    SceneLook look;
    look.size = QSize(160, 100);
    Scene scene(QStringLiteral("parts/bubbleshape"), look);
    auto &shape = *scene.root()->property("shape").value<QQuickItem *>();
    shape.setProperty("tailRight", true);
    const QImage picture = scene.picture();
    QVERIFY(pixel(picture, 20 + 120 + 1, 20 + 60 - 2).lightness() < 128);
    QCOMPARE(pixel(picture, 20 + 120 + 1, 20 + 10), QColor(Qt::white));
    QCOMPARE(pixel(picture, 18, 20 + 60 - 2), QColor(Qt::white));
}

int main(int argc, char **argv)
{
    QGuiApplication application(argc, argv);
    setUpScenes();
    TstBubbles test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_bubbles.moc"
