// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/qml/textaudit.h"

namespace parley {

namespace {

/// A fixed line height lets tall glyphs reach over the box by a little without being cut.
constexpr double fixedLineSlack = 4;
constexpr double slack = 1.5;
constexpr int wrapNone = 0;
constexpr int elideNone = 3;
constexpr int fixedHeight = 1;

QString overflow(const QQuickItem &text)
{
    const QQuickItem *parent = text.parentItem();
    if (!parent || parent->width() <= 1)
        return {};
    const int alignment = text.property("effectiveHorizontalAlignment").toInt();
    const double width = text.width() > 0 ? text.width() : text.implicitWidth();
    const double painted = std::min(width, text.property("contentWidth").toDouble());
    double left = text.x();
    if (alignment & Qt::AlignRight)
        left += width - painted;
    else if (alignment & Qt::AlignHCenter)
        left += (width - painted) / 2;
    if (left < -1 || left + painted > parent->width() + 1)
        return QStringLiteral("overflows its parent");
    return {};
}

QString faultOf(const QQuickItem &text)
{
    const double width = text.width();
    const double height = text.height();
    const bool wraps = text.property("wrapMode").toInt() != wrapNone;
    const bool elides = text.property("elide").toInt() != elideNone;
    const bool fixed = text.property("lineHeightMode").toInt() == fixedHeight;
    if (!wraps && !elides && width > 0 && text.implicitWidth() - width > 1)
        return QStringLiteral("is cut at the side");
    if (width > 0 && text.property("contentWidth").toDouble() - width > 1)
        return QStringLiteral("is wider than its item");
    if (height > 0
        && text.property("contentHeight").toDouble() - height > (fixed ? fixedLineSlack : slack))
        return QStringLiteral("is cut at the bottom");
    if (text.property("truncated").toBool() && !text.property("elideAllowed").toBool())
        return QStringLiteral("is elided where it may not be");
    return overflow(text);
}

void audit(const QQuickItem &item, QStringList &faults)
{
    if (!item.isVisible() || item.opacity() == 0)
        return;
    const QString text = item.property("text").toString();
    if (item.inherits("QQuickText") && !text.isEmpty()) {
        const QString fault = faultOf(item);
        if (!fault.isEmpty())
            faults += QStringLiteral("\"%1\" %2").arg(text.left(40), fault);
    }
    for (const QQuickItem *child : item.childItems())
        audit(*child, faults);
}

} // namespace

QStringList auditTexts(const QQuickItem *item)
{
    QStringList faults;
    audit(*item, faults);
    return faults;
}

} // namespace parley
