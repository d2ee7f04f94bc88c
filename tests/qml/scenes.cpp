// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/qml/scene.h"
#include "tests/qml/textaudit.h"

#include <QCommandLineParser>
#include <QDir>
#include <QGuiApplication>
#include <QTextStream>

using namespace parley;

namespace {

QSize sizeOf(const QString &text)
{
    const QStringList sides = text.split(u'x');
    return sides.size() == 2 ? QSize(sides[0].toInt(), sides[1].toInt()) : QSize();
}

bool render(const QString &name, const SceneLook &look, const QString &folder, QTextStream &out)
{
    Scene scene(name, look);
    for (const QString &warning : scene.warnings())
        out << name << ": " << warning << Qt::endl;
    if (!scene.isLoaded())
        return false;
    for (const QString &fault : auditTexts(scene.window().contentItem()))
        out << name << ": " << fault << Qt::endl;
    const QString file = QStringLiteral("%1/%2-%3-%4.png")
                             .arg(folder, name, look.dark ? u"dark" : u"light")
                             .arg(look.size.width());
    return scene.picture().save(file);
}

} // namespace

int main(int argc, char **argv)
{
    QGuiApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Renders the scenes to PNG files."));
    parser.addHelpOption();
    parser.addPositionalArgument(QStringLiteral("scene"), QStringLiteral("all of them when none"));
    parser.addOptions({
        {QStringLiteral("size"), QStringLiteral("WIDTHxHEIGHT"), QStringLiteral("size"),
            QStringLiteral("1280x800")},
        {QStringLiteral("dark"), QStringLiteral("the dark theme")},
        {QStringLiteral("rtl"), QStringLiteral("from right to left")},
        {QStringLiteral("contrast"), QStringLiteral("increased contrast")},
        {QStringLiteral("accent"), QStringLiteral("accent colour"), QStringLiteral("name"),
            QStringLiteral("petrol")},
        {QStringLiteral("text-scale"), QStringLiteral("text scale"), QStringLiteral("factor"),
            QStringLiteral("1")},
        {QStringLiteral("out"), QStringLiteral("folder for the pictures"), QStringLiteral("folder"),
            QDir::currentPath()},
    });
    parser.process(application);
    setUpScenes();
    if (parser.isSet(QStringLiteral("rtl")))
        QGuiApplication::setLayoutDirection(Qt::RightToLeft);

    SceneLook look;
    look.size = sizeOf(parser.value(QStringLiteral("size")));
    look.dark = parser.isSet(QStringLiteral("dark"));
    look.increasedContrast = parser.isSet(QStringLiteral("contrast"));
    look.accent = parser.value(QStringLiteral("accent"));
    look.textScale = parser.value(QStringLiteral("text-scale")).toDouble();

    QTextStream out(stdout);
    const QStringList asked = parser.positionalArguments();
    bool good = true;
    for (const QString &name : asked.isEmpty() ? Scene::names() : asked)
        good = render(name, look, parser.value(QStringLiteral("out")), out) && good;
    return good ? 0 : 1;
}
