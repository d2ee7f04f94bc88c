// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include <QColor>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <cmath>

/// The contrast of the colours, over the file that the theme is made of.
class TstTokens : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void namesTheSameColoursInBothThemes();
    void hasSixAccentsAndTenPeople();
    void keepsTheContrastOfEveryPair_data();
    void keepsTheContrastOfEveryPair();
    void keepsTheContrastOfPeople();
    void raisesTheContrastWhenAsked();

private:
    QJsonObject theme(const QString &name, int accent, bool increased = false) const;

    QJsonObject m_tokens;
};

namespace {

constexpr double text = 4.5;
constexpr double shape = 3.0;

const QStringList themes{QStringLiteral("light"), QStringLiteral("dark")};

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QString &colour)
{
    const QColor c(colour);
    return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
}

double contrast(const QString &one, const QString &other)
{
    const double a = luminance(one);
    const double b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

} // namespace

void TstTokens::initTestCase()
{
    QFile file(QStringLiteral(PARLEY_SOURCE_DIR "/resources/tokens.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    m_tokens = QJsonDocument::fromJson(file.readAll()).object();
    QVERIFY(!m_tokens.isEmpty());
}

QJsonObject TstTokens::theme(const QString &name, int accent, bool increased) const
{
    QJsonObject colours = m_tokens[u"themes"][name].toObject();
    const QJsonObject own = m_tokens[u"accents"][accent][name].toObject();
    const QJsonObject stronger = m_tokens[u"increasedContrast"][name].toObject();
    for (auto it = own.begin(); it != own.end(); ++it)
        colours.insert(it.key(), it.value());
    if (increased) {
        for (auto it = stronger.begin(); it != stronger.end(); ++it)
            colours.insert(it.key(), it.value());
    }
    return colours;
}

void TstTokens::namesTheSameColoursInBothThemes()
{
    QCOMPARE(theme(themes[0], 0).keys(), theme(themes[1], 0).keys());
}

void TstTokens::hasSixAccentsAndTenPeople()
{
    QCOMPARE(m_tokens[u"accents"].toArray().size(), 6);
    QCOMPARE(m_tokens[u"people"].toArray().size(), 10);
}

void TstTokens::keepsTheContrastOfEveryPair_data()
{
    QTest::addColumn<QString>("foreground");
    QTest::addColumn<QStringList>("backgrounds");
    QTest::addColumn<double>("least");
    const auto pair = [](const char *foreground, const char *backgrounds, double least) {
        QTest::newRow(foreground) << QString::fromLatin1(foreground)
                                  << QString::fromLatin1(backgrounds).split(u' ') << least;
    };
    pair("textPrimary",
        "bgTimeline bgSidebar bgSunken bgRaised bgInset bgHover bgPressed bgSelected bgBanner "
        "mentionTint",
        text);
    pair("textSecondary",
        "bgTimeline bgSidebar bgSunken bgInset bgRaised bgHover bgSelected bgBanner", text);
    pair("accentText", "bgTimeline bgSidebar bgRaised bgHover bgSelected bubbleIn bgSunken", text);
    pair("textOnAccent", "accent accentHover accentPressed", text);
    pair("bubbleInText", "bubbleIn bubbleInQuote", text);
    pair("bubbleInMeta", "bubbleIn bubbleInQuote", text);
    pair("bubbleOutText", "bubbleOut bubbleOutQuote", text);
    pair("bubbleOutMark", "bubbleOut", text);
    pair("bubbleOutMeta", "bubbleOut bubbleOutQuote", text);
    pair("dangerText", "bgTimeline bgSidebar bgRaised dangerTint bgHover bgSelected", text);
    pair("textOnDanger", "danger dangerHover", text);
    pair("warningText", "warningTint", text);
    pair("successText", "successTint bgTimeline bgRaised", text);
    pair("textOnBadgeMuted", "badgeMuted", text);
    pair("textOnInverse", "inverse", text);
    pair("inverseAction", "inverse", text);
    pair("borderStrong", "bgTimeline bgSidebar bgRaised", shape);
    pair("focusRing", "bgTimeline bgSidebar bgRaised bgSelected bubbleIn", shape);
    pair("presenceOnline", "bgTimeline bgSidebar bgSelected", shape);
    pair("presenceAway", "bgTimeline bgSidebar bgSelected", shape);
    pair("presenceOffline", "bgTimeline bgSidebar", shape);
    pair("accent", "bgTimeline bgSidebar bgSelected", shape);
    pair("tickRead", "bubbleOut", shape);
}

void TstTokens::keepsTheContrastOfEveryPair()
{
    QFETCH(QString, foreground);
    QFETCH(QStringList, backgrounds);
    QFETCH(double, least);
    for (const QString &name : themes) {
        for (int accent = 0; accent < m_tokens[u"accents"].toArray().size(); ++accent) {
            const QJsonObject colours = theme(name, accent);
            for (const QString &background : backgrounds) {
                const QString one = colours[foreground].toString();
                const QString other = colours[background].toString();
                QVERIFY2(!one.isEmpty() && !other.isEmpty(), qPrintable(background));
                const double found = contrast(one, other);
                QVERIFY2(found >= least,
                    qPrintable(QStringLiteral("%1 on %2, %3, accent %4: %5")
                                   .arg(foreground, background, name)
                                   .arg(accent)
                                   .arg(found)));
            }
        }
    }
}

void TstTokens::keepsTheContrastOfPeople()
{
    for (const QString &name : themes) {
        const QJsonObject colours = theme(name, 0);
        const QJsonArray people = m_tokens[u"people"].toArray();
        for (const QJsonValue &person : people) {
            const QJsonValue hue = person[name];
            const QString own = hue[u"name"].toString();
            QVERIFY(contrast(hue[u"foreground"].toString(), hue[u"background"].toString()) >= text);
            QVERIFY(contrast(own, colours[u"bubbleIn"].toString()) >= text);
            QVERIFY(contrast(own, colours[u"bubbleInQuote"].toString()) >= text);
            QVERIFY(contrast(own, colours[u"bgTimeline"].toString()) >= text);
        }
    }
}

void TstTokens::raisesTheContrastWhenAsked()
{
    for (const QString &name : themes) {
        const QString ground = theme(name, 0)[u"bgTimeline"].toString();
        const QString plain = theme(name, 0)[u"textSecondary"].toString();
        const QString strong = theme(name, 0, true)[u"textSecondary"].toString();
        QVERIFY(contrast(strong, ground) > contrast(plain, ground));
    }
}

QTEST_APPLESS_MAIN(TstTokens)
#include "tst_tokens.moc"
