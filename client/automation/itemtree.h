// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>

class QQuickItem;
class QQuickWindow;

namespace parley {

/// What to look for; an empty field fits everything.
struct ItemQuery {
    QString objectName;
    QString text; ///< part of it
    QString name; ///< the accessible name, part of it
    QString role; ///< the accessible role, as QAccessible names it
    bool onScreenOnly = true;
};

/// One item as it is on the screen: its place in logical pixels of the screen, what it says, what
/// state it is in.
QJsonObject describeItem(QQuickItem &item);
/// Everything that fits, in the order of painting.
QJsonArray findItems(QQuickWindow &window, const ItemQuery &query);
/// All items that are visible, each with its children.
QJsonObject describeTree(QQuickItem &item);
QJsonObject describeWindow(QQuickWindow &window);

} // namespace parley
