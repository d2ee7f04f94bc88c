// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/platform/systemtheme.h"

#include <QGuiApplication>
#include <QPalette>
#include <QStyleHints>

namespace parley {

SystemTheme::SystemTheme(QObject *parent)
    : QObject(parent)
{
    watchQt();
    watchPortal();
}

#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)

void SystemTheme::watchQt()
{
    QStyleHints *hints = QGuiApplication::styleHints();
    m_dark = hints->colorScheme() == Qt::ColorScheme::Dark;
    connect(hints, &QStyleHints::colorSchemeChanged, this,
        [this](Qt::ColorScheme scheme) { setDark(scheme == Qt::ColorScheme::Dark); });
}

#else

void SystemTheme::watchQt()
{
    // The palette follows the system where nothing better is known: text lighter than its ground.
    const QPalette palette = QGuiApplication::palette();
    m_dark = palette.color(QPalette::WindowText).lightness()
        > palette.color(QPalette::Window).lightness();
}

#endif

void SystemTheme::setDark(bool dark)
{
    if (m_dark == dark)
        return;
    m_dark = dark;
    emit changed();
}

} // namespace parley
