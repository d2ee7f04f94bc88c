// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QQuickImageProvider>

namespace parley {

/// Draws the nine-slice source of a soft shadow: image://shadow/<radius>/<blur>/<percent>.
/// The side is 2 * (2 * blur + radius) + 2. The QML engine owns it. No shader is needed, so the
/// shadow looks the same on every scene graph.
class ShadowProvider : public QQuickImageProvider {
public:
    ShadowProvider();

    QImage requestImage(const QString &id, QSize *size, const QSize &requestedSize) override;
};

} // namespace parley
