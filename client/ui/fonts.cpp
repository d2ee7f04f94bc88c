// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/ui/fonts.h"

#include <QDirIterator>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QLoggingCategory>
#include <QQuickWindow>

Q_LOGGING_CATEGORY(logFonts, "parley.ui.fonts")

namespace parley {

namespace {

constexpr qreal highDensity = 1.5;
constexpr int bodySize = 15;

#if defined(Q_OS_MACOS)
constexpr bool nativeAlways = true;
#else
constexpr bool nativeAlways = false;
#endif

void loadFaces()
{
    QDirIterator faces(QStringLiteral(":/parley/fonts"), {QStringLiteral("*.otf")});
    while (faces.hasNext()) {
        const QString face = faces.next();
        if (QFontDatabase::addApplicationFont(face) < 0)
            qCWarning(logFonts) << "cannot load" << face;
    }
}

QString emojiFamily()
{
#if defined(Q_OS_MACOS) || defined(Q_OS_IOS)
    return QStringLiteral("Apple Color Emoji");
#elif defined(Q_OS_WIN)
    return QStringLiteral("Segoe UI Emoji");
#else
    return QStringLiteral("Noto Color Emoji");
#endif
}

} // namespace

void setUpFonts()
{
    loadFaces();
    const bool native = nativeAlways || qGuiApp->devicePixelRatio() < highDensity;

    QFont font;
    font.setFamilies({QStringLiteral("Parley Sans"), emojiFamily()});
    font.setPixelSize(bodySize);
    if (native && !nativeAlways)
        font.setHintingPreference(QFont::PreferNoHinting);
    QGuiApplication::setFont(font);

    // Distance-field text is visibly thin at one device pixel per unit, light on dark above all.
    QQuickWindow::setTextRenderType(
        native ? QQuickWindow::NativeTextRendering : QQuickWindow::QtTextRendering);
}

} // namespace parley
