// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/qml/scenehands.h"

#include <QTest>

namespace parley {

namespace {

QQuickItem *visibleItem(QQuickItem *item, const std::function<bool(const QQuickItem &)> &fits)
{
    if (!item->isVisible())
        return nullptr;
    if (fits(*item))
        return item;
    for (QQuickItem *child : item->childItems())
        if (QQuickItem *found = visibleItem(child, fits))
            return found;
    return nullptr;
}

} // namespace

void SceneHands::show(const QString &scene, const QSize &size)
{
    SceneLook look;
    look.size = size;
    m_scene = std::make_unique<Scene>(scene, look);
    QVERIFY2(m_scene->isLoaded(), qPrintable(m_scene->warnings().join(u'\n')));
    m_scene->window().requestActivate();
    QVERIFY(QTest::qWaitForWindowActive(&m_scene->window()));
}

QQuickItem *SceneHands::find(const char *name) const
{
    const auto wanted = QString::fromLatin1(name);
    return find([&](const QQuickItem &item) { return item.objectName() == wanted; });
}

QQuickItem *SceneHands::find(const std::function<bool(const QQuickItem &)> &fits) const
{
    return visibleItem(m_scene->window().contentItem(), fits);
}

void SceneHands::press(int key, Qt::KeyboardModifiers modifiers)
{
    QTest::keyClick(&m_scene->window(), Qt::Key(key), modifiers);
    m_scene->settle();
}

void SceneHands::click(const char *name, Qt::MouseButton button)
{
    QQuickItem *item = find(name);
    QVERIFY2(item, name);
    const QPointF middle = item->mapToScene(QPointF(item->width() / 2, item->height() / 2));
    QTest::mouseClick(&m_scene->window(), button, Qt::NoModifier, middle.toPoint());
    m_scene->settle();
}

} // namespace parley
