// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include <QDir>
#include <QDirIterator>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

/// The icons that the pages name are those that are bundled.
class TstIcons : public QObject {
    Q_OBJECT
private slots:
    void bundlesTheIconsThatAreUsedAndNoOthers();
    void colourIsTheOneThatIsAskedFor();
    void licencesOfIconsAndFacesAreThere();
};

namespace {

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QSet<QString> namesIn(const QString &text)
{
    // Icon names stand as plain strings after these words, alone or in a choice.
    static const QRegularExpression line(
        QStringLiteral("(?:\\bname|iconName|icon)\\s*:([^\\n]*)|return (\"[a-z0-9-]+\");|"
                       "image://icon/([a-z-]+)"));
    static const QRegularExpression quoted(QStringLiteral("\"([a-z0-9-]+)\""));
    QSet<QString> names;
    auto lines = line.globalMatch(text);
    while (lines.hasNext()) {
        const auto match = lines.next();
        names += match.captured(3);
        auto strings = quoted.globalMatch(match.captured(1) + match.captured(2));
        while (strings.hasNext())
            names += strings.next().captured(1);
    }
    return names;
}

QSet<QString> bundled()
{
    QSet<QString> names;
    const auto files = QDir(QStringLiteral(PARLEY_SOURCE_DIR "/resources/icons"))
                           .entryList({QStringLiteral("*.svg")});
    for (const QString &file : files)
        names += file.chopped(4);
    return names;
}

} // namespace

void TstIcons::bundlesTheIconsThatAreUsedAndNoOthers()
{
    QSet<QString> used;
    QDirIterator files(QStringLiteral(PARLEY_SOURCE_DIR "/qml"), {QStringLiteral("*.qml")},
        QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext())
        used += namesIn(QString::fromUtf8(contents(files.next())));

    QStringList unused = (bundled() - used).values();
    unused.sort();
    QCOMPARE(unused, QStringList());

    // Other strings stand in such places too (status words): those are no icons.
    static const QRegularExpression iconLine(QStringLiteral("iconName: \"([a-z0-9-]+)\""));
    QDirIterator again(QStringLiteral(PARLEY_SOURCE_DIR "/qml"), {QStringLiteral("*.qml")},
        QDir::Files, QDirIterator::Subdirectories);
    while (again.hasNext()) {
        auto names = iconLine.globalMatch(QString::fromUtf8(contents(again.next())));
        while (names.hasNext()) {
            const QString name = names.next().captured(1);
            QVERIFY2(bundled().contains(name), qPrintable(name));
        }
    }
}

void TstIcons::colourIsTheOneThatIsAskedFor()
{
    QDirIterator icons(QStringLiteral(PARLEY_SOURCE_DIR "/resources/icons"),
        {QStringLiteral("*.svg")}, QDir::Files);
    while (icons.hasNext())
        QVERIFY2(contents(icons.next()).contains("currentColor"), qPrintable(icons.fileName()));
}

void TstIcons::licencesOfIconsAndFacesAreThere()
{
    const QString root = QStringLiteral(PARLEY_SOURCE_DIR "/");
    QVERIFY(contents(root + QStringLiteral("LICENSES/ISC.txt")).contains("Lucide"));
    QVERIFY(contents(root + QStringLiteral("LICENSES/MIT.txt")).contains("Permission"));
    QVERIFY(contents(root + QStringLiteral("LICENSES/OFL-1.1.txt")).contains("OPEN FONT LICENSE"));
    QVERIFY(contents(root + QStringLiteral("resources/icons/NOTICE")).contains("Cole Bemis"));
    QVERIFY(contents(root + QStringLiteral("resources/fonts/NOTICE")).contains("Inter"));
}

QTEST_APPLESS_MAIN(TstIcons)
#include "tst_icons.moc"
