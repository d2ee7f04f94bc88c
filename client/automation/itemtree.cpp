// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/automation/itemtree.h"

#include <QtCore/QMetaEnum>
#include <QtGui/QAccessible>
#include <QtQuick/QQuickItem>
#include <QtQuick/QQuickWindow>

namespace parley {

namespace {

QString typeOf(const QQuickItem &item)
{
    // "Bubble_QMLTYPE_12" and "QQuickText" are the engine's names for what the pages call it.
    auto type = QString::fromLatin1(item.metaObject()->className());
    const auto generated = type.indexOf(QLatin1String("_QML"));
    if (generated >= 0)
        type.truncate(generated);
    if (type.startsWith(QLatin1String("QQuick")))
        type.remove(0, 6);
    return type;
}

QAccessibleInterface *accessible(QQuickItem &item)
{
    return QAccessible::queryAccessibleInterface(&item);
}

QString accessibleName(QQuickItem &item)
{
    auto *interface = accessible(item);
    return interface ? interface->text(QAccessible::Name) : QString();
}

QString roleOf(QQuickItem &item)
{
    auto *interface = accessible(item);
    if (!interface)
        return {};
    const auto roles = QMetaEnum::fromType<QAccessible::Role>();
    return QString::fromLatin1(roles.valueToKey(interface->role()));
}

QString textOf(const QQuickItem &item)
{
    const auto text = item.property("text");
    return text.typeId() == QMetaType::QString ? text.toString() : QString();
}

// What is left of the item within everything that cuts it off.
QRectF shownRect(const QQuickItem &item)
{
    auto rect = item.mapRectToScene(QRectF(0, 0, item.width(), item.height()));
    for (const auto *above = item.parentItem(); above; above = above->parentItem())
        if (above->clip())
            rect &= above->mapRectToScene(QRectF(0, 0, above->width(), above->height()));
    if (item.window())
        rect &= QRectF(QPointF(), QSizeF(item.window()->size()));
    return rect;
}

bool isSeen(const QQuickItem &item)
{
    for (const auto *each = &item; each; each = each->parentItem())
        if (!each->isVisible() || each->opacity() <= 0)
            return false;
    return true;
}

bool isOnScreen(const QQuickItem &item)
{
    return isSeen(item) && !shownRect(item).isEmpty();
}

bool fits(QQuickItem &item, const ItemQuery &query)
{
    return (query.objectName.isEmpty() || item.objectName() == query.objectName)
        && (query.text.isEmpty() || textOf(item).contains(query.text))
        && (query.role.isEmpty() || roleOf(item) == query.role)
        && (query.name.isEmpty() || accessibleName(item).contains(query.name))
        && (!query.onScreenOnly || isOnScreen(item));
}

void collect(QQuickItem &item, const ItemQuery &query, QJsonArray &found)
{
    if (query.onScreenOnly && !item.isVisible())
        return;
    if (fits(item, query))
        found.append(describeItem(item));
    for (auto *child : item.childItems())
        collect(*child, query, found);
}

} // namespace

QJsonObject describeItem(QQuickItem &item)
{
    const auto corner = item.mapToGlobal(QPointF());
    QJsonObject described{{QStringLiteral("type"), typeOf(item)}, {QStringLiteral("x"), corner.x()},
        {QStringLiteral("y"), corner.y()}, {QStringLiteral("width"), item.width()},
        {QStringLiteral("height"), item.height()}, {QStringLiteral("onScreen"), isOnScreen(item)},
        {QStringLiteral("enabled"), item.isEnabled()},
        {QStringLiteral("focused"), item.hasActiveFocus()}};
    const auto add = [&](const QString &key, const QString &value) {
        if (!value.isEmpty())
            described.insert(key, value);
    };
    add(QStringLiteral("objectName"), item.objectName());
    add(QStringLiteral("text"), textOf(item));
    add(QStringLiteral("name"), accessibleName(item));
    add(QStringLiteral("role"), roleOf(item));
    return described;
}

QJsonArray findItems(QQuickWindow &window, const ItemQuery &query)
{
    QJsonArray found;
    collect(*window.contentItem(), query, found);
    return found;
}

QJsonObject describeTree(QQuickItem &item)
{
    auto described = describeItem(item);
    QJsonArray children;
    for (auto *child : item.childItems())
        if (child->isVisible())
            children.append(describeTree(*child));
    if (!children.isEmpty())
        described.insert(QStringLiteral("children"), children);
    return described;
}

QJsonObject describeWindow(QQuickWindow &window)
{
    const auto place = window.geometry();
    return {{QStringLiteral("title"), window.title()}, {QStringLiteral("x"), place.x()},
        {QStringLiteral("y"), place.y()}, {QStringLiteral("width"), place.width()},
        {QStringLiteral("height"), place.height()}, {QStringLiteral("active"), window.isActive()},
        {QStringLiteral("visible"), window.isVisible()}};
}

} // namespace parley
