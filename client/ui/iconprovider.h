// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QQuickImageProvider>

namespace parley {

/// Draws the bundled icons in any colour: image://icon/<name>/<RRGGBB>.
/// The QML engine owns it. Synchronous, so that an icon is there in the frame that asks for it.
class IconProvider : public QQuickImageProvider {
public:
    IconProvider();

    QImage requestImage(const QString &id, QSize *size, const QSize &requestedSize) override;
};

} // namespace parley
