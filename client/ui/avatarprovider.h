// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QQuickImageProvider>

namespace parley {

/// Draws avatars, already cut to a circle:
///   image://avatar/<background RRGGBB>/<foreground RRGGBB>/<name, percent-encoded>   the initials
///   image://avatar/<background RRGGBB>/<foreground RRGGBB>/<name>/<picture key>      the picture
/// The QML engine owns it. The picture source may be called from any thread; when it has nothing
/// for the key, the initials are drawn.
class AvatarProvider : public QQuickImageProvider {
public:
    using PictureSource = std::function<QImage(const QString &key)>;

    explicit AvatarProvider(PictureSource pictures = {});

    QImage requestImage(const QString &id, QSize *size, const QSize &requestedSize) override;

private:
    PictureSource m_pictures;
};

} // namespace parley
