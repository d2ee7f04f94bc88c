// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/result.h"

#include <QtCore/QHash>
#include <QtCore/QMutex>
#include <QtGui/QImage>

namespace parley {

/// Longest side of a picture that a profile holds, in pixels.
inline constexpr int profilePictureSide = 192;
/// Before any decoding: what a picture may measure.
inline constexpr int pictureSideMost = 16'384;
inline constexpr qint64 picturePixelsMost = 40'000'000;

/// Decodes a PNG or JPEG. Magic number and size are looked at before anything is decoded.
Result<QImage> decodePicture(const QByteArray &bytes);

/// A picture file made small, square and free of metadata, to be sent as a profile's picture:
/// at most limits::pictureBytes. Takes time: not for the screen's thread.
Result<QByteArray> makeProfilePicture(const QString &file);

/// The pictures of people by key, for the image provider, which asks from any thread.
class Pictures {
public:
    /// The key is the picture's own: another picture has another one.
    QString keep(const QByteArray &bytes);
    /// Nothing when the key is not known or the bytes are no picture.
    QImage image(const QString &key) const;
    void clear();

private:
    mutable QMutex m_lock;
    QHash<QString, QByteArray> m_pictures;
};

} // namespace parley
