// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/app/pictures.h"

#include "shared/limits.h"

#include <QtCore/QBuffer>
#include <QtCore/QCryptographicHash>
#include <QtCore/QFile>
#include <QtGui/QImageReader>

namespace parley {

namespace {

/// A file that is larger is no picture that a person would choose for a profile.
constexpr qint64 pictureFileBytes = 64 * 1024 * 1024;
constexpr int decodeMiB = 256;
constexpr int keyBytes = 12;

// The format by the first bytes: nothing else is handed to a decoder.
QByteArray formatOf(const QByteArray &bytes)
{
    if (bytes.startsWith("\x89PNG\r\n\x1a\n"))
        return "png";
    if (bytes.startsWith("\xff\xd8\xff"))
        return "jpeg";
    return {};
}

bool isReasonable(const QSize &size)
{
    return size.isValid() && size.width() <= pictureSideMost && size.height() <= pictureSideMost
        && qint64(size.width()) * size.height() <= picturePixelsMost;
}

QImage squared(const QImage &image)
{
    const int side = std::min(image.width(), image.height());
    const auto middle =
        image.copy((image.width() - side) / 2, (image.height() - side) / 2, side, side);
    return middle.scaled(
        profilePictureSide, profilePictureSide, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

QByteArray encoded(const QImage &image, int quality)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "JPEG", quality);
    return bytes;
}

} // namespace

Result<QImage> decodePicture(const QByteArray &bytes)
{
    const auto format = formatOf(bytes);
    if (format.isEmpty())
        return Error(ErrorCode::Unsupported, QStringLiteral("neither PNG nor JPEG"));
    auto copy = bytes;
    QBuffer buffer(&copy);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer, format);
    reader.setAutoDetectImageFormat(false);
    reader.setAutoTransform(true);
    if (!isReasonable(reader.size()))
        return Error(ErrorCode::TooLarge, QStringLiteral("too many pixels"));
    QImageReader::setAllocationLimit(decodeMiB);
    const auto image = reader.read();
    if (image.isNull())
        return Error(ErrorCode::Malformed, QStringLiteral("not a picture"));
    return image;
}

Result<QByteArray> makeProfilePicture(const QString &file)
{
    QFile source(file);
    if (!source.open(QIODevice::ReadOnly))
        return Error(ErrorCode::NotFound, QStringLiteral("the file cannot be read"));
    if (source.size() > pictureFileBytes)
        return Error(ErrorCode::TooLarge, QStringLiteral("the file is too large"));
    auto image = decodePicture(source.readAll());
    if (!image)
        return image.error();
    // Painted anew: nothing of the file's metadata comes along.
    const auto small = squared(*image).convertToFormat(QImage::Format_RGB32);
    for (const int quality : {88, 75, 60, 40}) {
        auto bytes = encoded(small, quality);
        if (!bytes.isEmpty() && bytes.size() <= limits::pictureBytes)
            return bytes;
    }
    return Error(ErrorCode::TooLarge, QStringLiteral("the picture cannot be made small enough"));
}

QString Pictures::keep(const QByteArray &bytes)
{
    const auto hash = QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).left(keyBytes);
    const auto key = QString::fromLatin1(
        hash.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
    const QMutexLocker locked(&m_lock);
    m_pictures.insert(key, bytes);
    return key;
}

QImage Pictures::image(const QString &key) const
{
    QByteArray bytes;
    {
        const QMutexLocker locked(&m_lock);
        bytes = m_pictures.value(key);
    }
    if (bytes.isEmpty())
        return {};
    const auto image = decodePicture(bytes);
    return image ? *image : QImage();
}

void Pictures::clear()
{
    const QMutexLocker locked(&m_lock);
    m_pictures.clear();
}

} // namespace parley
