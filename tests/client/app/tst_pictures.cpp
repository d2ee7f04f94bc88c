// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/app/pictures.h"
#include "shared/limits.h"

#include <QtCore/QBuffer>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtGui/QImage>
#include <QtTest/QTest>

using namespace parley;

namespace {

QByteArray encoded(const QImage &image, const char *format)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, format);
    return bytes;
}

QImage noise(int width, int height)
{
    QImage image(width, height, QImage::Format_RGB32);
    quint32 number = 1;
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            image.setPixel(x, y, number = number * 1664525u + 1013904223u);
    return image;
}

// The head of a PNG that claims a size; nothing of it needs to be there.
QByteArray claimed(quint32 width, quint32 height)
{
    auto bytes = encoded(QImage(1, 1, QImage::Format_RGB32), "PNG");
    for (int at = 0; at < 4; ++at) {
        bytes[16 + at] = static_cast<char>(width >> (8 * (3 - at)));
        bytes[20 + at] = static_cast<char>(height >> (8 * (3 - at)));
    }
    return bytes;
}

} // namespace

class TestPictures : public QObject {
    Q_OBJECT
private slots:
    void decodesPngAndJpeg()
    {
        for (const auto *format : {"PNG", "JPG"}) {
            const auto image = decodePicture(encoded(noise(8, 6), format));
            QVERIFY(bool(image));
            QCOMPARE(image->size(), QSize(8, 6));
        }
    }

    void refusesEverythingElse()
    {
        QCOMPARE(decodePicture(QByteArray()).error().code, ErrorCode::Unsupported);
        QCOMPARE(decodePicture("<svg/>").error().code, ErrorCode::Unsupported);
        QCOMPARE(decodePicture(encoded(noise(4, 4), "BMP")).error().code, ErrorCode::Unsupported);
        QVERIFY(!decodePicture("\x89PNG\r\n\x1a\n and nothing behind"));
    }

    void refusesWhatIsTooLargeBeforeDecodingIt()
    {
        QCOMPARE(decodePicture(claimed(pictureSideMost + 1, 1)).error().code, ErrorCode::TooLarge);
        QCOMPARE(decodePicture(claimed(16'000, 16'000)).error().code, ErrorCode::TooLarge);
    }

    void makesAProfilePictureSmallAndSquare()
    {
        const QTemporaryDir folder;
        const auto file = folder.filePath(QStringLiteral("picture.png"));
        QVERIFY(noise(800, 600).save(file));
        const auto picture = makeProfilePicture(file);
        QVERIFY(bool(picture));
        QVERIFY((*picture).size() <= limits::pictureBytes);
        QCOMPARE(decodePicture(*picture)->size(), QSize(profilePictureSide, profilePictureSide));
        QCOMPARE(makeProfilePicture(folder.filePath(QStringLiteral("none"))).error().code,
            ErrorCode::NotFound);
    }

    void keepsPicturesByWhatTheyAre()
    {
        Pictures pictures;
        const auto one = encoded(noise(8, 8), "PNG");
        const auto key = pictures.keep(one);
        QCOMPARE(pictures.keep(one), key);
        QVERIFY(pictures.keep(encoded(noise(9, 9), "PNG")) != key);
        QCOMPARE(pictures.image(key).size(), QSize(8, 8));
        QVERIFY(pictures.image(QStringLiteral("unknown")).isNull());
        QVERIFY(pictures.image(pictures.keep("no picture")).isNull());
    }
};

QTEST_MAIN(TestPictures)
#include "tst_pictures.moc"
