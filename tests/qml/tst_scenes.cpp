// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/qml/scene.h"

#include "shared/product.h"
#include "tests/qml/textaudit.h"

#include <QAccessible>
#include <QDirIterator>
#include <QGuiApplication>
#include <QQmlContext>
#include <QQmlProperty>
#include <QQuickItem>
#include <QRegularExpression>
#include <QTest>

using namespace parley;

/// What must hold for every scene in every size.
class TstScenes : public QObject {
    Q_OBJECT
private slots:
    void isSoundInTheLight_data();
    void isSoundInTheLight();
    void loadsInTheDarkWithoutAWarning_data();
    void loadsInTheDarkWithoutAWarning();
    void writesTheProductsNameInNoSentence();
};

namespace {

const std::array<QSize, 3> sizes{QSize(1280, 800), QSize(800, 600), QSize(390, 844)};

constexpr int compactWidth = 640;

SceneLook look(const QSize &size, double scale)
{
    SceneLook wanted;
    wanted.size = size;
    wanted.textScale = scale;
    return wanted;
}

bool needsAName(QAccessible::Role role)
{
    switch (role) {
    case QAccessible::Button:
    case QAccessible::EditableText:
    case QAccessible::CheckBox:
    case QAccessible::RadioButton:
    case QAccessible::ListItem:
    case QAccessible::List:
    case QAccessible::Heading:
    case QAccessible::MenuItem:
    case QAccessible::Dialog:
    case QAccessible::AlertMessage:
    case QAccessible::PageTab:
        return true;
    default:
        return false;
    }
}

void findNameless(QAccessibleInterface *item, QStringList &faults)
{
    if (!item || !item->isValid() || item->state().invisible)
        return;
    if (needsAName(item->role()) && item->text(QAccessible::Name).trimmed().isEmpty()) {
        const QObject *object = item->object();
        faults +=
            QStringLiteral("%1 (%2) has no name")
                .arg(QString::fromLatin1(object->metaObject()->className()), object->objectName());
    }
    for (int child = 0; child < item->childCount(); ++child)
        findNameless(item->child(child), faults);
}

void findFocusableNameless(const QQuickItem &item, QStringList &faults)
{
    if (!item.isVisible() || !item.isEnabled())
        return;
    const char *className = item.metaObject()->className();
    if (item.activeFocusOnTab() && !item.isFocusScope()) {
        auto *interface = QAccessible::queryAccessibleInterface(const_cast<QQuickItem *>(&item));
        if (!interface || interface->text(QAccessible::Name).trimmed().isEmpty())
            faults += QStringLiteral("%1 (%2) takes the focus and has no name")
                          .arg(QString::fromLatin1(className), item.objectName());
    }
    for (const QQuickItem *child : item.childItems())
        findFocusableNameless(*child, faults);
}

/// Qt 6.4 asks the class of a control, whatever the page says that it is.
void findWrongRoles(QQuickItem &item, QStringList &faults)
{
    if (!item.isVisible())
        return;
    if (item.inherits("QQuickAbstractButton")) {
        const QQmlProperty wanted(&item, QStringLiteral("Accessible.role"), qmlContext(&item));
        auto *interface = QAccessible::queryAccessibleInterface(&item);
        if (interface && wanted.isValid() && interface->role() != wanted.read().toInt())
            faults += QStringLiteral("%1 (%2) has the role %3 and wants %4")
                          .arg(QString::fromLatin1(item.metaObject()->className()),
                              item.property("text").toString())
                          .arg(interface->role())
                          .arg(wanted.read().toInt());
    }
    for (QQuickItem *child : item.childItems())
        findWrongRoles(*child, faults);
}

/// Chips under a bubble, links in a sentence: as the design draws them, and never under 24.
bool mayBeSmall(const QQuickItem &button)
{
    const QByteArray name = button.metaObject()->className();
    return name.startsWith("ReactionChip") || name.startsWith("MessageQuote")
        || name.startsWith("LinkButton") || name.startsWith("Switch")
        || name.startsWith("FilterChip") || name.startsWith("Checkbox");
}

void findSmall(const QQuickItem &item, double least, QStringList &faults)
{
    if (!item.isVisible())
        return;
    if (item.inherits("QQuickAbstractButton") && item.isEnabled()) {
        const double wanted = mayBeSmall(item) ? 24 : least;
        if (item.width() < wanted || item.height() < wanted)
            faults += QStringLiteral("%1 (%2) is %3 x %4")
                          .arg(QString::fromLatin1(item.metaObject()->className()),
                              item.property("text").toString())
                          .arg(item.width())
                          .arg(item.height());
    }
    for (const QQuickItem *child : item.childItems())
        findSmall(*child, least, faults);
}

} // namespace

void TstScenes::isSoundInTheLight_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<double>("scale");
    const QStringList names = Scene::names();
    for (const QString &name : names) {
        for (const QSize &size : sizes) {
            for (const double scale : {1.0, 2.0}) {
                const QString tag =
                    QStringLiteral("%1 %2 x%3").arg(name).arg(size.width()).arg(scale);
                QTest::newRow(qPrintable(tag)) << name << size << scale;
            }
        }
    }
}

void TstScenes::isSoundInTheLight()
{
    QFETCH(QString, name);
    QFETCH(QSize, size);
    QFETCH(double, scale);
    Scene scene(name, look(size, scale));
    QVERIFY2(scene.isLoaded(), qPrintable(scene.warnings().join(u'\n')));

    QStringList faults = scene.warnings() + auditTexts(scene.window().contentItem());
    findNameless(QAccessible::queryAccessibleInterface(&scene.window()), faults);
    findFocusableNameless(*scene.window().contentItem(), faults);
    findWrongRoles(*scene.window().contentItem(), faults);
    findSmall(*scene.window().contentItem(), size.width() < compactWidth ? 44 : 28, faults);
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
}

void TstScenes::loadsInTheDarkWithoutAWarning_data()
{
    QTest::addColumn<QString>("name");
    const QStringList names = Scene::names();
    for (const QString &name : names)
        QTest::newRow(qPrintable(name)) << name;
}

void TstScenes::loadsInTheDarkWithoutAWarning()
{
    QFETCH(QString, name);
    SceneLook dark = look(sizes.front(), 1);
    dark.dark = true;
    dark.increasedContrast = true;
    Scene scene(name, dark);
    QVERIFY2(
        scene.isLoaded() && scene.warnings().isEmpty(), qPrintable(scene.warnings().join(u'\n')));
}

/// It has one home, shared/product.h: pages ask the application for it.
void TstScenes::writesTheProductsNameInNoSentence()
{
    const QRegularExpression literal(
        QStringLiteral("\"[^\"\\n]*\\b%1\\b[^\"\\n]*\"").arg(QLatin1String(productName)));
    QDirIterator files(QStringLiteral(PARLEY_SOURCE_DIR "/qml"), {QStringLiteral("*.qml")},
        QDir::Files, QDirIterator::Subdirectories);
    QStringList faults;
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
        const auto match = literal.match(QString::fromUtf8(file.readAll()));
        if (match.hasMatch())
            faults += file.fileName() + QStringLiteral(": ") + match.captured();
    }
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
}

int main(int argc, char **argv)
{
    QGuiApplication application(argc, argv);
    QAccessible::setActive(true);
    setUpScenes();
    TstScenes test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_scenes.moc"
